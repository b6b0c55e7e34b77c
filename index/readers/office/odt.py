"""ODT -> its text as it reads with all changes accepted; the door of odfdo."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import Unreadable
from index.readers.cleaning import Blocks, cleaned
from index.readers.dates import iso_date
from index.readers.documents import Document, Source, Stated
from index.readers.office.odt_runs import Styles
from index.readers.office.packages import package
from index.readers.properties import author_in, title_in
from index.readers.scripts import Run, Scripts

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo import Element

OPENING_CHARS = 3_000
"""Of a text, in which its title is looked for."""

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_GONE = frozenset(
    {
        "text:tracked-changes",
        "text:table-of-content",
        "text:alphabetical-index",
        "text:illustration-index",
        "text:note-citation",
        "office:annotation",
        "office:annotation-end",
        "office:forms",
        "text:sequence-decls",
        "text:variable-decls",
        "svg:title",
        "svg:desc",
        "text:hidden-text",
        "text:hidden-paragraph",
    }
)
"""What a reader of the page does not see, or what only points elsewhere."""
_SPACES = frozenset({"text:s", "text:tab", "text:line-break"})
_DRAWN = frozenset({"draw:image", "text:ruby-text"})
_ROW_GROUPS = frozenset({"table:table-header-rows", "table:table-rows", "table:table-row-group"})


def documents(source: Source) -> Iterator[Document]:
    """Give the paragraphs, list items and rows of tables, and then the notes.

    Comments, headers, footers, indexes and what was deleted are left out. The day of the last
    change is taken from the properties, and that of publication never.

    Raises:
        Unreadable: it needs a password, is damaged, or would unpack to too much.
    """
    import odfdo

    archive, raw = package(source)
    names = archive.namelist()
    if _MANIFEST in names and _ENCRYPTED in archive.read(_MANIFEST):
        raise Unreadable(source.path, "encrypted: it needs a password", "encrypted")
    if "content.xml" not in names:
        raise Unreadable(source.path, "damaged: it is no OpenDocument text")
    opened = odfdo.Document(io.BytesIO(raw))
    writer = _Writer(Styles(opened, archive))
    writer.add(opened.body)
    writer.add_notes()
    text = writer.blocks.text()
    yield Document(text, _stated(opened, text[:OPENING_CHARS]))


class _Writer:
    """Writes elements of the tree as blocks, and keeps notes for the end."""

    def __init__(self, styles: Styles) -> None:
        self.blocks = Blocks()
        self._styles = styles
        self._scripts = Scripts()
        self._notes: list[Element] = []
        self._is_marked = False

    def add(self, element: "Element", *, is_item: bool = False) -> None:
        """Add the blocks inside an element; the first one of a list item gets a mark."""
        for child in element.children:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag in _PARAGRAPHS:
                self._add_paragraph(child, is_item=is_item)
            elif tag == "table:table":
                self._add_table(child)
            elif tag == "text:list-item":
                self._is_marked = True
                self.add(child, is_item=True)
            else:
                self.add(child, is_item=is_item)

    def add_notes(self) -> None:
        """Add the bodies of footnotes and endnotes, in order."""
        notes, self._notes = self._notes, []
        for note in notes:
            self.add(note)

    def _add_paragraph(self, paragraph: "Element", *, is_item: bool) -> None:
        boxes: list[Element] = []
        words = self._words(paragraph, boxes)
        if words and paragraph.tag == "text:p" and self._is_marked:
            words = f"• {words}"
        self._is_marked = False
        self.blocks.add(words, run="list" if is_item else "")
        for box in boxes:
            self.add(box)

    def _add_table(self, table: "Element") -> None:
        """Add a line for each row; a table of one column only frames what is in it."""
        rows = [
            [cell for cell in row.children if cell.tag == "table:table-cell"]
            for row in _rows(table)
        ]
        is_frame = all(len(cells) <= 1 for cells in rows)
        for cells in rows:
            if is_frame:
                for cell in cells:
                    self.add(cell)
                continue
            filled = (self._words(cell, []) for cell in cells)
            self.blocks.add(" | ".join(words for words in filled if words), run="table")

    def _words(self, element: "Element", boxes: "list[Element]") -> str:
        runs = [run for run in self._runs(element, boxes, ()) if run.words or run.level]
        return cleaned(self._scripts.line(runs))

    def _runs(
        self, element: "Element", boxes: "list[Element]", names: tuple[str, ...]
    ) -> Iterator[Run]:
        """Give the words inside an element; `names` are the styles of the spans around them."""
        yield self._styles.run(element.text or "", names)
        for child in element.children:
            tag = child.tag
            if tag in _SPACES:
                yield Run(" ")
            elif tag == "text:note":
                self._notes.append(child)
                yield Run("", "super", is_mark=True)
            elif tag == "draw:text-box":
                boxes.append(child)
            elif tag == "draw:object":
                yield self._styles.formula(child.get_attribute_string("xlink:href") or "")
            elif tag in _DRAWN:
                yield Run("", "apart")
            elif tag not in _GONE:
                style = (
                    child.get_attribute_string("text:style-name") if tag == "text:span" else None
                )
                yield from self._runs(child, boxes, (*names, style) if style else names)
                yield Run(" " if tag in _PARAGRAPHS else "")
            yield self._styles.run(child.tail or "", names)


def _rows(table: "Element") -> Iterator["Element"]:
    """Give the rows of a table, not those of a table inside a cell."""
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _stated(opened: "OpenDocument", opening: str) -> Stated:
    meta = opened.meta
    changed = meta.date
    return Stated(
        title=title_in(meta.title, opening),
        author=author_in(meta.initial_creator or meta.creator, opening),
        modified=iso_date(changed.date().isoformat()) if changed else None,
    )
