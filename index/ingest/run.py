"""folder -> index: what changed, in what order; reports progress as events.

Work is done in commits of a few seconds: a process that is killed loses at most what it did since
the last one, and the next run goes on from there. What is committed can be asked about at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import BadPath, SkipKind
from index.ingest.batches import Batches, Report
from index.ingest.pace import Pace
from index.ingest.reading import Job, read_all
from index.ingest.walk import Found, Walked, walk
from index.models.encoder import Encoder
from index.rules import Rules
from index.store.writer import TOO_SLOW, TRIED_AGAIN, UNFINISHED, Change, KnownFile, Writer
from index.types import FileStamp, IngestReport, Progress, Skipped

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
        self, writer: Writer, encoder: Callable[[int], Encoder], *, rules: Rules | None = None
    ) -> None:
        """`encoder` gives the encoder for about that many bytes of articles, when needed.

        Without `rules`, a root is read by those that it was read by before.
        """
        self._writer = writer
        self._make_encoder = encoder
        self._rules = rules

    def run(self, root: Path, *, report: Report, is_cancelled: IsCancelled) -> IngestReport:
        """Read what changed under the root, drop what went away.

        Raises:
            BadPath: the root isn't there; nothing is dropped.
            StorageFailed: the disk is full; what was committed stays.
        """
        root = _present(root)
        self._writer.begin({str(root): None})
        rules = self._rules or self._writer.rules(str(root))
        report(Progress("reading", 0, 0, str(root)))
        walked = walk(root, rules)
        self._writer.describe_root(str(root), rules=rules, other_kinds=walked.other_kinds)
        control = Control(report, is_cancelled)
        run = self._bring(root, walked, (rules, control))
        return self._finish(root, run, (walked, control))

    def reread(self, root: Path, paths: Iterable[str], *, control: Control) -> IngestReport:
        """Bring only some files up to date, given by their paths under the root.

        Raises:
            BadPath: the root isn't there; nothing is dropped.
            StorageFailed: the disk is full.
        """
        root = _present(root)
        rules = self._writer.rules(str(root))
        base = root.parent if root.is_file() else root
        found = [one for path in paths if (one := _found(base, path)) is not None]
        walked = Walked(tuple(found), ())
        run = self._bring(root, walked, (rules, control), only=frozenset(paths))
        return self._finish(root, run, (walked, control))

    def _bring(
        self,
        root: Path,
        walked: Walked,
        how: tuple[Rules, Control],
        only: frozenset[str] | None = None,
    ) -> _Run:
        """Read what is due, again for the copies of what went."""
        run = _Run(is_of_all=only is None)
        present = {found.path for found in walked.files}
        for nth in range(MOST_ROUNDS):
            known = self._writer.known_files(str(root))
            gone = [
                path
                for path in known
                if path not in present
                and (only is None or path in only)
                and not _is_out_of_sight(path, walked.unlisted)
            ]
            if gone:
                run.removed += self._writer.commit(str(root), change=Change(gone=gone))
                known = self._writer.known_files(str(root))
            forced = only is not None and not nth
            tried_again = frozenset() if nth else TRIED_AGAIN
            due = _due(walked.files, known, tried_again, forced=forced)
            if only is None and not run.is_cancelled:
                self._writer.count(str(root), files=len(walked.files), due=len(due))
            if not due or run.is_cancelled:
                break
            self._read(root, due, (run, *how))
        return run

    def _read(
        self,
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
            self._writer,
            str(root),
            lambda: self._make_encoder(pace.total),
            encoding,
            is_counted=run.is_of_all,
        )
        columns = tuple(rules.columns.items())
        jobs = [
            Job(
                found,
                root,
                encoding=earlier.encoding if earlier else "",
                columns=columns,
                was_too_slow=earlier is not None
                and bool(earlier.troubles & TOO_SLOW)
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
                    batches.restamp(job.found)
                else:
                    batches.add(job.found, done)
                    run.added += bool(done.articles) * (earlier is None or not earlier.sha256)
                    run.changed += bool(done.articles) * bool(earlier and earlier.sha256)
                pace.step()
                if batches.is_empty:
                    pace.mark()
                control.report(pace.progress(job.found.path))
            batches.flush()

    def _finish(self, root: Path, run: _Run, rest: tuple[Walked, Control]) -> IngestReport:
        walked, control = rest
        control.report(Progress("saving", 0, 0, ""))
        held = self._writer.finish(
            str(root),
            unlisted=walked.unlisted,
            is_whole=run.is_of_all and not run.is_cancelled,
            has_changed=bool(run.added or run.changed or run.removed),
        )
        notices = walked.notices
        if run.is_cancelled:
            notices += ("stopped before the end; index the folder again to go on from here",)
        foreign = held.other_languages
        if foreign and (run.added or run.changed):
            verb = "article does" if foreign == 1 else "articles do"
            notices += (
                f"{foreign} {verb} not look English; the models are English, "
                "so answers from there are less sure",
            )
        return IngestReport(
            root=str(root),
            articles=held.articles,
            passages=held.passages,
            added=run.added,
            changed=run.changed,
            removed=run.removed,
            skipped=held.skipped,
            notices=notices,
        )


def _due(
    files: Sequence[Found],
    known: Mapping[str, KnownFile],
    tried_again: frozenset[SkipKind],
    *,
    forced: bool,
) -> list[tuple[Found, KnownFile | None]]:
    due = []
    for found in files:
        earlier = known.get(found.path)
        is_same = earlier is not None and earlier.stamp == found.stamp
        if forced or not is_same or (earlier and earlier.troubles & tried_again):
            due.append((found, earlier))
    return due


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
