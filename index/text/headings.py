"""Article -> what stands above a place: its headings, Flat 3 › Lease, and its columns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.types import Article

MOST = 3
"""Headings of a path, the nearest ones."""
MAX_CHARS = 80
"""Of one heading in a path."""
MOST_ROWS = 500
"""Of a table, above a row of it; further down nobody looks for its columns."""
MAX_ROW = 2_000
"""Characters of a row; a longer line is none."""
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
    end: int
    """Of its line: what stands on it isn't below it."""
    rank: int
    words: str


def path_at(article: Article, place: int) -> tuple[str, ...]:
    """Give the headings under which a place of an article stands, the outermost first.

    Only marked ones: by `#`, underlined, or bold on a line of their own. The title is none.
    """
    ends, paths = _paths(article.text)
    path = paths[bisect_left(ends, place)]
    return tuple(one.words for one in path if not _is_apart(article, one))[-MOST:]


def _is_apart(article: Article, heading: _Heading) -> bool:
    """Say whether a heading is the title, or was left out."""
    place, title, omissions = heading.start, article.title_span, article.omissions
    if title is not None and title.start <= place < title.end:
        return True
    if heading.words == article.title and not article.title_is_derived:
        return True
    at = bisect_right(omissions, place, key=lambda one: one.span.start) - 1
    return at >= 0 and place < omissions[at].span.end


@lru_cache(maxsize=64)
def _paths(text: str) -> tuple[list[int], list[tuple[_Heading, ...]]]:
    """Give where the headings end, and the path above the first and below each of them."""
    ends, paths = list[int](), [tuple[_Heading, ...]()]
    for heading in _headings(text):
        ends.append(heading.end)
        paths.append((*(one for one in paths[-1] if one.rank < heading.rank), heading))
    return ends, paths


def _headings(text: str) -> Iterator[_Heading]:
    fence = ""
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
                yield _Heading(found.start(), found.end(), rank, clean)


def columns_above(text: str, place: int) -> str:
    """Give the first row of the table that a place stands in, if it is a later row; else nothing.

    A row is a line with `|` between its cells, as in Markdown, and as tables of pages are written.
    """
    start, end = _row_at(text, place)
    first, header = start, ""
    for _ in range(MOST_ROWS):
        above, below = _row_at(text, first - 1) if first else (0, 0)
        if start == end or above == below:
            break
        first, header = above, text[above:below]
    else:
        return ""
    return " | ".join(cell.strip() for cell in header.strip("- |").split("|"))[:MAX_COLUMNS]


def _row_at(text: str, place: int) -> tuple[int, int]:
    """Give start and end of the line around a place; the same twice where it is no row."""
    start = text.rfind("\n", max(0, place - MAX_ROW), place) + 1
    end = text.find("\n", place, place + MAX_ROW)
    end = len(text) if end < 0 else end
    is_row = end - start <= MAX_ROW and "|" in text[start:end].strip()[1:-1]
    return (start, end) if is_row else (place, place)
