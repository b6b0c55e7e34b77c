"""Article -> what stands above a place: its headings, Flat 3 › Lease, and its columns."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from index.types import Article, Span

MOST = 3
"""Headings of a path, the nearest ones."""
MAX_CHARS = 80
"""Of one heading in a path."""
MOST_ROWS = 500
"""Of a table, above a row of it; further down nobody looks for its columns."""
MAX_COLUMNS = 200
"""Characters of the names of columns."""

_MARKED = re.compile(
    r"^[ ]{0,3}(?:"
    r"(?P<fence>```|~~~)"
    r"|(?P<marks>\#{1,6})[ \t]++(?P<words>[^\n]{1,300})"
    r"|(?P<bold>\*\*|__)(?P<bold_words>[^\s*_][^\n*_]{0,100})(?P=bold):?[ \t]*$"
    r"|(?P<lined>[^\s#>|*+=-][^\n]{0,99})\n[ ]{0,3}(?P<line>=++|-{2,}+)[ \t]*$"
    r")",
    re.MULTILINE,
)
_BOLD_RANK = 7
_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)")
_MARKS = re.compile(r"[*`]++|(?<!\w)_++|_++(?!\w)|(?<![ \t])[ \t]++\#++[ \t]*$")


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    rank: int
    words: str


def path_at(article: Article, place: int) -> tuple[str, ...]:
    """Give the headings under which a place of an article stands, the outermost first.

    Only marked ones: by `#`, underlined, or bold on a line of their own. The title is none.
    """
    headings = _headings(article.text)
    path: list[_Heading] = []
    for heading in headings[: bisect_left(headings, place, key=lambda one: one.start)]:
        if not _is_apart(article, heading.start):
            path = [*(one for one in path if one.rank < heading.rank), heading]
    return tuple(one.words for one in path[-MOST:])


def _is_apart(article: Article, place: int) -> bool:
    """Say whether a heading is the title, or was left out."""
    at = Span(place, place + 1)
    title = article.title_span
    return (title is not None and title.overlaps(at)) or any(
        omission.span.overlaps(at) for omission in article.omissions
    )


@lru_cache(maxsize=64)
def _headings(text: str) -> tuple[_Heading, ...]:
    headings, fence = [], ""
    for found in _MARKED.finditer(text):
        if found["fence"]:
            fence = "" if fence == found["fence"] else fence or found["fence"]
        elif not fence:
            words = found["words"] or found["bold_words"] or found["lined"]
            rank = len(found["marks"] or "") or _BOLD_RANK
            if found["line"]:
                rank = 1 if found["line"][0] == "=" else 2
            words = _MARKS.sub("", _LINK.sub(r"\1", words))
            clean = " ".join(words.split())[:MAX_CHARS].strip()
            if clean:
                headings.append(_Heading(found.start(), rank, clean))
    return tuple(headings)


def columns_above(text: str, place: int) -> str:
    """Give the first row of the table that a place stands in, if it is a later row; else nothing.

    A row is a line with `|` between its cells, as in Markdown, and as tables of pages are written.
    """
    start = text.rfind("\n", 0, place) + 1
    first = start
    for _ in range(MOST_ROWS):
        if not first or not _is_row(text, first):
            break
        above = text.rfind("\n", 0, first - 1) + 1
        if not _is_row(text, above):
            break
        first = above
    if first == start or not _is_row(text, start):
        return ""
    cells = text[first : text.find("\n", first)].strip("- |").split("|")
    return " | ".join(cell.strip() for cell in cells)[:MAX_COLUMNS]


def _is_row(text: str, start: int) -> bool:
    end = text.find("\n", start)
    return "|" in text[start : len(text) if end < 0 else end].strip()[1:-1]
