"""Stated date -> ISO date, as partial as it was stated."""

import re
from datetime import date, datetime
from itertools import pairwise

MIN_YEAR, MAX_YEAR = 1000, 2999

_PARTIAL = re.compile(r"(?P<year>1\d{3}|2\d{3})(?:-(?P<month>0[1-9]|1[0-2]))?")
_SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_AROUND = re.compile(r"(?<!\s)\s+(?:at|on|\||–|—)\s+|(?:(?<!\s)\s+)?[|·•]\s*")
_CLOCK_WITH_DOT = re.compile(r"(?<=\d{4} )(\d{1,2})\.(\d\d)\b")
_AFTERTHOUGHT = re.compile(r" / .*|\[[\w/+-]+\]$")
"""What newsrooms and Java write after a date: `/ 6:30 PM / CBS News`, `[Europe/London]`."""
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2), datetime(2003, 5, 3))  # noqa: DTZ001, RUF100


def iso_date(stated: str | None) -> str | None:
    """Turn a date as people or machines write it into `2025`, `2025-06` or `2025-06-23`.

    Returns:
        None when there is no year or no date in it. Where 3/4/2025 may be March or April, the year.
    """
    text = " ".join((stated or "").split())
    if not 4 <= len(text) <= 80:
        return None
    if _PARTIAL.fullmatch(text):
        return text
    try:
        exact = datetime.fromisoformat(text).date()
    except ValueError:
        return _loose_date(text)
    return exact.isoformat() if MIN_YEAR <= exact.year <= MAX_YEAR else None


def _loose_date(text: str) -> str | None:
    """Read a date in words; parts that follow the default were not stated."""
    from dateutil import parser  # noqa: PLC0415 - seldom needed

    text = _CLOCK_WITH_DOT.sub(r"\1:\2", _AROUND.sub(" ", _AFTERTHOUGHT.sub("", text)))
    try:
        readings: list[date] = [
            parser.parse(text, default=default, ignoretz=True).date() for default in _DEFAULTS
        ]
        swapped = parser.parse(text, default=_DEFAULTS[0], ignoretz=True, dayfirst=True).date()
    except (ValueError, OverflowError, TypeError):
        return None
    if any(one.year != other.year for one, other in pairwise(readings)):
        return None
    stated = readings[0]
    if not MIN_YEAR <= stated.year <= MAX_YEAR:
        return None
    is_ambiguous = _SLASHED.search(text) is not None and swapped != stated
    if is_ambiguous or any(one.month != other.month for one, other in pairwise(readings)):
        return f"{stated.year:04d}"
    if any(one.day != other.day for one, other in pairwise(readings)):
        return f"{stated.year:04d}-{stated.month:02d}"
    return stated.isoformat()
