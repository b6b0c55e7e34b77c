"""The nouns of a labelled set: Evidence, LabelledQuestion, Conversation; what counts as right."""

import re
from dataclasses import dataclass
from datetime import date

from index.types import Span
from qa.answering.quotes import Window
from qa.types import Question, Quote

_QUOTATION_MARKS = re.compile("[\"'`´‘’‚‛“”„‟«»‹›]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands."""

    article: str
    """Its id, which is its path in the index."""
    span: Span | None
    """None where only the article is known."""

    def meets(self, article: str, span: Span) -> bool:
        """Say whether words of an article overlap it; any do where it has no span."""
        return article == self.article and (self.span is None or self.span.overlaps(span))


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question whose answer, or lack of one, is known."""

    id: str
    text: str
    is_answerable: bool
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[str, ...] = ()
    """Words, any of which answer."""
    silver: tuple[Evidence, ...] = ()
    """Where else the answer is likely to stand."""
    kind: str = ""
    group: str = ""
    """Questions about one article share it, so that a fold never splits them."""
    asked_on: date | None = None

    @property
    def question(self) -> Question:
        """As it is asked."""
        return Question(self.text, asked_on=self.asked_on)

    def is_in_article(self, article: str) -> bool:
        """Say whether the article is listed as evidence or silver."""
        return any(place.article == article for place in (*self.evidence, *self.silver))

    def is_in_passage(self, article: str, span: Span) -> bool:
        """Say whether a passage overlaps evidence or silver."""
        return any(place.meets(article, span) for place in (*self.evidence, *self.silver))

    def is_answered_at(self, article: str, span: Span, text: str) -> bool:
        """Say whether words overlap the evidence, or hold an answer in a listed article."""
        if any(place.meets(article, span) for place in self.evidence):
            return True
        return self.is_in_article(article) and self.holds_answer(text)

    def is_answered_by(self, window: Window) -> bool:
        """Say whether a quote to be is right."""
        return self.is_answered_at(window.hit.article.path, window.span, window.text)

    def is_answered_by_quote(self, quote: Quote) -> bool:
        """Say whether a quote is right; nearly the same words elsewhere (`also`) don't count."""
        return self.is_answered_at(quote.at.article.path, quote.at.span, quote.text)

    def holds_answer(self, text: str) -> bool:
        """Say whether one of the answers occurs, however case, quotes and spaces are written."""
        return any(occurs(answer, text) for answer in self.answers)


def occurs(answer: str, text: str) -> bool:
    """Say whether an answer's words stand in a text; 6 does not stand in 16."""
    wanted, words = folded_answer(answer), folded_answer(text)
    at = words.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not _cuts_number(words, at) and not _cuts_number(words, end):
            return True
        at = words.find(wanted, at + 1)
    return False


def folded_answer(text: str) -> str:
    """Fold case and white space, and leave quotation marks out."""
    return " ".join(_QUOTATION_MARKS.sub("", text).casefold().split())


def _cuts_number(words: str, at: int) -> bool:
    return 0 < at < len(words) and words[at - 1].isdigit() and words[at].isdigit()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation."""

    text: str
    rewrite: str = ""
    """The question as it would be asked alone, by a person; empty if nobody wrote it."""
    evidence: tuple[Evidence, ...] = ()
    """Empty where nobody knows: the turn is context only."""

    def is_in_passage(self, article: str, span: Span) -> bool:
        """Say whether a passage overlaps the evidence."""
        return any(place.meets(article, span) for place in self.evidence)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow one another."""

    id: str
    turns: tuple[Turn, ...]
    asked_on: date | None = None
