"""A line with raised, lowered and deleted words and marks of notes, in a file of each kind."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.mime.text import MIMEText
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from documents_made import changed, pandoc, source_of
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from index.readers.formats import documents

FILLER = (
    "The keeper of the lock wrote every evening into a book how many barges had gone through and "
    "how high the water of the river stood against the wall of the upper gate."
)
"""A paragraph without a number, since a page of one line is taken for no article."""

Kind = Literal["plain", "super", "sub", "deleted", "inserted", "note"]


@dataclass(frozen=True)
class Piece:
    """Words of a line that are set alike."""

    kind: Kind
    words: str


def text_of(name: str, pieces: Sequence[Piece]) -> str:
    """What is read of the file of that name; its first document."""
    kind = name.rpartition(".")[2]
    first, *_ = documents(source_of(WRITERS[name](pieces), f"a.{kind}"))
    return first.text


def _wrapped(pieces: Sequence[Piece], written: dict[Kind, str]) -> str:
    return "".join(written[piece.kind].format(escape(piece.words)) for piece in pieces)


_HTML: dict[Kind, str] = {
    "plain": "{}",
    "super": "<sup>{}</sup>",
    "sub": "<sub>{}</sub>",
    "deleted": "<del>{}</del>",
    "inserted": "<ins>{}</ins>",
    "note": '<sup><a href="#fn">{}</a></sup>',
}
_WORD: dict[Kind, str] = {
    kind: f'<w:r>{look}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    for kind, look in (
        ("plain", ""),
        ("super", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
        ("sub", '<w:rPr><w:vertAlign w:val="subscript"/></w:rPr>'),
    )
} | {
    "deleted": '<w:del w:id="8" w:author="A"><w:r><w:delText>{}</w:delText></w:r></w:del>',
    "inserted": '<w:ins w:id="9" w:author="A"><w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    "</w:ins>",
    "note": '<w:r><w:footnoteReference w:id="{}"/></w:r>',
}
_OPEN: dict[Kind, str] = {
    "plain": "{}",
    "super": '<text:span text:style-name="Superscript">{}</text:span>',
    "sub": '<text:span text:style-name="Subscript">{}</text:span>',
    "deleted": '<text:span text:style-name="Strikeout">{}</text:span>',
    "inserted": '<text:change-start text:change-id="c"/>{}<text:change-end text:change-id="c"/>',
    "note": '<text:note text:note-class="footnote"><text:note-citation>{}</text:note-citation>'
    "<text:note-body><text:p>So they say.</text:p></text:note-body></text:note>",
}
_PDF: dict[Kind, str] = {
    "plain": "{}",
    "super": "<super>{}</super>",
    "sub": "<sub>{}</sub>",
    "deleted": "",
    "inserted": "{}",
    "note": "<super>{}</super>",
}


def _paragraph(pieces: Sequence[Piece]) -> str:
    return f"<p>{_wrapped(pieces, _HTML)}</p>"


def _page(pieces: Sequence[Piece]) -> bytes:
    body = f"<p>{FILLER}</p>{_paragraph(pieces)}<p>{FILLER}</p>"
    return f"<html><body><article><h1>Lock</h1>{body}</article></body></html>".encode()


def _mail(pieces: Sequence[Piece]) -> bytes:
    return MIMEText(_paragraph(pieces), "html", "utf-8").as_bytes()


def _feed(pieces: Sequence[Piece]) -> bytes:
    item = (
        f"<item><title>Lock</title><description>{escape(_paragraph(pieces))}</description></item>"
    )
    return f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>'.encode()


def _record(pieces: Sequence[Piece]) -> bytes:
    return json.dumps({"title": "Lock", "text": _wrapped(pieces, _HTML)}).encode()


def _markdown(pieces: Sequence[Piece]) -> bytes:
    return f"# Lock\n\n{_wrapped(pieces, _HTML)}\n".encode()


@cache
def _blank(kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        styled = "^u^ ~u~ ~~u~~\n" if kind == "odt" else "Lock\n"
        return pandoc(styled, kind, Path(folder))


def _docx(pieces: Sequence[Piece]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p>{_wrapped(pieces, _WORD)}</w:p></w:body>"
    document = f'<w:document xmlns:w="{space}">{body}</w:document>'
    return changed(_blank("docx"), {"word/document.xml": document.encode()})


def _odt(pieces: Sequence[Piece]) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style")
    )
    body = f"<office:text><text:p>{_wrapped(pieces, _OPEN)}</text:p></office:text>"
    content = (
        f'<office:document-content{spaces} office:version="1.3">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return changed(_blank("odt"), {"content.xml": content.encode()})


def _epub(pieces: Sequence[Piece]) -> bytes:
    space = "http://www.w3.org/1999/xhtml"
    page = f'<html xmlns="{space}"><body>{_paragraph(pieces)}</body></html>'
    return changed(_blank("epub"), {"EPUB/text/ch001.xhtml": page.encode()})


def _pdf(pieces: Sequence[Piece]) -> bytes:
    file = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(file).build([Paragraph(_wrapped(pieces, _PDF), style)])
    return file.getvalue()


WRITERS: dict[str, Callable[[Sequence[Piece]], bytes]] = {
    "page.html": _page,
    "mail.eml": _mail,
    "feed.rss": _feed,
    "record.jsonl": _record,
    "note.md": _markdown,
    "letter.docx": _docx,
    "letter.odt": _odt,
    "book.epub": _epub,
    "print.pdf": _pdf,
}
