"""PDF -> its text in reading order, with its pages; the door of pypdfium2.

Its library is not safe for threads, so one file is read at a time in a process.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from threading import Lock
from typing import Any

from index.errors import Unreadable
from index.readers.documents import MAX_TEXT_CHARS, Document, Source, Stated
from index.readers.pdf.initials import with_initials
from index.readers.pdf.lines import Line, lines_of
from index.readers.pdf.margins import without_line_numbers
from index.readers.pdf.paragraphs import Pages, text_of, without_heads
from index.readers.properties import author_in, title_in
from index.readers.scripts import Scripts

MAX_PAGES = 5_000
"""Later pages are not read."""
OPENING_CHARS = 3_000
"""Of a text, in which its title is looked for."""

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""
_END = b"%%EOF"
_END_BYTES = 2048
"""From the file's end, in which its end mark stands."""
_MANY_DRAWINGS = 100
"""A page with more of them and no text may be a drawing of text."""
_ONE_AT_A_TIME = Lock()


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give a PDF's text, then the pages that hold pictures of text, or that could not be read.

    Title and author are those of its properties if they are likely. Its dates are of the file,
    so none of them is taken.

    Raises:
        Unreadable: it needs a password, has no text, or is damaged.
    """
    raw = source.raw()
    with _ONE_AT_A_TIME:
        found = list(_read(raw, source.path))
    yield from found


def _read(raw: bytes, path: str) -> Iterator[Document | Unreadable]:
    with closing(_opened(raw, path)) as pdf:
        count = len(pdf)
        pages, pictured, broken = _pages(pdf, min(count, MAX_PAGES))
        pages, more = _told_from_pictures(without_line_numbers(pages), pdf)
        properties = pdf.get_metadata_dict()
    is_cut = _END not in raw[-_END_BYTES:]
    text, places = text_of(pages)
    pictured = sorted([*pictured, *more])
    if not any(character.isalnum() for character in text):
        raise _wordless(path, count, pictured, is_damaged=is_cut or bool(broken))
    opening = text[:OPENING_CHARS]
    stated = Stated(
        title=title_in(properties.get("Title"), opening),
        author=author_in(properties.get("Author"), opening),
    )
    yield Document(text, stated, places=places)
    if pictured:
        yield Unreadable(path, f"scanned: {_named(pictured)} hold pictures, no text", "scanned")
    if broken:
        yield Unreadable(path, f"damaged: {_named(broken)} could not be read")
    if is_cut:
        yield Unreadable(path, "damaged: its end is missing, and words may be")
    if count > MAX_PAGES:
        yield Unreadable(path, f"its pages after {MAX_PAGES} are not read", "too large")


def _opened(raw: bytes, path: str) -> Any:  # noqa: ANN401, RUF100 - pypdfium2 has no types
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(raw)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Unreadable(path, "encrypted: it needs a password", "encrypted") from error
        raise Unreadable(path, "damaged: it is no whole PDF") from error


def _pages(
    pdf: Any,  # noqa: ANN401, RUF100 - pypdfium2 has no types
    count: int,
) -> tuple[list[tuple[int, list[Line]]], list[int], list[int]]:
    """Numbers of the pages with text, and their lines; of those with pictures; of broken ones."""
    from pypdfium2 import PdfiumError

    pages: list[tuple[int, list[Line]]] = []
    pictured: list[int] = []
    broken: list[int] = []
    chars, scripts = 0, Scripts()
    for number in range(1, count + 1):
        try:
            with closing(pdf[number - 1]) as page:
                lines = with_initials(lines_of(page, scripts))
                if not any(c.isalnum() for line in lines for c in line.words):
                    pictured += [number] if _has_pictures(page) else []
                    continue
        except PdfiumError:
            broken.append(number)
            continue
        pages.append((number, lines))
        chars += sum(len(line.words) for line in lines)
        if chars > MAX_TEXT_CHARS:
            break
    return pages, pictured, broken


def _told_from_pictures(
    pages: Pages,
    pdf: Any,  # noqa: ANN401, RUF100 - pypdfium2 has no types
) -> tuple[list[tuple[int, list[Line]]], list[int]]:
    """Leave out running heads, and name the pages that hold nothing else but pictures.

    A page that holds nothing else at all keeps its lines, since they are its text.
    """
    told: list[tuple[int, list[Line]]] = []
    pictured: list[int] = []
    for (number, lines), (_, kept) in zip(pages, without_heads(pages), strict=True):
        if kept:
            told.append((number, kept))
            continue
        with closing(pdf[number - 1]) as page:
            if _has_pictures(page):
                pictured.append(number)
            else:
                told.append((number, lines))
    return told, pictured


def _has_pictures(page: Any) -> bool:  # noqa: ANN401, RUF100 - pypdfium2 has no types
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    for count, drawn in enumerate(page.get_objects(max_depth=4), start=1):
        if drawn.type == FPDF_PAGEOBJ_IMAGE or count > _MANY_DRAWINGS:
            return True
    return False


def _wordless(path: str, count: int, pictured: list[int], *, is_damaged: bool) -> Unreadable:
    if pictured:
        pages = "its only page holds" if count == 1 else f"its {count} pages hold"
        return Unreadable(path, f"scanned: {pages} pictures, no text", "scanned")
    if is_damaged:
        return Unreadable(path, "damaged: none of its pages could be read")
    return Unreadable(path, "holds no words", "no words")


def _named(pages: list[int]) -> str:
    """Write numbers of pages as people do: `pages 2, 4-6`."""
    runs = groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])
    spans = [[number for _, number in run] for _, run in runs]
    words = [f"{span[0]}" if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans]
    return ("pages " if len(pages) > 1 else "page ") + ", ".join(words[:20])
