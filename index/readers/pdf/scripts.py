"""Numbers on a page of a PDF -> which of their digits are drawn raised or lowered."""

import re
from collections.abc import Iterator
from itertools import groupby

from index.readers.pdf.page import TextPage
from index.readers.scripts import Level, Run, Scripts

MAX_FONTS = 2.2
"""Times that a font is larger than that of its exponents; a larger letter is an initial."""
LEVEL = 0.3
"""Points by which characters of one line may stand higher or lower."""

_NUMBER = re.compile(r"[-−–+]?\d+(?:[.,;–-]\d+)*")


def written(page: TextPage, start: int, end: int, scripts: Scripts) -> str:
    """Give the words of a stretch that stands on one line."""
    runs: list[Run] = []
    for first, last, level in _scripts(page, start, end):
        runs += [Run(_on_line(page.text[start:first])), Run(_on_line(page.text[first:last]), level)]
        start = last
    rest = _on_line(page.text[start:end])
    return scripts.line([*runs, Run(rest)]) if runs else rest


def _on_line(words: str) -> str:
    """Take out the line ends that pdfium sees where a line only goes up or down."""
    return words.replace("\r", "").replace("\n", "")


def _scripts(page: TextPage, start: int, end: int) -> Iterator[tuple[int, int, Level]]:
    """Find the stretches that are raised or lowered."""
    for found in _NUMBER.finditer(page.text, start, end):
        digits = [at for at, sign in enumerate(found[0], found.start()) if sign.isdigit()]
        others = list(_neighbours(page, (start, end), found.span()))
        if _are_level(page, [*digits, *others]) and not _is_small(page, digits[-1]):
            continue
        if page.is_turned(digits[0]):
            return  # turned letters stand one above the other
        base = _base(page, digits, others)
        levels = {at: _level(page, at, base) for at in digits}
        spread = list(_spread(page, found.span(), levels, base))
        for level, group in groupby(spread, key=lambda pair: pair[1]):
            places = [at for at, _ in group]
            if level:
                yield places[0], places[-1] + 1, level


def _neighbours(page: TextPage, around: tuple[int, int], number: tuple[int, int]) -> Iterator[int]:
    """Find the characters that are drawn before and after a number."""
    before = number[0] - 1
    while before >= around[0] and page.text[before].isspace():
        before -= 1
    if before >= around[0]:
        yield before
    after = number[1]
    while after < around[1] and page.text[after].isspace():
        after += 1
    if after < around[1]:
        yield after


def _are_level(page: TextPage, places: list[int]) -> bool:
    origins = [page.origin(at) for at in places]
    return max(origins) - min(origins) < LEVEL


def _is_small(page: TextPage, at: int) -> bool:
    """Say whether a digit is much smaller than its font, as raised and lowered ones may be."""
    return page.ink(at)[1] < 0.5 * page.height(at)


def _base(page: TextPage, digits: list[int], others: list[int]) -> int:
    """Find the character over which the others are raised: the first of those that are largest."""
    most = MAX_FONTS * max(map(page.height, digits))
    fitting = [at for at in others if page.height(at) < most]
    candidates = sorted([*digits, *fitting])
    largest = max(map(page.height, candidates))
    return next(at for at in candidates if page.height(at) > 0.95 * largest)


def _level(page: TextPage, at: int, base: int) -> Level:
    height = page.height(base)
    size, rise = page.height(at) / height, (page.origin(at) - page.origin(base)) / height
    if size < 0.95 and (rise > 0.1 or rise < -0.04):
        return "super" if rise > 0 else "sub"
    if abs(rise) > 0.2:
        return "apart"  # of a fraction, or of another line
    # A font may have small digits of its own, raised and lowered, on the same line.
    foot, ink = page.ink(at)
    if ink > 0.5 * height:
        return ""
    return "super" if foot > 0.15 * height else "sub" if foot < -0.06 * height else ""


def _spread(
    page: TextPage, number: tuple[int, int], levels: dict[int, Level], base: int
) -> Iterator[tuple[int, Level]]:
    """Give each character of a number its level; a sign has that of the digits it belongs to."""
    for at in range(*number):
        if at in levels:
            yield at, levels[at]
            continue
        before, after = levels.get(at - 1, ""), levels.get(at + 1, "")
        is_off = abs(page.origin(at) - page.origin(base)) > 0.1 * page.height(base)
        yield at, after if is_off or before == after else ""
