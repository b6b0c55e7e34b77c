"""question -> the kind of words that would answer it, and where a quote holds such words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal, TypeVar

from jellyfish import damerau_levenshtein_distance

from index.text.keywords import FUNCTION_WORDS
from index.types import Span
from qa.language.notation import (
    DEMONYM,
    MEASURES,
    MONTHS,
    NAME,
    NUMBER,
    PERSONS,
    PLACE_LEAD,
    REASON,
    ROLES,
    TIME,
    WEEKDAYS,
    WITHIN,
)

T = TypeVar("T")
AnswerType = Literal["number", "time", "name", "other"]
Detail = Literal[
    "count", "percent", "currency", "time", "measure", "year", "place", "person", "reason", ""
]
"""What kind of number, time or name; the empty one where form doesn't tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of words a question asks for."""

    kind: AnswerType
    detail: Detail = ""
    counted: tuple[str, ...] = ()
    """Words after "how many", lower case: what is to be counted."""


_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"(?<=[?!])\s+|(?<=[a-z0-9]\.)\s+(?=[A-Z])")
_ASKING = re.compile(r"\b(?:what|which|who|whom|whose|where|when|why|how)\b", re.IGNORECASE)
_NO_QUESTION = re.compile(r"(?:(?:and|but|so|or)\s+)?(?:what|how) about\b", re.IGNORECASE)
_FILLER = (
    r"(?:['’]s|\s+(?:is|was|are|were))?(?:\s+(?:the|his|her|its|their|a|an))?(?:\s+(?!(?:did|do|does|"
    r"has|have|had|can|could|will|would|should|was|were|is|are|the|a|to|of|in|for|by|on|made|led|"
    r"caused|happened)\b)[\w’'-]+){0,2}?\s+"
)
_FORMS: tuple[tuple[str, AnswerType, Detail], ...] = (
    (r"how long ago\b|when\b", "time", ""),
    (rf"(?:what|which){_FILLER}(?:year|decade|century)\b", "time", "year"),
    (rf"(?:what|which)(?:{_FILLER}(?:date|day|month|season|weekday)|\s+time)\b", "time", ""),
    (rf"how (?:long|old)\b|(?:what|which){_FILLER}age\b", "number", "time"),
    (r"how much\b.*\b(?:cost|costs|pay|paid|spen[dt]|worth|price|money|earn|earned|rais|fund|"
     r"financ|invest|owe|sold|sell|buy|bought|fine|donat)", "number", "currency"),
    (rf"what{_FILLER}(?:price|cost|salary|budget)\b", "number", "currency"),
    (rf"(?:what|which){_FILLER}(?:share|percentage|percent|proportion|fraction)\b",
     "number", "percent"),
    (r"how (?:far|big|tall|large|high|heavy|fast|deep|wide|hot|cold)\b|"
     rf"what{_FILLER}(?:size|height|length|distance|speed|temperature|depth|width|weight)\b",
     "number", "measure"),
    (r"how many\b|how often\b|"
     rf"what{_FILLER}(?:population|(?:total )?number(?= of)|toll|score|capacity|amount)\b",
     "number", "count"),
    (r"how much\b", "number", ""),
    (r"where\b", "name", "place"),
    (r"who(?:m|se)?\b", "name", "person"),
    (rf"(?:what|which){_FILLER}(?:country|countries|city|cities|states?|town|village|"
     r"nation|river|island|province|county|continent|region|place|location|borough|district|street|"
     r"capital|airport|stadium|venue|"
     r"person|man|woman|company|team|president|minister|"
     r"university|organi[sz]ation|party|actor|actress|singer|author|player|king|queen|prince|emperor|"
     r"leader|artist|band|club|agency|newspaper|magazine|film|movie|book|song|album|show|school|"
     r"college|church|treaty|bank|brand|airline|name|director|writer|founder|scientist|general|"
     r"senator|governor|mayor|ship|war|battle)\b", "name", ""),
    (r"why\b|what(?:['’]s|\s+(?:is|was|were|are))?\s+(?:the\s+)?(?:reason|cause)", "other",
     "reason"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(form, re.IGNORECASE), kind, detail) for form, kind, detail in _FORMS)
