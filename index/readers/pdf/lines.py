"""Page of a PDF -> its lines, in the order in which they are read."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from index.readers.cleaning import cleaned
from index.readers.pdf.columns import in_columns
from index.readers.pdf.page import TextPage
from index.readers.pdf.scripts import written
from index.readers.pdf.stretches import Stretch, stretches_of
from index.readers.scripts import Scripts

MIN_GAP = 0.45
"""White between a line's number and its words, in heights of its font; a blank has 0.25."""

MAX_SPACING = 0.8
"""White between two letters of a word that is set wide, in heights of its font."""

_SPACED = re.compile(r"(?:[^\W_] ){4,}[^\W_]")
_LEADING = re.compile(r"(\d{1,4})\s+(?=\S)")
_TRAILING = re.compile(r"(?<=\S)\s+(\d{1,4})$")


Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, and where they stand, in points; up is more."""

    words: str
    """Clean, without the hyphen that `is_broken` tells of."""
    left: float
    right: float
    bottom: float
    heights: tuple[float, float]
    """Of its first and last characters' boxes, which are as high as their fonts."""
    is_broken: bool
    """A hyphen at its end parts a word."""
    numbers: tuple["Number", ...] = ()
    """At its ends, as far from the other words as the number of a line may be."""

    @property
    def height(self) -> float:
        """Of the higher one of the two; a bullet may be small."""
        return max(self.heights)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at an end of a line, or a line that is nothing else."""

    value: int
    left: float
    right: float
    rest: Line | None
    """The line without it."""


def lines_of(page: Any, scripts: Scripts) -> list[Line]:  # noqa: ANN401, RUF100 - it has no types
    """Give a page's lines, each column whole before the next; empty where it has no text."""
    with closing(page.get_textpage()) as text_page:
        text = TextPage(text_page, page.get_rotation())
        ordered = in_columns(text, stretches_of(text))
        return [line for one in ordered if (line := _line(text, one, scripts, ("left", "right")))]


def _line(
    page: TextPage, stretch: Stretch, scripts: Scripts, sides: tuple[Side, ...]
) -> Line | None:
    """Give the words of a stretch, and the numbers at its sides; None if it has no words."""
    ends = page.ends(stretch.start, stretch.end)
    if ends is None:
        return None
    first, last = ends
    words = cleaned(written(page, stretch.start, stretch.end, scripts))
    if not words:
        return None
    if _SPACED.fullmatch(words):
        words = _unspaced(page, first, last)
    left, bottom, right, top = page.box(first)
    _, low, end, high = page.box(last)
    heights = max(top - bottom, 1.0), max(high - low, 1.0)
    is_raised = (
        heights[0] < 0.95 * heights[1] and page.origin(first) - page.origin(last) > 0.1 * heights[1]
    )
    numbers = tuple(_numbers(page, stretch, scripts, sides))
    foot = low if is_raised else bottom
    return Line(words, left, max(right, end), foot, heights, stretch.is_broken, numbers)


def _unspaced(page: TextPage, first: int, last: int) -> str:
    """Take letters together that are set wide apart, as those of a heading are.

    Digits stay apart, since nothing says that they are those of one number.
    """
    places = [at for at in range(first, last + 1) if not page.text[at].isspace()]
    gaps = [page.box(after)[0] - page.box(at)[2] for at, after in pairwise(places)]
    usual = median(gaps)
    words = page.text[first]
    for gap, (at, after) in zip(gaps, pairwise(places), strict=True):
        are_digits = page.text[at].isdecimal() and page.text[after].isdecimal()
        is_parted = are_digits or gap > max(1.6 * usual, 1.0)
        words += f" {page.text[after]}" if is_parted else page.text[after]
    is_wide = usual > MAX_SPACING * max(page.box(first)[3] - page.box(first)[1], 1.0)
    return " ".join(page.text[at] for at in places) if is_wide else cleaned(words)


def _numbers(
    page: TextPage, stretch: Stretch, scripts: Scripts, sides: tuple[Side, ...]
) -> Iterator[Number]:
    """Find the numbers at the ends of a stretch that more than a blank parts from the rest."""
    first, last = page.ends(stretch.start, stretch.end) or (0, 0)
    for side in sides:
        if side == "left":
            found = _LEADING.match(page.text, first, last + 1)
        else:
            found = _TRAILING.search(page.text, max(first, last - 6), last + 1)
        if not found or (side == "right" and stretch.is_broken):
            continue
        start, end = found.span(1)
        inner, outer = (end - 1, found.end()) if side == "left" else (found.start() - 1, start)
        if page.box(outer)[0] - page.box(inner)[2] > MIN_GAP * page.height(start):
            rest = (
                replace(stretch, start=outer)
                if side == "left"
                else replace(stretch, end=found.start())
            )
            others = tuple(one for one in sides if one != side)
            line = _line(page, rest, scripts, others)
            yield Number(int(found[1]), page.box(start)[0], page.box(end - 1)[2], line)
