"""Lines of a PDF's pages -> its text: paragraphs, without running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.readers.pdf.lines import Line
from index.types import Place

EDGE_LINES = 2
"""Of a page, from its top and from its foot, in which running heads and numbers are looked for."""
MIN_REPEATS = 3
"""Pages, at least, on which a running head stands, unless there are only two."""
MAX_HEAD_CHARS = 120

_DIGITS = re.compile(r"\d+")
_END_NUMBER = re.compile(r"^\d{1,5}(?=\s)|(?<=\s)\d{1,5}$")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[(]\s*+)?(?:page|p\.)?\s*(?P<number>\d{1,5})\s*+(?:(?:of|/)\s*\d{1,5})?(?:\s*[-–—|\])])?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[•‣◦▪●·–—*-]\s+\S|(?P<number>\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_FINISHED = re.compile(r"[.!?…:;][”’\"')\]*»]*\d{0,2}$")
_HYPHEN = re.compile(r"[^\W\d_][-‐]$")

_Key = tuple[str, int]
Pages = Sequence[tuple[int, list[Line]]]
"""Numbers of pages, from 1, and their lines."""


def text_of(pages: Pages) -> tuple[str, tuple[Place, ...]]:
    r"""Join the lines to paragraphs with blank lines between them, and tell where pages begin.

    Inside a paragraph a line's end is a space, or `-\n` where a hyphen parts a word there.
    """
    pieces: list[str] = []
    places: list[Place] = []
    chars = 0
    before: Line | None = None
    for number, lines in pages:
        is_first = True
        parter = _Parter(lines)
        for line in lines:
            gap = "" if before is None else parter.gap(before, line, is_new_page=is_first)
            chars += len(gap)
            if is_first:
                places.append(Place(chars, "page", str(number)))
            pieces += (gap, line.words)
            chars += len(line.words)
            before, is_first = line, False
    if before is not None and before.is_broken:
        pieces.append("-")
    return "".join(pieces), tuple(places)


class _Parter:
    """Knows how the lines of one page are set, and so where its paragraphs end."""

    def __init__(self, lines: list[Line]) -> None:
        drops = [
            one.bottom - other.bottom
            for one, other in pairwise(lines)
            if 0.5 < (one.bottom - other.bottom) / one.height < 2
        ]
        self._leading = median(drops) if drops else 0.0
        self._spread = median([_spread(line) for line in lines]) if lines else 1.0
        self._height = median([line.height for line in lines]) if lines else 1.0
        self._edges = {
            line: edges for run in _runs(lines) for edges in [_edges(run)] for line in run
        }

    def gap(self, before: Line, line: Line, *, is_new_page: bool) -> str:
        """Give what stands between two lines of the text."""
        hyphen = "-" if before.is_broken else ""
        is_word = before.is_broken or (
            _HYPHEN.search(before.words) is not None and line.words[0].islower()
        )
        drop = before.bottom - line.bottom
        is_leap = is_new_page or drop < -0.5 * before.height or drop > 20 * before.height
        parts = self._parts_far(before, line) if is_leap else self._parts(before, line, drop)
        if is_word and (is_leap or not parts or before.is_broken):
            return f"{hyphen}\n"
        return f"{hyphen}\n\n" if parts else " "

    @staticmethod
    def _parts_far(before: Line, line: Line) -> bool:
        """Say whether a paragraph ends where a column or a page does."""
        is_item = _ITEM.match(line.words) is not None
        return is_item or not _is_same_font(before, line) or _is_finished(before)

    def _parts(self, before: Line, line: Line, drop: float) -> bool:
        if drop < 0.3 * before.height:
            return False
        is_large = before.height > 1.15 * self._height
        room = 1.45 * before.height if is_large else 1.3 * self._leading
        if not _is_same_font(before, line) or drop > max(room, 1.1 * before.height):
            return True
        is_finished = _is_finished(before)
        begins = _ITEM.match(line.words)
        if begins and (is_finished or not begins["number"] or _ITEM.match(before.words)):
            return True
        if max(_spread(before), _spread(line)) > 1.5 * self._spread:
            return True
        is_indented = line.left - before.left > 0.7 * line.height
        if is_indented and is_finished and not _ITEM.match(before.words):
            return True
        return self._ends_early(before, line, is_finished=is_finished)

    def _ends_early(self, before: Line, line: Line, *, is_finished: bool) -> bool:
        """Say whether the next word would have found room, so that the line ends on purpose."""
        margin, edge = self._edges.get(before, (before.left, before.right))
        word = line.words.split(maxsplit=1)[0]
        if before.right + (len(word) + 2) * _spread(before) > edge:
            return False
        is_short = before.right - before.left < 0.6 * (edge - before.left)
        is_indented = line.left - margin > 0.7 * line.height
        return is_finished or ((is_short or is_indented) and not line.words[0].islower())


def _is_finished(line: Line) -> bool:
    return not line.is_broken and _FINISHED.search(line.words[-8:]) is not None


def _is_same_font(one: Line, other: Line) -> bool:
    return any(
        0.87 < height / other_height < 1.15
        for height in one.heights
        for other_height in other.heights
    )


def _spread(line: Line) -> float:
    """Mean width of a character, in points."""
    return (line.right - line.left) / len(line.words)


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of one column and of one font each, one below the other."""
    run: list[Line] = []
    for line in lines:
        is_above = bool(run) and line.bottom > run[-1].bottom + 0.5 * line.height
        if run and (is_above or not _is_same_font(run[-1], line)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _edges(run: list[Line]) -> tuple[float, float]:
    """How far to the left and to the right the lines go."""
    return min(line.left for line in run), max(line.right for line in run)


def without_heads(pages: Pages) -> Iterator[tuple[int, list[Line]]]:
    """Leave out what repeats at the edges of pages, and their numbers; a page may end up empty."""
    has_many = len(pages) > 2
    edges = [_edge_lines(number, lines, is_loose=has_many) for number, lines in pages]
    counts = Counter(key for edge in edges for key in set().union(*edge.values()))
    least = MIN_REPEATS if has_many else 2
    for (number, lines), edge in zip(pages, edges, strict=True):
        heads = {
            line
            for line, keys in edge.items()
            if any(counts[key] >= least for key in keys) or _is_number(line.words, number)
        }
        yield number, [line for line in lines if line not in heads] if heads else lines


def _edge_lines(number: int, lines: list[Line], *, is_loose: bool) -> dict[Line, set[_Key]]:
    """Lines in which a running head may be, and what it may have in common on all pages.

    These are its height and its words; where it `is_loose`, and white parts it from the text, its
    words but for numbers, or how far the number at its end is from that of the page.
    """
    rows = _rows(lines)
    most = min(EDGE_LINES, max(1, len(rows) // 3))
    keys: dict[Line, set[_Key]] = {}
    for order in (rows, rows[::-1]):
        apart = 0
        for at, (row, following) in enumerate(pairwise(order[: most + 1]), start=1):
            if abs(row[0].bottom - following[0].bottom) > 1.7 * row[0].height:
                apart = at
        for row in order[: max(apart, 1)]:
            for line in row:
                if len(line.words) <= MAX_HEAD_CHARS and not line.is_broken:
                    common = _common(line.words.casefold(), number if is_loose and apart else None)
                    keys.setdefault(line, {(one, round(line.bottom / 4)) for one in common})
    return keys


def _common(words: str, number: int | None) -> Iterator[str]:
    if number is None:
        yield words
        return
    yield _DIGITS.sub("#", words)
    for found in _END_NUMBER.findall(words):
        yield f"page {int(found) - number:+}"


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines at one height each, from the top of the page to its foot."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < 0.5 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_number(words: str, page: int) -> bool:
    found = _PAGE_NUMBER.fullmatch(words)
    return found is not None and int(found["number"]) == page
