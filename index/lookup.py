"""Reading an index: articles, passages by id, keyword search; never writes."""

import json
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.database import translated
from index.keywords import Choice, KeywordQuery, quoted
from index.rows import (
    ARTICLE_COLUMNS,
    ARTICLE_TABLES,
    FIRST_DAY,
    LAST_DAY,
    article_of,
    from_column,
    unpacked,
)
from index.storage import Store
from index.types import Article, Passage, Period, Scope
from index.vectors import Ranking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DEEPER = 3
"""Times as many passages are ranked before those with two readings fall back."""


class Lookup:
    """Reads one store; articles are kept once read, since an id never changes its article."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._article = lru_cache(maxsize=512)(self._read_article)

    def passages(self, rows: Iterable[int]) -> dict[int, tuple[Article, Passage]]:
        """Give articles and passages by row id; rows deleted since are left out."""
        found = {}
        for row in rows:
            hit = self._one("SELECT article_id, sentences FROM passages WHERE id = ?", row)
            if hit is None:
                continue
            article = self._article(hit[0])
            if article is not None:
                found[row] = (article, unpacked(hit[1]))
        return found

    def search_words(
        self, query: KeywordQuery, k: int, *, only: Collection[int] | None = None
    ) -> Ranking:
        """Rank by BM25 (k1 = 1.2, b = 0.75, idf floored by FTS5), the k best, ties by id.

        The statistics are those of the whole corpus, whatever `only` leaves.
        """
        expression = query.match()
        if not expression:
            return []
        if not query.choices:
            return self._matching(expression, k, only)
        deep = self._matching(expression, _DEEPER * k, only)
        return self._counted_once(deep, query.choices)[:k]

    def _matching(self, expression: str, k: int, only: Collection[int] | None) -> Ranking:
        rows = self._all(
            "SELECT rowid, bm25(keywords) FROM keywords WHERE keywords MATCH ?1 "
            "AND (?2 IS NULL OR rowid IN (SELECT value FROM json_each(?2))) "
            "ORDER BY bm25(keywords), rowid LIMIT ?3",
            expression,
            None if only is None else json.dumps(list(only)),
            k,
        )
        return [(row, -score) for row, score in rows]

    def _counted_once(self, ranking: Ranking, choices: Sequence[Choice]) -> Ranking:
        """Take away what a passage got for more than one reading of the same words."""
        rows = [row for row, _ in ranking]
        words = {word for choice in choices for reading in choice.readings for word in reading}
        scores: dict[int, dict[str, float]] = {row: {} for row in rows}
        for word in words:
            for row, score in self._matching(quoted(word), len(rows), rows):
                scores[row][word] = score
        left = [
            (row, score - sum(choice.surplus(scores[row]) for choice in choices))
            for row, score in ranking
        ]
        return sorted(left, key=lambda hit: (-hit[1], hit[0]))

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

    def rows_in(self, scope: Scope) -> set[int] | None:
        """Give the passages that may be quoted; None where that is all of them."""
        if scope == Scope():
            return None
        sql = "SELECT id FROM passages WHERE article_id IN (SELECT value FROM json_each(?))"
        return {row for (row,) in self._all(sql, json.dumps(self.articles_in(scope)))}

    def undated(self) -> int:
        """Count the articles of which no date is known."""
        return int(self._all("SELECT count(*) FROM articles WHERE published IS NULL")[0][0])

    def rows_with_phrases(self, query: KeywordQuery) -> set[int] | None:
        """Give the rows that hold every quoted phrase; None if nothing was quoted."""
        if not query.phrases:
            return None
        sql = "SELECT rowid FROM keywords WHERE keywords MATCH ?"
        return {row for (row,) in self._all(sql, query.match_phrases())}

    def vectors_after(self, generation: int) -> "tuple[NDArray[np.int64], NDArray[np.float32]]":
        """Give ids and unit rows committed after a generation."""
        import numpy as np  # noqa: PLC0415 - opening an index needs none of it

        rows = self._all(
            "SELECT id, vector FROM passages WHERE generation > ? ORDER BY id", generation
        )
        ids = np.array([row for row, _ in rows], np.int64)
        if not rows:
            return ids, np.zeros((0, 0), np.float32)
        return ids, np.stack([np.frombuffer(vector, np.float32) for _, vector in rows])

    def deleted_after(self, generation: int) -> set[int]:
        """Give ids of passages dropped after a generation."""
        sql = "SELECT passage_id FROM tombstones WHERE generation > ?"
        return {row for (row,) in self._all(sql, generation)}

    def vectors_by_text(self, keys: Sequence[bytes]) -> "dict[bytes, NDArray[np.float32]]":
        """Find vectors that were made already, by the key of their text."""
        import numpy as np  # noqa: PLC0415

        found: dict[bytes, Any] = {}
        for key in keys:
            row = self._one(
                "SELECT vector FROM passages WHERE text_key = ?1 "
                "UNION ALL SELECT vector FROM spare_vectors WHERE text_key = ?1 LIMIT 1",
                key,
            )
            if row is not None:
                found[key] = np.frombuffer(row[0], np.float32)
        return found

    def article_paths(self) -> list[tuple[int, str, str]]:
        """Give (id, root, path) of every article, by path."""
        rows = self._all(
            "SELECT articles.id, roots.path, articles.path FROM articles "
            "JOIN roots ON roots.id = root_id ORDER BY articles.path"
        )
        return [(row, from_column(root), from_column(path)) for row, root, path in rows]

    def article(self, row: int) -> Article | None:
        """Give an article by id; None if it was deleted since."""
        return self._article(row)

    def _read_article(self, row: int) -> Article | None:
        found = self._one(
            f"SELECT {ARTICLE_COLUMNS}, reprint_of FROM {ARTICLE_TABLES} "  # noqa: S608 - constants
            "WHERE articles.id = ?",
            row,
        )
        if found is None:
            return None
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
