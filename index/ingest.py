"""folder -> index: what changed, in what order; reports progress as events.

Work is done in commits of a few seconds: a process that is killed loses at most the files since
the last one, and the next run goes on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index import derived, readers
from index.encoder import Encoder
from index.errors import BadPath, Unreadable
from index.lookup import Lookup
from index.passages import split
from index.readers.language import looks_english
from index.rows import text_key
from index.storage import Entry, KnownFile, Store
from index.types import Article, IngestReport, Passage, Progress, Skipped
from index.walk import Found, walk

COMMIT_PASSAGES = 256
"""Passages in one commit at most: some seconds of encoding."""

Report = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


@dataclass(slots=True)
class _Run:
    """What one run has done so far."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    is_cancelled: bool = False
    batch: list[tuple[Found, Article, tuple[Passage, ...]]] = field(default_factory=list)


class Ingest:
    """Brings an index up to date with one root; the caller holds the writer's lock."""

    def __init__(
        self, store: Store, encoder: Callable[[int], Encoder], *, include: Sequence[str] = ()
    ) -> None:
        """`encoder` gives the encoder for about that many bytes of articles, when needed."""
        self._store = store
        self._lookup = Lookup(store)
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._include = tuple(include)

    def run(self, root: Path, *, report: Report, is_cancelled: IsCancelled) -> IngestReport:
        """Read what changed under the root, drop what went away.

        Raises:
            BadPath: the root isn't there; nothing is dropped.
            StorageFailed: the disk is full; what was committed stays.
        """
        root = root.expanduser().resolve()
        if not root.exists():
            raise BadPath(f"{root} is not there; nothing indexed from it was dropped")
        with self._store.transaction():
            root_id = self._store.root_id(str(root))
        report(Progress("reading", 0, 0, str(root)))
        walked = walk(root, self._include)
        known = self._store.known_files(root_id)
        due = [f for f in walked.files if f.path not in known or known[f.path].stamp != f.stamp]
        run = _Run()
        self._drop_gone(root_id, known, {found.path for found in walked.files}, run)
        self._read_due(root_id, root, due, known, (run, report, is_cancelled))
        return self._finish(root_id, root, run, (walked.notices, report))

    def _drop_gone(
        self, root_id: int, known: dict[str, KnownFile], present: set[str], run: _Run
    ) -> None:
        gone = [path for path in known if path not in present]
        if not gone:
            return
        with self._store.transaction():
            generation = self._store.advance()
            for path in gone:
                self._forget(root_id, path, known[path], generation)
                run.removed += known[path].article_id is not None

    def _forget(self, root_id: int, path: str, known: KnownFile, generation: int) -> None:
        if known.article_id is None:
            self._store.unskip(root_id, path)
            return
        article = self._lookup.article(known.article_id)
        if article is not None:
            self._store.remove(known.article_id, article, generation)

    def _read_due(
        self,
        root_id: int,
        root: Path,
        due: list[Found],
        known: dict[str, KnownFile],
        control: tuple[_Run, Report, IsCancelled],
    ) -> None:
        run, report, is_cancelled = control
        bytes_due = sum(found.stamp.bytes for found in due)
        waiting = 0
        for done, found in enumerate(due):
            if is_cancelled():
                run.is_cancelled = True
                break
            report(Progress("reading", done, len(due), found.path))
            article = self._read(root_id, root, found, known.get(found.path))
            if article is None:
                continue
            run.batch.append((found, article, split(article)))
            waiting += len(run.batch[-1][2])
            if waiting >= COMMIT_PASSAGES:
                report(Progress("encoding", done, len(due), found.path))
                self._commit(root_id, known, run, bytes_due)
                waiting = 0
        if run.batch:
            report(Progress("encoding", len(due), len(due), "encoding the passages"))
            self._commit(root_id, known, run, bytes_due)

    def _read(
        self, root_id: int, root: Path, found: Found, known: KnownFile | None
    ) -> Article | None:
        """Read one file; None if there is nothing to encode: skipped, or the same bytes."""
        try:
            article = _reread(found, root, known.encoding if known else "")
        except Unreadable as error:
            with self._store.transaction():
                if known is not None:
                    self._forget(root_id, found.path, known, self._store.advance())
                self._store.skip(root_id, Skipped(found.path, error.reason))
            return None
        if known is not None and known.article_id is not None and known.sha256 == article.sha256:
            with self._store.transaction():
                self._store.restamp(known.article_id, found.stamp)
            return None
        return article

    def _commit(self, root_id: int, known: dict[str, KnownFile], run: _Run, bytes_due: int) -> None:
        entries = list(self._encoded(run.batch, bytes_due))
        with self._store.transaction():
            generation = self._store.advance()
            for entry in entries:
                earlier = known.get(entry.article.path)
                if earlier is not None:
                    self._forget(root_id, entry.article.path, earlier, generation)
                is_new = earlier is None or earlier.article_id is None
                run.added += is_new
                run.changed += not is_new
                self._store.add(root_id, entry, generation)
            self._store.set_manifest("indexed_at", datetime.now(UTC).isoformat(timespec="seconds"))
        run.batch.clear()

    def _encoded(
        self, batch: list[tuple[Found, Article, tuple[Passage, ...]]], bytes_due: int
    ) -> Iterator[Entry]:
        """Add the vectors; a text that was encoded before is not encoded again."""
        texts = {
            text_key(passage.with_title(article)): passage.with_title(article)
            for _, article, passages in batch
            for passage in passages
        }
        vectors = self._lookup.vectors_by_text(list(texts))
        missing = [key for key in texts if key not in vectors]
        if missing:
            if self._encoder is None:
                self._encoder = self._make_encoder(bytes_due)
            rows = self._encoder.encode_passages([texts[key] for key in missing])
            vectors.update(zip(missing, rows, strict=True))
        for found, article, passages in batch:
            keys = [text_key(passage.with_title(article)) for passage in passages]
            rows = np.stack([vectors[key] for key in keys]) if keys else np.zeros((0, 0), "f4")
            yield Entry(article, found.stamp, passages, rows, looks_english(article.text))

    def _finish(
        self, root_id: int, root: Path, run: _Run, rest: tuple[tuple[str, ...], Report]
    ) -> IngestReport:
        notices, report = rest
        report(Progress("saving", 0, 0, ""))
        derived.keep_up(self._store)
        counts = self._lookup.root_counts(root_id)
        if run.is_cancelled:
            notices += ("stopped before the end; index the folder again to go on from here",)
        foreign = len(self._lookup.other_languages())
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
            skipped=self._lookup.skipped(root_id),
            notices=notices,
        )


def _reread(found: Found, root: Path, encoding: str) -> Article:
    """Read a file; where its bytes don't tell their encoding, it is the one found before."""
    if not encoding or encoding.startswith("utf"):
        return readers.read(found.file, root=root)
    try:
        article = readers.read(found.file, root=root)
    except Unreadable:
        return readers.read(found.file, root=root, encoding=encoding)
    if article.encoding == encoding or article.encoding.startswith("utf"):
        return article
    try:
        return readers.read(found.file, root=root, encoding=encoding)
    except Unreadable:
        return article
