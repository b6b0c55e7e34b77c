"""Words for a time -> the days that they mean, reckoned from the day of asking.

What stands before them ("since", "late") is read where a question is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from index.text.days import whole_month, whole_years
from qa.language.when import lookalikes, names
from qa.language.when.reckoning import (
    Asking,
    Days,
    beginning,
    has_day,
    length,
    moved,
    pick,
    season_of,
    weekends,
    years_around,
)

RECENT = relativedelta(days=60)
"""How far "recently" and "latest" reach back."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words for a time, where they stand, and what they mean."""

    start: int
    end: int
    days: Days
    is_yearless: bool
    """A day, a month or a season whose year the asking decides."""


def find(text: str, asking: Asking) -> list[Found]:
    """Give all words for a time in their order; where two overlap, the earlier, longer ones."""
    found = [
        Found(match.start(), match.end(), days, _is_yearless(kind, match))
        for kind, patterns in names.PATTERNS.items()
        for pattern in patterns
        for match in pattern.finditer(text)
        if lookalikes.is_meant(kind, match) and (days := _READ[kind](match, asking)) is not None
    ]
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_yearless(kind: names.Kind, match: re.Match[str]) -> bool:
    return kind in {"season", "month", "weekday", "day"} and not match.groupdict().get("year")


def _near(match: re.Match[str], asking: Asking) -> Days:
    back = names.DAYS_AWAY[_plain(match.group())]
    first, last = (moved(asking.day, relativedelta(days=away)) for away in back)
    return Days(first, last, is_relative=first <= asking.day)


def _recent(match: re.Match[str], asking: Asking) -> Days:
    reach = relativedelta(days=14) if "other" in match.group().lower() else RECENT
    return Days(moved(asking.day, -reach), asking.day, is_relative=True)


def _unit(match: re.Match[str], asking: Asking) -> Days | None:
    unit, which = match["unit"].lower(), _which(match)
    if unit == "weekend":
        return pick(which, weekends(asking.day), asking)
    if which == "past" and (unit != "century" or _plain(match["which"]) != "the last"):
        return Days(moved(asking.day, -length(unit)), asking.day, is_relative=True)
    begin = beginning(unit, asking.day)
    ends = relativedelta(days=-1)
    steps = {"past": -1, "last": -1, "next": 1}.get(which, 0)
    first = moved(begin, length(unit, steps))
    last = moved(begin, length(unit, steps + 1) + ends)
    if which == "later":
        return Days(asking.day, last)
    if steps == 0:
        week_back = moved(asking.day, relativedelta(days=-7))
        first, last = (week_back if unit == "week" else first), asking.day
    return Days(first, last, is_relative=steps < 1 and unit not in {"decade", "century"})


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def _which(match: re.Match[str]) -> str:
    """Tell "past", "last", "this", "next", "later" or "" for none."""
    if (match.groupdict().get("shift") or "").lower() == "later":
        return "later"
    which = _plain(match["which"])
    is_past = which.startswith(("the last", "the past", "this past"))
    return "past" if is_past else which.removeprefix("the ")


def _count(match: re.Match[str]) -> int:
    words = _plain(match["count"]) or "few"
    return names.COUNTS[words] if words in names.COUNTS else int(words)


def _past(match: re.Match[str], asking: Asking) -> Days:
    reach = length(match["unit"].lower(), _count(match))
    return Days(moved(asking.day, -reach), asking.day, is_relative=True)


def _ago(match: re.Match[str], asking: Asking) -> Days:
    """The day itself, the week around it, or the month or the year that it fell in."""
    unit = match["unit"].lower()
    then = moved(asking.day, -length(unit, _count(match)))
    if unit == "hour":
        return Days(then, asking.day, is_relative=True)
    if unit == "day":
        return Days(then, then, is_relative=True)
    if unit == "week":
        first, last = (moved(then, relativedelta(days=away)) for away in (-3, 3))
        return Days(first, min(last, asking.day), is_relative=True)
    if unit == "month":
        return Days(*whole_month(then.year, then.month), is_relative=True)
    return Days(*whole_years(then.year, then.year))


