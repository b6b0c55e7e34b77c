"""EPUB -> the text of its book, with its chapters.

The libraries that read EPUB are either under the AGPL or no longer kept; the format is a zip file
of XHTML pages and a list of their order, which lxml reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

from index.errors import Unreadable
from index.readers.cleaning import Blocks
from index.readers.dates import iso_date
from index.readers.documents import MAX_TEXT_CHARS, Document, Source, Stated
from index.readers.lines import one_line, web_address
from index.readers.office.epub_pages import SAFE_PARSING, headings_in, page_of, write
from index.readers.office.packages import package
from index.readers.properties import author_in

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENC = "{http://www.w3.org/2001/04/xmlenc#}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_XHTML = "application/xhtml+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Algorithms that only garble fonts, so that nobody takes them out of the book."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package file lists."""

    stated: Stated
    pages: tuple[str, ...]
    """Members, in the order in which they are read."""
    contents: str | None
    """Member that holds the table of contents."""


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give the book as one document, of which the headings are chapters.

    Raises:
        Unreadable: it is encrypted, damaged, or would unpack to too much.
    """
    archive, _ = package(source)
    names = frozenset(archive.namelist())
    if _is_encrypted(archive, names):
        raise Unreadable(source.path, "encrypted: it has copy protection", "encrypted")
    if _CONTAINER not in names:
        raise Unreadable(source.path, "damaged: it is no EPUB")
    book = _book(archive)
    labels = _labels(archive, book.contents) if book.contents in names else {}
    ranks = {name: headings_in(archive.read(name)) for name in book.pages if name in names}
    level = _chapter_level([rank for listed in ranks.values() for rank in listed])
    blocks, missing = Blocks(), 0
    for name in book.pages:
        page = page_of(archive.read(name), path=source.path) if name in names else None
        if page is None:
            missing += 1
            continue
        write(page, blocks, level=level, label=None if ranks[name] else labels.get(name))
        if blocks.chars > MAX_TEXT_CHARS:
            break
    yield Document(blocks.text(), book.stated, places=blocks.places())
    if missing:
        yield Unreadable(source.path, f"damaged: {missing} of its pages could not be read")


def _tree(raw: bytes) -> Any:  # noqa: ANN401, RUF100 - lxml has no types
    from lxml import etree

    return etree.fromstring(raw, etree.XMLParser(**SAFE_PARSING))


def _is_encrypted(archive: ZipFile, names: frozenset[str]) -> bool:
    if _ENCRYPTION not in names:
        return False
    methods = _tree(archive.read(_ENCRYPTION)).iter(f"{_ENC}EncryptionMethod")
    return any(method.get("Algorithm") not in _FONTS_ONLY for method in methods)


def _book(archive: ZipFile) -> _Book:
    roots = _tree(archive.read(_CONTAINER)).iter("{*}rootfile")
    path = next(root.get("full-path", "") for root in roots)
    opf = _tree(archive.read(path))
    items = {item.get("id"): item for item in opf.iter(f"{_OPF}item")}
    spine = next(opf.iter(f"{_OPF}spine"))
    listed = [items.get(entry.get("idref")) for entry in spine.iter(f"{_OPF}itemref")]
    pages = tuple(
        _member(path, item.get("href", ""))
        for item in listed
        if item is not None
        and item.get("media-type") in (_XHTML, "text/html", "text/x-oeb1-document")
        and "nav" not in item.get("properties", "").split()
    )
    contents = next(
        (item for item in items.values() if "nav" in item.get("properties", "").split()),
        next((item for item in items.values() if item.get("media-type") == _NCX_TYPE), None),
    )
    return _Book(
        _stated(opf),
        pages,
        _member(path, contents.get("href", "")) if contents is not None else None,
    )


def _member(base: str, link: str) -> str:
    """Name the member that a link in another member leads to; nothing outside is ever read."""
    steps: list[str] = []
    for step in (PurePosixPath(base).parent / unquote(urldefrag(link).url)).parts:
        if step == "..":
            steps = steps[:-1]
        elif step not in (".", "/"):
            steps.append(step)
    return "/".join(steps)


def _stated(opf: Any) -> Stated:  # noqa: ANN401, RUF100 - lxml has no types
    """Title, authors, publisher and dates of the book.

    A date of publication on the day of the last change is that of the file, and not taken.
    """
    creators = [one for one in opf.iter(f"{_DC}creator") if one.get(f"{_OPF}role", "aut") == "aut"]
    authors = [author for one in creators if (author := author_in(one.text, one.text or ""))]
    dates = [
        one
        for one in opf.iter(f"{_DC}date")
        if one.get(f"{_OPF}event", "publication").lower() in ("publication", "original-publication")
    ]
    changed = [
        one.text
        for one in opf.iter(f"{_DC}date")
        if one.get(f"{_OPF}event", "").lower() == "modification"
    ]
    modified = [
        meta.text for meta in opf.iter(f"{_OPF}meta") if meta.get("property") == "dcterms:modified"
    ]
    day = next(filter(None, map(iso_date, [*changed, *modified])), None)
    published = next(filter(None, (iso_date(one.text) for one in dates)), None)
    links = (web_address(one.text) for one in opf.iter(f"{_DC}source", f"{_DC}identifier"))
    return Stated(
        title=next((one_line(one.text) for one in opf.iter(f"{_DC}title")), None),
        author=one_line(", ".join(authors[:8])),
        outlet=next((one_line(one.text) for one in opf.iter(f"{_DC}publisher")), None),
        published=None if published == day else published,
        modified=day,
        url=next(filter(None, links), None),
    )


def _labels(archive: ZipFile, contents: str) -> dict[str, str]:
    """What the table of contents calls each member, the first time that it names it."""
    labels: dict[str, str] = {}
    page = page_of(archive.read(contents), path=contents)
    if page is None:
        return labels
    for point in page.iter(f"{_NCX}navPoint"):
        link, words = point.find(f"{_NCX}content"), point.find(f"{_NCX}navLabel/{_NCX}text")
        if link is not None and words is not None and (name := one_line(words.text)):
            labels.setdefault(_member(contents, link.get("src", "")), name)
    for anchor in page.iter("{http://www.w3.org/1999/xhtml}a"):
        if name := one_line("".join(anchor.itertext())):
            labels.setdefault(_member(contents, anchor.get("href", "")), name)
    return labels


def _chapter_level(ranks: list[int]) -> int:
    """The highest rank of heading of which the book has several; above it stands its title."""
    return next((rank for rank in range(1, 7) if ranks.count(rank) > 1), 1)
