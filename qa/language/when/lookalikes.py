"""Words that look like a time -> are they one where they stand?"""

import re

from qa.language.when.names import MONTHS, ORDINALS, Kind, any_of

_NEARBY = 28
_IN = re.compile(r"\b(?:in|on|during|since|by|until|till|throughout|year|before|after)\s+$", re.I)
_MONTHS = rf"(?:{any_of(MONTHS)})"
_BEFORE_A_MONTH = re.compile(
    r"\b(?:in|during|since|until|till|through|throughout|between|early|mid|late|end of|start of"
    rf"|beginning of|middle of|{_MONTHS}\s+(?:and|to|or|until|through))[\s-]+$",
    re.IGNORECASE,
)
_BEFORE_A_PLAIN_MONTH = re.compile(r"\b(?:by|before|after|from|as of|of|to)\s+$", re.IGNORECASE)
_BEFORE_A_DAY = re.compile(r"\b(?:on|since|until|by|before|after|from|of)\s+(?:the\s+)?$", re.I)
_BEFORE_A_WEEKDAY = re.compile(
    r"\b(?:on|since|until|till|by|before|after|from|to|through|and|between|early|late|of)\s+$",
    re.IGNORECASE,
)
_NOT_AFTER_A_MONTH = re.compile(r"/|\s+(?:be|have|not)\b", re.IGNORECASE)
_FOURTH_OF = re.compile(rf"\b(?:{any_of(ORDINALS)})\s+of\s+$", re.IGNORECASE)
_NOT_AFTER_A_WEEKDAY = re.compile(
    r"\s+(?:the\s+[0-9]|(?:morning|afternoon|evening|night)s\b)", re.I
)
_HABIT = re.compile(r"\b(?:every|each|any|an?|per|one|some)\s+$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:flight|route|highway|room|number|no\.?|area|section|article|rule|page|chapter|model"
    r"|windows|boeing|than|over|about|nearly|almost|some|roughly|approximately|under|least|most"
    r"|only|just|exactly)\s+$",
    re.IGNORECASE,
)
_UNIT_OF_MEASURE = re.compile(
    r"[\s-]+(?:met(?:re|er)s?|miles?|k?m|kilomet(?:re|er)s?|ft|feet|foot|yards?|kg|kilos?|ton(?:ne)?s?"
    r"|hours?|minutes?|seconds?|days?|weeks?|months?|years?|times|dollars?|euros?|pounds?|votes?"
    r"|points|seats|jobs|words|pages|strong|per\s?cent|degrees|calories|bc|bce|b\.c\.?)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"[\s-]+(?:people|persons|men|women|children|troops|soldiers|dead|deaths|homes|workers)\b", re.I
)
_PLURAL = re.compile(r"\s+[a-z]+s\b")
_CAPITALISED = re.compile(r"\s+[A-Z][a-z]")
_AFTER_CAPITALISED = re.compile(r"\b[A-Z][\w'’]*\s+$")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;]\s)[\s\"'“‘(]*$")


def is_name_of_an_event(match: re.Match[str]) -> bool:
    """Say whether a day calls an event by its date: "the January 6 committee"."""
    return _before(match).lower().endswith("the ") and bool(re.match(r"\s+[a-z]", _after(match)))


def is_meant(kind: Kind, match: re.Match[str]) -> bool:
    """Say whether words that look like a time are one where they stand."""
    if kind in {"near", "recent", "unit", "past", "ago"}:
        return not _is_a_title(match) and not _is_of_something(match)
    if kind == "season":
        return _is_season(match)
    if kind == "month":
        return _is_month(match)
    if kind == "weekday":
        return _is_weekday(match)
    if kind == "day":
        return not _is_lower_case_verb(match) or bool(_BEFORE_A_DAY.search(_before(match)))
    return kind != "year" or _is_year(match)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _NEARBY) : match.start()]


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _NEARBY]


def _is_a_title(match: re.Match[str]) -> bool:
    """Capitals inside a sentence make a name: USA Today, Last Week Tonight."""
    words = match.group()
    if match.string.isupper():
        return False
    rest = words[1:] if _SENTENCE_START.search(_before(match)) else words
    return rest != rest.lower() or bool(re.match(r"\s+[Ss]how\b", _after(match)))


def _is_of_something(match: re.Match[str]) -> bool:
    """Tell "his last year" and "at the latest", which say nothing of the day of asking."""
    before = _before(match).lower()
    if match.group().lower() == "latest":
        return before.endswith("at the ")
    is_last = match.group().lower().startswith(("last", "past", "next"))
    return is_last and bool(re.search(r"\b(?:his|her|its|their|my|your|our|\w+['’]s)\s+$", before))


def _is_season(match: re.Match[str]) -> bool:
    if match["year"]:
        return True
    is_noun = match["season"].lower() == "fall" and re.match(
        r"\s+(?:in|of|from|to|by)\b", _after(match)
    )
    return bool(match["which"]) and match["which"].islower() and not is_noun


def _is_lower_case_verb(match: re.Match[str]) -> bool:
    """Tell "may" and "march", as in "may 3 people enter"."""
    return match["month"] in {"may", "march", "mar"} and not match["year"]


def _is_month(match: re.Match[str]) -> bool:
    """Only where something says so: May is a name, March a verb."""
    if match["year"]:
        return True
    month, before, after = match["month"], _before(match), _after(match)
    if len(month) < 4 and month.lower() != "may":
        return False
    is_named_on = month.lower() in {"april", "may", "june", "august", "march"} and (
        _CAPITALISED.match(after)
    )
    if is_named_on or _NOT_AFTER_A_MONTH.match(after) or _FOURTH_OF.search(before):
        return False
    if match["which"]:
        return month[0].isupper() or not _is_lower_case_verb(match)
    if _BEFORE_A_PLAIN_MONTH.search(before):
        return month.lower() not in {"may", "march"} and month[0].isupper()
    return bool(_BEFORE_A_MONTH.search(before))


def _is_weekday(match: re.Match[str]) -> bool:
    """Not in a name (Sunday Times, Black Friday) nor a habit (every Sunday)."""
    before, after = _before(match), _after(match)
    if _HABIT.search(before) or _CAPITALISED.match(after) or _NOT_AFTER_A_WEEKDAY.match(after):
        return False
    if match["which"] or _BEFORE_A_WEEKDAY.search(before):
        return True
    return match["weekday"][0].isupper() and not _AFTER_CAPITALISED.search(before)


def _is_year(match: re.Match[str]) -> bool:
    """Not a count (2000 people, 1500 metres) and not a number of something (Highway 1061)."""
    before, after = _before(match), _after(match)
    if before.endswith(("-", "–", "—")) and not re.search(r"(?:mid|early|late|pre|post)-$", before):
        return False
    if _UNIT_OF_MEASURE.match(after):
        return False
    if _IN.search(before):
        return True
    if _NUMBERED.search(before) or _PEOPLE.match(after):
        return False
    is_round = int(match["year"]) % 100 == 0
    is_named = re.search(r"(?:\bthe|['’]s|\bof|\bthis|\b[A-Z]\w*)\s+$", before)
    return not (is_round and _PLURAL.match(after) and not is_named)
