"""Page of a PDF -> its characters, and where they stand as the page is seen."""

import math
import re
from bisect import bisect_left
from ctypes import c_double
from typing import Any

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_TURNED = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""Quarter turns clockwise of a page, as rows of a matrix."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points; up is more."""


class TextPage:
    """A page's text, and where its characters stand."""

    def __init__(self, text_page: Any, turn: int) -> None:  # noqa: ANN401, RUF100 - it has no types
        from pypdfium2 import raw

        self._raw = raw
        self._page = text_page
        self._rectangle = raw.FS_RECTF()
        self._rotation = turn
        self._turn = _TURNED.get(turn)
        self._stretches: list[Box] | None = None
        self._ends: dict[tuple[int, int], tuple[int, int] | None] = {}
        self._boxes: dict[int, Box] = {}
        self._origins: dict[int, float] = {}
        self.text: str = text_page.get_text_range()
        self._wide = [found.start() for found in _WIDE.finditer(self.text)]
        """Characters that pdfium counts as two."""
        last = len(self.text) + len(self._wide) - 1
        self._is_straight = last >= 0 and self._at(last) == last
        """None of its characters is missing from the text, so that both are numbered alike."""

    def ends(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the first and the last drawn characters of a stretch are; None if it has none."""
        key = (start, end)
        if key not in self._ends:
            raw = self.text[start:end]
            words = raw.strip()
            first = start + raw.index(words[0]) if words else start
            self._ends[key] = (first, first + len(words) - 1) if words else None
        return self._ends[key]

    def box(self, at: int) -> Box:
        """Where a character stands; it is as high as its font."""
        known = self._boxes.get(at)
        if known is None:
            box = self._rectangle
            if self._raw.FPDFText_GetLooseCharBox(self._page, self._number(at), box):
                known = self._seen((box.left, box.bottom, box.right, box.top))
            else:
                known = (0.0, 0.0, 0.0, 0.0)
            self._boxes[at] = known
        return known

    def height(self, at: int) -> float:
        """How high the font of a character is."""
        _, bottom, _, top = self.box(at)
        return max(top - bottom, 1.0)

    def origin(self, at: int) -> float:
        """How high the line lies that a character stands on."""
        known = self._origins.get(at)
        if known is None:
            x, y = c_double(), c_double()
            self._raw.FPDFText_GetCharOrigin(self._page, self._number(at), x, y)
            known = self._origins[at] = self._seen((x.value, y.value, x.value, y.value))[1]
        return known

    def ink(self, at: int) -> tuple[float, float]:
        """How high the ink of a character begins over its line, and how high it is."""
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        self._raw.FPDFText_GetCharBox(self._page, self._number(at), left, right, bottom, top)
        seen = self._seen((left.value, bottom.value, right.value, top.value))
        return seen[1] - self.origin(at), seen[3] - seen[1]

    def angle(self, at: int) -> float:
        """By how many degrees a character is turned, 0 to 360."""
        angle = self._raw.FPDFText_GetCharAngle(self._page, self._number(at))
        return (math.degrees(max(angle, 0.0)) + self._rotation) % 360

    def is_turned(self, at: int) -> bool:
        """Say whether a character does not stand upright."""
        return 1 < self.angle(at) < 359

    def stretches(self) -> list[Box]:
        """Where each stretch stands that was written in one go."""
        if self._stretches is None:
            count = self._page.count_rects()
            rectangles = map(self._page.get_rect, range(count))
            self._stretches = [self._seen(one) for one in rectangles]
        return self._stretches

    def _number(self, at: int) -> int:
        unit = at + bisect_left(self._wide, at) if self._wide else at
        return unit if self._is_straight else self._at(unit)

    def _at(self, unit: int) -> int:
        return int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, unit))

    def _seen(self, box: Box) -> Box:
        if self._turn is None:
            return box
        a, b, c, d = self._turn
        left, bottom, right, top = box
        across = (a * left + b * bottom, a * right + b * top)
        up = (c * left + d * bottom, c * right + d * top)
        return min(across), min(up), max(across), max(up)
