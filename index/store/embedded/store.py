"""Folder of an index -> Store: SQLite for what is true, FAISS and tantivy for what is quick."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.store.embedded import holdings, runs
from index.store.embedded.lookup import Lookup
from index.store.embedded.storage import Store
from index.store.embedded.vocabulary import StoredWords
from index.store.protocol import (
    ArticleId,
    Counts,
    Fault,
    Holdings,
    Manifest,
    PassageId,
    Ranking,
    Vocabulary,
)
from index.text.keywords import KeywordQuery
from index.types import Article, FileStamp, Passage, Scope, Span, Unfinished

if TYPE_CHECKING:
    from index.store.embedded.dense import DenseSearch
    from index.store.embedded.rowsets import RowSet
    from index.store.embedded.worded import WordSearch
    from index.store.protocol import Vector

_SCOPES = 4
"""Of which the rows are kept: a conversation stays in one, and its days."""


class EmbeddedStore:
    """One index folder, opened for asking; a connection belongs to one thread at a time."""

    def __init__(self, place: Path) -> None:
        """Open it, cheaply: vectors are loaded by the first `refresh`.

        Raises:
            IndexMissing: there is none.
            IndexBroken: it is not an index of ours.
        """
        self.place = place
        self._store = Store.open(place)
        self._lookup = Lookup(self._store)
        self._words = StoredWords(self._store, self._lookup)
        self._fault = lru_cache(maxsize=1)(self._store.fault)
        self._dense: DenseSearch | None = None
        self._worded: WordSearch | None = None
        self._counted: tuple[int, Counts] = (-1, Counts(0, 0, 0))
        self._rows_in = lru_cache(maxsize=_SCOPES)(self._read_rows_in)
        self._rows_with = lru_cache(maxsize=1)(self._read_rows_with)

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def generation(self) -> int:
        """Count the commits that changed passages, as the disk has it now."""
        return self._store.generation()

    def refresh(self) -> None:
        """Load vectors and words, or take in what another process has committed since."""
        from index.store.embedded.dense import DenseSearch  # noqa: PLC0415 - opening an index needs none of it
        from index.store.embedded.worded import WordSearch  # noqa: PLC0415

        if self._dense is None or self._worded is None:
            self._fault()
            self._dense = DenseSearch(self._store, self._lookup)
            self._worded = WordSearch(self._store, self._lookup)
        elif self._dense.generation != self.generation() or self._is_makeshift():
            self._lookup.forget_articles()
            self._dense.refresh()
            self._worded.refresh()

    def _is_makeshift(self) -> bool:
        """Say whether a derived file can't be trusted; by now it may be made anew."""
        return any(one is not None and one.is_damaged for one in (self._dense, self._worded))

    def known_faults(self) -> tuple[str, ...]:
        """Say what is damaged, as far as what was asked for has shown, and what to do about it."""
        found = []
        if self._fault() or self._lookup.damaged:
            says = self._fault() or "a part of it is not as it was written"
            found.append(
                f"the index is damaged ({says}), so articles may be missing; "
                "run: qa doctor --repair"
            )
        found += [
            f"articles of {root} were lost to damage and not read again yet; run: qa index {root}"
            for root in holdings.lost_roots(self._store)
        ]
        if self._is_makeshift():
            found.append(
                "a file beside the index's database is damaged and done without, which is slower; "
                "to make it anew run: qa doctor --repair"
            )
        return tuple(found)

    def manifest(self) -> Manifest:
        """Read what it says of itself."""
        return holdings.manifest(self._store)

    def counts(self) -> Counts:
        """Count what it holds; again only if somebody has written."""
        version = self._store.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._counted[0]:
            self._counted = version, holdings.counts(self._store)
        return self._counted[1]

    def holdings(self) -> Holdings:
        """Say all that it holds."""
        return holdings.everything(self._store)

    def roots(self) -> tuple[str, ...]:
        """Give the paths of the roots, in the order in which they came."""
        return holdings.roots(self._store)

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Give the roots over which the last run has not come to its end."""
        return runs.unfinished(self._store)

    def lost_roots(self) -> tuple[str, ...]:
        """Give the roots of which damage took articles that were not read again yet."""
        return holdings.lost_roots(self._store)

    def faults(self) -> Iterator[Fault]:
        """Read everything, for a few seconds, and say what is not as it was written."""
        from index.store.embedded.examining import examined  # noqa: PLC0415 - seldom asked for

        yield from examined(self._store)

    def outdated(self) -> tuple[str, ...]:
        """Give the roots of which files were read by other rules than today's."""
        return runs.outdated(self._store)

    def articles_in(self, scope: Scope) -> Collection[ArticleId]:
        """Give the articles that may be quoted; a partial date may lie in a period."""
        return [ArticleId(row) for row in self._lookup.articles_in(scope)]

    def undated(self) -> int:
        """Count the articles of which no date is known."""
        return self._lookup.undated()

    def paths(self) -> Sequence[tuple[ArticleId, str, str]]:
        """Give (id, root, path) of every article, by path."""
        return [(ArticleId(row), root, path) for row, root, path in self._lookup.article_paths()]

    def article(self, article_id: ArticleId) -> Article | None:
        """Give an article; None if it was deleted since."""
        return self._lookup.article(article_id)

    def stamp_of(self, article: Article) -> tuple[FileStamp, str] | None:
        """Give stamp and sha256 of an article's file when it was read; None if it had none."""
        return holdings.stamp_of(self._store, article.root, article.in_file)

    def passages(self, ids: Collection[PassageId]) -> Mapping[PassageId, tuple[Article, Passage]]:
        """Give passages with their articles; one that is gone without a commit counts as damage."""
        found = self._lookup.passages(ids)
        missing = set(ids) - set(found)
        if missing and self._dense is not None and self._dense.generation == self.generation():
            self._lookup.damaged |= missing
        return {PassageId(row): hit for row, hit in found.items()}

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        """Give the passages of an article before a stretch of it, the nearest first, and after."""
        return self._lookup.beside(article, span)

    def nearest(
        self,
        vector: "Vector",
        k: int,
        *,
        within: Sequence[Scope] = (),
        phrases: Sequence[str] = (),
    ) -> Ranking:
        """Rank by cosine, which is exact, the k nearest, ties by id."""
        if self._dense is None:
            self.refresh()
        if self._dense is None:
            raise RuntimeError("refresh() leaves the vectors in place")
        found = self._dense.search(vector, k, only=self._allowed(within, phrases))
        return [(PassageId(row), cosine) for row, cosine in found]

    def matching(self, query: KeywordQuery, k: int, *, within: Sequence[Scope] = ()) -> Ranking:
        """Rank by BM25, the k best, ties by id; the statistics are those of the whole corpus."""
        if self._worded is None:
            self.refresh()
        if self._worded is None:
            raise RuntimeError("refresh() leaves the words in place")
        found = self._worded.search(query, k, only=self._allowed(within, query.phrases))
        return [(PassageId(row), score) for row, score in found]

    def vocabulary(self) -> Vocabulary:
        """Give the words that it holds."""
        return self._words

    def mentions(self, words: Sequence[str], *, within: Sequence[Scope] = ()) -> bool:
        """Say whether a passage or its title has one of the words and phrases."""
        return self._words.is_mentioned(words, only=self._allowed(within, ()))

    def _allowed(self, within: Sequence[Scope], phrases: Sequence[str]) -> "RowSet | None":
        """Give the rows that lie in all scopes and hold all phrases; None where those are all."""
        generation = self.generation()
        rows = [self._rows_in(scope, generation) for scope in within]
        rows.append(self._rows_with(tuple(phrases), generation))
        allowed: RowSet | None = None
        for some in rows:
            if some is not None:
                allowed = some if allowed is None else allowed & some
        return allowed

    def _read_rows_in(self, scope: Scope, _generation: int) -> "RowSet | None":
        return self._lookup.rows_in(scope)

    def _read_rows_with(self, phrases: tuple[str, ...], _generation: int) -> "RowSet | None":
        return self._lookup.rows_with_phrases(phrases)
