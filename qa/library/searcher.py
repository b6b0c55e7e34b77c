"""An index with its models: what answering asks for candidates and scores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.search.passage_index import PassageIndex
from index.text.as_read import ToRead
from index.types import Article, Passage, Period, Reading, Retrieved, Scope, Span

if TYPE_CHECKING:
    from index.models.encoder import Encoder
    from index.models.reader import Reader


@dataclass(slots=True)
class Models:
    """What a loaded workspace answers with."""

    encoder: "Encoder"
    reader: "Reader"
    made_with: tuple[str, str]
    notices: tuple[str, ...] = ()
    """What the person should know about them, not yet said."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """The answerer's retriever: an index with its models."""

    passages: PassageIndex
    models: Models

    def spelled(self, query: str) -> str:
        """Read misspelt words as words of the corpus."""
        return self.passages.spelled(query, self.models.reader.knows)

    def search(self, query: str, *, scope: Scope, near: Period | None) -> Retrieved:
        """Find candidate passages in a scope, best first; those of some days also come forward."""
        return self.passages.search(query, self.models.encoder, scope=scope, near=near)

    def mentions(self, words: Sequence[str], *, scope: Scope) -> bool:
        """Say whether an article of a scope has one of the words and phrases, inflected or not."""
        return self.passages.mentions(words, scope=scope)

    def count(self, scope: Scope) -> int:
        """Count the articles in a scope."""
        return len(self.passages.store.articles_in(scope))

    def undated(self) -> int:
        """Count the articles without a date."""
        return self.passages.store.undated()

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        """Give the passages of an article before a stretch of it, the nearest first, and after."""
        return self.passages.store.beside(article, span)

    def read(self, query: str, passages: Sequence[ToRead]) -> list[Reading]:
        """Read each passage for the question."""
        return self.models.reader.read(query, passages)
