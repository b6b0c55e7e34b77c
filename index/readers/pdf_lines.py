"""Page of a PDF -> its lines, in the order in which they are read."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from index.readers.cleaning import cleaned

MIN_COLUMN_LINES = 8
"""A page of fewer lines is read as one column."""
MIN_GUTTER = 6
"""Width of the white between two columns, in points."""
MAX_CROSSING = 0.1
"""Share of the rows whose words may cross a gutter, as a headline does."""
MIN_COLUMN_WORDS = 3.5
"""Mean length of a column's lines; below it, the columns are a table's and are read row by row."""
MIN_TURNS = 0.3
"""Turns from column to column, a line; above it, the columns were written row by row."""

_LINE = re.compile("([^\n\r\ufffe]+)(\ufffe)?")
"""pdfium writes a noncharacter for a hyphen at a line's end together with that end."""
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_TURNED = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""Quarter turns clockwise of a page, as rows of a matrix."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


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

    @property
    def height(self) -> float:
        """Of the higher one of the two; a bullet may be small."""
        return max(self.heights)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of a page's text that stand on one line."""

    start: int
    end: int
    is_broken: bool = False
    column: int | None = None
    """From the left; None if it crosses a gutter."""


class _Page:
    """A page's text, and where its characters stand."""

    def __init__(self, text_page: Any, turn: int) -> None:  # noqa: ANN401, RUF100 - it has no types
        from pypdfium2 import raw

        self._raw = raw
        self._page = text_page
        self._rectangle = raw.FS_RECTF()
        self._turn = _TURNED.get(turn)
        self.text: str = text_page.get_text_range()
        self._wide = [found.start() for found in _WIDE.finditer(self.text)]
        """Characters that pdfium counts as two."""

    def box(self, at: int) -> Box:
        """Where a character stands, as the page is seen."""
        unit = at + bisect_left(self._wide, at) if self._wide else at
        number = self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, unit)
        box = self._rectangle
        if not self._raw.FPDFText_GetLooseCharBox(self._page, number, box):
            return 0.0, 0.0, 0.0, 0.0
        return self._seen((box.left, box.bottom, box.right, box.top))

    def boxes(self) -> list[Box]:
        """Where each stretch stands that was written in one go."""
        count = self._page.count_rects()
        return [self._seen(self._page.get_rect(number)) for number in range(count)]

    def _seen(self, box: Box) -> Box:
        if self._turn is None:
            return box
        a, b, c, d = self._turn
        left, bottom, right, top = box
        across = (a * left + b * bottom, a * right + b * top)
        up = (c * left + d * bottom, c * right + d * top)
        return min(across), min(up), max(across), max(up)

    def line(self, run: _Run) -> Line | None:
        """Give the words of a run; None if it has none."""
        raw = self.text[run.start : run.end]
        words = cleaned(raw)
        if not words:
            return None
        first = run.start + len(raw) - len(raw.lstrip())
        left, bottom, right, top = self.box(first)
        last = run.start + len(raw.rstrip()) - 1
        _, low, end, high = self.box(last)
        heights = max(top - bottom, 1.0), max(high - low, 1.0)
        return Line(words, left, max(right, end), bottom, heights, run.is_broken)


def lines_of(page: Any) -> list[Line]:  # noqa: ANN401, RUF100 - pypdfium2 has no types
    """Give a page's lines, each column whole before the next; empty where it has no text."""
    with closing(page.get_textpage()) as text_page:
        written = _Page(text_page, page.get_rotation())
        runs = [
            _Run(found.start(1), found.end(1), is_broken=found[2] is not None)
            for found in _LINE.finditer(written.text)
        ]
        if len(runs) >= MIN_COLUMN_LINES and (gutters := _gutters(written)):
            runs = _by_column(written, runs, gutters)
        return [line for run in runs if (line := written.line(run))]


def _gutters(page: _Page) -> list[float]:
    """Find where white parts a page's text from top to bottom, but for a few lines."""
    boxes = [box for box in page.boxes() if box[2] - box[0] > 1]
    if len(boxes) < MIN_COLUMN_LINES:
        return []
    first = int(min(box[0] for box in boxes))
    width = min(int(max(box[2] for box in boxes)) - first + 2, 4000)
    steps = [0] * (width + 1)
    for left, _, right, _ in boxes:
        steps[min(max(int(left) - first, 0), width)] += 1
        steps[min(max(int(right) + 1 - first, 0), width)] -= 1
    covered, cover = 0, []
    for step in steps[:width]:
        covered += step
        cover.append(covered)
    most = MAX_CROSSING * max(cover)
    return [first + middle for middle in _valleys(cover, most) if 0.15 < middle / width < 0.85]


def _valleys(cover: list[int], most: float) -> Iterator[float]:
    start: int | None = None
    for at, count in enumerate([*cover, int(most) + 1]):
        if count <= most:
            start = at if start is None else start
        elif start is not None:
            if at - start >= MIN_GUTTER:
                yield (start + at) / 2
            start = None


def _by_column(page: _Page, runs: list[_Run], gutters: list[float]) -> list[_Run]:
    """Put the columns one after another if they were written row by row and are no table's."""
    parted = [piece for run in runs for piece in _parted(page, run, gutters)]
    columns = [piece.column for piece in parted if piece.column is not None]
    turns = sum(1 for one, other in pairwise(columns) if one != other)
    if turns < MIN_TURNS * len(columns):
        return runs
    for column in range(len(gutters) + 1):
        pieces = [page.text[p.start : p.end].split() for p in parted if p.column == column]
        if sum(map(len, pieces)) < MIN_COLUMN_WORDS * len(pieces):
            return runs
    ordered: list[_Run] = []
    band: list[_Run] = []
    for piece in [*parted, None]:
        if piece is not None and piece.column is not None:
            band.append(piece)
            continue
        # What crosses a gutter parts what stands above it from what stands below.
        ordered += sorted(band, key=lambda one: one.column or 0)
        band = []
        ordered += [piece] if piece else []
    return ordered


def _parted(page: _Page, run: _Run, gutters: list[float]) -> Iterator[_Run]:
    """Cut a run where it leaps over a gutter."""
    text, start = page.text, run.start
    while start < run.end and text[start].isspace():
        start += 1
    end = run.end
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    left, right = page.box(start)[0], page.box(end - 1)[2]
    for number, gutter in enumerate(gutters):
        if right <= gutter + 1:
            yield _Run(start, run.end, run.is_broken, number)
            return
        if left >= gutter - 1:
            continue
        cut = _first_beyond(page, start, end, gutter)
        before = cut
        while before > start and text[before - 1].isspace():
            before -= 1
        if start < before and page.box(cut)[0] - page.box(before - 1)[2] >= MIN_GUTTER - 1:
            yield _Run(start, before, column=number)
            start, left = cut, page.box(cut)[0]
        else:
            yield _Run(start, run.end, run.is_broken, None)
            return
    yield _Run(start, run.end, run.is_broken, len(gutters))


def _first_beyond(page: _Page, start: int, end: int, gutter: float) -> int:
    """Give the first drawn character from the left that begins beyond the gutter."""
    low, high = start, end - 1
    while low < high:
        middle = (low + high) // 2
        probe = middle
        while probe < high and page.text[probe].isspace():
            probe += 1
        if page.box(probe)[0] >= gutter - 1:
            high = middle
        else:
            low = probe + 1
    while low < end - 1 and page.text[low].isspace():
        low += 1
    return low
