"""PreparedFiles -> commits: passages are encoded and written a few seconds' worth at a time."""

from collections.abc import Callable, Iterable, Mapping
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from index.ingest.walk import Found
from index.models.encoder import Encoder
from index.store.writer import Change, FilePart, Prepared, PreparedFile, Writer, text_key
from index.text.as_read import titled
from index.types import FileStamp, Progress

COMMIT_SECONDS = 3.0
"""Of work in one commit, about."""
COMMIT_PASSAGES = 256
"""In the first commit, before the pace is known."""
MOST_PASSAGES = 2_048

Report = Callable[[Progress], None]
Vectors = Mapping[bytes, NDArray[np.float32]]


class Batches:
    """Collects what was read, and commits it when it is worth a commit."""

    def __init__(
        self,
        writer: Writer,
        root: str,
        encoder: Callable[[], Encoder],
        report: Report,
        *,
        is_counted: bool = True,
    ) -> None:
        """`encoder` is called when there is something to encode for the first time.

        `is_counted` says that what is committed comes off the files that the run has to read.
        """
        self._writer = writer
        self._root = root
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._report = report
        self._is_counted = is_counted
        self._waiting: list[FilePart] = []
        self._restamped: dict[str, FileStamp] = {}
        self._passages = 0
        self._limit = COMMIT_PASSAGES
        self._since = monotonic()

    def add(self, found: Found, done: PreparedFile) -> None:
        """Take a file that was read; a long one is written in several commits."""
        articles: list[Prepared] = []
        is_first = True
        for number, article in enumerate(done.articles, start=1):
            articles.append(article)
            self._passages += len(article.passages)
            if self._passages >= self._limit and number < len(done.articles):
                self._waiting.append(
                    FilePart(found.path, found.stamp, done, tuple(articles), is_first, False)
                )
                self.flush()
                articles, is_first = [], False
        self._waiting.append(
            FilePart(found.path, found.stamp, done, tuple(articles), is_first, True)
        )
        if self._passages >= self._limit or monotonic() - self._since > COMMIT_SECONDS:
            self.flush()

    @property
    def is_empty(self) -> bool:
        """Nothing is waiting to be encoded."""
        return not self._waiting

    def restamp(self, found: Found) -> None:
        """Note, with the next commit, that a file was touched and holds the same bytes."""
        self._restamped[found.path] = found.stamp

    def flush(self) -> None:
        """Encode and commit what has been collected."""
        if not self._waiting and not self._restamped:
            return
        began = monotonic()
        if self._waiting:
            note = self._waiting[-1].path
            self._report(Progress("encoding", 0, self._passages, note))
        vectors = self._vectors(article for part in self._waiting for article in part.articles)
        whole = sum(part.is_last for part in self._waiting) + len(self._restamped)
        change = Change(restamped=self._restamped, done=whole * self._is_counted)
        self._writer.commit(self._root, self._waiting, vectors=vectors, change=change)
        seconds = max(monotonic() - began, 1e-3)
        if self._passages:
            wanted = int(COMMIT_SECONDS * self._passages / seconds)
            self._limit = min(MOST_PASSAGES, max(64, min(wanted, 2 * self._limit)))
        self._waiting, self._restamped = [], {}
        self._passages = 0
        self._since = monotonic()

    def _vectors(self, articles: Iterable[Prepared]) -> Vectors:
        """Find or make the vectors; a text that was encoded before is not encoded again."""
        texts = {
            text_key(text): text
            for one in articles
            for text in (titled(passage, one.article) for passage in one.passages)
        }
        vectors = self._writer.vectors_of(list(texts))
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
                self._writer.keep(made)
        return vectors
