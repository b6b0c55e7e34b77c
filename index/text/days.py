"""Partial ISO date -> the days that it may mean, and how far they lie from a period."""

import re
from calendar import monthrange
from datetime import date

from index.types import Period

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def whole_month(year: int, month: int) -> tuple[date, date]:
    """Give the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def whole_years(first: int, last: int) -> tuple[date, date]:
    """Give 1 January of one year and 31 December of another."""
    return date(first, 1, 1), date(last, 12, 31)


def days_of(published: str | None) -> tuple[date, date] | None:
    """Give the first and the last day that `2025`, `2025-06` or `2025-06-23` may mean.

    Returns:
        None where there is no date, or none of these.
    """
    stated = _PARTIAL.fullmatch(published or "")
    if stated is None:
        return None
    year, month, day = stated.groups()
    try:
        if day is not None:
            exact = date(int(year), int(month), int(day))
            return exact, exact
        if month is not None:
            return whole_month(int(year), int(month))
        return whole_years(int(year), int(year))
    except ValueError:
        return None


def days_apart(published: str | None, period: Period) -> int | None:
    """Count the days from a period to an article's date, possibly partial.

    Returns:
        0 where the article may lie in the period; above 0 the days that it came after, below 0
        the days that it came before; None where it states no date.
    """
    written = days_of(published)
    if written is None:
        return None
    first, last = written
    if period.last is not None and first > period.last:
        return (first - period.last).days
    if period.first is not None and last < period.first:
        return (last - period.first).days
    return 0


def may_lie_in(published: str | None, period: Period) -> bool:
    """Say whether a date, possibly partial, may be a day of the period; undated never is."""
    return days_apart(published, period) == 0


def days_in_words(period: Period) -> str:
    """Write a period for people: `2022-06-10 to 2022-06-17`."""
    if period.first == period.last and period.first is not None:
        return period.first.isoformat()
    if period.first is None:
        return f"up to {period.last}"
    if period.last is None:
        return f"{period.first} or later"
    return f"{period.first} to {period.last}"
