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
    rf"(?<![\w.,-])(?:(?P<digits>\d{{1,3}}(?:[, ]\d{{3}}){{1,5}}|\d{{1,18}})(?P<rest>\.\d{{1,18}})?"
    rf"|(?P<words>(?:{_SMALL})(?:[ -](?:{_SMALL}))?(?: hundred)?))"
    rf"(?:(?:\s|(?=[a-z]))(?P<scale>{_SCALE})|(?P<letter>[mk]))?(?:\s?(?P<percent>%|per\s?cent))?(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
_OF_A_YEAR = re.compile(r"\b(?:in|since|until|till|during|year)\s+$", re.IGNORECASE)
_BIG = {"hundred": 100, **{word: factor for word, (factor, *_) in _SCALES.items()}}
_ANY_BIG = "|".join(["dozen", *_BIG])
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def _as_ordinal(words: str) -> str:
    *before, last = words.split(" ")
    ending = _ORDINALS.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return " ".join([*before, ending])


_ORDINAL_VALUES = {_as_ordinal(word): value for word, value in _VALUES.items()}
_IN_WORDS = re.compile(
    rf"\b(?:(?:{_SMALL}|an?(?=[ -](?:{_ANY_BIG})))"
    rf"(?:[ -](?:and )?(?:{'|'.join(_ORDINAL_VALUES)}|{_SMALL}|{_ANY_BIG})\b)*"
    rf"|{'|'.join(_ORDINAL_VALUES)})(?!\w)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th)\b", re.IGNORECASE)
_ATTACHED = "m km kg cm mm ft mph s".split()
"""Units that follow a number without a space."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
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

    Dates, years, decimals such as 7.0 and the number one are left alone. What only may be a year
    is grouped, too: 1,500 for 1500.
    """
    text = undated(text)
    for match in _NUMBER.finditer(text):
        value = _value(match)
        is_measured = match["rest"] and not match["scale"] and not match["letter"]
        is_year = _may_be_year(match) and _OF_A_YEAR.search(text, 0, match.start())
        if value < 2 or is_measured or is_year:
            continue
        forms = (f"{value:,.0f}",) if _may_be_year(match) else tuple(_written(value))
        if match["percent"]:
            forms = tuple(f"{form} {unit}" for form in forms for unit in ("percent", "per cent"))
        yield match[0], forms
    for match in _ON_THE.finditer(text):
        yield match[1], (match[2],)


def numbers_in(text: str) -> Iterator[Forms]:
    """Give each number of a text, ordinals too, with every way to write it; days are left out.

    Too many ways to search them all at every question: they are for saying that none occurs.
    """
    text = undated(text)
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            yield match[0], tuple(dict.fromkeys(_every_way(_value(match))))
    for match in _ORDINAL.finditer(text):
        yield match[0], tuple(dict.fromkeys(_every_way(Decimal(match[1]))))
    for match in _IN_WORDS.finditer(text):
        number = _read(re.split(r"[ -]", match[0].lower()))
        if number:
            yield match[0], tuple(dict.fromkeys(_every_way(Decimal(number))))


def undated(text: str) -> str:
    """Take the days out of a text."""
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return text


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


def _every_way(value: Decimal) -> Iterator[str]:
    """Give a value in every form in which a text may have it."""
    yield from _written(value)
    if value != value.to_integral_value() or value < 1:
        return
    number = int(value)
    yield from (f"{number}{unit}" for unit in _ATTACHED)
    yield _with_ending(number)
    if number < 1_000_000:
        words = _spelt(number)
        yield from (words, words.replace(" and ", " "), _as_ordinal(words))
    if number % 1_000 and number % 100 == 0 and number < 10_000:
        yield f"{_spelt(number // 100)} hundred"
    if number % 12 == 0 and number < 100:
        yield f"{_spelt(number // 12)} dozen" if number > 12 else "dozen"
    if number < 40:
        yield _roman(number)


def _spelt(number: int) -> str:
    """Write a whole number below a million in words: one thousand five hundred and six."""
    for name, factor in (("thousand", 1_000), ("hundred", 100)):
        if number >= factor:
            count, rest = divmod(number, factor)
            joint = " and " if 0 < rest < 100 else " "
            return f"{_spelt(count)} {name}{f'{joint}{_spelt(rest)}' if rest else ''}"
    if number < len(_UNITS):
        return _UNITS[number]
    ten, unit = divmod(number, 10)
    return f"{_TENS[ten - 2]} {_UNITS[unit]}" if unit else _TENS[ten - 2]


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _read(words: list[str]) -> int:
    """Read a number in words; 0 where they make none, as "two three"."""
    total = current = last = 0
    for word in words:
        small = _VALUES.get(word, _ORDINAL_VALUES.get(word))
        if word in ("a", "an"):
            current = 1
        elif word == "dozen":
            current *= 12
        elif small is not None:
            if 0 < last < 20 or (last and small > 9):
                return 0
            current += small
        elif word == "hundred":
            current *= 100
        elif word in _BIG:
            total, current = total + current * _BIG[word], 0
        last = small or 0
    return total + current
