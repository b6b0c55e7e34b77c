"""Lines of a PDF -> the same without the numbers that count them in the margin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from index.readers.pdf.lines import Line, Number

MIN_EACH = 5
"""Numbers on a page where every line has one."""
MIN_SOME = 3
"""Numbers on a page where every fifth line has one, or so."""
MAX_LINES = 80
"""Of a page; greater numbers than its lines and those of the pages before are years."""
MIN_CHARS = 20
"""Mean of the counted lines; what is shorter is a table's."""
MIN_RUN_ON = 0.25
"""Share of the counted lines that begin with a small letter; of the rows of a table few do."""
MIN_FULL = 0.6
"""Share of the counted lines that are nearly as long as the longest; of a list's items few are."""
MANY = 15
"""Counted lines that are no list, however long they are, as those of a hearing."""
MIN_COUNTED = 0.7
"""Share of a page's lines, but for a few, that are counted; where a list stands, they are fewer."""
FEW = 4
"""Lines that stand above or below the counted ones."""
ALIGNED = 2.0
"""Points by which the edges of one column's numbers may differ."""

Pages = Sequence[tuple[int, list[Line]]]
"""Numbers of pages, from 1, and their lines."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number, and the line that it may count or be."""

    number: Number
    line: Line

    def is_aligned(self, other: "_Counted") -> bool:
        one, another = self.number, other.number
        return abs(one.left - another.left) < ALIGNED or abs(one.right - another.right) < ALIGNED


def without_line_numbers(pages: Pages) -> Pages:
    """Leave out the numbers of lines, on both sides of the text.

    They stand in a column outside of it and count by equal steps at equal distances, and the text
    beside them runs on from line to line, as that of no list and no table does.
    """
    return _without_column(_without_column(pages))


def _without_column(pages: Pages) -> Pages:
    candidates = [list(_candidates(lines)) for _, lines in pages]
    found = [
        _column(counted, lines, most=MAX_LINES * at)
        for at, (counted, (_, lines)) in enumerate(zip(candidates, pages, strict=True), start=1)
    ]
    anchors = [column[0] for column in found if column]
    if not anchors:
        return pages
    left: list[tuple[int, list[Line]]] = []
    last = 0
    for column, counted, (number, lines) in zip(found, candidates, pages, strict=True):
        counting = column or list(_continued(counted, anchors, last))
        last = counting[-1].number.value if counting else last
        rests = {one.line: one.number.rest for one in counting}
        kept = (rests.get(line, line) for line in lines)
        left.append((number, [line for line in kept if line is not None]))
    return left


def _candidates(lines: list[Line]) -> Iterator[_Counted]:
    """Find the numbers that may count lines, from the top of the page to its foot."""
    for line in sorted(lines, key=lambda line: -line.bottom):
        if line.words.isdecimal() and len(line.words) <= 4:
            yield _Counted(Number(int(line.words), line.left, line.right, None), line)
        for number in line.numbers:
            yield _Counted(number, line)


def _column(counted: list[_Counted], lines: list[Line], *, most: int) -> list[_Counted]:
    """Find the numbers of a page's lines; none if it has no such column."""
    longest: list[_Counted] = []
    for anchor in counted if len(counted) >= MIN_SOME else []:
        run = _longest_run([one for one in counted if one.is_aligned(anchor)])
        longest = max(longest, run, key=len)
    if len(longest) < MIN_SOME or longest[-1].number.value > most or not _is_even(longest):
        return []
    return longest if _is_beside_text(longest, lines) else []


def _longest_run(aligned: list[_Counted]) -> list[_Counted]:
    """Give the longest run of numbers that grow by the same step."""
    runs: list[list[_Counted]] = [[]]
    step = 0
    for one, other in pairwise(aligned):
        grown = other.number.value - one.number.value
        if grown != step or not runs[-1]:
            runs.append([one])
            step = grown
        runs[-1].append(other)
    return max((run for run in runs if not run or _step(run) > 0), key=len, default=[])


def _step(run: list[_Counted]) -> int:
    return run[1].number.value - run[0].number.value


def _drop(run: list[_Counted]) -> float:
    return median(one.line.bottom - other.line.bottom for one, other in pairwise(run))


def _is_even(run: list[_Counted]) -> bool:
    """Say whether there are enough numbers, at equal distances down the page."""
    usual = _drop(run)
    drops = [one.line.bottom - other.line.bottom for one, other in pairwise(run)]
    even = sum(abs(drop - usual) < 0.2 * usual for drop in drops)
    return len(run) >= (MIN_EACH if _step(run) == 1 else MIN_SOME) and even >= 0.8 * len(drops)


def _is_beside_text(run: list[_Counted], lines: list[Line]) -> bool:
    """Say whether the numbers stand outside of a text, of which they count the lines."""
    rests = {one.line: one.number.rest for one in run}
    high, low = run[0].line.bottom + run[0].line.height, run[-1].line.bottom - run[-1].line.height
    texts = [
        text
        for line in lines
        if low <= line.bottom <= high and (text := rests.get(line, line)) is not None
    ]
    if len(texts) < MIN_SOME:
        return False
    left, right = min(one.number.left for one in run), max(one.number.right for one in run)
    is_outside = any(
        sum(tests) >= 0.9 * len(texts)
        for tests in ([text.left > right for text in texts], [text.right < left for text in texts])
    )
    if not is_outside or _step(run) > 1:
        return is_outside and _is_in_step(run, texts)
    return len(texts) >= MIN_COUNTED * (len(lines) - len(run) - FEW) and _runs_on(texts)


def _runs_on(texts: list[Line]) -> bool:
    """Say whether lines are those of a text that is broken only where they are full."""
    lengths = [len(text.words) for text in texts]
    full = sum(length > 0.75 * max(lengths) for length in lengths)
    is_text = full >= MIN_FULL * len(texts) or len(texts) >= MANY
    small = sum(text.words[0].islower() for text in texts)
    return is_text and fmean(lengths) >= MIN_CHARS and small >= MIN_RUN_ON * len(texts)


def _is_in_step(run: list[_Counted], texts: list[Line]) -> bool:
    """Say whether as many lines lie between two numbers as they are apart."""
    bottoms = sorted({round(text.bottom) for text in texts})
    leadings = [other - one for one, other in pairwise(bottoms) if other - one > 3]
    return bool(leadings) and 0.8 < _drop(run) / (_step(run) * median(leadings)) < 1.25


def _continued(counted: list[_Counted], anchors: list[_Counted], last: int) -> Iterator[_Counted]:
    """Find the numbers of a page with few lines, in the place of those on other pages."""
    following = {1, 5, last + 1, last + 5}
    for one in counted:
        if one.number.value in following and any(map(one.is_aligned, anchors)):
            yield one
            following = {one.number.value + 1, one.number.value + 5}
