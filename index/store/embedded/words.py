"""words -> hits among very many passages: the only file that knows tantivy.

SQLite's FTS5 scores every passage that has one of the words; tantivy skips those that can't be
among the best (Ding & Suel, SIGIR 2011), which makes a query of common words a hundred times
quicker. Same formula, constants and kind of words: BM25 with k1 = 1.2 and b = 0.75 over
lower-case stems without accents.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import IndexBroken, StorageFailed
from index.seals import Seals, is_intact_folder, sync
from index.store.embedded.rowsets import RowSet
from index.store.embedded.vectors import Ranking
from index.text.keywords import Choice, KeywordQuery

_CHANGING = ("meta.json", ".managed.json")
"""Files that tantivy writes anew; all others stay as they are until they go."""
_WRITING_BYTES = 64_000_000
"""Of memory, before what was added is written out."""
_FEW = 50_000
"""Allowed rows that are made part of the query; of more, the best are sorted out afterwards."""


class WordIndex:
    """BM25 over rows that carry ids, in a folder of its own."""

    def __init__(self, folder: Path, engine: Any) -> None:
        self._folder = folder
        self._analyzer = _analyzer()
        self._engine = engine
        self._engine.register_tokenizer("words", self._analyzer)
        self._schema = engine.schema
        self._searcher = engine.searcher()

    @classmethod
    def create(cls, folder: Path) -> "WordIndex":
        """Make an empty one.

        Raises:
            StorageFailed: the disk is full or may not be written.
        """
        import tantivy

        fields = tantivy.SchemaBuilder()
        fields.add_text_field("text", tokenizer_name="words", index_option="position")
        fields.add_integer_field("row", indexed=True, fast=True)
        with _writing(folder):
            folder.mkdir()
            return cls(folder, tantivy.Index(fields.build(), str(folder)))

    @classmethod
    def open(cls, folder: Path, *, seals: Seals) -> "WordIndex":
        """Open one as its last commit left it; what is written later is not seen.

        Raises:
            IndexBroken: it is missing, torn or not the one that was sealed.
        """
        if not is_intact_folder(folder, seals):
            raise IndexBroken(f"{folder} is not what was written")
        return cls._opened(folder)

    @classmethod
    def _opened(cls, folder: Path) -> "WordIndex":
        import tantivy

        with _reading(folder):
            return cls(folder, tantivy.Index.open(str(folder)))

    @classmethod
    def continued(cls, folder: Path, draft: Path, *, seals: Seals) -> "WordIndex":
        """Open a copy of one, to be written; most of its files are shared, as they never change.

        Raises:
            IndexBroken: there is none to be trusted.
            StorageFailed: the disk is full or may not be written.
        """
        if not is_intact_folder(folder, seals):
            raise IndexBroken(f"{folder} is not what was written")
        try:
            draft.mkdir()
            for name in seals:
                if name in _CHANGING:
                    shutil.copyfile(folder / name, draft / name)
                else:
                    _share(folder / name, draft / name)
        except OSError as error:
            raise StorageFailed(f"cannot write {draft}: {error.strerror}") from error
        return cls._opened(draft)

    def write(self, added: Iterable[tuple[int, str]], dropped: Iterable[int]) -> None:
        """Commit rows with their texts, and forget others.

        Raises:
            StorageFailed: the disk is full or may not be written.
            IndexBroken: it can't be continued.
        """
        import tantivy

        with _writing(self._folder):
            writer = self._engine.writer(heap_size=_WRITING_BYTES, num_threads=1)
            for row in dropped:
                writer.delete_documents_by_term("row", row)
            for row, text in added:
                writer.add_document(tantivy.Document(row=row, text=text))
            writer.commit()
            writer.wait_merging_threads()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, query: KeywordQuery, k: int, *, only: RowSet | None, without: RowSet | None
    ) -> Ranking:
        """Rank by BM25, the k best, ties by id; a passage counts each choice's best reading.

        Raises:
            IndexBroken: its files are damaged.
        """
        with _reading(self._folder):
            return self._search(query, k, only=only, without=without)

    def _search(
        self, query: KeywordQuery, k: int, *, only: RowSet | None, without: RowSet | None
    ) -> Ranking:
        import tantivy

        parts = [(tantivy.Occur.Should, part) for part in self._scored(query)]
        for phrase in query.phrases:
            parts += [(tantivy.Occur.Must, part) for part in self._query(phrase)]
        if not parts:
            return []
        if only is not None and len(only) <= _FEW:
            rows = tantivy.Query.term_set_query(self._schema, "row", only.ids().tolist())
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(rows, 0.0)))
            scored = tantivy.Query.boolean_query(parts, minimum_number_should_match=1)
        else:
            scored = tantivy.Query.boolean_query(parts)
        return self._best(scored, k, lambda row: _is_in(row, only, without))

    def _best(self, scored: Any, k: int, is_wanted: Callable[[int], bool]) -> Ranking:
        """Read the ranking until k rows of it are wanted."""
        depth = k
        while True:
            hits = self._searcher.search(scored, limit=depth, count=False).hits
            rows = self._searcher.fast_field_values("row", [place for _, place in hits])
            found = [
                (row, score) for row, (score, _) in zip(rows, hits, strict=True) if is_wanted(row)
            ]
            if len(found) >= k or len(hits) < depth:
                return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]
            depth *= 4

    def _scored(self, query: KeywordQuery) -> Iterator[Any]:
        import tantivy

        chosen = {word for choice in query.choices for words in choice.readings for word in words}
        for term in query.terms:
            if term not in chosen:
                yield from self._query(term)
        for choice in query.choices:
            readings = [reading for reading in self._readings(choice) if reading is not None]
            yield tantivy.Query.disjunction_max_query(readings)

    def _readings(self, choice: Choice) -> Iterator[Any]:
        import tantivy

        for reading in choice.readings:
            words = [query for word in reading for query in self._query(word)]
            yield tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])

    def _query(self, text: str) -> Iterator[Any]:
        """Give a word's query, a phrase's if it is read as several; none if it has no letters."""
        import tantivy

        stems = self._analyzer.analyze(text)
        if len(stems) == 1:
            yield tantivy.Query.term_query(self._schema, "text", stems[0])
        elif stems:
            yield tantivy.Query.phrase_query(self._schema, "text", stems)


def _share(file: Path, draft: Path) -> None:
    """Give a file a second name, or copy it where the disk knows no such thing."""
    try:
        os.link(file, draft)
    except OSError:
        shutil.copy2(file, draft)
        sync(draft)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn what tantivy throws into what can be done about it: more room, or beginning anew."""
    try:
        with _reading(folder):
            yield
    except IndexBroken as error:
        if isinstance(error.__cause__, OSError) or "os error" in str(error.__cause__):
            raise StorageFailed(f"cannot write {folder}: the disk may be full") from error
        raise


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Turn what tantivy throws over damaged files, its panics among that, into one error."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexBroken(f"{folder} cannot be read") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of pyo3; it can't be imported
            raise
        raise IndexBroken(f"{folder} cannot be read") from error


def _is_in(row: int, only: RowSet | None, without: RowSet | None) -> bool:
    return (only is None or row in only) and (without is None or row not in without)


def _analyzer() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )
