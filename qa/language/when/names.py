"""What words for a time look like, and where the same words mean something else."""

import re
from collections.abc import Iterable
from typing import Literal

Kind = Literal[
    "near", "recent", "unit", "past", "ago", "season", "month", "weekday", "day", "digits", "year",
    "decade", "century",
]  # fmt: skip

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = """january february march april may june july august september october november
december""".split()
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each, as in the north."""
DAYS_AWAY = {
    "today": (0, 0),
    "tonight": (0, 0),
    "this morning": (0, 0),
    "this afternoon": (0, 0),
    "this evening": (0, 0),
    "last night": (-1, 0),
    "yesterday": (-1, -1),
    "day before yesterday": (-2, -2),
    "tomorrow": (1, 1),
    "day after tomorrow": (2, 2),
}
COUNTS = {"a": 1, "an": 1, "couple": 2, "few": 5, "several": 7}
COUNTS |= {"a couple": 2, "couple of": 2, "a couple of": 2, "a few": 5}
COUNTS |= {
    word: count
    for count, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
ORDINALS = {
    word: count
    for count, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        twenty-first""".split(),
        start=1,
    )
}
NINETIES = {"thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
NINETIES |= {"eighties": 80, "nineties": 90}


def any_of(words: Iterable[str]) -> str:
    """Match any of these words, the longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\s+")


_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_WEEKDAY = rf"(?P<weekday>{any_of(WEEKDAYS)})\b"
_SEASON = rf"(?P<season>{any_of(SEASONS)})\b"
_COUNT = rf"(?P<count>[0-9]{{1,4}}|{any_of(COUNTS)})\s+"
_WHICH = r"(?:(?P<which>this\s+past|last|this|past|next)\s+)?"
_FOUR = r"(?:1[0-9]{3}|2[01][0-9]{2})"
_YEAR = rf"(?P<year>{_FOUR})(?![\w%]|[-–/,.][0-9])"
_THROUGH = r"\s*(?:[-–—]|\b(?:to|and|or|until|through)\b)\s*"
_DAYS = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    rf"(?:{_THROUGH}(?P<to_day>[0-9]{{1,2}})(?:st|nd|rd|th)?)?(?![\w/%:]|[.,][0-9])"
)
_SHIFT = r"(?:(?P<shift>earlier|later|so\s+far)\s+)?"
_UNIT = r"(?P<unit>week|month|quarter|year|decade|century)\b(?!\s+of\b|\s+in\s+[0-9]|-)"
_PAST = r"(?:last|past|recent)\s+"
_UNITS = r"(?P<unit>hour|day|week|month|year|decade)s?\b"

_SOURCES: dict[Kind, tuple[str, ...]] = {
    "near": (rf"\b(?:{any_of(DAYS_AWAY)})\b",),
    "recent": (
        r"\b(?:most\s+recent(?:ly)?|recent(?:ly)?|lately|latest|currently|nowadays|these\s+days"
        r"|at\s+the\s+moment|right\s+now|at\s+present|the\s+other\s+day)\b(?!-)",
    ),
    "unit": (
        rf"\b{_SHIFT}(?P<which>the\s+(?:past|last)|this\s+past|last|this|past|next)\s+{_UNIT}",
        rf"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?P<which>the)\s+{_UNIT}",
        r"\b(?P<which>the(?:\s+(?:past|last))?|this\s+past|last|this|past|next)\s+"
        r"(?P<unit>weekend)\b(?!\s+of\b|-)",
    ),
    "past": (
        rf"\b{_PAST}{_COUNT}{_UNITS}(?!\s+of\b|-)",
        r"\brecent\s+(?P<count>)(?P<unit>day|week|month|year)s\b",
    ),
    "ago": (rf"\b(?<!half )(?<!and ){_COUNT}{_UNITS}\s+ago\b",),
    "season": (
        rf"\b{_WHICH}{_SEASON}(?P<year>)",
        rf"\b(?P<which>){_SEASON}\s+(?:of\s+)?{_YEAR}",
    ),
    "month": (
        rf"\b{_WHICH}{_MONTH}(?P<year>)",
        rf"\b(?P<which>){_MONTH}\.?(?:\s+of)?,?\s+{_YEAR}",
    ),
    "weekday": (rf"\b{_WHICH}{_WEEKDAY}",),
    "day": (
        rf"\b(?:(?:{any_of(WEEKDAYS)}),?\s+(?:the\s+)?)?{_DAYS}\s+(?:of\s+)?{_MONTH}\.?"
        rf"(?:,?\s+{_YEAR})?",
        rf"\b(?:(?:{any_of(WEEKDAYS)}),?\s+)?{_MONTH}\.?\s+(?:the\s+)?{_DAYS}(?:,?\s+{_YEAR})?",
    ),
    "digits": (
        r"(?<![\w.,/:+-])[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?![\w/-])",
        r"(?<![\w.,/:+-])[0-9]{1,2}[/.][0-9]{1,2}[/.][12][0-9]{3}(?![\w/-])",
    ),
    "year": (
        rf"(?<![\w.,/:$€£¥#№%+'’])(?P<year>{_FOUR})(?:[-–—/](?P<to_year>{_FOUR}|[0-9]{{2}}))?"
        r"(?![\w%]|[.,/:\-–—]?[0-9]|['’][0-9])",
    ),
    "decade": (
        r"(?:\bthe\s+|(?<![\w.,$€£]))(?P<decade>(?:1[0-9]|20)[0-9]0)['’]?s\b",
        r"\bthe\s+['’]?(?P<decade>[3-9]0)s\b",
        rf"\bthe\s+(?P<decade>{any_of(NINETIES)})\b",
    ),
    "century": (
        rf"\b(?P<ordinal>[0-9]{{1,2}}(?:st|nd|rd|th)|{any_of(ORDINALS)})[\s-]+"
        r"century\b(?!\s*(?:b\.?c|before))",
    ),
}
PATTERNS: dict[Kind, tuple[re.Pattern[str], ...]] = {
    kind: tuple(re.compile(source, re.IGNORECASE) for source in sources)
    for kind, sources in _SOURCES.items()
}


def month_number(name: str) -> int:
    """Give a month's number by its name or the first three letters of it."""
    return [month[:3] for month in MONTHS].index(name[:3].lower()) + 1
