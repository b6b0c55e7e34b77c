"""A page's elements -> its blocks, in order: a line for each heading, paragraph, item and row."""

import re
from dataclasses import dataclass
from typing import Literal

from index.readers.web.tags import Tree
from index.readers.web.words import SILENT, leads, lines_of, link_chars, spoken

MAX_CELL_CHARS = 200
"""A table with a longer cell arranges text, and is no table; so does a list of definitions."""
MIN_WRAPPED_CHARS = 50
"""Preformatted lines that are shorter, on average, are verses or code, and keep their ends."""

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rb"
    " rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_BLOCKS = tuple(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table tr td th section article aside header footer"
    " main nav blockquote pre figure figcaption form fieldset details summary address hr center"
    " caption menu dir legend".split()
)
_LISTS = ("ul", "ol", "menu", "dir", "dl")
_ITEMS = frozenset({"li", "dt", "dd"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 2}
_CODE = re.compile(r"[{}]|;\s*$|\(['\"]|^ {4}", re.MULTILINE)

Kind = Literal["heading", "prose", "item", "row", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """Words of a page that stand on lines of their own."""

    words: str
    kind: Kind
    mark: str = ""
    """As in Markdown, before the words: `## `, `  - `, `3. `."""
    links: int = 0
    """Characters of it that are inside of links."""
    group: int = 0
    """Number of the list or table that it is a line of; 0 if of none."""


@dataclass(slots=True)
class Part:
    """An element of the page that holds blocks: those from `start` to before `end`."""

    element: Tree
    parent: int
    """Number of the part around it; -1 for the outermost."""
    start: int
    end: int = 0

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page shows: its blocks, and the elements that hold them, outer ones first."""

    blocks: list[Block]
    parts: list[Part]


def layout_of(tree: Tree) -> Layout:
    """Take a page apart.

    Headings, items and rows are marked as in Markdown, which is how their kind is known later.
    """
    walk = _Walk(_with_blocks(tree))
    walk.through(tree)
    return Layout(walk.blocks, walk.parts)


def _with_blocks(tree: Tree) -> set[Tree]:
    """Elements that are inline by their name and hold a block all the same."""
    found: set[Tree] = set()
    for element in tree.iter(*_BLOCKS):
        around = element.getparent()
        while around is not None and around.tag in _INLINE and around not in found:
            found.add(around)
            around = around.getparent()
    return found


@dataclass(slots=True)
class _Item:
    """A list, as far as it has been walked."""

    indent: str
    group: int
    number: int | None
    """Of the next item; None where items have none."""
    mark: str = ""
    """Due before the next words."""


class _Walk:
    """The page as far as it has been walked."""

    def __init__(self, with_blocks: set[Tree]) -> None:
        self.blocks: list[Block] = []
        self.parts: list[Part] = []
        self._with_blocks = with_blocks
        self._run: list[str] = []
        self._links = 0
        self._in_link = 0
        self._around: list[int] = [-1]
        self._heading = 0
        self._lists: list[_Item] = []
        self._groups = 0

    def through(self, element: Tree) -> None:
        """Walk an element that is a block, and all in it; a parser nests them 255 deep at most."""
        if not self._enter(element):
            self._inside(element)
        self._leave(element)

    def _inside(self, element: Tree) -> None:
        self._say(element.text)
        for child in element:
            tag = child.tag
            if tag in _INLINE:
                self._inline(child)
            elif tag == "br":
                self._run.append("\n")
            elif tag not in SILENT:
                self.through(child)
            self._say(child.tail)

    def _say(self, words: str | None) -> None:
        if words and (self._run or not words.isspace()):
            self._run.append(words.replace("\n", " "))

    def _inline(self, element: Tree) -> None:
        if element in self._with_blocks:
            self._in_link += leads(element)
            self._inside(element)
            self._in_link -= leads(element)
        elif element.tag == "code" and "\n" in element.text_content():
            self.through(element)
        else:
            words = spoken(element)
            if words and (self._run or not words.isspace()):
                self._run.append(words)
                self._links += link_chars(element)

    def _enter(self, element: Tree) -> bool:
        """Begin a block; True if all of it has been taken already."""
        self._flush()
        self.parts.append(Part(element, self._around[-1], len(self.blocks)))
        self._around.append(len(self.parts) - 1)
        tag = element.tag
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in _LISTS:
            self._open_list(element)
            if tag == "dl" and (rows := _definitions(element)):
                self._put_rows(rows)
                return True
        elif tag in _ITEMS and self._lists:
            self._next_item(element)
        elif tag in ("pre", "code") and "\n" in (words := element.text_content()):
            self._put_preformatted(words)
            return True
        elif tag == "table" and (rows := _rows(element)):
            self._groups += 1
            self._put_rows(rows)
            return True
        return False

    def _leave(self, element: Tree) -> None:
        self._flush()
        self.parts[self._around.pop()].end = len(self.blocks)
        tag = element.tag
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in _LISTS:
            self._lists.pop()
        elif tag in _ITEMS and self._lists:
            self._lists[-1].mark = ""

    def _open_list(self, element: Tree) -> None:
        if not self._lists:
            self._groups += 1
        number = _number(element.get("start"), 1) if element.tag == "ol" else None
        self._lists.append(_Item("  " * len(self._lists), self._groups, number))

    def _next_item(self, element: Tree) -> None:
        around = self._lists[-1]
        around.mark = "- "
        if around.number is not None:
            number = _number(element.get("value"), around.number)
            around.mark = f"{number}. "
            around.number = number + 1

    def _flush(self) -> None:
        """Make blocks of the words since the last one, one of each line."""
        if not self._run:
            return
        lines = lines_of("".join(self._run))
        links = sum(map(len, lines)) if self._in_link else self._links
        self._run, self._links = [], 0
        for line in lines:
            share = min(links, len(line))
            links -= share
            self.blocks.append(self._block(line, share))

    def _block(self, words: str, links: int) -> Block:
        if self._heading:
            return Block(words, "heading", "#" * self._heading + " ", links)
        item = self._lists[-1] if self._lists else None
        if item is None or not item.mark:
            return Block(words, "prose", "", links)
        mark, item.mark = item.mark, "- "
        return Block(words, "item", item.indent + mark, links, item.group)

    def _put_rows(self, rows: list[list[Tree]]) -> None:
        for row in rows:
            cells = [self._cell(cell) for cell in row]
            words = ""
            for cell in (words for words, _ in cells if words):
                words += (" " if words.endswith(":") else " | ") * bool(words) + cell
            if words:
                links = min(sum(links for _, links in cells), len(words))
                self.blocks.append(Block(words, "row", "- ", links, self._groups))

    def _cell(self, cell: Tree) -> tuple[str, int]:
        """Words of a cell on one line, and how many characters of them are links."""
        walk = _Walk(self._with_blocks)
        walk.through(cell)
        words, before = "", ""
        for block in walk.blocks:
            is_list = before == block.kind == "item"
            words += ("; " if is_list else " ") * bool(words) + block.words
            before = block.kind
        return words, sum(block.links for block in walk.blocks)

    def _put_preformatted(self, words: str) -> None:
        """Keep the lines of code and verses; prose that was only wrapped becomes paragraphs."""
        is_code = _CODE.search(words) is not None
        for paragraph in [words] if is_code else re.split(r"\n[ \t]*\n", words):
            lines = [line.rstrip() for line in paragraph.split("\n") if line.strip()]
            chars = sum(map(len, lines))
            if not is_code and chars > MIN_WRAPPED_CHARS * len(lines):
                self.blocks.append(Block(" ".join(paragraph.split()), "prose"))
            elif lines:
                self.blocks.append(Block("\n".join(lines), "code"))


def _number(stated: str | None, otherwise: int) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) <= 6 else otherwise


def _rows(table: Tree) -> list[list[Tree]]:
    """The cells of each row; none where the table only arranges parts of the page."""
    if table.get("role") in ("presentation", "none"):
        return []
    rows = [
        [cell for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr", "caption")
        if row.tag == "tr"
    ]
    is_layout = all(len(row) < 2 for row in rows) or any(
        len(cell.text_content()) > MAX_CELL_CHARS for row in rows for cell in row
    )
    return [] if is_layout else rows


def _definitions(element: Tree) -> list[list[Tree]]:
    """Each term with its definitions, as a row; none where they are longer than a cell."""
    rows: list[list[Tree]] = []
    for one in element.iter("dt", "dd"):
        if one.tag == "dt" or not rows:
            rows.append([])
        rows[-1].append(one)
        if len(one.text_content()) > MAX_CELL_CHARS or one.find(".//p") is not None:
            return []
    return rows