def _season(match: re.Match[str], asking: Asking) -> Days | None:
    month = names.SEASONS[match["season"].lower()]
    if match["year"] and month == 12:  # "winter 2014" begins or ends in 2014
        return Days(date(int(match["year"]), 1, 1), season_of(int(match["year"]), month).last)
    if match["year"]:
        return season_of(int(match["year"]), month)
    years = (year for year in years_around(asking.day) if year < 9999)
    return pick(_which(match), (season_of(year, month) for year in years), asking)


def _month(match: re.Match[str], asking: Asking) -> Days | None:
    month = names.month_number(match["month"])
    if match["year"]:
        return Days(*whole_month(int(match["year"]), month))
    months = (Days(*whole_month(year, month)) for year in years_around(asking.day))
    return pick(_which(match), months, asking)


def _weekday(match: re.Match[str], asking: Asking) -> Days | None:
    number = names.WEEKDAYS.index(match["weekday"].lower())
    days = (moved(asking.day, relativedelta(days=away)) for away in range(-7, 8))
    named = (Days(day, day) for day in days if day.weekday() == number)
    return pick(_which(match), named, asking)


def _day(match: re.Match[str], asking: Asking) -> Days | None:
    """One day, or the days from one to another of the same month."""
    year = match["year"]
    first = _exact(f"{match['day']} {match['month']} {year or 2000}")
    last = (
        _exact(f"{match['to_day']} {match['month']} {year or 2000}") if match["to_day"] else first
    )
    if first is None or last is None or first > last:
        return None
    if year:
        return Days(first, last)
    years = [year for year in years_around(asking.day) if has_day(year, last)]
    candidates = (Days(first.replace(year=year), last.replace(year=year)) for year in years)
    days = pick("", candidates, asking)
    if days and lookalikes.is_name_of_an_event(match):
        return Days(days.first, days.last)
    return days


def _exact(words: str) -> date | None:
    """Read a day; None where there is no such day, or where it may be one of two."""
    from index.readers.dates import iso_date  # noqa: PLC0415 - brings the readers along

    iso = iso_date(words)
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def _digits(match: re.Match[str], _asking: Asking) -> Days | None:
    day = _exact(match.group())
    return Days(day, day) if day else None


def _year(match: re.Match[str], _asking: Asking) -> Days | None:
    """A year; or 2014-15 and 2014-2016; or 2025-06, which can only be a month."""
    year, to = int(match["year"]), match["to_year"]
    if to is None:
        return Days(*whole_years(year, year))
    last = int(to) if len(to) == 4 else year - year % 100 + int(to)
    if last > year:
        return Days(*whole_years(year, last))
    if len(to) == 2 and 1 <= int(to) <= 12:
        return Days(*whole_month(year, int(to)))
    return None


def _decade(match: re.Match[str], _asking: Asking) -> Days:
    """The 1990s, the '90s, the nineties; the 1800s are a century."""
    words = match["decade"].lower()
    if not words[0].isdigit():
        words = str(1900 + names.NINETIES[words])
    year = int(words) if len(words) == 4 else 1900 + int(words)
    return Days(*whole_years(year, year + (99 if year % 100 == 0 and year < 2000 else 9)))


def _century(match: re.Match[str], _asking: Asking) -> Days | None:
    words = match["ordinal"].lower()
    number = names.ORDINALS.get(words) or int(re.sub(r"\D", "", words) or 0)
    if not 1 <= number <= 22:
        return None
    return Days(*whole_years(100 * number - 99, 100 * number))


_READ: dict[names.Kind, Callable[[re.Match[str], Asking], Days | None]] = {
    "near": _near,
    "recent": _recent,
    "unit": _unit,
    "past": _past,
    "ago": _ago,
    "season": _season,
    "month": _month,
    "weekday": _weekday,
    "day": _day,
    "digits": _digits,
    "year": _year,
    "decade": _decade,
    "century": _century,
}
