"""Passage -> the words that the models read, and from there back to where they stand.

Words that a line's end parts with a hyphen are read together; what is quoted keeps the hyphen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.text.headings import columns_above, path_at
from index.text.hyphens import joined
from index.types import Article, Passage, Span


@dataclass(frozen=True, slots=True)
class ToRead:
    """Words to be read for a question, under what stands above them."""

    head: str
    """Title, headings, names of columns; may be empty."""
    words: str
    sentences: tuple[Span, ...] = ()
    """Where the sentences of the words are, counted from their first letter."""

    @property
    def whole(self) -> str:
        """All that is read."""
        return f"{self.head}\n{self.words}" if self.head else self.words


def above(article: Article, place: int) -> str:
    """Give what stands above a place, a line each: a real title, headings, names of columns."""
    title = "" if article.title_is_derived else article.called
    lines = (title, " › ".join(path_at(article, place)), columns_above(article.text, place))
    return "\n".join(filter(None, lines))


def titled(passage: Passage, article: Article) -> str:
    """Give the text to encode and to look for words in, under what stands above it.

    Words that a line's end parts with a hyphen are taken together.
    """
    return words_to_read(article, passage.span).whole


def to_read(article: Article, passage: Passage, *, is_titled: bool = True) -> ToRead:
    """Give a passage as it is read: under what stands above it, or by itself."""
    text, words, sentences = article.text, "", list[Span]()
    end = passage.span.start
    for sentence in passage.sentences:
        words += text[end : sentence.span.start]
        start, end = len(words), sentence.span.end
        piece = sentence.span.of(text)
        words += joined(piece, text) or piece
        sentences.append(Span(start, len(words)))
    head = above(article, passage.span.start) if is_titled else ""
    return ToRead(head, words, tuple(sentences))


def words_to_read(article: Article, span: Span) -> ToRead:
    """Give words of an article, under what stands above them."""
    return ToRead(above(article, span.start), joined(span.of(article.text), article.text))


def standing(words: Span, article: Article, passage: Passage) -> Span:
    """Find where words of a passage as it is read stand in its article."""
    read, whole = to_read(article, passage).words, passage.span.of(article.text)
    places = range(len(read)) if read == whole else _aligned(read, whole)
    first = passage.span.start
    return Span(first + places[words.start], first + places[words.end - 1] + 1)


def _aligned(read: str, whole: str) -> Sequence[int]:
    """Give for each letter read its place in a text that has the same and some more."""
    places, at = [], 0
    for letter in read:
        found = whole.find(letter, at)
        at = found if found >= 0 else at
        places.append(at)
        at += found >= 0
    return places
