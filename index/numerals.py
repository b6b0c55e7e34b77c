"""Numbers and dates in a query -> the other ways in which articles write them."""

import itertools
import re
from calendar import month_name
from collections.abc import Iterator
from decimal import Decimal

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: n for n, word in enumerate(_UNITS)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
}
_SCALES = {
    "trillion": (10**12, ("trillion", "tn", "trn"), ("tn", "trn")),
    "billion": (10**9, ("billion", "bn"), ("bn",)),
    "million": (10**6, ("million", "mn"), ("mn", "m")),
    "thousand": (10**3, ("thousand",), ("k",)),
}
"""Factor, what follows a number after a space, and without one."""
_SCALE_OF = {
    word: factor for factor, *words in _SCALES.values() for word in itertools.chain(*words)
}

_SMALL = "|".join(sorted(_VALUES, key=len, reverse=True))
_SCALE = "|".join(word for word in _SCALE_OF if len(word) > 1)
_NUMBER = re.compile(
    rf"(?<![\w.,-])(?:(?P<digits>\d{{1,3}}(?:[, ]\d{{3}})+|\d+)(?P<rest>\.\d+)?"
    rf"|(?P<words>(?:{_SMALL})(?:[ -](?:{_SMALL}))?(?: hundred)?))"
    rf"(?:(?:\s|(?=[a-z]))(?P<scale>{_SCALE})|(?P<letter>[mk]))?(?:\s?(?P<percent>%|per\s?cent))?(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\bon the ((\d{1,2})(?:st|nd|rd|th))\b", re.IGNORECASE)

_MONTHS = {name.lower(): n for n, name in enumerate(month_name) if name}
_SHORT = {name[:3]: name for name in _MONTHS if name != "may"} | {"sept": "september"}
_MONTH = "|".join([*_MONTHS, *sorted(_SHORT, key=len, reverse=True)])
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DATES = (
    re.compile(rf"(?<!\w){_DAY}(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?", re.I),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.? {_DAY}(?!\w)(?:,? (?P<year>\d{{4}}))?", re.I),
    re.compile(r"(?<!\w)(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\w)"),
)
_LONE_MONTH = re.compile(r"\b(?:jan|feb|apr|aug|sept?|oct|nov|dec)\b", re.I)


Forms = tuple[str, tuple[str, ...]]
"""A part of the text, and what may stand there instead."""


def number_forms(text: str) -> Iterator[Forms]:
    """Give other forms of the numbers: digits, words, with a scale.

    Dates, years, decimals such as 7.0 and the number one are left alone.
    """
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    for match in _NUMBER.finditer(text):
        value = _value(match)
        is_measured = match["rest"] and not match["scale"] and not match["letter"]
        if value < 2 or is_measured or _may_be_year(match):
            continue
        forms = tuple(_written(value))
        if match["percent"]:
            forms = tuple(f"{form} {unit}" for form in forms for unit in ("percent", "per cent"))
        yield match[0], forms
    for match in _ON_THE.finditer(text):
        yield match[1], (match[2],)


def date_forms(text: str) -> Iterator[Forms]:
    """Give other forms of the days that have a month, and of months cut short."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            named = match["month"].lower()
            month = int(named) if named.isdigit() else _MONTHS[_SHORT.get(named, named)]
            yield f"{match['day']} {named}", tuple(_days(month, int(match["day"])))
    for short in _LONE_MONTH.findall(text):
        yield short, (_SHORT[short.lower()],)


def _days(month: int, day: int) -> Iterator[str]:
    """Write a day in words and, as FTS5 reads the end of 2025-06-23, in digits."""
    name = month_name[month].lower()
    for words in dict.fromkeys((name, name[:3])):
        yield from (f"{words} {number}" for number in (str(day), _with_ending(day)))
        yield from (f"{number} {words}" for number in (str(day), _with_ending(day)))
    yield f"{_with_ending(day)} of {name}"
    yield f"{month:02} {day:02}"


def _with_ending(n: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{'th' if n % 100 in (11, 12, 13) else ending}"


def _value(match: re.Match[str]) -> Decimal:
    if match["digits"]:
        value = Decimal(re.sub("[, ]", "", match["digits"]) + (match["rest"] or ""))
    else:
        *small, last = re.split("[ -]", match["words"].lower())
        hundreds = 100 if last == "hundred" else 1
        words = small if last == "hundred" else [*small, last]
        value = Decimal(hundreds * sum(_VALUES[word] for word in words))
    return value * _SCALE_OF.get((match["scale"] or match["letter"] or "").lower(), 1)


def _may_be_year(match: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", match[0]))


def _written(value: Decimal) -> Iterator[str]:
    """Give a value in digits, grouped and not, and in the words that newspapers would use."""
    if value == value.to_integral_value():
        yield from dict.fromkeys((f"{value:.0f}", f"{value:,.0f}"))
    else:
        yield f"{value.normalize():f}"
    yield from _small_in_words(value)
    for name, (factor, apart, attached) in _SCALES.items():
        count = value / factor
        if 1 <= count < 1_000 and count == round(count, 2):
            digits = f"{count.normalize():f}"
            yield from (f"{digits} {word}" for word in apart)
            yield from (f"{digits}{word}" for word in attached)
            yield from (f"{words} {name}" for words in _small_in_words(count))


def _small_in_words(value: Decimal) -> Iterator[str]:
    """Spell 2 to 99, and round hundreds below 1,000."""
    if value != value.to_integral_value():
        return
    number = int(value)
    if 0 < number < 1_000 and number % 100 == 0:
        yield f"{_UNITS[number // 100]} hundred"
    elif number < len(_UNITS):
        yield _UNITS[number]
    elif number < 100:
        ten, unit = divmod(number, 10)
        yield f"{_TENS[ten - 2]} {_UNITS[unit]}" if unit else _TENS[ten - 2]
