"""Text of a PDF's page -> stretches of it that stand on one line each.

pdfium begins a new line after an exponent, sets a large first letter in the middle of another
line, and takes a column of digits for one word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from index.readers.pdf.page import TextPage

LARGE = 1.7
"""Times that an initial is higher than the letters beside it."""
OFF = 0.6
"""Heights by which a character stands off its line, if it is on another one."""
MAX_TURNED = 0.5
"""Share of a page's characters up to which those that are turned are a stamp."""

_LINE = re.compile("([^\n\r\ufffe]+)(\ufffe)?")
"""pdfium writes a noncharacter for a hyphen at a line's end together with that end."""
_INITIAL = re.compile(r"(?<!\w)[“‘\"'«]?[^\W\d_a-z](?=\s|\w|$)")


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
    level = [one for stretch in found for one in _level(page, stretch)]
    if _has_initials(page):
        level = [one for stretch in level for one in _without_initials(page, stretch)]
    return list(_joined(page, _without_stamps(page, level)))


def _level(page: TextPage, stretch: Stretch) -> Iterator[Stretch]:
    """Cut a stretch where it leaves its line, as a column of digits does at each of them."""
    ends = page.ends(stretch.start, stretch.end)
    if ends is None:
        return
    start, last = stretch.start, ends[0]
    for at in range(*ends) if _is_off(page, *ends) else ():
        if page.text[at + 1].isspace():
            continue
        if _leaves(page, last, at + 1):
            yield Stretch(start, at + 1)
            start = at + 1
        last = at + 1
    yield replace(stretch, start=start) if start > stretch.start else stretch


def _leaves(page: TextPage, last: int, at: int) -> bool:
    """Say whether a character is on another line than the last one, or turned as that is not."""
    if page.is_turned(last) or page.is_turned(at):
        return page.is_turned(last) != page.is_turned(at)
    return abs(page.origin(at) - page.origin(last)) > OFF * page.height(at)


def _is_off(page: TextPage, first: int, last: int) -> bool:
    """Say whether one of two characters stands on another line than the other."""
    rise = abs(page.box(first)[1] - page.box(last)[1])
    return rise > 1 and rise > 0.5 * OFF * page.height(last)


def _has_initials(page: TextPage) -> bool:
    """Say whether something on the page is as narrow as a letter, and much higher than a line."""
    boxes = page.stretches()
    usual = median(top - bottom for _, bottom, _, top in boxes) if boxes else 0.0
    return any(
        top - bottom > LARGE * usual and right - left < 2 * (top - bottom)
        for left, bottom, right, top in boxes
    )


def _without_initials(page: TextPage, stretch: Stretch) -> Iterator[Stretch]:
    """Cut the large letters out of a stretch."""
    start = stretch.start
    for found in _INITIAL.finditer(page.text, start, stretch.end):
        if _is_large(page, found.end() - 1, stretch):
            if page.ends(start, found.start()):
                yield Stretch(start, found.start())
            yield Stretch(*found.span())
            start = found.end()
    if page.ends(start, stretch.end):
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
    turned = {one for one, ends in places.items() if ends[0] == ends[1] or _is_off(page, *ends)}
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
