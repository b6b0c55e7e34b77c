"""Day of asking -> days: weeks, months, seasons and years around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from index.text.days import whole_month

_SOON = 14
_HALF_A_YEAR = 182


@dataclass(frozen=True, slots=True)
class Asking:
    """When a question is asked, and which way it looks."""

    day: date
    looks_ahead: bool = False
    """It asks what will be, so that "on Sunday" is the next one."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days that words mean, both ends included."""

    first: date
    last: date
    is_relative: bool = False
    """They are told by how far they lie from the day of asking."""

    def __len__(self) -> int:
        return (self.last - self.first).days + 1


def moved(day: date, by: relativedelta) -> date:
    """Move a day; the calendar ends with the years 1 and 9999."""
    try:
        return day + by
    except (ValueError, OverflowError):
        is_back = by.years < 0 or by.months < 0 or by.days < 0
        return date.min if is_back else date.max


def length(unit: str, count: int = 1) -> relativedelta:
    """Give how long so many hours, days, weekends and up to centuries are; hours fill days."""
    if unit in {"hour", "day", "week", "weekend"}:
        return relativedelta(days={"hour": -(-count // 24), "day": count}.get(unit, 7 * count))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    return relativedelta(months=months[unit] * count)


def beginning(unit: str, day: date) -> date:
    """Give the first day of the week, and up to the century, that a day lies in."""
    if unit == "week":
        return moved(day, relativedelta(days=-day.weekday()))
    if unit in {"month", "quarter"}:
        return day.replace(day=1, month=day.month - (day.month - 1) % (1 if unit == "month" else 3))
    years_in = {"year": 0, "decade": day.year % 10, "century": (day.year - 1) % 100}[unit]
    return date(max(1, day.year - years_in), 1, 1)


def season_of(year: int, month: int) -> Days:
    """Give the three months from this one on."""
    first = date(year, month, 1)
    return Days(first, moved(first, relativedelta(months=3, days=-1)))


def has_day(year: int, day: date) -> bool:
    """Say whether a year has such a day; few have a 29 February."""
    return day.day <= whole_month(year, day.month)[1].day


def weekends(day: date) -> Iterator[Days]:
    """Give the weekend that began last, between the ones before and after it."""
    saturday = moved(day, relativedelta(days=-((day.weekday() - 5) % 7)))
    for weeks in (-1, 0, 1):
        first = moved(saturday, relativedelta(days=7 * weeks))
        yield Days(first, moved(first, relativedelta(days=1)))


def years_around(day: date) -> range:
    """Years enough to hold a 29 February."""
    return range(max(1, day.year - 8), min(9999, day.year + 8) + 1)


def pick(which: str, candidates: Iterable[Days], asking: Asking) -> Days | None:
    """Choose among days of one name, oldest first; what goes on today is known up to today.

    "Last" is over, "next" has not begun, "this" is the nearest. Without any of them it is the last
    that has begun, unless the question looks ahead, or one is close at hand and the other long ago.
    """
    today = asking.day
    known = list(candidates)
    over = [days for days in known if days.last < today]
    begun = [days for days in known if days.first <= today]
    coming = [days for days in known if days.last >= today]
    unbegun = [days for days in known if days.first > today]
    wanted: list[Days]
    if which in {"last", "past"}:
        wanted = over[-1:]
    elif which == "next":
        wanted = unbegun[:1]
    elif which == "this":
        wanted = sorted(known, key=lambda days: _distance(days, today))[:1]
    elif asking.looks_ahead or _is_at_hand(begun, coming, today):
        wanted = coming[:1] or begun[-1:]
    else:
        wanted = begun[-1:]
    if not wanted:
        return None
    first, last = wanted[0].first, wanted[0].last
    return Days(first, last) if first > today else Days(first, min(last, today), is_relative=True)


def _is_at_hand(begun: list[Days], coming: list[Days], today: date) -> bool:
    if not begun or not coming:
        return bool(coming)
    is_long_ago = (today - begun[-1].last).days > _HALF_A_YEAR
    return is_long_ago and (coming[0].first - today).days <= _SOON


def _distance(days: Days, today: date) -> int:
    return max(0, (days.first - today).days, (today - days.last).days)
