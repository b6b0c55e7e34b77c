"""DOCX -> its text as it reads with all changes accepted; the door of python-docx."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.errors import Unreadable
from index.readers.cleaning import Blocks, cleaned
from index.readers.documents import Document, Source, Stated
from index.readers.office.docx_runs import RunReader
from index.readers.office.packages import package
from index.readers.properties import author_in, title_in

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

OPENING_CHARS = 3_000
"""Of a text, in which its title is looked for."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_BOX, _FRAME = f"{_W}txbxContent", f"{_W}pPr/{_W}framePr"
_MARK, _JOINED = f"{_W}pPr/{_W}rPr", "joined"
_STYLE, _NUMBERED = f"{_W}pPr/{_W}pStyle", f"{_W}pPr/{_W}numPr"
_GONE = (
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}tabs",
    f"{_W}instrText",
    f"{_MC}Fallback",
    f"{_W}sdtPr",
)
"""What a reader of the page does not see, or sees twice."""
_HIDDEN = (
    ".//w:r[w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]]"
    " | .//w:sdt[w:sdtPr//w:docPartGallery[@w:val='Table of Contents']]"
)


def documents(source: Source) -> Iterator[Document]:
    """Give the paragraphs, list items and rows of tables, and then the notes.

    Comments, headers, footers, a table of contents and what was deleted are left out. The day of
    the last change is taken from the properties, and that of publication never.

    Raises:
        Unreadable: it needs a password, is damaged, or would unpack to too much.
    """
    import docx

    archive, raw = package(source)
    if "[Content_Types].xml" not in archive.namelist():
        raise Unreadable(source.path, "damaged: it is no Word file")
    word = docx.Document(io.BytesIO(raw))
    writer = _Writer(word)
    for part in (word.element.body, *_notes(word)):
        writer.add_all(part)
    text = writer.blocks.text()
    yield Document(text, _stated(word, text[:OPENING_CHARS]))


class _Writer:
    """Writes elements of the tree as blocks."""

    def __init__(self, word: "WordDocument") -> None:
        self.blocks = Blocks()
        self._runs = RunReader(word)
        self._lists = _list_styles(word)
        self._begun = ""
        """How the next paragraph begins: with an initial, or with the one that was joined to it."""

    def add_all(self, element: Any) -> None:  # noqa: ANN401, RUF100 - lxml has no types
        """Add the blocks inside an element, of which what does not show is taken out."""
        from lxml import etree

        for mark in element.iterfind(f".//{_MARK}/{_W}del"):
            mark.getparent().set(_JOINED, "1")
        unseen = etree.XPath(_HIDDEN, namespaces={"w": _W[1:-1]})
        for hidden in [*unseen(element), *element.iter(*_GONE)]:
            if hidden.getparent() is not None:
                hidden.getparent().remove(hidden)
        self._add(element)
        self.blocks.add(cleaned(self._begun))
        self._begun = ""

    def _add(self, element: Any) -> None:  # noqa: ANN401, RUF100
        for child in element:
            if child.tag == _PARAGRAPH:
                self._add_paragraph(child)
            elif child.tag == _TABLE:
                self._add_table(child)
            elif len(child):
                self._add(child)

    def _add_paragraph(self, paragraph: Any) -> None:  # noqa: ANN401, RUF100
        style = paragraph.find(_STYLE)
        name = style.get(f"{_W}val", "") if style is not None else ""
        if name.upper().startswith("TOC"):
            return
        boxes = list(paragraph.iter(_BOX))
        for box in boxes:
            box.getparent().remove(box)
        line = self._begun + self._runs.line(paragraph)
        if _goes_on(paragraph):
            self._begun = line
            return
        words, self._begun = cleaned(line), ""
        is_heading = name.lower().startswith(("heading", "title"))
        is_item = (paragraph.find(_NUMBERED) is not None or name in self._lists) and not is_heading
        marked = f"• {words}" if is_item and words else words
        self.blocks.add(marked, run="list" if is_item else "")
        for box in boxes:
            self._add(box)

    def _add_table(self, table: Any) -> None:  # noqa: ANN401, RUF100
        """Add a line for each row; a table of one column only frames what is in it."""
        rows = [list(_below(row, _CELL)) for row in _below(table, _ROW)]
        is_frame = all(len(cells) <= 1 for cells in rows)
        for cells in rows:
            if is_frame:
                for cell in cells:
                    self._add(cell)
                continue
            filled = (
                " ".join(filter(None, map(self._runs.words, cell.iter(_PARAGRAPH))))
                for cell in cells
            )
            self.blocks.add(" | ".join(filter(None, filled)), run="table")


def _goes_on(paragraph: Any) -> bool:  # noqa: ANN401, RUF100
    """Say whether it is an initial in a frame, or its end was deleted."""
    frame, mark = paragraph.find(_FRAME), paragraph.find(_MARK)
    is_initial = frame is not None and frame.get(f"{_W}dropCap", "none") != "none"
    return is_initial or (mark is not None and mark.get(_JOINED) is not None)


def _below(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401, RUF100
    """Give the rows of a table or the cells of a row, not those of a table inside a cell."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _below(child, tag)


def _list_styles(word: "WordDocument") -> frozenset[str]:
    """Ids of the paragraph styles that make a list item."""
    numbered = word.styles.element.xpath("w:style[w:pPr/w:numPr]")
    return frozenset(style.get(f"{_W}styleId", "") for style in numbered)


def _notes(word: "WordDocument") -> Iterator[Any]:
    """Roots of the footnotes and endnotes, without the lines that part them from the text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.parser import parse_xml

    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for relationship in word.part.rels.values():
            if relationship.reltype == kind and not relationship.is_external:
                root = parse_xml(relationship.target_part.blob)
                for line in [note for note in root if note.get(f"{_W}type")]:
                    root.remove(line)
                yield root


def _stated(word: "WordDocument", opening: str) -> Stated:
    from docx.opc.constants import RELATIONSHIP_TYPE

    kinds = {relationship.reltype for relationship in word.part.package.rels.values()}
    if RELATIONSHIP_TYPE.CORE_PROPERTIES not in kinds:
        return Stated()  # python-docx would make some up
    properties = word.core_properties
    changed = properties.modified
    return Stated(
        title=title_in(properties.title, opening),
        author=author_in(properties.author, opening),
        modified=changed.date().isoformat() if changed else None,
    )
