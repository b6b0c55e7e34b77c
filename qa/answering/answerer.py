"""question -> Reply: quote what was found, or abstain and say why."""

import re
from functools import partial
from time import perf_counter
from typing import Any

from index.text.days import days_in_words
from index.types import Scope
from qa.answering.absence import missing
from qa.answering.comparison import compare
from qa.answering.finding import Effort, Finder, Found, Retriever
from qa.answering.judge import Judge, features, shipped_judge
from qa.answering.quotes import quotes_from
from qa.answering.reasons import left_unread, remarks, why_not, why_unsure
from qa.types import Abstention, AbstentionReason, Answer, Level, Question, Reply, Searched

NEAREST = 3
"""Passages shown when nothing answers."""

_LETTER_OR_DIGIT = re.compile(r"\w")


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
        self._finder = Finder(retriever, effort or Effort())
        self._judge = judge or shipped_judge()

    def answer(self, question: Question, searched: Searched) -> Reply:
        """Quote what answers the question, or abstain and say why."""
        started = perf_counter()
        unasked = self._not_searched(question, searched)
        if unasked is not None:
            return unasked
        found = self.find(question)
        confidence = self.confidence(found)
        timings = {**found.timings_ms, "total": 1000 * (perf_counter() - started)}
        known: dict[str, Any] = {
            "question": question,
            "query": found.query,
            "confidence": confidence,
            "searched": searched,
            "timings_ms": timings,
            "carried": found.carried,
            "period": found.period,
            "threshold": self._judge.threshold,
            "notices": (*self._left_out(question.scope), *_unchecked(found)),
        }
        if found.windows and not found.lacks_phrase and confidence >= self._judge.threshold:
            quotes = quotes_from(found.windows, found.query, top=self._top)
            return Answer(quotes=quotes, comparison=compare(quotes, found.query), **known)
        nearest = quotes_from(found.windows, found.query, top=NEAREST)
        is_mentioned = partial(self._retriever.mentions, scope=question.scope)
        is_close = bool(nearest) and not found.lacks_phrase and confidence >= self._judge.maybe
        level: Level = "maybe" if is_close else "none"
        if level == "maybe":
            reason, message = why_unsure(found, question, is_mentioned=is_mentioned)
        else:
            reason, message = why_not(found, question, nearest=nearest, is_mentioned=is_mentioned)
        known["notices"] += remarks(found, question, searched)
        return Abstention(reason=reason, message=message, nearest=nearest, level=level, **known)

    def confidence(self, found: Found) -> float:
        """Give the calibrated probability that one of the quotes answers, 0 to 1."""
        if not found.windows:
            return 0.0
        return self._judge.probability(seen(found))

    def find(self, question: Question) -> Found:
        """Find what may answer, unjudged."""
        return self._finder.find(question)

    def _left_out(self, scope: Scope) -> tuple[str, ...]:
        """Say how many articles a period leaves out because no date is known of them."""
        undated = self._retriever.undated() if scope.period else 0
        if not undated:
            return ()
        articles = "1 article" if undated == 1 else f"{undated:,} articles"
        return (f"{articles} without a date left out, since only some days were asked for.",)

    def _not_searched(self, question: Question, searched: Searched) -> Abstention | None:
        """Decline what needs no search: no word, no article, none in the scope."""
        declined = partial(_declined, question, searched)
        if not _LETTER_OR_DIGIT.search(question.text):
            return declined("not-a-question", "There is no word in this to look for.")
        if not searched.passages and searched.skipped:
            files = "file" if searched.skipped == 1 else f"{searched.skipped} files"
            return declined(
                "nothing-readable", f"The {files} could not be read: `qa status` says why."
            )
        if not searched.passages:
            return declined("corpus-empty", "There is no article in this index yet.")
        period, source = question.scope.period, question.scope.source
        if source and not self._retriever.count(Scope(source=source)):
            return declined("nothing-from-source", f"No article is from “{source}”.")
        if period and not self._retriever.count(question.scope):
            whose = f" from “{source}”" if source else ""
            days = days_in_words(period)
            return declined("nothing-in-period", f"No article{whose} is dated {days}.")
        return None


def _unchecked(found: Found) -> tuple[str, ...]:
    """Say that the days of a question could not be told, where no article has a date."""
    if not found.names_days or any(hit.article.published for hit in found.hits):
        return ()
    return ("None of the articles found states its date, so the days asked for are not checked.",)


def seen(found: Found) -> dict[str, float]:
    """Give the judge's features of what was found; there must be a quote.

    Names and numbers that nothing found has count; in capitals throughout, no word is known a name.
    """
    shouts = found.query.isupper()
    lacked = [
        one
        for one in missing(found.query, found.hits)
        if one.word[:1].isdigit() or (one.word[:1].isupper() and not shouts)
    ]
    return features(
        found.query,
        found.hits,
        found.windows,
        found.bare,
        names_days=found.names_days,
        lacked=len(lacked),
    )


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
        notices=() if reason == "nothing-readable" else left_unread(searched),
    )
