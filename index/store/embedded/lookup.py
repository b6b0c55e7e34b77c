"""Reading an index: articles, passages by id, keyword search; never writes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.errors import IndexDamaged
from index.store.embedded.database import broken, translated
from index.store.embedded.rows import (
    ARTICLE_COLUMNS,
    ARTICLE_FIELDS,
    ARTICLE_TABLES,
    FIRST_DAY,
    LAST_DAY,
    PASSAGE_COLUMNS,
    PASSAGE_FIELDS,
    article_of,
    as_column,
    from_column,
    is_whole,
    keyword_columns,
    row_sum,
    unpacked,
)
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.text.keywords import Choice, KeywordQuery, quoted
from index.types import Article, Passage, Period, Scope, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store.embedded.vectors import Ranking

_AT_ONCE = 1_000
"""Passages that are read together."""
_DEEPER = 3
"""Times as many passages are ranked before those with two readings fall back."""


class Lookup:
    """Reads one store; articles are kept once read, since an id never changes its article."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._article = lru_cache(maxsize=512)(self._read_article)
        self.damaged: set[int] = set()
        """Passages that were asked for and are not as they were written."""

    def passages(self, rows: Iterable[int]) -> dict[int, tuple[Article, Passage]]:
        """Give articles and passages by row id; rows deleted since are left out."""
        found = {}
        for row in rows:
            try:
                hit = self._passage(row)
            except IndexDamaged:
                self.damaged.add(row)
                continue
            if hit is not None:
                found[row] = hit
        return found

    def _passage(self, row: int) -> tuple[Article, Passage] | None:
        """Give article and passage; IndexDamaged if one of them is not as it was written."""
        sql = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE id = ?"  # noqa: S608 - constants
        columns = self._one(sql, row)
        return None if columns is None else self._read_passage(columns)

    def _read_passage(self, columns: Sequence[Any]) -> tuple[Article, Passage] | None:
        if not is_whole(columns, PASSAGE_FIELDS):
            raise broken(self._store.folder, "a passage is not as it was written")
        _, _, article_id, sentences, *_ = columns
        article = self._article(article_id)
        return None if article is None else (article, unpacked(sentences))

    def search_words(
        self, query: KeywordQuery, k: int, *, only: RowSet | None = None, after: int = 0
    ) -> "Ranking":
        """Rank by BM25 (k1 = 1.2, b = 0.75, idf floored by FTS5), the k best, ties by id.

        The statistics are those of the whole corpus, whatever `only` leaves, and whatever rows
        `after` one of them. Every passage with one of the words is scored, so this is for up to
        some ten thousand.
        """
        expression = query.match()
        if not expression:
            return []
        if not query.choices:
            return self._matching(expression, k, only, after)
        deep = self._matching(expression, _DEEPER * k, only, after)
        return self._counted_once(deep, query.choices)[:k]

    def _matching(self, expression: str, k: int, only: RowSet | None, after: int) -> "Ranking":
        rows = self._all(
            "SELECT rowid, bm25(keywords) FROM keywords WHERE keywords MATCH ?1 AND rowid > ?4 "
            "AND (?2 IS NULL OR rowid IN (SELECT value FROM json_each(?2))) "
            "ORDER BY bm25(keywords), rowid LIMIT ?3",
            expression,
            None if only is None else json.dumps(only.ids().tolist()),
            k,
            after,
        )
        return [(row, -score) for row, score in rows]

    def _counted_once(self, ranking: "Ranking", choices: Sequence[Choice]) -> "Ranking":
        """Take away what a passage got for more than one reading of the same words."""
        if not ranking:
            return []
        rows = RowSet.of(row for row, _ in ranking)
        first = min(row for row, _ in ranking)
        words = {word for choice in choices for reading in choice.readings for word in reading}
        scores: dict[int, dict[str, float]] = {row: {} for row, _ in ranking}
        for word in words:
            for row, score in self._matching(quoted(word), len(rows), rows, first - 1):
                scores[row][word] = score
        left = [
            (row, score - sum(choice.surplus(scores[row]) for choice in choices))
            for row, score in ranking
        ]
        return sorted(left, key=lambda hit: (-hit[1], hit[0]))

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        """Give the passages of an article before a stretch of it, the nearest first, and after it.

        As far as the text goes on: each ends where the title, something left out or words of no
        passage lie between.
        """
        of_article = (
            "SELECT sentences, json_extract(sentences, '$[0][0]') AS start FROM passages "
            "WHERE article_id = (SELECT articles.id FROM articles JOIN roots ON roots.id = root_id "
            "WHERE roots.path = ? AND articles.path = ?)"
        )
        place = (as_column(article.root), as_column(article.path))
        before = self._each(f"{of_article} AND start < ? ORDER BY id DESC", *place, span.start)
        after = self._each(f"{of_article} AND start >= ? ORDER BY id", *place, span.end)
        return _joined(article, before, span), _joined(article, after, span)

    def articles_in(self, scope: Scope) -> list[int]:
        """Give the ids of the articles that may be quoted; a partial date may lie in a period."""
        period = scope.period or Period(None, None)
        rows = self._all(
            "SELECT id, path, outlet, url FROM articles WHERE ?1 IS NULL OR ("  # noqa: S608
            f"{LAST_DAY} >= ?2 AND {FIRST_DAY} <= ?3)",
            None if scope.period is None else "",
            period.first.isoformat() if period.first else "",
            period.last.isoformat() if period.last else "9999-12-31",
        )
        wanted = (scope.source or "").casefold()
        return [
            row
            for row, path, outlet, url in rows
            if any(wanted in (known or "").casefold() for known in (from_column(path), outlet, url))
        ]

    def rows_in(self, scope: Scope) -> RowSet | None:
        """Give the passages that may be quoted; None where that is all of them.

        The passages of an article were added together, so their ids follow one another.
        """
        if scope == Scope():
            return None
        sql = (
            "SELECT min(id), max(id) FROM passages "
            "WHERE article_id IN (SELECT value FROM json_each(?)) GROUP BY article_id"
        )
        return RowSet.between(self._all(sql, json.dumps(self.articles_in(scope))))

    def undated(self) -> int:
        """Count the articles of which no date is known."""
        return int(self._all("SELECT count(*) FROM articles WHERE published IS NULL")[0][0])

    def rows_with_phrases(self, phrases: Sequence[str]) -> RowSet | None:
        """Give the rows that hold every phrase; None if there is none."""
        if not phrases:
            return None
        sql = "SELECT rowid FROM keywords WHERE keywords MATCH ?"
        return RowSet.of(row for (row,) in self._each(sql, " AND ".join(map(quoted, phrases))))

    def rows_after(self, generation: int) -> "NDArray[np.int64]":
        """Give the ids of passages committed after a generation, in ascending order."""
        import numpy as np  # noqa: PLC0415 - opening an index needs none of it

        sql = "SELECT id FROM passages WHERE generation > ?"
        return np.sort(np.fromiter((row for (row,) in self._each(sql, generation)), np.int64))

    def vectors_of(
        self, ids: "NDArray[np.int64]"
    ) -> "tuple[NDArray[np.int64], NDArray[np.float32]]":
        """Give those of the ids that are there and whole, ascending, and their unit rows."""
        import numpy as np  # noqa: PLC0415

        rows = self._all(
            "SELECT id, vector, vector_sum = row_sum(text_key, vector) FROM passages "
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            json.dumps(ids.tolist()),
        )
        self.damaged.update(row for row, _, is_sound in rows if not is_sound)
        whole = [(row, vector) for row, vector, is_sound in rows if is_sound]
        if not whole:
            return np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        vectors = np.frombuffer(b"".join(vector for _, vector in whole), np.float32)
        return np.array([row for row, _ in whole], np.int64), vectors.reshape(len(whole), -1)

    def deleted_after(self, generation: int) -> RowSet:
        """Give ids of passages dropped after a generation."""
        sql = "SELECT passage_id FROM tombstones WHERE generation > ?"
        return RowSet.of(row for (row,) in self._each(sql, generation))

    def words_after(self, generation: int) -> Iterator[tuple[int, str]]:
        """Give id and words of each passage committed after a generation, title included."""
        sql = (
            f"SELECT {PASSAGE_COLUMNS} FROM passages "  # noqa: S608 - constants
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        rows = self.rows_after(generation)
        for first in range(0, len(rows), _AT_ONCE):
            ids = json.dumps(rows[first : first + _AT_ONCE].tolist())
            for columns in self._all(sql, ids):
                found = self._read_passage(columns)
                if found is None:
                    raise broken(self._store.folder, "a passage has no article")
                body, title = keyword_columns(*found)
                yield columns[0], f"{title}\n{body}"

    def vectors_by_text(self, keys: Sequence[bytes]) -> "dict[bytes, NDArray[np.float32]]":
        """Find vectors that were made already and are whole, by the key of their text."""
        import numpy as np  # noqa: PLC0415

        found: dict[bytes, Any] = {}
        for key in keys:
            row = self._one(
                "SELECT vector, vector_sum FROM passages WHERE text_key = ?1 UNION ALL "
                "SELECT vector, vector_sum FROM spare_vectors WHERE text_key = ?1 LIMIT 1",
                key,
            )
            if row is not None and row[1] == row_sum(key, row[0]):
                found[key] = np.frombuffer(row[0], np.float32)
        return found

    def article_paths(self) -> list[tuple[int, str, str]]:
        """Give (id, root, path) of every article, by path."""
        rows = self._all(
            "SELECT articles.id, roots.path, articles.path FROM articles "
            "JOIN roots ON roots.id = root_id ORDER BY articles.path"
        )
        return [(row, from_column(root), from_column(path)) for row, root, path in rows]

    def forget_articles(self) -> None:
        """Read articles anew: others may have become copies of them."""
        self._article.cache_clear()

    def article(self, row: int) -> Article | None:
        """Give an article by id; None if it was deleted since.

        Raises:
            IndexDamaged: it is not as it was written.
        """
        return self._article(row)

    def _read_article(self, row: int) -> Article | None:
        found = self._one(
            f"SELECT {ARTICLE_COLUMNS}, reprint_of FROM {ARTICLE_TABLES} "  # noqa: S608 - constants
            "WHERE articles.id = ?",
            row,
        )
        if found is None:
            return None
        if not is_whole(found, ARTICLE_FIELDS):
            raise broken(self._store.folder, "an article is not as it was written")
        copies = self._all(
            "SELECT path FROM articles WHERE id != ?1 AND (id = ?2 OR reprint_of = ?2) ORDER BY id",
            row,
            found[-1] or row,
        )
        return article_of(found, reprints=tuple(from_column(path) for (path,) in copies))

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with translated(self._store.folder):
            return self._store.connection.execute(sql, values).fetchall()

    def _each(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Read rows as they are asked for, so that very many of them need no memory."""
        with translated(self._store.folder):
            yield from self._store.connection.execute(sql, values)


def _joined(article: Article, rows: Iterable[tuple[Any, ...]], span: Span) -> Iterator[Passage]:
    """Give the passages of rows as long as one follows the other."""
    barriers = [omission.span for omission in article.omissions]
    barriers += [article.title_span] if article.title_span else []
    for row in rows:
        passage = unpacked(row[0])
        first, second = sorted((span, passage.span))
        between = article.text[first.end : second.start]
        if first.end > second.start or any(map(str.isalnum, between)):
            return
        if any(first.end <= one.start < second.start for one in barriers):
            return
        yield passage
        span = passage.span
