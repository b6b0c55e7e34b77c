"""Text of a PDF's page -> stretches of it that stand on one line each.

pdfium begins a new line after an exponent, and may set a large first letter in the middle of
another line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.readers.pdf_page import TextPage

LARGE = 1.7
"""Times that an initial is higher than the letters beside it."""
MAX_TURNED = 0.5
"""Share of a page's characters up to which those that are turned are a stamp."""

_LINE = re.compile("([^\n\r\ufffe]+)(\ufffe)?")
"""pdfium writes a noncharacter for a hyphen at a line's end together with that end."""
_ALONE = re.compile(r"\s[“‘\"'«]?[^\W\d_a-z](?=\s)")
_FIRST = re.compile(r"\s*[“‘\"'«]?[^\W\d_a-z](?=\s?\w)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a page's text that stand on one line."""

    start: int
    end: int
    is_broken: bool = False
    column: int | None = None
    """From the left; None if it crosses a gutter."""


def stretches_of(page: TextPage) -> list[Stretch]:
    """Give the stretches of a page in their order, without stamps and watermarks."""
    found = [
        Stretch(line.start(1), line.end(1), is_broken=line[2] is not None)
        for line in _LINE.finditer(page.text)
    ]
    written = [
        one for stretch in found for one in _cut(page, stretch) if page.ends(one.start, one.end)
    ]
    return list(_joined(page, _without_stamps(page, written)))


def _cut(page: TextPage, stretch: Stretch) -> Iterator[Stretch]:
    """Cut a large letter out of a stretch."""
    start = stretch.start
    first = _FIRST.match(page.text, start, stretch.end)
    places = [first.span()] if first else []
    places += [found.span() for found in _ALONE.finditer(page.text, start, stretch.end)]
    for begin, end in places:
        if begin >= start and _is_large(page, end - 1, stretch):
            yield Stretch(start, begin)
            yield Stretch(begin, end)
            start = end
    yield replace(stretch, start=start) if start > stretch.start else stretch


def _is_large(page: TextPage, at: int, stretch: Stretch) -> bool:
    """Say whether a letter is much larger than the one after it, or else the one before."""
    after = page.text[at + 1 : stretch.end]
    before = page.text[stretch.start : at].rstrip(" “‘\"'«")
    if after.strip():
        other = stretch.end - len(after.lstrip())
    elif before:
        other = stretch.start + len(before) - 1
    else:
        return False
    return page.height(at) > LARGE * page.height(other)


def _without_stamps(page: TextPage, stretches: list[Stretch]) -> list[Stretch]:
    """Leave out what is written slantwise, and what is turned and stands outside of the text."""
    places = {
        stretch: ends for stretch in stretches if (ends := page.ends(stretch.start, stretch.end))
    }
    turned = {one for one, ends in places.items() if _may_be_turned(page, *ends)}
    angles = {one: page.angle(places[one][0]) for one in turned}
    turned = {one for one, angle in angles.items() if 1 < angle < 359}
    chars = sum(one.end - one.start for one in turned)
    if not turned or chars > MAX_TURNED * sum(one.end - one.start for one in stretches):
        return stretches
    left = min(page.box(ends[0])[0] for one, ends in places.items() if one not in turned)
    right = max(page.box(ends[1])[2] for one, ends in places.items() if one not in turned)
    gone = {
        one
        for one in turned
        if 5 < angles[one] % 90 < 85 or not left < page.box(places[one][0])[0] < right
    }
    return [one for one in stretches if one not in gone]


def _may_be_turned(page: TextPage, first: int, last: int) -> bool:
    return first == last or abs(page.box(first)[1] - page.box(last)[1]) > 0.3 * page.height(first)


def _joined(page: TextPage, stretches: list[Stretch]) -> Iterator[Stretch]:
    """Take stretches together that stand on one line, one right after the other."""
    before: Stretch | None = None
    for stretch in stretches:
        if before is not None and _is_continued(page, before, stretch):
            before = Stretch(before.start, stretch.end, stretch.is_broken)
            continue
        if before is not None:
            yield before
        before = stretch
    if before is not None:
        yield before


def _is_continued(page: TextPage, stretch: Stretch, following: Stretch) -> bool:
    ends = page.ends(stretch.start, stretch.end)
    others = page.ends(following.start, following.end)
    if stretch.is_broken or ends is None or others is None:
        return False
    last, first = ends[1], others[0]
    _, low, right, high = page.box(last)
    left, bottom, _, top = page.box(first)
    heights = high - low, top - bottom
    if min(heights) <= 0 or max(heights) > LARGE * min(heights):
        return False
    is_parted = page.text[stretch.end - 1].isspace() or page.text[following.start].isspace()
    gap = (left - right) / max(heights)
    is_level = min(high, top) - max(low, bottom) > 0.5 * min(heights)
    return is_level and -0.2 < gap < (0.6 if is_parted else 0.15)
