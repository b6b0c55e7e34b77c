"""The seam: what every store of an index can do, and the values that pass through it.

Ids are opaque to all but the store that gave them; the smaller one is the older. Scopes and queries
are values. A store filters and ranks, `search` fuses. No connection, no set of rows, no SQL and no
object of an engine passes through.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NewType, Protocol

from index.text.keywords import KeywordQuery
from index.types import (
    Article,
    FileStamp,
    LeftOut,
    Passage,
    Scope,
    Skipped,
    Span,
    Unfinished,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

ArticleId = NewType("ArticleId", int)
PassageId = NewType("PassageId", int)
"""Never given twice, so an old one can't name a new passage."""
Ranking = Sequence[tuple[PassageId, float]]
"""Ids and their scores, best first; equal scores by id, the smaller first."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself."""

    model: str | None
    """Name of the encoder that it began with; None before the first run."""
    fingerprint: str | None
    """Of that encoder's weights."""
    indexed_at: str = ""
    """ISO time of the last commit that changed something, UTC; empty before a run has ended."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an index holds."""

    articles: int
    passages: int
    skipped: int
    """Files, and members of files, that gave no article."""
    files: int = 0
    """Of the kinds that are read, read or not."""
    unread: int = 0
    """Files that gave no article at all."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that can be said of what an index holds; slower to tell than Counts."""

    bytes_on_disk: int
    formats: Mapping[str, int]
    """Articles by format, the most frequent first."""
    encodings: Mapping[str, int]
    """Articles by text encoding, the most frequent first."""
    recoded: tuple[tuple[str, str], ...]
    """(path, encoding) of every article that is not UTF-8."""
    omitted: Mapping[str, int]
    """Stretches that were left out as boilerplate, by reason."""
    mostly_left_out: tuple[LeftOut, ...]
    skipped: tuple[Skipped, ...]
    """By path."""
    other_languages: tuple[str, ...]
    """Paths of articles that do not look English."""
    other_kinds: Mapping[str, int]
    """Files of kinds that are not read, by ending."""
    reprints: tuple[tuple[str, str], ...]
    """(path, path of the article that it repeats)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with an index."""

    says: str
    """A clause."""
    advice: str
    """What to do; empty where nothing can be done."""
    is_grave: bool = True
    """Answers may be wrong or fail; otherwise they are only slower or fewer."""


class Vocabulary(Protocol):
    """The words that articles have; what is asked for is lower-case."""

    def holds(self, words: str) -> bool:
        """Say whether a word or phrase occurs, inflected or not."""

    def held(self, words: Sequence[str]) -> list[str]:
        """Give those words that occur, inflected or not."""

    def count(self, word: str) -> int:
        """Count passages with the word, as far as it matters."""

    def written(self, word: str) -> list[str]:
        """Give the word as some passages write it."""

    def like(self, word: str, *, start: int) -> set[str]:
        """Give words not unlike this one that share its first letters."""


class Store(Protocol):
    """An index that is open for asking, at the commit that it was refreshed to.

    What is there to be read is always a whole commit. `within` names scopes, and an article must
    lie in all of them; none allows everything.
    """

    @property
    def place(self) -> Path:
        """Say where it lies, to name it to a person."""

    def close(self) -> None:
        """Let go of it."""

    def refresh(self) -> None:
        """Take in what was committed since; the first time, load what ranking needs."""

    def generation(self) -> int:
        """Count the commits that changed passages, as they are there now."""

    def manifest(self) -> Manifest:
        """Read what it says of itself."""

    def counts(self) -> Counts:
        """Count what it holds; cheap enough for every question."""

    def holdings(self) -> Holdings:
        """Say all that it holds."""

    def roots(self) -> tuple[str, ...]:
        """Give the paths of the roots, in the order in which they came."""

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Give the roots over which the last run has not come to its end."""

    def outdated(self) -> tuple[str, ...]:
        """Give the roots of which files were read by other rules than today's."""

    def known_faults(self) -> tuple[str, ...]:
        """Say what is damaged, as far as reading has shown, and what to do about it."""

    def lost_roots(self) -> tuple[str, ...]:
        """Give the roots of which damage took articles that were not read again yet."""

    def faults(self) -> Iterator[Fault]:
        """Look through all that is stored, for a few seconds, and say what is wrong with it."""

    def articles_in(self, scope: Scope) -> Collection[ArticleId]:
        """Give the articles that may be quoted; a partial date may lie in a period."""

    def undated(self) -> int:
        """Count the articles of which no date is known."""

    def paths(self) -> Sequence[tuple[ArticleId, str, str]]:
        """Give (id, root, path) of every article, by path."""

    def article(self, article_id: ArticleId) -> Article | None:
        """Give an article; None if it was deleted since."""

    def stamp_of(self, article: Article) -> tuple[FileStamp, str] | None:
        """Give stamp and sha256 of an article's file when it was read; None if it had none."""

    def passages(self, ids: Collection[PassageId]) -> Mapping[PassageId, tuple[Article, Passage]]:
        """Give passages with their articles; those that were deleted since are left out."""

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        """Give the passages of an article before a stretch of it, the nearest first, and after."""

    def nearest(
        self,
        vector: "Vector",
        k: int,
        *,
        within: Sequence[Scope] = (),
        phrases: Sequence[str] = (),
    ) -> Ranking:
        """Rank by cosine the k passages that are nearest to a unit vector and hold all phrases."""

    def matching(self, query: KeywordQuery, k: int, *, within: Sequence[Scope] = ()) -> Ranking:
        """Rank by BM25, the k best; each of the query's phrases must occur."""

    def vocabulary(self) -> Vocabulary:
        """Give the words that it holds."""

    def mentions(self, words: Sequence[str], *, within: Sequence[Scope] = ()) -> bool:
        """Say whether a passage or its title has one of the words and phrases."""
