"""Runs of a line, some of them raised or lowered -> its words, in which no two numbers join.

Every reader asks here, so that `20` with a raised `1` reads alike out of a page, a PDF and a Word
file: never `201`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

MAX_CHARS = 40
"""Of a raised or lowered run; a longer one is a text that is only set so."""

Level = Literal["", "super", "sub", "apart"]
"""Words that are set apart, as those of a formula, stay what they are."""

_CONTEXT = 60
"""Characters before a run that say what it is."""
SLASHES = frozenset({"/", "⁄", "∕"})
_FRACTION_REST = re.compile(r"\s?⁄\s?\d")
_FRACTION_BEFORE = re.compile(r"\d\s?⁄\s?$")
_RAISED = str.maketrans("0123456789+-−–()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾")

_BRACKETED = re.compile(r"\[[^\[\]]*\](?:[\s,]*\[[^\[\]]*\])*|\([^()]*\)")
_SIGNED = re.compile(r"[-−–+]\s?\d+(?:[.,/]\d+)?|\d+[-−+]")
"""An exponent with a sign, or a charge."""
_MARK = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*[a-z*†‡]?")
"""One note's number, or those of several."""
_PARTS = re.compile(r"\d+[/⁄∕]\d+")
_SIMPLE = re.compile(r"[\d.,]+|[^\W_]+|[-−–+]?\d+")
_OPERATOR = re.compile(r"[-−–+*/=×·<>]")

