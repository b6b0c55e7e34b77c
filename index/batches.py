"""PreparedFiles -> commits: passages are encoded and written a few seconds' worth at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from index import derived
from index.encoder import Encoder
from index.lookup import Lookup
from index.prepared import Prepared, PreparedFile
from index.rows import text_key
from index.storage import Store
from index.types import FileStamp, Progress
from index.walk import Found
from index.writing import KnownFile, Writer

COMMIT_SECONDS = 3.0
"""Of work in one commit, about."""
COMMIT_PASSAGES = 256
"""In the first commit, before the pace is known."""
MOST_PASSAGES = 2_048

Report = Callable[[Progress], None]
Vectors = Mapping[bytes, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Articles of one file that are not written yet."""

    root_id: int
    found: Found
    done: PreparedFile
    earlier: KnownFile | None
    articles: tuple[Prepared, ...]
    is_first: bool
    is_last: bool


class Batches:
    """Collects what was read, and commits it when it is worth a commit."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        encoder: Callable[[], Encoder],
        report: Report,
        *,
        committing: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`encoder` is called when there is something to encode for the first time.

        `committing` is told, inside each transaction, how many files come in whole with it.
        """
        self._store = store
        self._writer = writer
        self._lookup = Lookup(store)
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._report = report
        self._committing = committing
        self._waiting: list[_Waiting] = []
        self._restamped: list[tuple[int, FileStamp]] = []
        self._passages = 0
        self._limit = COMMIT_PASSAGES
        self._since = monotonic()
        self._rows: dict[str, int] = {}

    def add(
        self, root_id: int, found: Found, done: PreparedFile, earlier: KnownFile | None
    ) -> None:
        """Take a file that was read; a long one is written in several commits."""
        articles: list[Prepared] = []
        is_first = True
        for number, article in enumerate(done.articles, start=1):
            articles.append(article)
            self._passages += len(article.passages)
            if self._passages >= self._limit and number < len(done.articles):
                self._waiting.append(
                    _Waiting(root_id, found, done, earlier, tuple(articles), is_first, False)
                )
                self.flush()
                articles, is_first = [], False
        self._waiting.append(
            _Waiting(root_id, found, done, earlier, tuple(articles), is_first, True)
        )
        if self._passages >= self._limit or monotonic() - self._since > COMMIT_SECONDS:
            self.flush()

    @property
    def is_empty(self) -> bool:
        """Nothing is waiting to be encoded."""
        return not self._waiting

    def restamp(self, row: int, stamp: FileStamp) -> None:
        """Note, with the next commit, that a file was touched and holds the same bytes."""
        self._restamped.append((row, stamp))

    def flush(self) -> None:
        """Encode and commit what has been collected."""
        if not self._waiting and not self._restamped:
            return
        began = monotonic()
        if self._waiting:
            note = self._waiting[-1].found.path
            self._report(Progress("encoding", 0, self._passages, note))
        vectors = self._vectors(
            article for waiting in self._waiting for article in waiting.articles
        )
        with self._store.transaction():
            if self._waiting:
                self._store.advance()
            for waiting in self._waiting:
                self._write(waiting, vectors)
            for row, stamp in self._restamped:
                self._writer.finish_file(row, stamp)
            whole = sum(waiting.is_last for waiting in self._waiting)
            self._committing(whole + len(self._restamped))
        derived.keep_up(self._store)
        seconds = max(monotonic() - began, 1e-3)
        if self._passages:
            wanted = int(COMMIT_SECONDS * self._passages / seconds)
            self._limit = min(MOST_PASSAGES, max(64, min(wanted, 2 * self._limit)))
        self._waiting.clear()
        self._restamped.clear()
        self._passages = 0
        self._since = monotonic()

    def _write(self, waiting: _Waiting, vectors: Vectors) -> None:
        path = waiting.found.path
        if waiting.is_first:
            self._rows[path] = self._writer.begin_file(waiting.root_id, path, waiting.earlier)
            self._writer.describe_file(self._rows[path], waiting.done)
        row = self._rows[path]
        for article in waiting.articles:
            self._writer.add(waiting.root_id, row, article, vectors)
        if waiting.is_last:
            self._writer.finish_file(row, waiting.found.stamp)
            del self._rows[path]

    def _vectors(self, articles: Iterable[Prepared]) -> Vectors:
        """Find or make the vectors; a text that was encoded before is not encoded again."""
        texts = {
            text_key(text): text
            for one in articles
            for text in (passage.with_title(one.article) for passage in one.passages)
        }
        vectors = self._lookup.vectors_by_text(list(texts))
        missing = [key for key in texts if key not in vectors]
        for first in range(0, len(missing), self._limit):
            keys = missing[first : first + self._limit]
            if self._encoder is None:
                self._encoder = self._make_encoder()
            rows = self._encoder.encode_passages([texts[key] for key in keys])
            made = dict(zip(keys, rows, strict=True))
            vectors.update(made)
            if len(missing) > self._limit:
                # One article longer than a commit: what was made is not made again after a kill.
                with self._store.transaction():
                    self._writer.spare(made)
        return vectors
