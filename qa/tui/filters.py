"""Since, until, source and the day of asking -> what later questions are asked with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.types import Period, Scope
from qa.tui import EVERYTHING

FilterName = Literal["since", "until", "source", "as of"]


class FilterRefused(ValueError):
    """What was typed for a filter can't be; the message is one sentence."""

    def __init__(self, name: FilterName, reason: str) -> None:
        super().__init__(reason)
        self.name = name


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be quoted, and the day that "this week" is reckoned from."""

    scope: Scope = EVERYTHING
    asked_on: date | None = None

    def values(self) -> dict[FilterName, str]:
        """What is set, as it may be typed, in the order of the screen."""
        period = self.scope.period or Period(None, None)
        known: dict[FilterName, date | str | None] = {
            "since": period.first,
            "until": period.last,
            "source": self.scope.source,
            "as of": self.asked_on,
        }
        return {name: str(value) for name, value in known.items() if value}

    def words(self) -> dict[FilterName, str]:
        """What is set, as it is shown: `since 2025-06-01`, `source: bbc`."""
        return {
            name: f"{name}: {value}" if name == "source" else f"{name} {value}"
            for name, value in self.values().items()
        }

    def without(self, name: FilterName) -> "Filters":
        """Take one of them away."""
        if name == "as of":
            return replace(self, asked_on=None)
        if name == "source":
            return replace(self, scope=replace(self.scope, source=None))
        period = self.scope.period or Period(None, None)
        first = None if name == "since" else period.first
        last = None if name == "until" else period.last
        return replace(self, scope=replace(self.scope, period=_period(first, last)))


UNFILTERED = Filters()


def filters_of(typed: Mapping[FilterName, str], today: date) -> Filters:
    """Read what was typed; a blank sets nothing, "last week" counts from the day of asking.

    Raises:
        FilterRefused: something is no date, or the period ends before it begins.
    """
    day = _read("as of", typed, today)
    asked_on = day.last if day else None
    since = _read("since", typed, asked_on or today)
    until = _read("until", typed, asked_on or today)
    first = since.first if since else None
    last = until.last if until else None
    if first and last and first > last:
        raise FilterRefused("until", f"until {last} ends before since {first} begins")
    source = typed["source"].strip() or None
    return Filters(Scope(_period(first, last), source), asked_on)


def _read(name: FilterName, typed: Mapping[FilterName, str], today: date) -> Period | None:
    words = typed[name].strip()
    if not words:
        return None
    try:
        from qa.language.when import parsed_day  # noqa: PLC0415 - the first frame needs no dates

        return parsed_day(words, today)
    except ValueError as error:
        raise FilterRefused(name, str(error)) from error


def _period(first: date | None, last: date | None) -> Period | None:
    return Period(first, last) if first or last else None