_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:['’][^\W\d_]+){0,4}$")
_UNITS = frozenset("km cm mm dm nm pm µm μm um ft yd mi sec kg mol hr".split())
"""Of more than one letter, that are squared and cubed."""
_INCH = re.compile(r"(?:\d\s?|/\s?)in$")
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_VARIABLE = re.compile(r"(?:^|[^\W\d_]?[^\w'’])[b-z]_?\d+$")
_TERM = re.compile(r"(?:[×·*=+−^≈<>⋅]|\d\s?x)\s*(?:\d[\d.,]*|[^\W\d_]{1,3})$")
"""What follows an operator is part of a formula."""
_TERM_REST = re.compile(r"\s*[×·=+−^≈<>⋅]")
_TERM_END = re.compile(r"[×·=+−^≈<>⋅]\s*$")
_FORMULA = re.compile(r"[^\W_]\([a-z]\)$|\((?=[^()]*[\d+*/=×·−-])(?![^()]*[^\W\d_]{3})[^()]+\)$")
_PRICE = re.compile(r"[$€£¥]\s?\d[\d,]*$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![^\W\d_])")
_OPENERS = "([{“‘\"'"
_LETTERED = re.compile(r"[^\W\d_]{2}[a-zß-ÿ]$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line that are set alike."""

    words: str
    level: Level = ""
    is_mark: bool = False
    """It leads to a note, as its link or its name says."""


class Scripts:
    """Writes what is raised or lowered in one document, line by line in their order.

    Marks of notes are left out where they are known as such, and else stand in brackets;
    exponents read `10^6` after a number and `m²` after a letter, indices `CO2`, fractions `5 1⁄2`;
    letters stay as they read: `1st`.
    """

    def __init__(self) -> None:
        self._last_mark = 0

    def line(self, runs: Sequence[Run]) -> str:
        """Write a line."""
        return "".join(self.written(runs))

    def written(self, runs: Sequence[Run]) -> list[str]:
        """Say what is written for each run; those that are neither raised nor lowered stay."""
        said: list[str] = []
        groups = list(_grouped(runs))
        before = ""
        for at, group in enumerate(groups):
            written = [run.words for run in group]
            if group[0].level:
                written = [self._scripted(before, groups, at), *[""] * (len(group) - 1)]
            said += written
            before = (before + "".join(written))[-_CONTEXT:]
        return said

    def _scripted(self, before: str, groups: list[list[Run]], at: int) -> str:
        whole = _words(groups[at])
        words = whole.strip()
        following = groups[at + 1] if at + 1 < len(groups) else []
        after = _words(following) if following and not following[0].level else ""
        if any(run.is_mark for run in groups[at]):
            self._remember(words)
            return _apart(before, "", after)
        if not words or len(words) > MAX_CHARS or groups[at][0].level == "apart":
            return _apart(before, whole, after)
        lead, _, trail = whole.partition(words)
        before, after = before + lead, trail + after
        if _is_over(groups, at):
            written = f" {words}" if before[-1:].isalnum() else words
        elif _is_under(groups, at):
            written = words
        elif groups[at][0].level == "super":
            written = self._raised(before, words, after)
        else:
            written = _lowered(before, words, after)
        return lead + _apart(before, written, after) + trail

    def _raised(self, before: str, words: str, after: str) -> str:
        last = before[-1:]
        if _BRACKETED.fullmatch(words):
            self._remember(words)
            return words
        if not any(map(str.isdigit, words)):
            return _letters(before, words)
        if last.isnumeric():
            return self._on_number(before, words, after)
        return (
            self._on_word(before, words, after)
            if last.isalpha()
            else self._on_sign(before, words, after)
        )

    def _on_number(self, before: str, words: str, after: str) -> str:
        if _SIGNED.fullmatch(words) or not (_MARK.fullmatch(words) or _PARTS.fullmatch(words)):
            return _power(words)
        if _PARTS.fullmatch(words):
            return f" {words}"
        if len(words) == 2 and words.isdecimal() and _PRICE.search(before):
            return f".{words}"
        return _power(words) if self._is_power(before, words, after) else self._mark(words)

    def _is_power(self, before: str, words: str, after: str) -> bool:
        """Say whether a number on a number is an exponent; a note's number is nearer in prose."""
        if not words.isdecimal():
            return False
        if _TERM.search(before) or _TERM_REST.match(after) or _VARIABLE.search(before):
            return True
        return _TEN.search(before) is not None and int(words) != self._last_mark + 1

    def _on_word(self, before: str, words: str, after: str) -> str:
        found = _WORD.search(before)
        word = found[0] if found else before[-1:]
        is_term = bool(_TERM.search(before) or _TERM_REST.match(after))
        is_unit = words in ("2", "3") and (word in _UNITS or _INCH.search(before) is not None)
        is_greek = len(word) == 2 and "α" <= word[-1] <= "ω"
        is_variable = is_greek or (len(word) == 1 and (word not in "aAI" or is_term))
        if is_variable or is_unit or (is_term and len(word) < 4) or _SIGNED.fullmatch(words):
            raised = words.translate(_RAISED)
            return raised if not any(c.isascii() for c in raised) else _power(words)
        return self._mark(words) if _MARK.fullmatch(words) else _power(words)

    def _on_sign(self, before: str, words: str, after: str) -> str:
        """Write a number on white space, or on a sign that ends a sentence, a quote or a term."""
        if _SIGNED.fullmatch(words) or _FORMULA.search(before):
            return _power(words)
        is_first = not before[-1:].strip() or before[-1] in _OPENERS
        if is_first and _ELEMENT.match(after) and words.isdecimal():
            return words.translate(_RAISED)
        if not _MARK.fullmatch(words) or _TERM_END.search(before):
            return words
        return self._mark(words) + (" " if is_first and after[:1].isalnum() else "")

    def _mark(self, words: str) -> str:
        self._remember(words)
        return f"[{words}]"

    def _remember(self, words: str) -> None:
        numbers = re.findall(r"[0-9]{1,3}", words)
        self._last_mark = int(numbers[-1]) if numbers else self._last_mark


def _grouped(runs: Sequence[Run]) -> list[list[Run]]:
    """Take runs together that are set alike."""
    return [list(group) for _, group in groupby(runs, key=lambda run: run.level)]


def _words(group: list[Run]) -> str:
    return "".join(run.words for run in group)


def _is_over(groups: list[list[Run]], at: int) -> bool:
    """Say whether a raised number is the upper one of a fraction."""
    rest = groups[at + 1 : at + 3]
    if not _is_number(groups[at], "super") or not rest:
        return False
    is_parted = _words(rest[0]).strip() in SLASHES
    is_whole = is_parted and len(rest) > 1 and _is_number(rest[1], "sub")
    return is_whole or _FRACTION_REST.match(_words(rest[0])) is not None


def _is_under(groups: list[list[Run]], at: int) -> bool:
    """Say whether a lowered number is the lower one of a fraction."""
    if not at or not _is_number(groups[at], "sub"):
        return False
    slash = _words(groups[at - 1])
    is_whole = at > 1 and slash.strip() in SLASHES and _is_number(groups[at - 2], "super")
    return is_whole or _FRACTION_BEFORE.search(slash) is not None


def _is_number(group: list[Run], level: Level) -> bool:
    return group[0].level == level and _words(group).strip().isdecimal()


def _apart(before: str, words: str, after: str) -> str:
    """Keep digits at either end from joining those around them."""
    if not words:
        return " " if before[-1:].isnumeric() and after[:1].isnumeric() else ""
    start = " " if before[-1:].isnumeric() and words[0].isnumeric() else ""
    end = " " if words[-1].isnumeric() and after[:1].isnumeric() else ""
    return start + words + end


def _power(words: str) -> str:
    plain = words.replace("−", "-").replace("–", "-").replace(" ", "")
    return f"^{plain}" if _SIMPLE.fullmatch(plain) or plain[-1] in "+-" else f"^({plain})"


def _letters(before: str, words: str) -> str:
    """Write what is raised and has no digit in it."""
    if any(map(str.isspace, words)) and before[-1:].isalnum():
        return f" {words}"
    if len(words) > 1 or not "a" <= words <= "z":
        return words
    is_on_number = before[-1:].isdigit()
    if is_on_number and words in "nkx":
        return f"^{words}"
    is_mark = words in "abcfg" if is_on_number else _LETTERED.search(before) is not None
    return f"[{words}]" if is_mark else words


def _lowered(before: str, words: str, after: str) -> str:
    """Write what is lowered: `CO2`, but `log_2 8` and `101_2`."""
    last = before[-1:]
    if _OPERATOR.search(words) and last.isalnum():
        return f"_({words})"
    has_digits = any(map(str.isdigit, words))
    is_joined = last.isnumeric() or (words[-1].isnumeric() and after[:1].isnumeric())
    return f"_{words}" if has_digits and is_joined and last.strip() else words
