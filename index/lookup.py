"""Reading an index: passages by id, keyword search, counts; never writes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.database import translated
from index.keywords import KeywordQuery, quoted
from index.rows import ARTICLE_COLUMNS, article_of, from_column, unpacked
from index.spelling import distance, most_edits
from index.storage import Store
from index.types import Article, Passage, Skipped
from index.vectors import Ranking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an index holds."""

    articles: int
    passages: int
    skipped: int


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

    def search_words(self, query: KeywordQuery, k: int) -> Ranking:
        """Rank by BM25 (k1 = 1.2, b = 0.75, idf floored by FTS5), the k best, ties by id."""
        expression = query.match()
        if not expression:
            return []
        rows = self._all(
            "SELECT rowid, bm25(keywords) FROM keywords WHERE keywords MATCH ? "
            "ORDER BY bm25(keywords), rowid LIMIT ?",
            expression,
            k,
        )
        return [(row, -score) for row, score in rows]

    def rows_with_phrases(self, query: KeywordQuery) -> set[int] | None:
        """Give the rows that hold every quoted phrase; None if nothing was quoted."""
        if not query.phrases:
            return None
        sql = "SELECT rowid FROM keywords WHERE keywords MATCH ?"
        return {row for (row,) in self._all(sql, query.match_phrases())}

    def holds_word(self, word: str) -> bool:
        """Say whether any passage or title has the word, inflected or not."""
        sql = "SELECT 1 FROM keywords WHERE keywords MATCH ? LIMIT 1"
        return self._one(sql, quoted(word)) is not None

    def words_like(self, word: str) -> list[tuple[str, int]]:
        """Give (word, passages) of the corpus that begin with the same letter and are close."""
        stems = self._all(
            "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? "
            "AND length(term) BETWEEN ? AND ?",
            word[0],
            chr(ord(word[0]) + 1),
            len(word) - 4,
            len(word) + 2,
        )
        edits = most_edits(word) + 1
        close = [(stem, n) for stem, n in stems if distance(word[: len(stem)], stem) <= edits]
        return [(form, n) for stem, n in close[:50] for form in self._forms(stem)]

    def _forms(self, stem: str) -> set[str]:
        """Give the words of some passages that have this stem's beginning."""
        rows = self._all("SELECT rowid FROM keywords WHERE keywords MATCH ? LIMIT 5", quoted(stem))
        texts = [article.text for article, _ in self.passages(row for (row,) in rows).values()]
        pattern = re.compile(rf"\b{re.escape(stem[:-1])}\w*", re.IGNORECASE)
        return {form.lower() for text in texts for form in pattern.findall(text)}

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
            row = self._one("SELECT vector FROM passages WHERE text_key = ? LIMIT 1", key)
            if row is not None:
                found[key] = np.frombuffer(row[0], np.float32)
        return found

    def counts(self) -> Counts:
        """Count articles, passages and skipped files."""
        return Counts(
            *self._all(
                "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages), "
                "(SELECT count(*) FROM skipped)"
            )[0]
        )

    def root_counts(self, root_id: int) -> Counts:
        """Count what one root gave."""
        return Counts(
            *self._all(
                "SELECT (SELECT count(*) FROM articles WHERE root_id = ?1), (SELECT count(*) FROM "
                "passages JOIN articles ON articles.id = article_id WHERE root_id = ?1), "
                "(SELECT count(*) FROM skipped WHERE root_id = ?1)",
                root_id,
            )[0]
        )

    def roots(self) -> tuple[str, ...]:
        """Give the paths of the roots, in the order in which they came."""
        return tuple(
            from_column(path) for (path,) in self._all("SELECT path FROM roots ORDER BY id")
        )

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

    def skipped(self, root_id: int | None = None) -> tuple[Skipped, ...]:
        """Give the files that gave no article, by path; of one root or of all."""
        rows = self._all(
            "SELECT path, reason FROM skipped WHERE ?1 IS NULL OR root_id = ?1 ORDER BY path",
            root_id,
        )
        return tuple(Skipped(from_column(path), reason) for path, reason in rows)

    def encodings(self) -> dict[str, int]:
        """Count articles by text encoding, the most frequent first."""
        sql = "SELECT encoding, count(*) FROM articles GROUP BY encoding ORDER BY 2 DESC, 1"
        return dict(self._all(sql))

    def recoded(self) -> tuple[tuple[str, str], ...]:
        """Give (path, encoding) of every article that is not UTF-8."""
        rows = self._all(
            "SELECT path, encoding FROM articles "
            "WHERE lower(encoding) NOT IN ('utf-8', 'utf-8-sig', 'ascii') ORDER BY path"
        )
        return tuple((from_column(path), encoding) for path, encoding in rows)

    def omitted(self) -> dict[str, int]:
        """Count the stretches that were left out as boilerplate, by reason."""
        rows = self._all(
            "SELECT json_extract(each.value, '$[2]'), count(*) "
            "FROM articles, json_each(articles.omissions) AS each GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(rows)

    def other_languages(self) -> tuple[str, ...]:
        """Give the paths of articles that do not look English."""
        rows = self._all("SELECT path FROM articles WHERE NOT is_english ORDER BY path")
        return tuple(from_column(path) for (path,) in rows)

    def _read_article(self, row: int) -> Article | None:
        found = self._one(
            f"SELECT {ARTICLE_COLUMNS} FROM articles "  # noqa: S608 - a constant
            "JOIN roots ON roots.id = root_id WHERE articles.id = ?",
            row,
        )
        return None if found is None else article_of(found)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with translated(self._store.folder):
            return self._store.connection.execute(sql, values).fetchall()
