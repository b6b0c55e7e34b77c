"""What numbers, dates and names look like in English running text: patterns, and nothing else."""

import re

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "zero": 0,
}  # fmt: skip
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MEASURES = {
    "percent": r"%|percent\b|per cent\b|percentage points?\b",
    "currency": r"(?:u\.?s\.? )?dollars?\b|euros?\b|pounds?\b|pence\b|cents?\b|yen\b|yuan\b|"
    r"rupees?\b|roubles?\b|rubles?\b|hryvnias?\b|usd\b|eur\b|gbp\b",
    "time": r"years?\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|minutes?\b|mins?\b|seconds?\b|"
    r"decades?\b|centuries\b|nights?\b",
    "length": r"kilomet(?:er|re)s?\b|km\b|met(?:er|re)s?\b|centimet(?:er|re)s?\b|cm\b|"
    r"millimet(?:er|re)s?\b|mm\b|miles?\b|feet\b|foot\b|ft\b|inch(?:es)?\b|yards?\b|acres?\b|"
    r"hectares?\b|(?:square|sq) \w+\b|mph\b|knots?\b",
    "weight": r"kilograms?\b|kg\b|tons?\b|tonnes?\b|grams?\b|lbs?\b|ounces?\b|lit(?:er|re)s?\b|"
    r"gallons?\b|barrels?\b|degrees?\b|°\s?[cf]?\b",
}
"""Words after a number that say what it measures, by what is measured."""

_SCALE = r"(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?)"
_NUMERAL = rf"(?:{'|'.join(UNITS)}|{_SCALE})"
_MEASURE = "|".join(MEASURES.values())
NUMBER = re.compile(
    rf"(?:(?:us|a|c|nz)?[£$€¥]\s?)?(?<![\w.])(?<![a-z][-‑])\d+(?:,\d{{3}})*(?:\.\d+)?"
    rf"(?:\s?(?:{_SCALE}|bn|mn|tn|m|k)\b)*(?:[ -]?(?:{_MEASURE})(?:[ -]old\b)?)?|"
    rf"\b(?:half|twice|once|(?:(?:a |an )?{_SCALE}|{_NUMERAL})(?:(?:[ -]| and ){_NUMERAL})*)\b"
    rf"(?:[ -](?:{_MEASURE})(?:[ -]old\b)?)?",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"(?:(?:about|around|some|nearly|almost|roughly|approximately|approx\.?|over|under|more than|"
    r"less than|fewer than|at least|at most|up to|as many as|an estimated|close to)\s+){1,4}$",
    re.IGNORECASE,
)
"""What stands before a number and makes it rough."""

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_YEAR = r"(?:1[0-9]|20)\d\d"
TIME = re.compile(
    rf"\b(?:{_YEAR}-[01]\d-[0-3]\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR}\b)?|"
    rf"{_MONTH},?\s+{_YEAR}\b|{_YEAR}s?\b(?!,\d{{3}})|{_WEEKDAY}s?\b|"
    r"(?:(?:early|late|mid)[ -])?(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|twentieth|twenty-first)"
    r"(?:[ -]century)|yesterday|today|tonight|tomorrow|"
    r"(?:last|next|this|earlier this) "
    r"(?:week|month|year|night|spring|summer|autumn|fall|winter)|"
    r"\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d+ (?:bc|ad|bce|ce)\b|(?:noon|midnight)\b|"
    r"(?:january|february|(?<=in )march|april|(?<=in )may|june|july|august|september|october|"
    r"november|december)\b)",
    re.IGNORECASE,
)

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Sen|Gov|Gen|Rep|Prof|St|Lt|Col|Sgt|Capt|Rev)\."
_CAPITAL = f"[{''.join(filter(str.isupper, map(chr, range(0x250))))}]"
"""Of the Latin letters, those with marks too: Ž, Č, Ł."""
_NAME_WORD = (
    rf"(?:[DO]['’][A-Z]\w+|{_CAPITAL}\.(?:[A-Z]\.)*|{_CAPITAL}[\w-]*\w(?:['’](?!s\b)[\w-]+)*)"
)
NAME = re.compile(
    rf"(?:{_TITLE}\s+)?{_NAME_WORD}"
    r"(?:[ \u00a0](?:(?:of|the|de|von|van|al|bin|la|del|for)\s+){0,2}"
    rf"(?:{_TITLE}\s+)?{_NAME_WORD})*"
    r"(?:['’]s\b)?"
)
"""A run of capitalised words, as far as a possessive; "and" parts two names."""

SUBORDINATE = re.compile(
    r"\b(?:ahead of|before|after|since|until|till|following|preced\w+|scheduled|prior to)\b",
    re.IGNORECASE,
)
"""What stands before a date that tells of another event than the main one."""
PLACE_LEAD = re.compile(
    r"\b(?:in|at|near|from|to|into|outside|across|through|around|on|off|within|throughout)\s+"
    r"(?:the\s+|downtown\s+|central\s+|\w+(?:ern)\s+)?$",
    re.IGNORECASE,
)
"""What stands before a name that is a place."""
DEMONYM = re.compile(
    r"\w{3,}(?:[ie]ans?|ish|ese)(?:-\w+)?|(?:French|German|Dutch|Greek|Iraqi|Israeli)s?"
)
"""An adjective of a place, mostly; it names no place itself."""
WITHIN = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before a name that is hardly a person."""
REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result of|in order to|so that|so as to|"
    r"in response to|caused by|amid|citing|on the grounds that)\b[^.;?!]*[^\s.,;?!]",
    re.IGNORECASE,
)
"""A clause that gives a reason."""
ROLES = frozenset(
    """mr mrs ms mx dr sir dame lord lady president prime minister ministers king queen prince
    princess chancellor secretary general senator sen governor gov representative rep judge justice
    professor prof captain capt colonel col lieutenant lt sergeant sgt mayor chief executive foreign
    defense defence interior finance former pope saint st reverend rev leader director chairman
    chairwoman founder coach manager spokesman spokeswoman""".split()
)
"""Words that stand before a name and are no part of it."""
PERSONS = (
    "people persons lives civilians residents individuals men women children passengers victims"
).split()
"""Nouns that are counted where a question counts people."""