_COUNTED = re.compile(r"how many((?:\s+[\w’'-]+){0,5})", re.IGNORECASE)
_REACH = 30
"""Characters after a number in which the thing counted stands: `352 of the drones`."""
_FOLLOWING = 120
"""Characters after a number that are read, with the total of which it is a part."""
_LEADING = 80
"""Characters before a name in which the words stand that lead to it."""
_TOTAL = re.compile(r"^\s+of (?:the |its |their |some |about )*\d[\d,]*")
"""After the part of a total: `339 of the 352`."""
_BREAK = re.compile(r"\d|[,;.()]")
_OPENER = re.compile(
    r"\w+(?:ly|ing|ed)\b|(?:earlier|later|last|next|many|several|some|other|both|few|all|most|each|"
    r"another|according|despite|among|like|unlike|since|once|one|two|three|four|five|now|today|mr|"
    r"whether|although|though|however|instead|along|back|even|every|given|much|nearly|never|no|"
    r"people|officials|well|besides|nearby|meanwhile|moreover|furthermore|nevertheless|indeed|thus|hence|overall|that|these|those|when|while|matters|happened)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAMES = frozenset((*MONTHS, *WEEKDAYS)) | ROLES | FUNCTION_WORDS
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['’”\"]?\s+|\n)[“\"‘'(]*$")


def answer_type(question: str) -> AnswerType:
    """Say what kind of words would answer; `other` where form doesn't tell."""
    return asked(question).kind


_WHO_IS = re.compile(
    r"who(?:['’]s| is| was| are| were) (?P<named>\S{1,40}(?: \S{1,40}){0,3}?) ?\??$", re.IGNORECASE
)


@lru_cache(maxsize=64)
def asked(question: str) -> Asked:
    """Say what is asked for; where several questions are joined, the last one decides."""
    clauses = _CLAUSE_END.split(question.strip())
    asking = [one for one in clauses if _ASKING.search(one) and not _NO_QUESTION.match(one)]
    for clause in reversed(asking):
        at = _asking_at(clause)
        for pattern, kind, detail in _PATTERNS:
            if pattern.match(clause, at):
                return Asked(kind, detail, _counted(asking))
        break
    return Asked("other")


def asks_to_describe(question: str) -> bool:
    """Say whether it asks who somebody is that it names: then a name is no answer."""
    asking = _WHO_IS.match(question.strip())
    if asking is None:
        return False
    words = {_bare(word) for word in asking["named"].split()}
    return not words & FUNCTION_WORDS and not words <= ROLES


def answering_spans(question: str, text: str, start: int = 0) -> tuple[Span, ...]:
    """Find the words of a text that are of the kind asked for, those of the question left out.

    Returns:
        Spans shifted by `start`, in order, disjoint; none where form doesn't tell what is asked.
    """
    wanted = asked(question)
    words = {word.lower() for word in _WORD.findall(question)}
    found = {
        "number": lambda: _numbers(wanted, text, words),
        "time": lambda: _times(wanted, text, words),
        "name": lambda: _names(wanted, text, words),
        "other": lambda: _reasons(wanted, text),
    }[wanted.kind]()
    return tuple(Span(start + span.start, start + span.end) for span in found)


def _asking_at(clause: str) -> int:
    """Offset of the word that asks; "When it rains, what falls?" asks with its second."""
    places = list(_ASKING.finditer(clause))
    first = places[0]
    if len(places) > 1 and first.group().lower() == "when":
        return places[1].start()
    return first.start()


def _counted(asking: list[str]) -> tuple[str, ...]:
    """Words that name what is counted, of the last question that names it."""
    for clause in reversed(asking):
        words: list[str] = []
        found = _COUNTED.search(clause)
        for word in _WORD.findall(found[1].lower() if found else ""):
            if word in FUNCTION_WORDS:
                break
            words.append(word)
        if words:
            return tuple(words[:3])
    return ()


def counts(wanted: Asked, words: str, following: str = "") -> bool:
    """Say whether a number's own unit, or the words after it, name what is counted."""
    counted = [*wanted.counted]
    if {"people", "persons"} & set(counted):
        counted += PERSONS
    near = _BREAK.split(_TOTAL.sub("", following)[:_REACH].lower())[0]
    stems = [word[: max(3, len(word) - 1)] for word in counted]
    return any(re.search(rf"\b{re.escape(stem)}", f"{words.lower()} {near}") for stem in stems)


def fits(detail: Detail, words: str) -> bool:
    """Say whether a number with its unit is of the kind that is asked for."""
    measures = {name for name, unit in MEASURES.items() if re.search(unit, words, re.IGNORECASE)}
    if re.search(r"[£$€¥]", words):
        measures.add("currency")
    if detail == "count":
        return not measures
    if detail == "measure":
        return bool(measures & {"length", "weight", "time"})
    return detail in measures


def _numbers(wanted: Asked, text: str, words: set[str]) -> list[Span]:
    found = [m for m in NUMBER.finditer(text) if _is_news(m.group(), words)]
    dated = {at for m in TIME.finditer(text) for at in range(*m.span())}
    near = [m for m in found if counts(wanted, m.group(), text[m.end() : m.end() + _FOLLOWING])]
    undated = [m for m in found if m.start() not in dated]
    kept = near or _preferred(undated or found, lambda m: fits(wanted.detail, m.group()))
    return [Span(*m.span()) for m in _preferred(kept, lambda m: m.group().lower() != "one")]


def _times(wanted: Asked, text: str, words: set[str]) -> list[Span]:
    found = [m for m in TIME.finditer(text) if _is_news(m.group(), words)]
    if wanted.detail == "year":
        found = _preferred(
            found, lambda m: re.search(r"\d{4}|\d+ (?:bc|ad)|cent", m[0]) is not None
        )
    return [Span(*m.span()) for m in found]


def _names(wanted: Asked, text: str, words: set[str]) -> list[Span]:
    found = [span for m in NAME.finditer(text) if (span := _trimmed(m, text, words)) is not None]
    if wanted.detail == "person":
        return _preferred(found, lambda span: not _leads(WITHIN, text, span.start))
    if wanted.detail != "place":
        return found
    found = _preferred(found, lambda span: not DEMONYM.fullmatch(span.of(text)))
    placed = [span for span in found if _leads(PLACE_LEAD, text, span.start)]
    return _with_lists(placed, found, text) or found


def _leads(pattern: re.Pattern[str], text: str, end: int) -> bool:
    return pattern.search(text, max(0, end - _LEADING), end) is not None


def _with_lists(chosen: list[Span], found: list[Span], text: str) -> list[Span]:
    """Add the names that a comma or an "and" joins to a chosen one before them."""
    kept = set(chosen)
    for one, other in pairwise(found):
        if one in kept and re.fullmatch(
            r"(?:,|,? and|,? or) (?:the )?", text[one.end : other.start]
        ):
            kept.add(other)
    return sorted(kept)


def _trimmed(found: re.Match[str], text: str, words: set[str]) -> Span | None:
    """Cut the question's words and a sentence's opening word off a name."""
    start, end = found.span()
    parts = list(re.finditer(r"\S+", found.group()))
    if _leads(_SENTENCE_START, text, start):
        first = parts[0].group()
        is_opening = first.lower() in FUNCTION_WORDS and first != "The"
        if is_opening or _OPENER.fullmatch(first):
            parts = parts[1:]
    if all(_is_asked(part.group(), words | ROLES) for part in parts):
        return None
    lead = list(takewhile(lambda part: _is_asked(part.group(), words), parts))
    if any(_bare(part.group()) in ROLES for part in lead):
        parts = parts[len(lead) :]
    if all(_bare(part.group()) in _NO_NAMES or _is_adjective(part.group()) for part in parts):
        return None
    start, end = start + parts[0].start(), start + parts[-1].end()
    possessive = _POSSESSIVE.search(text[start:end])
    return Span(start, end - len(possessive.group()) if possessive else end)


def _reasons(wanted: Asked, text: str) -> list[Span]:
    if wanted.detail != "reason":
        return []
    return [Span(*found.span()) for found in REASON.finditer(text)]


def _is_asked(word: str, words: set[str]) -> bool:
    """Say whether a word is one of the question's, however it is inflected or spelt."""
    bare = _bare(word)
    if bare in words or bare in FUNCTION_WORDS:
        return True
    return len(bare) > 4 and any(
        abs(len(bare) - len(other)) < 3
        and damerau_levenshtein_distance(bare, other) <= (1 if len(bare) < 8 else 2)
        for other in words
        if len(other) > 4
    )


def _bare(word: str) -> str:
    return "".join(_WORD.findall(_POSSESSIVE.sub("", word.lower())))


def _is_adjective(word: str) -> bool:
    """Tell "Ukrainian-designed" from a name."""
    return re.fullmatch(r"[A-Z]\w*-[a-z]\w+", word) is not None


def _is_news(words: str, asked_words: set[str]) -> bool:
    found = [word.lower() for word in _WORD.findall(words)]
    return any(word not in asked_words and word not in FUNCTION_WORDS for word in found)


def _preferred(found: list[T], is_better: Callable[[T], bool]) -> list[T]:
    """Keep the better ones, or all if there are none."""
    return [one for one in found if is_better(one)] or found
