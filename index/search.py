"""query -> hits: an index opened for asking, by vectors and by words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from index import holdings, keywords
from index.fusion import fused
from index.holdings import Counts
from index.lookup import Lookup
from index.storage import FileStamp, Store
from index.types import Article, Hit, Period, Retrieved, Scope
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.dense import DenseSearch
    from index.rowsets import RowSet
    from index.vectors import Ranking
    from index.worded import WordSearch

EVERYTHING = Scope()
_SCOPES = 4
"""Of which the rows are kept: a conversation stays in one, and its days."""
_READ = 40
"""Hits that are read at most; a few are shown, but a phrase may be in any."""


class QueryEncoder(Protocol):
    """Queries to unit vectors."""

    def encode_queries(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Embed queries: shape (len(texts), dim), unit rows."""


class PassageIndex:
    """One index folder, at the generation that it had when it was opened or refreshed."""

    def __init__(self, folder: Path) -> None:
        """Open it, cheaply: vectors are loaded by the first search.

        Raises:
            IndexMissing: there is none.
            IndexBroken: it is not an index of ours.
        """
        self.folder = folder
        self.store = Store.open(folder)
        self.lookup = Lookup(self.store)
        self.vocabulary = Vocabulary(self.store, self.lookup)
        self._fault = lru_cache(maxsize=1)(self.store.fault)
        self._dense: DenseSearch | None = None
        self._worded: WordSearch | None = None
        self._counted: tuple[int, Counts] = (-1, Counts(0, 0, 0))
        self._rows_in = lru_cache(maxsize=_SCOPES)(self._read_rows_in)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def generation(self) -> int:
        """Count the commits that changed passages, as the disk has it now."""
        return self.store.generation()

    def manifest(self, name: str) -> str | None:
        """Read a line of the manifest, such as `model` or `indexed_at`."""
        return self.store.manifest(name)

    def load(self) -> None:
        """Load vectors and words, or take in what another process has committed since."""
        from index import spelling, variants  # noqa: F401, PLC0415 - read now, not while asking
        from index.dense import DenseSearch  # noqa: PLC0415 - opening an index needs none of it
        from index.worded import WordSearch  # noqa: PLC0415

        if self._dense is None or self._worded is None:
            self._fault()
            self._dense = DenseSearch(self.store, self.lookup)
            self._worded = WordSearch(self.store, self.lookup)
        elif self._dense.generation != self.generation() or self._is_makeshift():
            self.lookup.forget_articles()
            self._dense.refresh()
            self._worded.refresh()

    def _is_makeshift(self) -> bool:
        """Say whether a derived file can't be trusted; by now it may be made anew."""
        return any(one is not None and one.is_damaged for one in (self._dense, self._worded))

    def faults(self) -> tuple[str, ...]:
        """Say what is damaged, as far as what was asked for has shown, and what to do about it."""
        found = []
        if self._fault() or self.lookup.damaged:
            says = self._fault() or "a part of it is not as it was written"
            found.append(
                f"the index is damaged ({says}), so articles may be missing; "
                "run: qa doctor --repair"
            )
        found += [
            f"articles of {root} were lost to damage and not read again yet; run: qa index {root}"
            for root in holdings.lost_roots(self.store)
        ]
        if self._is_makeshift():
            found.append(
                "a file beside the index's database is damaged and done without, which is slower; "
                "to make it anew run: qa doctor --repair"
            )
        return tuple(found)

    def counts(self) -> Counts:
        """Count articles, passages and skipped files; again only if somebody has written."""
        version = self.store.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._counted[0]:
            self._counted = version, holdings.counts(self.store)
        return self._counted[1]

    def stamp_of(self, article: Article) -> tuple[FileStamp, str] | None:
        """Give stamp and sha256 of an article's file when it was read; None if it had none."""
        return holdings.stamp_of(self.store, article.root, article.in_file)

    def spelled(self, query: str, is_english: Callable[[str], bool]) -> str:
        """Read misspelt words as words of the corpus; a query with quoted phrases stays as it is.

        Args:
            query: As typed.
            is_english: Says of a lower-case word whether it is a word, corpus or no corpus.
        """
        if keywords.parse(query).phrases:
            return query
        from index.spelling import corrected  # noqa: PLC0415

        return corrected(query, corpus=self.vocabulary, is_english=is_english)

    def mentions(self, words: Sequence[str], *, scope: Scope = EVERYTHING) -> bool:
        """Say whether an article of a scope has one of the words and phrases, inflected or not.

        A year that an article is dated counts as said.
        """
        in_scope = self._rows_in(scope, self.generation())
        return self.vocabulary.is_mentioned(words, only=in_scope) or any(
            self.lookup.articles_in(replace(scope, period=year))
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
        from index import variants  # noqa: PLC0415

        parsed = variants.read(query, self.vocabulary)
        in_scope = self._rows_in(scope, self.generation())
        allowed = _both(self.lookup.rows_with_phrases(parsed), in_scope)
        started = perf_counter()
        vector = encoder.encode_queries([query])[0]
        encoded = perf_counter()
        rankings = [self._rank(vector, parsed, pool, only=allowed)]
        if near is not None:
            close = _both(allowed, self._rows_in(Scope(near), self.generation()))
            rankings.append(self._rank(vector, parsed, pool, only=close))
        hits = self._hits(rankings, most=None if parsed.phrases else _READ)
        return Retrieved(hits, 1000 * (encoded - started), 1000 * (perf_counter() - encoded))

    def _rank(
        self,
        vector: "NDArray[np.float32]",
        parsed: keywords.KeywordQuery,
        pool: int,
        *,
        only: "RowSet | None",
    ) -> "tuple[Ranking, Ranking]":
        from index import spelling, variants  # noqa: F401, PLC0415 - read now, not while asking

        if self._dense is None or self._worded is None:
            raise RuntimeError("load() leaves the vectors in place")
        dense = self._dense.search(vector, pool, only=only)
        return dense, self._worded.search(parsed, pool, only=only)

    def _read_rows_in(self, scope: Scope, _generation: int) -> "RowSet | None":
        return self.lookup.rows_in(scope)

    def _hits(
        self, rankings: "Sequence[tuple[Ranking, Ranking]]", *, most: int | None
    ) -> tuple[Hit, ...]:
        cosines = {row: cosine for dense, _ in rankings for row, cosine in dense}
        bm25s = {row: score for _, worded in rankings for row, score in worded}
        ranked = fused([one for pair in rankings for one in pair])[:most]
        found = self.lookup.passages(row for row, _ in ranked)
        missing = {row for row, _ in ranked} - set(found)
        if missing and self._dense is not None and self._dense.generation == self.generation():
            self.lookup.damaged |= missing
        return tuple(
            Hit(*found[row], score, cosine=cosines.get(row), bm25=bm25s.get(row))
            for row, score in ranked
            if row in found
        )

    def articles(self) -> tuple[Article, ...]:
        """Give every article, by path."""
        rows = (row for row, _, _ in self.lookup.article_paths())
        return tuple(found for row in rows if (found := self.lookup.article(row)) is not None)

    def articles_named(self, name: str) -> list[Article]:
        """Find the articles whose path is the name, or else ends in it, or else holds it."""
        paths = self.lookup.article_paths()
        named = [(row, f"{root}/{path}") for row, root, path in paths]
        for is_meant in (_is_path, _is_ending, _is_part):
            rows = [row for row, path in named if is_meant(path, name)]
            if rows:
                return [found for row in rows if (found := self.lookup.article(row)) is not None]
        return []


def _year(word: str) -> Period | None:
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return None
    return Period(date(int(word), 1, 1), date(int(word), 12, 31))


def _both(one: "RowSet | None", other: "RowSet | None") -> "RowSet | None":
    """What both allow; None allows everything."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _is_path(path: str, name: str) -> bool:
    return path == name


def _is_ending(path: str, name: str) -> bool:
    return path.endswith(f"/{name}")


def _is_part(path: str, name: str) -> bool:
    return name.lower() in path.lower()
