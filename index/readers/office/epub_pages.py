"""XHTML page of a book -> blocks of words, and the chapters that begin in it."""

import re
from html.entities import html5
from typing import Any

from index.errors import Unreadable
from index.readers.cleaning import Blocks, cleaned
from index.readers.decoding import decode
from index.readers.lines import one_line
from index.readers.web.scripts import settle

SAFE_PARSING = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
}
"""Options of lxml's parser: nothing outside of the page is read, and no tree is too deep."""

Page = Any
"""Root element of a parsed page; lxml has no types."""

_HEADING = re.compile(rb"<(?:\w+:)?h([1-6])[\s>]", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_PROLOGUE = re.compile(r"(?:(?<!\s)\s+)?<\?xml[^<>]{0,300}\?>")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form header hr html main ol p pre section summary table tbody tfoot thead tr ul
    li h1 h2 h3 h4 h5 h6""".split()
)
_GONE = frozenset(
    "head script style nav svg math object iframe audio video template rt rp noscript".split()
)
_GONE_TYPES = frozenset(
    {"noteref", "pagebreak", "doc-noteref", "doc-pagebreak", "toc", "landmarks"}
)
"""Marks of notes and of pages, by the attributes `epub:type` and `role`."""
_TYPE = "{http://www.idpf.org/2007/ops}type"


def page_of(raw: bytes, *, path: str) -> Page | None:
    """Parse a page; None if it is no text or no page."""
    from lxml import etree

    try:
        return _parsed(decode(raw, path=path, is_page=True).text)
    except (Unreadable, etree.LxmlError):
        return None


def _parsed(text: str) -> Page:
    from lxml import etree

    text = _PROLOGUE.sub("", text, count=1)
    # Named characters are declared outside of the page, and what is outside is never read.
    text = _NAMED.sub(_character, text)
    markup = text.encode("utf-8", "surrogatepass")
    try:
        page = etree.fromstring(markup, etree.XMLParser(encoding="utf-8", **SAFE_PARSING))
    except etree.XMLSyntaxError:
        page = etree.fromstring(markup, etree.HTMLParser(encoding="utf-8", no_network=True))
    if page is not None:
        settle(page, text)
    return page


def headings_in(raw: bytes) -> list[int]:
    """Give the ranks of the headings of a page, 1 to 6, without parsing it."""
    return [int(rank) for rank in _HEADING.findall(raw)]


def write(page: Page, blocks: Blocks, *, level: int, label: str | None) -> None:
    """Add a page's words to a book.

    A chapter begins at the page's start if there is a `label`; else at its first heading and at
    each one of at most the rank `level`.
    """
    from lxml import etree

    writer = _Writer(blocks, level)
    if label:
        blocks.open_chapter(label)
    body = next((element for element in page.iter() if _name(element) == "body"), page)
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start":
            writer.open(element)
        elif event == "end":
            writer.close(element)
        else:
            writer.say(element.tail)
    writer.flush()


class _Writer:
    """Gathers words until their block ends."""

    def __init__(self, blocks: Blocks, level: int) -> None:
        self._blocks = blocks
        self._level = level
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._hidden = 0
        self._rows = 0
        self._items = 0
        self._is_marked = False
        self._has_chapter = False

    def say(self, words: str | None) -> None:
        """Add words to the open block, unless they do not show."""
        if words and not self._hidden:
            self._pieces.append(words)

    def open(self, element: Page) -> None:
        """Go into an element."""
        name = _name(element)
        if self._hidden or not _shows(element, name):
            self._hidden += 1
            return
        if name in _BLOCKS and not self._rows:
            self.flush()
        if name == "tr":
            self._rows += 1
        elif name == "li":
            self._items += 1
            self._is_marked = True
        elif name == "br" or (self._rows and name in _BLOCKS):
            self._pieces.append(" ")
        self.say(element.text)

    def close(self, element: Page) -> None:
        """Come out of an element."""
        name = _name(element)
        if self._hidden:
            self._hidden -= 1
        elif name in ("td", "th") and self._rows == 1:
            self._cells.append(cleaned("".join(self._pieces)))
            self._pieces.clear()
        elif name == "tr":
            self._close_row()
        elif name in _HEADINGS and not self._rows:
            self._close_heading(_HEADINGS[name])
        elif name in _BLOCKS and not self._rows:
            self.flush()
            self._items -= name == "li"
        self.say(element.tail)

    def flush(self) -> None:
        """End the open block."""
        words = cleaned("".join(self._pieces))
        self._pieces.clear()
        if words:
            self._blocks.add(
                f"• {words}" if self._is_marked else words, run="list" if self._items else ""
            )
            self._is_marked = False

    def _close_row(self) -> None:
        self._rows -= 1
        if not self._rows:
            self._blocks.add(" | ".join(filter(None, self._cells)), run="table")
            self._cells.clear()
            self._pieces.clear()

    def _close_heading(self, rank: int) -> None:
        name = one_line(cleaned("".join(self._pieces)))
        if name and (rank <= self._level or not self._has_chapter):
            self._blocks.open_chapter(name)
            self._has_chapter = True
        self.flush()


def _name(element: Page) -> str:
    """Give an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _shows(element: Page, name: str) -> bool:
    if name in _GONE or element.get("hidden") is not None:
        return False
    kinds = f"{element.get(_TYPE, '')} {element.get('role', '')}".split()
    return not any(kind in _GONE_TYPES for kind in kinds)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _XML_NAMES else html5.get(name, f"&amp;{name}")
