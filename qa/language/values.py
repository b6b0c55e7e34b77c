"""Answering words -> the value that they write: an amount, a moment or a name, fit to compare."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from jellyfish import damerau_levenshtein_distance

from index.text.days import days_of
from index.text.names import respellings
from qa.language.answertype import AnswerType
from qa.language.notation import MEASURES, MONTHS, ROLES, SCALES, UNITS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it measures."""

    number: float
    unit: str = ""
    """Currency, or the measure's name in the singular; empty for a plain count."""
    is_rough: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as far as it is told; what is not told is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    other: str | None = None
    """What is no day of the calendar: `19th century`, `5pm`."""


@dataclass(frozen=True, slots=True)
class Name:
    """The folded words of a name, without titles."""

    words: tuple[str, ...]


Value = Amount | Moment | Name

ROUGHLY = 0.05
"""Share by which a rough number may be off and still be the same."""

_NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+|[£$€¥%°]", re.IGNORECASE)
_CURRENCIES = {
    "£": "pound", "$": "dollar", "€": "euro", "¥": "yen", "usd": "dollar", "gbp": "pound",
    "eur": "euro",
}  # fmt: skip
_SPELT = {
    "%": "percent", "percent": "percent", "per cent": "percent", "km": "kilometer",
    "cm": "centimeter", "mm": "millimeter", "ft": "foot", "feet": "foot", "kg": "kilogram",
    "hr": "hour", "min": "minute", "inche": "inch", "centurie": "century", "tonne": "ton",
    "lb": "pound (weight)",
}  # fmt: skip
_MEASURE = re.compile("|".join(f"(?:{unit})" for unit in MEASURES.values()), re.IGNORECASE)
_SHORT_MONTHS = {month[:3]: at for at, month in enumerate(MONTHS, start=1)}
_RELATIVE = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_TITLES = ROLES | {"the", "ii", "iii", "iv"}


def value_of(
    words: str, kind: AnswerType, published: str | None, *, is_ahead: bool = False
) -> Value | None:
    """Read answering words as a value.

    Args:
        words: As they stand in an article.
        kind: Of what was asked.
        published: ISO date of the article, perhaps partial; completes days and weekdays.
        is_ahead: The sentence speaks of what will be, so that a weekday is the next one.

    Returns:
        None where they give none that could be compared ("dozens", "last summer").
    """
    if kind == "number":
        return _amount(words)
    if kind == "time":
        return _moment(words, published, is_ahead=is_ahead)
    return _name(words) if kind == "name" else None


def same(one: Value, other: Value) -> bool | None:
    """Say whether two values are the same; None where that can't be told."""
    if isinstance(one, Amount) and isinstance(other, Amount):
        return _same_amount(one, other)
    if isinstance(one, Moment) and isinstance(other, Moment):
        return _same_moment(one, other)
    if isinstance(one, Name) and isinstance(other, Name):
        return _same_name(one.words, other.words)
    return None


def _amount(words: str) -> Amount | None:
    total, current, is_told = 0.0, 0.0, False
    for token in _NUMERAL.findall(words.lower()):
        if token[0].isdigit():
            current, is_told = float(token.replace(",", "")), True
        elif token in UNITS:
            current, is_told = current + UNITS[token], True
        elif token in ("a", "an"):
            current, is_told = 1.0, True
        elif token in SCALES and (is_told or token in ("dozen", "hundred")):
            scale, is_told = SCALES[token], True
            if scale <= 100:
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
        elif token.rstrip("s") in SCALES:
            return None
    return Amount(total + current, _unit(words)) if is_told else None


def _unit(words: str) -> str:
    for sign, currency in _CURRENCIES.items():
        if sign in words.lower():
            return currency
    found = _MEASURE.search(words)
    if found is None:
        return ""
    unit = found.group().lower().removeprefix("us ").removeprefix("u.s. ")
    singular = unit if unit in _SPELT else unit.rstrip("s")
    return _SPELT.get(singular, singular.replace("metre", "meter").replace("litre", "liter"))


def _same_amount(one: Amount, other: Amount) -> bool | None:
    if one.unit != other.unit:
        return None
    if one.number == other.number:
        return True
    largest = max(abs(one.number), abs(other.number))
    off = abs(one.number - other.number) / largest
    if (one.is_rough or other.is_rough) and off <= ROUGHLY:
        return True
    return _rounded(one.number, other.number) or _rounded(other.number, one.number)


