"""A length, and perhaps a pattern -> the texts that cost a regular expression most."""

import random
import re
from collections.abc import Callable, Iterator
from re import _constants as ops
from re import _parser

STRANGER = "\xa4"
"""A character that next to no pattern of ours may end with."""
UNITS = (
    *"aA1 \n\t_-.,'\"“()[]<>/|*#=&;:!$^x",
    "é", "\xa0", "\r\n", "\u00ad\n", "a ", "Aa ", "A. ", "a-", "foo-\nbar", "a\n", " \n",
    "a.", "1,", "1 ", "1-", "a@", "http://", "’s ", "[[", "[a](", "<a ", "<!--",
    "&a", "a, ", "and ", "the ", "May ", "- ", "> ", "**a", "| a", "$1 ", "data:",
    "a_", "a: b\n", "\\",
)  # fmt: skip
"""What fills a text when it is repeated."""
LED = ("a", "1", "_", " ", "\n", "-", ".", "’", "a-")
"""What may also follow a letter."""
_PUMPS = 10
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CATEGORIES = {
    ops.CATEGORY_DIGIT: "1", ops.CATEGORY_SPACE: " \n", ops.CATEGORY_WORD: "aA1_",
    ops.CATEGORY_NOT_DIGIT: "a ", ops.CATEGORY_NOT_SPACE: "a.-", ops.CATEGORY_NOT_WORD: " .-",
}  # fmt: skip

TextOf = Callable[[int], str]
"""A number of characters -> a text of about that many."""


def plain_texts() -> Iterator[tuple[str, TextOf]]:
    """Give each unit repeated, with a stranger at the end; some after a letter, too."""
    for unit in UNITS:
        yield f"{unit!r} repeated", repeated("", unit)
    for unit in LED:
        yield f"{unit!r} repeated after x", repeated("x", unit)


def texts_for(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[tuple[str, TextOf]]:
    """Give the plain texts, then what is made of a pattern's own parts.

    That is a text that it fits, repeated whole, cut short and spaced; and each of its repeats in
    turn at the whole length, once and again and again.
    """
    yield from plain_texts()
    tree = _parser.parse(pattern.pattern, pattern.flags)
    for seed in range(3):
        fitting = Fitting(seed).text(tree)
        for unit in filter(None, (fitting, f"{fitting} ", fitting[:-1])):
            yield f"{unit[:40]!r} repeated", repeated("", unit)
    for at in range(min(_repeats_in(tree), _PUMPS)):
        for seed in range(2):
            yield f"its repeat {at} at length, {seed}", _pumped(tree, at, seed)
            yield f"its repeat {at} at length, {seed}, and again", _again(tree, at, seed)


def repeated(lead: str, unit: str) -> TextOf:
    """Fill a text with a unit, with a stranger at its end."""
    return lambda chars: f"{lead}{unit * (chars // len(unit))}{STRANGER}"


def _pumped(tree: _parser.SubPattern, at: int, seed: int) -> TextOf:
    return lambda chars: Fitting(seed, at, chars).text(tree)[: chars + 100] + STRANGER


def _again(tree: _parser.SubPattern, at: int, seed: int) -> TextOf:
    """Repeat a text in which one repeat is some 30 long, as the bounds of many are."""
    unit = Fitting(seed, at, 30).text(tree) or "a"
    return lambda chars: unit * (chars // len(unit) + 1) + STRANGER


def _repeats_in(tree: object) -> int:
    """Count the repeats anywhere in a parse tree, or in one argument of a part of it."""
    if isinstance(tree, _parser.SubPattern):
        inner = [(op in _REPEATS) + _repeats_in(argument) for op, argument in tree]
        return sum(inner)
    if isinstance(tree, list | tuple):
        return sum(_repeats_in(part) for part in tree)
    return 0


class Fitting:
    """Writes a text that a pattern fits, by chance; one of its repeats may be `chars` long."""

    def __init__(self, seed: int, pumped: int = -1, chars: int = 0) -> None:
        self._chance = random.Random(seed)
        self._pumped = pumped
        self._chars = chars
        self._seen = 0
        self._groups: dict[int, str] = {}

    def text(self, tree: _parser.SubPattern) -> str:
        """Write one text."""
        return "".join(self._part(op, argument) for op, argument in tree)

    def _part(self, op: object, argument: object) -> str:
        if op in _REPEATS:
            return self._repeat(*argument)
        writers = {
            ops.LITERAL: chr,
            ops.NOT_LITERAL: lambda code: "b" if code == ord("a") else "a",
            ops.ANY: lambda _: self._chance.choice("a -"),
            ops.IN: self._one_of,
            ops.BRANCH: lambda branches: self.text(self._chance.choice(branches[1])),
            ops.SUBPATTERN: self._group,
            ops.GROUPREF: lambda group: self._groups.get(group, ""),
            ops.ATOMIC_GROUP: self.text,
            ops.ASSERT: lambda ahead: self.text(ahead[1]) if ahead[0] < 0 else "",
        }
        return writers[op](argument) if op in writers else ""

    def _group(self, argument: tuple) -> str:
        written = self.text(argument[3])
        self._groups[argument[0]] = written
        return written

    def _repeat(self, least: int, most: int, tree: _parser.SubPattern) -> str:
        this, self._seen = self._seen, self._seen + 1
        if this != self._pumped:
            is_left_out = least == 0 and self._chance.random() < 0.4
            return "".join(self.text(tree) for _ in range(0 if is_left_out else max(least, 1)))
        unit = self.text(tree)
        return unit * min(int(most), self._chars // max(1, len(unit)))

    def _one_of(self, members: list) -> str:
        if members[0][0] is ops.NEGATE:
            allowed = re.compile("[^" + "".join(map(_written, members[1:])) + "]")
            return next((one for one in "aA1 -.\n_x,\xa4" if allowed.match(one)), "\xa4")
        op, argument = self._chance.choice(members)
        if op is ops.RANGE:
            return chr(self._chance.choice(argument))
        if op is ops.CATEGORY:
            return self._chance.choice(_CATEGORIES[argument])
        return chr(argument)


def _written(member: tuple) -> str:
    """Write one member of a set as it stands in a pattern."""
    op, argument = member
    if op is ops.RANGE:
        return "-".join(re.escape(chr(code)) for code in argument)
    if op is ops.CATEGORY:
        kind = str(argument).rpartition("_")[2].lower()[0].replace("l", "s")
        return f"\\{kind.upper() if 'NOT' in str(argument) else kind}"
    return re.escape(chr(argument))
