"""The words of an index as they are now: by FTS5 while they are few, else by the word index."""

from index.errors import IndexBroken
from index.store.embedded.lookup import Lookup
from index.store.embedded.records import WordRecord, word_record
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.store.embedded.vectors import Ranking, merge
from index.store.embedded.words import WordIndex
from index.text.keywords import KeywordQuery

MANY = 50_000
"""Passages from which there is a word index: up to there FTS5 answers in 15 ms."""
_ATTEMPTS = 3
"""Times that a record is read again because its folder was just replaced."""


class WordSearch:
    """Rows committed after the word index are searched by FTS5 beside it, deleted ones masked."""

    def __init__(self, store: Store, lookup: Lookup) -> None:
        """Open the word index, if there is one to trust; without it, all is searched by FTS5."""
        self._store = store
        self._lookup = lookup
        self._generation = -1
        self._record: WordRecord | None = None
        self._words: WordIndex | None = None
        self._pending: RowSet | None = None
        self._deleted: RowSet | None = None
        self.refresh()

    @property
    def is_damaged(self) -> bool:
        """A word index was made and can't be trusted, so FTS5 does all."""
        return self._record is not None and self._words is None

    def refresh(self) -> None:
        """Take in what was committed since."""
        if self._generation == self._store.generation() and not self.is_damaged:
            return
        for _ in range(_ATTEMPTS):
            with self._store.snapshot():
                self._take_in(word_record(self._store))
            if not self.is_damaged or self._record == word_record(self._store):
                return

    def _take_in(self, record: WordRecord | None) -> None:
        if record != self._record:
            self._record, self._words = record, None if record is None else self._open(record)
        if record is not None:
            pending = RowSet.of(self._lookup.rows_after(record.generation))
            gone = self._lookup.deleted_after(record.generation)
            self._pending, self._deleted = pending or None, gone or None
        self._generation = self._store.generation()

    def _open(self, record: WordRecord) -> WordIndex | None:
        try:
            return WordIndex.open(self._store.folder / record.folder, seals=record.seals)
        except IndexBroken:
            return None

    def search(self, query: KeywordQuery, k: int, *, only: RowSet | None = None) -> Ranking:
        """Rank by BM25, the k best, ties by id."""
        if self._words is None or self._record is None:
            return self._lookup.search_words(query, k, only=only)
        try:
            saved = self._words.search(query, k, only=only, without=self._deleted)
        except IndexBroken:
            self._words = None
            return self._lookup.search_words(query, k, only=only)
        if self._pending is None:
            return saved
        after = self._record.last_row
        pending = self._lookup.search_words(query, k, only=only, after=after)
        return merge([saved, pending], k)
