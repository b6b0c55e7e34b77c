"""Question + day of asking -> the days that it speaks of, as far as it says so.

    question ─words→ days ─since, late, from … to→ Mention

English only, and seasons are the north's. Words in quotation marks are never read as a time, since
they are titles or must occur as they stand.
"""

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from index.text.days import days_of
from index.types import Period
from qa.language.when.reckoning import Asking, Days, moved
from qa.language.when.words import Found, find

_QUOTED = re.compile(
    r"\"[^\"]{0,500}\"|“[^”]{0,500}”|«[^»]{0,500}»|(?<![\w’'])['‘][^'’]{0,500}['’](?!\w)"
)
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|going to|upcoming|coming|starting|set to|scheduled (?:for|to)"
    r"|planned for|(?:is|are) (?:due|expected|slated|about) to)\b|['’]ll\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?P<early>early|(?:the )?(?:start|beginning) of)|(?P<mid>mid|(?:the )?middle of)"
    r"|(?P<late>late|(?:the )?end of))(?:\s+(?:in\s+)?|-)$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"\b(?:(?P<since>since)|(?P<after>after)|(?P<before>before|prior to)"
    r"|(?P<until>until|till|by|up to|through))\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-–—]|\b(?:(?P<and>and)|to|until|till|through)\b)\s*", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_NEARBY = 28
_ONE_DAY = relativedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mention:
    """Days that a question speaks of."""

    period: Period
    is_relative: bool
    """They are told by their distance from the day of asking ("this week", "lately", "in June"),
    so the article sought is of these days too. Otherwise they are those of an event, or lie ahead,
    and the article may be of any day."""


def period_of(question: str, asked_on: date) -> Period | None:
    """Give the days that a question speaks of; None where it names none."""
    mention = mention_of(question, asked_on)
    return mention.period if mention else None


def mention_of(question: str, asked_on: date) -> Mention | None:
    """Read the words for a time that tell the most.

    Returns:
        Where there are several, one that says when the report is from, then the narrowest, then
        the first; None where there is none.
    """
    text = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), question)
    asking = Asking(asked_on, looks_ahead=_LOOKS_AHEAD.search(text) is not None)
    mentions = _mentions(text, find(text, asking), asked_on)
    return min(mentions, key=_rank, default=None)


def parsed_day(text: str, asked_on: date) -> Period:
    """Read a date as it is typed for an option: a day, a month, a year, or words.

    Args:
        text: Such as `2025-06-23`, `2025-06`, `2025`, `3 June 2025`, `june`, `last week`.
        asked_on: The day that words are reckoned from.

    Raises:
        ValueError: it is none of these; the message is a sentence that says what is.
    """
    typed = " ".join(text.split())
    iso = days_of(typed)
    if iso is not None:
        return Period(*iso, typed)
    for form in (typed, typed.lower(), typed.title()):
        for before in ("", "in ", "on "):
            mention = mention_of(before + form, asked_on)
            if mention and mention.period.words == form:
                return Period(mention.period.first, mention.period.last, typed)
    raise ValueError(
        f"“{typed}” is no date; write a day (2025-06-23), a month (2025-06), a year (2025), "
        "or words such as “3 June 2025”, “yesterday” or “last week”"
    )


def _rank(mention: Mention) -> tuple[bool, int]:
    period = mention.period
    length = ((period.last or date.max) - (period.first or date.min)).days
    return not mention.is_relative, length


def _mentions(text: str, found: list[Found], today: date) -> list[Mention]:
    mentions = []
    n = 0
    while n < len(found):
        mention = _span(text, found[n], found[n + 1]) if n + 1 < len(found) else None
        n += 2 if mention else 1
        mentions.append(mention or _single(text, found[n - 1], today))
    return mentions


def _span(text: str, one: Found, other: Found) -> Mention | None:
    """From one time to another; a first one without a year is the last such before the second."""
    start, first = _part(text, one.start, one.days)
    until, last = _part(text, other.start, other.days)
    begin = _FROM.search(text[max(0, start - _NEARBY) : start])
    between = _TO.fullmatch(text[one.end : until])
    if between is None or (begin is None and between["and"]):
        return None
    if one.is_yearless and (first.last > last.last or not other.is_yearless):
        again = find(text[: one.end], Asking(last.last))[-1:]
        first = _part(text, one.start, again[0].days)[1] if again else first
    if first.first > last.last:
        return None
    words = text[start - (len(begin.group()) if begin else 0) : other.end]
    is_relative = first.is_relative and last.is_relative
    return Mention(Period(first.first, last.last, words), is_relative)


def _single(text: str, one: Found, today: date) -> Mention:
    start, days = _part(text, one.start, one.days)
    towards = _TOWARDS.search(text[max(0, start - _NEARBY) : start])
    if towards is None or (not towards["since"] and _POSSESSIVE.match(text, one.end)):
        return Mention(Period(days.first, days.last, text[start : one.end]), days.is_relative)
    words = text[start - len(towards.group()) : one.end]
    if towards["before"]:
        return Mention(Period(None, moved(days.first, -_ONE_DAY), words), is_relative=False)
    if towards["until"]:
        return Mention(Period(None, days.last, words), is_relative=False)
    first = days.first if towards["since"] else moved(days.last, _ONE_DAY)
    last = today if first <= today else None
    return Mention(Period(first, last, words), days.is_relative)


def _part(text: str, start: int, days: Days) -> tuple[int, Days]:
    """Take in "early", "mid" or "late" before a month or longer: a third of it."""
    part = _PART.search(text[max(0, start - _NEARBY) : start])
    if part is None or len(days) < 28:
        return start, days
    third = (days.last - days.first) / 3
    first = days.first if part["early"] else days.first + third * (2 if part["late"] else 1)
    last = days.last if part["late"] else days.last - third * (2 if part["early"] else 1)
    return start - len(part.group()), Days(first, last, days.is_relative)
