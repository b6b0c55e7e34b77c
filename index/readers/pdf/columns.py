"""Stretches of a PDF's page -> the same, each column whole before the next."""

from collections.abc import Iterator
from itertools import pairwise

from index.readers.pdf.page import TextPage
from index.readers.pdf.stretches import Stretch

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


def in_columns(page: TextPage, stretches: list[Stretch]) -> list[Stretch]:
    """Put the columns one after another, where the page has any."""
    if len(stretches) >= MIN_COLUMN_LINES and (gutters := _gutters(page)):
        return _by_column(page, stretches, gutters)
    return stretches


def _gutters(page: TextPage) -> list[float]:
    """Find where white parts a page's text from top to bottom, but for a few lines."""
    boxes = [box for box in page.stretches() if box[2] - box[0] > 1]
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


def _by_column(page: TextPage, runs: list[Stretch], gutters: list[float]) -> list[Stretch]:
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
    ordered: list[Stretch] = []
    band: list[Stretch] = []
    for piece in [*parted, None]:
        if piece is not None and piece.column is not None:
            band.append(piece)
            continue
        # What crosses a gutter parts what stands above it from what stands below.
        ordered += sorted(band, key=lambda one: one.column or 0)
        band = []
        ordered += [piece] if piece else []
    return ordered


def _parted(page: TextPage, run: Stretch, gutters: list[float]) -> Iterator[Stretch]:
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
            yield Stretch(start, run.end, run.is_broken, number)
            return
        if left >= gutter - 1:
            continue
        cut = _first_beyond(page, start, end, gutter)
        before = cut
        while before > start and text[before - 1].isspace():
            before -= 1
        if start < before and page.box(cut)[0] - page.box(before - 1)[2] >= MIN_GUTTER - 1:
            yield Stretch(start, before, column=number)
            start, left = cut, page.box(cut)[0]
        else:
            yield Stretch(start, run.end, run.is_broken, None)
            return
    yield Stretch(start, run.end, run.is_broken, len(gutters))


def _first_beyond(page: TextPage, start: int, end: int, gutter: float) -> int:
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
