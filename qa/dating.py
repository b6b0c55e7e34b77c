"""Question + articles' dates -> who comes forward: the article near the days that are meant.

Most questions about news mean the article nearest to some days: those that the question names
("this week"), else the day of asking where it is known. An article far from them loses up to
`Dating.strength` logits. An article without a date loses half of that: it is neither favoured
nor lost.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from index.days import days_apart
from index.types import Period
from qa.when import mention_of

BEFORE = timedelta(days=12)
"""Reports of a day asked from come at most this long before it; a week's news is asked weekly."""
AFTER = timedelta(days=3)
"""And this long after it: time zones, and dates of the last change."""
NAMED_STRENGTH = 6.0
"""Logits that a far-away article loses where the question names its days."""
ASKED_STRENGTH = 4.0
"""The same where only the day of asking is known."""
SCALE_DAYS = 7
FAR_DAYS = 365
"""An article this far away loses all; in between by the logarithm of the weeks."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Which days matter to a question, and how much."""

    period: Period | None = None
    """Named by the question; None where it names none that say when the report is from."""
    near: Period | None = None
    """Articles of these days are sought besides the others."""
    strength: float = 0.0
    """Logits, at least 0."""

    @classmethod
    def of(cls, question: str, asked_on: date | None) -> "Dating":
        """Read a question; without a day of asking, "this week" is reckoned from today."""
        mention = mention_of(question, asked_on or date.today())
        if mention is not None and mention.is_relative:
            return cls(mention.period, _widened(mention.period), NAMED_STRENGTH)
        if asked_on is None or (mention and _is_over(mention.period, asked_on)):
            return cls()
        near = Period(_moved(asked_on, -BEFORE), _moved(asked_on, AFTER))
        return cls(near=near, strength=ASKED_STRENGTH)

    def timeliness(self, published: str | None) -> float:
        """Give the logits that an article of this date, possibly partial, loses: at most 0."""
        if self.near is None:
            return 0.0
        apart = days_apart(published, self.near)
        if apart is None:
            return -self.strength / 2
        share = math.log1p(abs(apart) / SCALE_DAYS) / math.log1p(FAR_DAYS / SCALE_DAYS)
        return -self.strength * min(1.0, share)


def days_in_words(period: Period) -> str:
    """Write a period for people: `2022-06-10 to 2022-06-17`."""
    if period.first == period.last and period.first is not None:
        return period.first.isoformat()
    if period.first is None:
        return f"up to {period.last}"
    if period.last is None:
        return f"{period.first} or later"
    return f"{period.first} to {period.last}"


def _is_over(period: Period, asked_on: date) -> bool:
    return period.last is not None and period.last < asked_on


def _widened(period: Period) -> Period:
    """Take the days around along: what happened on them is also told a little later."""
    first = None if period.first is None else _moved(period.first, -AFTER)
    last = None if period.last is None else _moved(period.last, AFTER)
    return Period(first, last, period.words)


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
