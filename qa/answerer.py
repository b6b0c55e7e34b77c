"""question -> Reply: puts retrieval, quoting and judging in order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol

from index import keywords
from index.types import Hit, Retrieved
from qa.followups import query_for
from qa.judge import Judge, features, shipped_judge, why_not
from qa.quotes import Score, Window, best_windows, quotes_from
from qa.types import Abstention, AbstentionReason, Answer, Question, Reply, Searched

NEAREST = 3
"""Passages shown when nothing answers."""

_LETTER_OR_DIGIT = re.compile(r"\w")


class Retriever(Protocol):
    """What answering needs of an index."""

    def spelled(self, query: str) -> str:
        """Read misspelt words as words of the corpus."""

    def search(self, query: str) -> Retrieved:
        """Find candidate passages, best first."""

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """Give a reranker logit for each text."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into one reply; the values are chosen on the quality-time curve."""

    rerank_first: int = 6
    """Passages that the cross-encoder reads in any case."""
    sure: float = 5.0
    """Logit among these from which it reads no more of them."""
    rerank: int = 10
    """Passages that it reads where it is not sure."""
    quote_from: int = 5
    """Best passages whose sentences it reads one by one."""
    spread: float = 8.0
    """Logits below the best passage at which no sentence of another one could be shown."""
    max_query_chars: int = 1_000
    """Of a longer question only the end is searched: pasted text comes before the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a query, before anyone judges it."""

    query: str
    hits: tuple[Hit, ...]
    """Reranked; scores are logits, the best first."""
    windows: tuple[Window, ...]
    timings_ms: Mapping[str, float]


class Answerer:
    """Answers questions from one retriever."""

    def __init__(
        self,
        retriever: Retriever,
        *,
        top: int = 5,
        effort: Effort | None = None,
        judge: Judge | None = None,
    ) -> None:
        self._retriever = retriever
        self._top = top
        self._effort = effort or Effort()
        self._judge = judge or shipped_judge()

    def answer(self, question: Question, searched: Searched) -> Reply:
        """Quote what answers the question, or abstain and say why."""
        started = perf_counter()
        if not _LETTER_OR_DIGIT.search(question.text):
            return _declined(
                question, searched, "not-a-question", "There is no word in this to look for."
            )
        if not searched.passages:
            return _declined(
                question, searched, "corpus-empty", "There is no article in this index yet."
            )
        found = self.find(question)
        if not found.windows:
            return self._nothing(question, searched, found)
        seen = features(found.query, found.hits, found.windows)
        confidence = self._judge.probability(seen)
        timings = {**found.timings_ms, "total": 1000 * (perf_counter() - started)}
        if confidence >= self._judge.threshold:
            return Answer(
                question=question,
                query=found.query,
                confidence=confidence,
                quotes=quotes_from(found.windows, found.query, top=self._top),
                searched=searched,
                timings_ms=timings,
            )
        reason, message = why_not(found.query, found.hits)
        return Abstention(
            question=question,
            query=found.query,
            confidence=confidence,
            reason=reason,
            message=message,
            nearest=quotes_from(found.windows, found.query, top=NEAREST),
            searched=searched,
            timings_ms=timings,
        )

    def find(self, question: Question) -> Found:
        """Retrieve, rerank, and choose the sentences to quote."""
        longest = self._effort.max_query_chars
        typed = self._retriever.spelled(question.text[-longest:].strip())
        query = query_for(replace(question, text=typed))[-longest:]
        retrieved = self._retriever.search(query)
        begun = perf_counter()
        score = self._scorer(query, typed)
        hits = self._reranked(score, retrieved.hits)
        windows = best_windows(
            self._worth_quoting(hits), score, phrases=keywords.parse(query).phrases
        )
        timings = {
            "encode": retrieved.encode_ms,
            "retrieve": retrieved.retrieve_ms,
            "rerank": 1000 * (perf_counter() - begun),
        }
        return Found(query, hits, tuple(windows), timings)

    def _reranked(self, score: Score, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        effort, read = self._effort, list[Hit]()
        for batch in (hits[: effort.rerank_first], hits[effort.rerank_first : effort.rerank]):
            if max((hit.score for hit in read), default=-effort.sure) < effort.sure:
                logits = score([hit.passage.with_title(hit.article) for hit in batch])
                read += [replace(h, score=logit) for h, logit in zip(batch, logits, strict=True)]
        return tuple(sorted(read, key=lambda hit: -hit.score))

    def _worth_quoting(self, hits: Sequence[Hit]) -> list[Hit]:
        floor = max((hit.score for hit in hits), default=0.0) - self._effort.spread
        return [hit for hit in hits[: self._effort.quote_from] if hit.score >= floor]

    def _scorer(self, query: str, typed: str) -> Score:
        """Score by the query; a follow-up also by its own words, whichever fits better."""
        readings = list(dict.fromkeys((query, typed)))

        def score(texts: Sequence[str]) -> list[float]:
            columns = [self._retriever.score(reading, texts) for reading in readings]
            return [max(logits) for logits in zip(*columns, strict=True)]

        return score

    def _nothing(self, question: Question, searched: Searched, found: Found) -> Abstention:
        phrases = keywords.parse(found.query).phrases
        if phrases:
            words = ", ".join(f"“{phrase}”" for phrase in phrases)
            message = f"No passage holds {words} word for word."
            return _declined(question, searched, "phrase-missing", message)
        message = "These articles don't say: none of them is about this."
        return _declined(question, searched, "nothing-on-topic", message)


def _declined(
    question: Question, searched: Searched, reason: AbstentionReason, message: str
) -> Abstention:
    return Abstention(
        question=question,
        query=question.text.strip(),
        confidence=0.0,
        reason=reason,
        message=message,
        nearest=(),
        searched=searched,
    )
