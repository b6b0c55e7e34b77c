"""Labelled question + reply -> Mark: how right the reply is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qa.evaluation.bench import Bench
from qa.evaluation.labels import Conversation, LabelledQuestion, Turn
from qa.types import Question

Rank = int | None
"""Place of the first right one, from 1; None if none is right."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How the reply to one labelled question did."""

    kind: str
    is_answerable: bool
    is_answered: bool
    confidence: float
    article: Rank = None
    """Among the reranked passages, of one from a listed article."""
    passage: Rank = None
    """Among the reranked passages, of one that overlaps the evidence."""
    quote: Rank = None
    """Among the first five quotes, with the threshold at zero."""
    lenient: Rank = None
    """The same if the answer's words count from any article."""
    words: int = 0
    """In the first quote; 0 where there is none."""
    words_alone: int = 0
    """In the one sentence of it that fits best; only counted for answerable questions."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def shown(self) -> Rank:
        """Rank of the right quote in the reply as shown; a declined question has none."""
        return self.quote if self.is_answered else None

    @property
    def shown_lenient(self) -> Rank:
        """The same if the answer's words count from any article."""
        return self.lenient if self.is_answered else None

    @property
    def is_right(self) -> bool:
        """Say whether one of the first five quotes is right."""
        return self.quote is not None


def mark(labelled: LabelledQuestion, bench: Bench) -> Mark:
    """Ask, and compare with what is known."""
    asked = bench.ask(labelled.question)
    quotes = asked.quotes
    right = [labelled.is_answered_by_quote(quote) for quote in quotes]
    worded = [labelled.holds_answer(quote.text) for quote in quotes]
    hits = asked.found.hits if asked.found else ()
    return Mark(
        kind=labelled.kind,
        is_answerable=labelled.is_answerable,
        is_answered=asked.is_answered,
        confidence=asked.reply.confidence,
        article=first(labelled.is_in_article(hit.article.path) for hit in hits),
        passage=first(labelled.is_in_passage(hit.article.path, hit.passage.span) for hit in hits),
        quote=first(right),
        lenient=first(map(max, right, worded)),
        words=len(quotes[0].text.split()) if quotes else 0,
        words_alone=len(bench.best_sentence(asked).split()) if labelled.is_answerable else 0,
        timings_ms=asked.reply.timings_ms,
    )


def first(claims: Iterable[bool]) -> Rank:
    """Give the place of the first true one."""
    return next((rank for rank, is_true in enumerate(claims, start=1) if is_true), None)


@dataclass(frozen=True, slots=True)
class TurnMark:
    """How a turn of a conversation did: ranks of the right passage among the reranked ones."""

    is_first: bool
    in_context: Rank
    """As asked, after the earlier questions."""
    alone: Rank
    """As asked, without them."""
    rewritten: Rank = None
    """As a person wrote it out; None also where nobody did."""
    has_rewrite: bool = False


def mark_turn(conversation: Conversation, at: int, bench: Bench) -> TurnMark:
    """Search for one turn in each of the ways; the same question is searched once."""
    turn = conversation.turns[at]
    earlier = tuple(one.text for one in conversation.turns[:at])
    day = conversation.asked_on
    ways = {
        "in_context": Question(turn.text, earlier, day),
        "alone": Question(turn.text, asked_on=day),
        "rewritten": Question(turn.rewrite or turn.text, asked_on=day),
    }
    ranks = {question: _passage_rank(turn, question, bench) for question in set(ways.values())}
    return TurnMark(
        is_first=at == 0,
        in_context=ranks[ways["in_context"]],
        alone=ranks[ways["alone"]],
        rewritten=ranks[ways["rewritten"]] if turn.rewrite else None,
        has_rewrite=bool(turn.rewrite),
    )


def _passage_rank(turn: Turn, question: Question, bench: Bench) -> Rank:
    hits = bench.find(question).hits
    return first(turn.is_in_passage(hit.article.path, hit.passage.span) for hit in hits)
