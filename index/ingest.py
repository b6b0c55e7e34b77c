"""folder -> index: what changed, in what order; reports progress as events.

Work is done in commits of a few seconds: a process that is killed loses at most what it did since
the last one, and the next run goes on from there. What is committed can be asked about at once.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index import derived, holdings, runs
from index.batches import Batches, Report
from index.encoder import Encoder
from index.errors import BadPath
from index.pace import Pace
from index.prepared import PreparedFile
from index.reading import Job, read_all
from index.rules import Rules
from index.storage import Store
from index.types import FileStamp, IngestReport, Progress, Skipped
from index.walk import Found, Walked, walk
from index.writing import TOO_SLOW, TRIED_AGAIN, UNFINISHED, KnownFile, Writer

MOST_ROUNDS = 3
"""Copies whose original went are read in a further round; they may have copies of their own."""

IsCancelled = Callable[[], bool]


@dataclass(slots=True)
class _Run:
    """What one run has done so far."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    is_cancelled: bool = False
    is_of_all: bool = True
    """Over all files of the root, and not only some."""


@dataclass(frozen=True, slots=True)
class Control:
    """How a run tells of itself, and how it is stopped."""

    report: Report
    is_cancelled: IsCancelled


class Ingest:
    """Brings an index up to date with one root; the caller holds the writer's lock."""

    def __init__(
        self, store: Store, encoder: Callable[[int], Encoder], *, rules: Rules | None = None
    ) -> None:
        """`encoder` gives the encoder for about that many bytes of articles, when needed.

        Without `rules`, a root is read by those that it was read by before.
        """
        self._store = store
        self._writer = Writer(store)
        self._make_encoder = encoder
        self._rules = rules

    def run(self, root: Path, *, report: Report, is_cancelled: IsCancelled) -> IngestReport:
        """Read what changed under the root, drop what went away.

        Raises:
            BadPath: the root isn't there; nothing is dropped.
            StorageFailed: the disk is full; what was committed stays.
        """
        root = _present(root)
        with self._store.transaction():
            root_id = self._writer.root_id(str(root))
            rules = self._rules or self._writer.rules(root_id)
            runs.begin(self._store, root_id)
        report(Progress("reading", 0, 0, str(root)))
        walked = walk(root, rules)
        with self._store.transaction():
            self._writer.set_root(root_id, rules=rules.as_json(), other_kinds=walked.other_kinds)
        control = Control(report, is_cancelled)
        run = self._bring(root_id, root, walked, (rules, control))
        return self._finish(root_id, root, run, (walked, control))

    def reread(self, root: Path, paths: Iterable[str], *, control: Control) -> IngestReport:
        """Bring only some files up to date, given by their paths under the root.

        Raises:
            BadPath: the root isn't there; nothing is dropped.
            StorageFailed: the disk is full.
        """
        root = _present(root)
        with self._store.transaction():
            root_id = self._writer.root_id(str(root))
            rules = self._writer.rules(root_id)
        base = root.parent if root.is_file() else root
        found = [one for path in paths if (one := _found(base, path)) is not None]
        walked = Walked(tuple(found), ())
        run = self._bring(root_id, root, walked, (rules, control), only=frozenset(paths))
        return self._finish(root_id, root, run, (walked, control))

    def _bring(
        self,
        root_id: int,
        root: Path,
        walked: Walked,
        how: tuple[Rules, Control],
        only: frozenset[str] | None = None,
    ) -> _Run:
        """Read what is due, again for the copies of what went."""
        run = _Run(is_of_all=only is None)
        present = {found.path for found in walked.files}
        tried_again = holdings.skipped_rows(self._store, TRIED_AGAIN)
        for nth in range(MOST_ROUNDS):
            known = self._writer.known_files(root_id)
            gone = [
                path
                for path in known
                if path not in present
                and (only is None or path in only)
                and not _is_out_of_sight(path, walked.unlisted)
            ]
            run.removed += self._drop(gone, known)
            if gone:
                known = self._writer.known_files(root_id)
            forced = only is not None and not nth
            due = self._due(walked.files, known, tried_again, forced=forced)
            if only is None and not run.is_cancelled:
                with self._store.transaction():
                    runs.count(self._store, root_id, files=len(walked.files), due=len(due))
            if not due or run.is_cancelled:
                break
            self._read(root_id, root, due, (run, *how))
        with self._store.transaction():
            self._note_unlisted(root_id, walked.unlisted)
            self._writer.clear_spares()
            if only is None and not run.is_cancelled:
                runs.end(self._store, root_id)
                self._writer.found_again(root_id)
        return run

    def _note_unlisted(self, root_id: int, unlisted: Sequence[Skipped]) -> None:
        """Count what can't be looked at among the files that were not read."""
        known = self._writer.known_files(root_id)
        for skip in unlisted:
            if skip.path not in known:
                row = self._writer.begin_file(root_id, skip.path, None)
                self._writer.describe_file(row, PreparedFile("", "", "", (), (skip,)))

    def _due(
        self,
        files: Sequence[Found],
        known: dict[str, KnownFile],
        tried_again: set[int],
        *,
        forced: bool,
    ) -> list[tuple[Found, KnownFile | None]]:
        due = []
        for found in files:
            earlier = known.get(found.path)
            is_same = earlier is not None and earlier.stamp == found.stamp
            if forced or not is_same or (earlier and earlier.row in tried_again):
                due.append((found, earlier))
        return due

    def _drop(self, gone: Sequence[str], known: dict[str, KnownFile]) -> int:
        if not gone:
            return 0
        with self._store.transaction():
            self._store.advance()
            return sum(self._writer.drop_file(known[path].row) for path in gone)

    def _read(
        self,
        root_id: int,
        root: Path,
        due: Sequence[tuple[Found, KnownFile | None]],
        how: tuple[_Run, Rules, Control],
    ) -> None:
        run, rules, control = how
        known = {found.path: earlier for found, earlier in due}
        pace = Pace([found.stamp.bytes for found, _ in due])

        def encoding(progress: Progress) -> None:
            control.report(replace(pace.progress(progress.note), stage=progress.stage))

        batches = Batches(
            self._store,
            self._writer,
            lambda: self._make_encoder(pace.total),
            encoding,
            committing=lambda files: runs.step(self._store, root_id, files * run.is_of_all),
        )
        columns = tuple(rules.columns.items())
        slow = holdings.skipped_rows(self._store, TOO_SLOW)
        jobs = [
            Job(
                found,
                root,
                encoding=earlier.encoding if earlier else "",
                columns=columns,
                was_too_slow=earlier is not None
                and earlier.row in slow
                and earlier.stamp == found.stamp,
            )
            for found, earlier in due
        ]
        with closing(read_all(jobs)) as readings:
            control.report(pace.progress(due[0][0].path))
            for job, done in readings:
                if control.is_cancelled():
                    run.is_cancelled = True
                    break
                earlier = known[job.found.path]
                is_same = earlier and earlier.stamp != UNFINISHED and done.sha256 == earlier.sha256
                if is_same and earlier and done.sha256:
                    batches.restamp(earlier.row, job.found.stamp)
                else:
                    batches.add(root_id, job.found, done, earlier)
                    run.added += bool(done.articles) * (earlier is None or not earlier.sha256)
                    run.changed += bool(done.articles) * bool(earlier and earlier.sha256)
                pace.step()
                if batches.is_empty:
                    pace.mark()
                control.report(pace.progress(job.found.path))
            batches.flush()

    def _finish(
        self, root_id: int, root: Path, run: _Run, rest: tuple[Walked, Control]
    ) -> IngestReport:
        walked, control = rest
        control.report(Progress("saving", 0, 0, ""))
        with self._store.transaction():
            if run.added or run.changed or run.removed or not self._store.manifest("indexed_at"):
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self._store.set_manifest("indexed_at", now)
        derived.keep_up(self._store)
        counts = holdings.root_counts(self._store, root_id)
        notices = walked.notices
        if run.is_cancelled:
            notices += ("stopped before the end; index the folder again to go on from here",)
        foreign = len(holdings.other_languages(self._store))
        if foreign and (run.added or run.changed):
            verb = "article does" if foreign == 1 else "articles do"
            notices += (
                f"{foreign} {verb} not look English; the models are English, "
                "so answers from there are less sure",
            )
        return IngestReport(
            root=str(root),
            articles=counts.articles,
            passages=counts.passages,
            added=run.added,
            changed=run.changed,
            removed=run.removed,
            skipped=holdings.skipped(self._store, root_id),
            notices=notices,
        )


def _present(root: Path) -> Path:
    root = root.expanduser().resolve()
    if not root.exists():
        raise BadPath(f"{root} is not there; nothing indexed from it was dropped")
    return root


def _is_out_of_sight(path: str, unlisted: Sequence[Skipped]) -> bool:
    """Say whether a known file can't be looked at now; it may still be there."""
    return any(
        path == skip.path or (skip.path.endswith("/") and path.startswith(skip.path))
        for skip in unlisted
    )


def _found(base: Path, path: str) -> Found | None:
    """Stamp a file that is known; None if it is gone, or now a link that leads elsewhere."""
    try:
        file = (base / path).resolve(strict=True)
        seen = file.stat()
    except OSError:
        return None
    stamp = FileStamp.of(seen)
    return Found(f"{base}/", path, stamp) if file.is_relative_to(base) else None
