"""Question + articles' dates -> who comes forward: the article near the days that are meant.

Most questions about news mean the article nearest to some days: those that the question names
("this week"), else the day of asking where it is known. An article far from them loses up to
NAMED_STRENGTH, EVENT_STRENGTH or ASKED_STRENGTH logits. An article without a date loses half of
that: it is neither favoured nor lost.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from index.text.days import days_apart
from index.types import Period
from qa.language.when import mention_of

BEFORE = timedelta(days=12)
"""Reports of a day asked from come at most this long before it; a week's news is asked weekly."""
AFTER = timedelta(days=3)
"""And this long after it: time zones, and dates of the last change."""
NAMED_STRENGTH = 6.0
"""Logits that a far-away article loses where the question names its days."""
EVENT_STRENGTH = 2.0
"""The same where it names the days of an event, which may be told of at any time."""
ASKED_STRENGTH = 4.0
"""The same where only the day of asking is known."""
SCALE_DAYS = 7
SHORT = timedelta(days=62)
"""Named days up to this many, if they reach to the asking, mean the latest of them."""
FAR_DAYS = 365
"""An article this far away loses all; in between by the logarithm of the weeks."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Which days matter to a question, and how much."""

    period: Period | None = None
    """Named by the question."""
    strength: float = NAMED_STRENGTH
    """Logits that an article far from them loses."""
    around: Period | None = None
    """The days around the day of asking, where that is known and the question is of its time."""

    @classmethod
    def of(cls, question: str, asked_on: date | None, *, earlier: str = "") -> "Dating":
        """Read a question; without a day of asking, "this week" is reckoned from today.

        `earlier` is the question that it leans on: its days are meant where it names none itself.
        """
        day = asked_on or date.today()
        mention = mention_of(question, day) or mention_of(earlier, day)
        around = Period(_moved(day, -BEFORE), _moved(day, AFTER)) if asked_on else None
        if mention is None:
            return cls(around=around)
        period = mention.period
        if not mention.is_relative:
            is_over = period.last is not None and period.last < day
            return cls(period, EVENT_STRENGTH) if is_over else cls(around=around)
        is_short = period.first is not None and day - period.first <= SHORT
        return cls(period, NAMED_STRENGTH, around if is_short and _reaches(period, day) else None)

    @property
    def shown(self) -> Period | None:
        """The days to tell the person of: those named, else those around the asking."""
        return self.period or self.around

    @property
    def near(self) -> Period | None:
        """The days whose articles are sought besides the others."""
        return self.around or (_widened(self.period) if self.period else None)

    def timeliness(self, published: str | None) -> float:
        """Give the logits that an article of this date, possibly partial, loses: at most 0."""
        losses = []
        if self.period is not None:
            losses.append(self.strength * _distance(published, _widened(self.period)))
        if self.around is not None:
            losses.append(ASKED_STRENGTH * _distance(published, self.around))
        return -max(losses, default=0.0)


def _distance(published: str | None, period: Period) -> float:
    """Say how far away a date is: 0 inside, 1 from FAR_DAYS on, half of it if unknown."""
    apart = days_apart(published, period)
    if apart is None:
        return 0.5
    return min(1.0, math.log1p(abs(apart) / SCALE_DAYS) / math.log1p(FAR_DAYS / SCALE_DAYS))


def _reaches(period: Period, day: date) -> bool:
    return period.last is None or period.last >= day


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
