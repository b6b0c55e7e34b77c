"""query -> hits: an index opened for asking, by vectors and by words."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from index import keywords
from index.derived import DenseSearch
from index.fusion import reciprocal_rank
from index.lookup import Counts, Lookup
from index.spelling import corrected
from index.storage import Store
from index.types import Article, Hit, Retrieved
from index.vectors import Ranking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
        self._store = Store.open(folder)
        self.lookup = Lookup(self._store)
        self._dense: DenseSearch | None = None

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def generation(self) -> int:
        """Count the commits that changed passages, as the disk has it now."""
        return self._store.generation()

    def manifest(self, name: str) -> str | None:
        """Read a line of the manifest, such as `model` or `indexed_at`."""
        return self._store.manifest(name)

    def load(self) -> None:
        """Load the vectors, or load them again if another process changed the index."""
        if self._dense is None or self._dense.generation != self.generation():
            self._dense = DenseSearch(self._store)

    def counts(self) -> Counts:
        """Count articles, passages and skipped files."""
        return self.lookup.counts()

    def spelled(self, query: str, is_english: Callable[[str], bool]) -> str:
        """Read misspelt words as words of the corpus; a query with quoted phrases stays as it is.

        Args:
            query: As typed.
            is_english: Says of a lower-case word whether it is a word, corpus or no corpus.
        """
        if keywords.parse(query).phrases:
            return query
        return corrected(
            query,
            is_in_corpus=self.lookup.holds_word,
            is_english=is_english,
            candidates=self.lookup.words_like,
        )

    def search(self, query: str, encoder: QueryEncoder, *, pool: int = 100) -> Retrieved:
        """Fuse the best passages by vector and by word.

        Args:
            query: Words in double quotes must occur in a passage.
            encoder: Made with the model that made the index.
            pool: How many of each ranking take part.

        Returns:
            Hits, best first by reciprocal rank, ties by age in the index.
        """
        self.load()
        if self._dense is None:
            raise RuntimeError("load() leaves the vectors in place")
        parsed = keywords.parse(query)
        only = self.lookup.rows_with_phrases(parsed)
        started = perf_counter()
        vector = encoder.encode_queries([query])[0]
        encoded = perf_counter()
        dense = self._dense.search(vector, pool, only=only)
        worded = self.lookup.search_words(parsed, pool)
        hits = self._hits(dense, worded)
        return Retrieved(hits, 1000 * (encoded - started), 1000 * (perf_counter() - encoded))

    def _hits(self, dense: Ranking, worded: Ranking) -> tuple[Hit, ...]:
        cosines, bm25s = dict(dense), dict(worded)
        fused = reciprocal_rank([list(cosines), list(bm25s)])
        found = self.lookup.passages(row for row, _ in fused)
        return tuple(
            Hit(*found[row], score, cosine=cosines.get(row), bm25=bm25s.get(row))
            for row, score in fused
            if row in found
        )

    def articles_named(self, name: str) -> list[Article]:
        """Find the articles whose path is the name, or else ends in it, or else holds it."""
        paths = self.lookup.article_paths()
        named = [(row, f"{root}/{path}") for row, root, path in paths]
        for is_meant in (_is_path, _is_ending, _is_part):
            rows = [row for row, path in named if is_meant(path, name)]
            if rows:
                return [found for row in rows if (found := self.lookup.article(row)) is not None]
        return []


def _is_path(path: str, name: str) -> bool:
    return path == name


def _is_ending(path: str, name: str) -> bool:
    return path.endswith(f"/{name}")


def _is_part(path: str, name: str) -> bool:
    return name.lower() in path.lower()
