"""question -> the kind of words that would answer it, and where a quote holds such words."""

import re
from typing import Literal

from index.keywords import FUNCTION_WORDS
from index.types import Span

AnswerType = Literal["number", "time", "name", "other"]

_NUMBER_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|twice|once"
)
_NUMBER = re.compile(
    rf"(?:[£$€¥]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|percent|per cent|million|billion|trillion|"
    rf"thousand|hundred|dozen)\b)*|\b(?:{_NUMBER_WORDS})\b(?:[ -](?:{_NUMBER_WORDS})\b)*",
    re.IGNORECASE,
)
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_TIME = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b|"
    rf"{_MONTH}\s+\d{{4}}|(?:1[0-9]|20)\d\d(?:s\b|\b)|{_DAY}|"
    r"(?:\d{1,2}(?:st|nd|rd|th)|\w+teenth|twentieth) century|"
    r"yesterday|today|tomorrow|(?:last|next|this|earlier this) (?:week|month|year|night|spring|"
    r"summer|autumn|fall|winter)|\d+ (?:bc|ad|bce|ce)|"
    r"january|february|march(?= )|april|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*[\w])(?:\s+(?:(?:of|the|de|von|van|al|bin|and|for)\s+)?"
    r"[A-ZÀ-ÖØ-Þ][\w’'-]*)*"
)
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|long|old|far|big|tall|large|high|heavy|fast|often|deep|wide)\b|"
    r"\bwhat (?:share|percentage|percent|proportion|number|fraction|amount|age|price|cost|"
    r"population|size|height|length|distance|speed|temperature)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow many (?P<thing>\w{3,})", re.IGNORECASE)
_REACH = 24
"""Characters after a number in which the thing counted stands: `352 of the drones`."""
_ASKS_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time|season)\b|"
    r"\bhow long ago\b",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\b(?:who|whom|whose|where)\b|\b(?:what|which) (?:country|countries|city|cities|state|"
    r"person|man|woman|company|team|president|minister|university|organi[sz]ation|party|actor|"
    r"actress|singer|author|player|place|nation|river|island|province)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def answer_type(question: str) -> AnswerType:
    """Say what kind of words would answer; `other` where form doesn't tell."""
    if _ASKS_TIME.search(question):
        return "time"
    if _ASKS_NUMBER.search(question):
        return "number"
    if _ASKS_NAME.search(question):
        return "name"
    return "other"


def answering_spans(question: str, text: str, start: int = 0) -> tuple[Span, ...]:
    """Find the words of a text that are of the kind asked for, those of the question left out.

    Returns:
        Spans shifted by `start`, in order, disjoint; none where the kind is `other`.
    """
    kind = answer_type(question)
    if kind == "other":
        return ()
    asked = {word.lower() for word in _WORD.findall(question)}
    pattern = {"number": _NUMBER, "time": _TIME, "name": _NAME}[kind]
    matches = [match for match in pattern.finditer(text) if _is_news(match.group(), asked)]
    return tuple(
        Span(start + match.start() + _opening(match.group(), kind), start + match.end())
        for match in _counting(matches, question, text)
    )


def _counting(matches: list[re.Match[str]], question: str, text: str) -> list[re.Match[str]]:
    """Keep the numbers that stand before what the question counts, if any do."""
    counted = _COUNTED.search(question)
    if counted is None:
        return matches
    stem = counted["thing"][:-1].lower()
    near = [m for m in matches if stem in text[m.end() : m.end() + _REACH].lower()]
    return near or matches


def _opening(words: str, kind: AnswerType) -> int:
    """Length of the sentence's opening ("Then Mark", "But Mark") before a name."""
    skipped = 0
    while kind == "name":
        first, _, rest = words[skipped:].partition(" ")
        if not rest or first == "The" or first.lower() not in FUNCTION_WORDS:
            break
        skipped += len(first) + 1
    return skipped


def _is_news(words: str, asked: set[str]) -> bool:
    found = [word.lower() for word in _WORD.findall(words)]
    return any(word not in asked and word not in FUNCTION_WORDS for word in found)