def _rounded(round_one: float, exact: float) -> bool:
    """Say whether a number of two digits or more, and then zeros, stands for an exact one."""
    digits = f"{round_one:.12g}".replace(".", "").strip("0")
    if not 2 <= len(digits) <= 15 or abs(round_one - exact) > ROUGHLY * abs(exact):
        return False
    return float(f"{exact:.{len(digits)}g}") == round_one


def _moment(words: str, published: str | None, *, is_ahead: bool) -> Moment | None:
    folded = " ".join(words.lower().replace(".", "").split())
    written = days_of(published)
    is_day = written is not None and written[0] == written[1] and 1 < written[0].year < MAXYEAR
    exact = written[0] if written and is_day else None
    if folded in _RELATIVE:
        return _on(exact + timedelta(_RELATIVE[folded])) if exact else None
    if re.fullmatch(r"(?:last|next|this|earlier this) \w+", folded):
        return None
    weekday = next((at for at, day in enumerate(WEEKDAYS) if folded.startswith(day)), None)
    if weekday is not None:
        return _weekday(weekday, exact, is_ahead=is_ahead)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", folded):
        iso = days_of(folded)
        return _on(iso[0]) if iso else None
    stated = _stated(folded)
    return _with_year(stated, written) if stated else Moment(other=folded) if folded else None


def _stated(folded: str) -> Moment | None:
    """Read year, month and day as far as they stand there."""
    month = next(
        (_SHORT_MONTHS[word[:3]] for word in re.findall(r"[a-z]{3,}", folded) if _is_month(word)),
        None,
    )
    year = re.search(r"\b(\d{4})\b", folded)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", folded) if month else None
    if (month is None and year is None) or (day and not 1 <= int(day[1]) <= 31):
        return None
    return _with_weekday(
        Moment(int(year[1]) if year else None, month, int(day[1]) if day else None)
    )


def _is_month(word: str) -> bool:
    return word in MONTHS or word in _SHORT_MONTHS or word == "sept"


def _with_year(moment: Moment, written: tuple[date, date] | None) -> Moment:
    """Complete a day or month by the year in which it lies nearest to the article's date."""
    if moment.year or not moment.month or not written or written[0].year != written[1].year:
        return moment
    month = moment.month
    middle = written[0] + (written[1] - written[0]) / 2
    years = [middle.year]
    if written[0].month == written[1].month:
        years = [
            year for year in (middle.year - 1, middle.year, middle.year + 1) if 0 < year < 9999
        ]
    nearest = min(
        years,
        key=lambda year: abs((date(year, month, min(moment.day or 15, 28)) - middle).days),
    )
    return _with_weekday(replace(moment, year=nearest))


def _with_weekday(moment: Moment) -> Moment:
    if not (moment.year and moment.month and moment.day):
        return moment
    try:
        return _on(date(moment.year, moment.month, moment.day))
    except ValueError:
        return moment


def _weekday(weekday: int, exact: date | None, *, is_ahead: bool) -> Moment:
    if exact is None:
        return Moment(weekday=weekday)
    back = (exact.weekday() - weekday) % 7
    return _on(exact + timedelta((-back) % 7 if is_ahead else -back))


def _on(day: date) -> Moment:
    return Moment(day.year, day.month, day.day, day.weekday())


def _same_moment(one: Moment, other: Moment) -> bool | None:
    pairs = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    told = [(a, b) for a, b in pairs if a is not None and b is not None]
    weekdays = (one.weekday, other.weekday)
    if any(a != b for a, b in told) or (None not in weekdays and weekdays[0] != weekdays[1]):
        return False
    if told:
        return True
    if one.other or other.other:
        return one.other == other.other or None
    are_bare = one.year is None is other.year and one.month is None is other.month
    return True if are_bare and None not in weekdays else None


def _name(words: str) -> Name | None:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", words.casefold())
        if not unicodedata.combining(letter)
    )
    parts = re.findall(r"\w+(?:['’-]\w+)*", re.sub(r"['’]s\b", "", bare.replace(".", "")))
    kept = [part for part in parts if part not in _TITLES]
    return Name(tuple(kept or parts)) if parts else None


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and shorter[0] == "".join(word[0] for word in longer):
        return True
    if not _is_alike(shorter[-1], longer[-1]) and len(shorter) == len(longer):
        return False
    return all(any(_is_alike(word, mate) for mate in longer) for word in shorter)


def _is_alike(one: str, other: str) -> bool:
    """Say whether two spellings are of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    if min(len(one), len(other)) < 4 or one[0].isdigit():
        return False
    is_slip = min(len(one), len(other)) >= 8 and damerau_levenshtein_distance(one, other) <= 1
    return is_slip or other in respellings(one) or one in respellings(other)
