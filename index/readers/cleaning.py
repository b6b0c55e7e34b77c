"""Text out of a file's layout -> words as a person reads them, and blocks of them -> a text."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from index.types import Place

_CONTROL = ("Cc", "Cf", "Co", "Cs", "Cn")
_KEPT = "\u200c\u200d"
"""Letters of some scripts and emoji are joined and parted by what is no letter itself."""
_SPELLED = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\uf0b7": "•",
    "\uf0a7": "▪",
}
_SPELLED_ANY = re.compile(f"[{''.join(_SPELLED)}]")


def cleaned(raw: str) -> str:
    """Put words on one line: ligatures written out, what is no letter or sign left out."""
    if not raw.isprintable() or _SPELLED_ANY.search(raw):
        raw = _SPELLED_ANY.sub(lambda found: _SPELLED[found[0]], raw)
        raw = "".join(_drawn(raw))
    return " ".join(raw.split())


def _drawn(raw: str) -> Iterator[str]:
    for character in raw:
        if character.isprintable() or character in _KEPT:
            yield character
        elif character.isspace():
            yield " "
        elif unicodedata.category(character) not in _CONTROL:
            yield character


class Blocks:
    """Paragraphs, headings, items and rows, one after another, on their way to be a text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._run = ""
        self.chars = 0
        """Length of the text so far."""

    def add(self, words: str, *, run: Literal["", "list", "table"] = "") -> None:
        """Add a block of cleaned words; no blank line parts blocks of one run, as of a list."""
        if not words:
            return
        gap = "" if not self._pieces else "\n" if run and run == self._run else "\n\n"
        self._pieces.append(gap + words)
        self.chars += len(gap) + len(words)
        self._run = run

    def open_chapter(self, name: str) -> None:
        """Let a chapter begin at the next block."""
        start = self.chars + (2 if self._pieces else 0)
        if self._places and self._places[-1].start >= start:
            self._places.pop()
        self._places.append(Place(start, "chapter", name))
        self._run = ""

    def text(self) -> str:
        """Give the blocks with blank lines between them."""
        return "".join(self._pieces)

    def places(self) -> tuple[Place, ...]:
        """Give the chapters that have words."""
        return tuple(place for place in self._places if place.start < self.chars)
