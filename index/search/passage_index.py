"""query -> hits: an index opened for asking, by vectors and by words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, Self

from index.search.fusion import fused
from index.store.opening import open_store
from index.store.protocol import ArticleId, Ranking, Store
from index.text import keywords
from index.types import Article, Hit, Period, Retrieved, Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVERYTHING = Scope()
_READ = 40
"""Hits that are read at most; a few are shown, but a phrase may be in any."""


class QueryEncoder(Protocol):
    """Queries to unit vectors."""

    def encode_queries(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Embed queries: shape (len(texts), dim), unit rows."""


class PassageIndex:
    """One index, at the generation that it had when it was opened or loaded."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index that lies in a folder, cheaply: vectors are loaded by the first search.

        Raises:
            IndexMissing: there is none.
            IndexBroken: it is not an index of ours.
        """
        return cls(open_store(folder))

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def load(self) -> None:
        """Load what searching needs, or take in what another process has committed since."""
        from index.search import spelling, variants  # noqa: F401, PLC0415 - read now, not while asking

        self.store.refresh()

    def spelled(self, query: str, is_english: Callable[[str], bool]) -> str:
        """Read misspelt words as words of the corpus; a query with quoted phrases stays as it is.

        Args:
            query: As typed.
            is_english: Says of a lower-case word whether it is a word, corpus or no corpus.
        """
        if keywords.parse(query).phrases:
            return query
        from index.search.spelling import corrected  # noqa: PLC0415

        return corrected(query, corpus=self.store.vocabulary(), is_english=is_english)

    def mentions(self, words: Sequence[str], *, scope: Scope = EVERYTHING) -> bool:
        """Say whether an article of a scope has one of the words and phrases, inflected or not.

        A year that an article is dated counts as said.
        """
        return self.store.mentions(words, within=(scope,)) or any(
            self.store.articles_in(replace(scope, period=year))
            for year in map(_year, words)
            if year is not None and scope.period is None
        )

    def search(
        self,
        query: str,
        encoder: QueryEncoder,
        *,
        scope: Scope = EVERYTHING,
        near: Period | None = None,
        pool: int = 100,
    ) -> Retrieved:
        """Fuse the best passages by vector and by word.

        Args:
            query: Words in double quotes must occur in a passage.
            encoder: Made with the model that made the index.
            scope: Which articles may be found.
            near: Articles of these days are also ranked among themselves, and so come forward;
                the others stay.
            pool: How many of each ranking take part.

        Returns:
            Hits, best first by reciprocal rank, ties by age in the index.
        """
        self.load()
        from index.search import variants  # noqa: PLC0415

        parsed = variants.read(query, self.store.vocabulary())
        started = perf_counter()
        vector = encoder.encode_queries([query])[0]
        encoded = perf_counter()
        rankings = [self._rank(vector, parsed, pool, within=(scope,))]
        if near is not None:
            rankings.append(self._rank(vector, parsed, pool, within=(scope, Scope(near))))
        hits = self._hits(rankings, most=None if parsed.phrases else _READ)
        return Retrieved(hits, 1000 * (encoded - started), 1000 * (perf_counter() - encoded))

    def _rank(
        self,
        vector: "NDArray[np.float32]",
        parsed: keywords.KeywordQuery,
        pool: int,
        *,
        within: Sequence[Scope],
    ) -> tuple[Ranking, Ranking]:
        dense = self.store.nearest(vector, pool, within=within, phrases=parsed.phrases)
        return dense, self.store.matching(parsed, pool, within=within)

    def _hits(
        self, rankings: Sequence[tuple[Ranking, Ranking]], *, most: int | None
    ) -> tuple[Hit, ...]:
        cosines = {row: cosine for dense, _ in rankings for row, cosine in dense}
        bm25s = {row: score for _, worded in rankings for row, score in worded}
        ranked = fused([one for pair in rankings for one in pair])[:most]
        found = self.store.passages([row for row, _ in ranked])
        return tuple(
            Hit(*found[row], score, cosine=cosines.get(row), bm25=bm25s.get(row))
            for row, score in ranked
            if row in found
        )

    def articles(self) -> tuple[Article, ...]:
        """Give every article, by path."""
        return self._read([row for row, _, _ in self.store.paths()])

    def articles_named(self, name: str) -> tuple[Article, ...]:
        """Find the articles whose path is the name, or else ends in it, or else holds it."""
        named = [(row, f"{root}/{path}") for row, root, path in self.store.paths()]
        for is_meant in (_is_path, _is_ending, _is_part):
            rows = [row for row, path in named if is_meant(path, name)]
            if rows:
                return self._read(rows)
        return ()

    def _read(self, rows: Sequence[ArticleId]) -> tuple[Article, ...]:
        found = map(self.store.article, rows)
        return tuple(article for article in found if article is not None)


def _year(word: str) -> Period | None:
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return None
    return Period(date(int(word), 1, 1), date(int(word), 12, 31))


def _is_path(path: str, name: str) -> bool:
    return path == name


def _is_ending(path: str, name: str) -> bool:
    return path.endswith(f"/{name}")


def _is_part(path: str, name: str) -> bool:
    return name.lower() in path.lower()
