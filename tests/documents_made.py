"""Documents made by other tools than those that read them: reportlab, pandoc, zipfile."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypandoc
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from index.readers.documents import Source

SENTENCES = [
    f"On day {number} the keeper of lock {number * 7} wrote down how high the water of the river "
    f"stood, and {number * 11} barges went through before dusk."
    for number in range(1, 61)
]
"""Each of them stands once in a long document."""


def source_of(raw: bytes, name: str) -> Source:
    """The bytes as a file of that name."""
    return Source(name, name, len(raw), partial(io.BytesIO, raw))


def pandoc(markdown: str, kind: str, folder: Path, *arguments: str) -> bytes:
    """Let pandoc write a document."""
    path = folder / f"made.{kind}"
    pypandoc.convert_text(
        markdown, kind, "markdown", outputfile=str(path), extra_args=["--standalone", *arguments]
    )
    return path.read_bytes()


def drawn_pdf(draw: Callable[[canvas.Canvas], None], **options: object) -> bytes:
    """Let a function draw pages."""
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4, **options)
    draw(page)
    page.save()
    return file.getvalue()


def lines_pdf(lines: list[str], **options: object) -> bytes:
    """One page with these lines."""

    def draw(page: canvas.Canvas) -> None:
        for number, line in enumerate(lines):
            page.drawString(72, 780 - 14 * number, line)
        page.showPage()

    return drawn_pdf(draw, **options)


def set_pdf(
    paragraphs: list[str],
    *,
    columns: int = 1,
    has_head: bool = True,
    title: str = "",
    author: str = "",
) -> bytes:
    """Paragraphs set on pages, with a running head, the page's number, and perhaps columns."""

    def head(page: canvas.Canvas, document: BaseDocTemplate) -> None:
        if not has_head:
            return
        page.drawString(72, 810, "The Lock Keepers’ Quarterly")
        page.drawString(500, 30, f"Page {document.page}")

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=title or None, author=author or None)
    width = (A4[0] - 100) / columns
    frames = [Frame(50 + width * at, 60, width - 10, A4[1] - 130) for at in range(columns)]
    document.addPageTemplates([PageTemplate(frames=frames, onPage=head)])
    style = getSampleStyleSheet()["BodyText"]
    document.build([Paragraph(paragraph, style) for paragraph in paragraphs])
    return file.getvalue()


def picture_page(page: canvas.Canvas) -> None:
    """Draw a page that holds nothing but a picture."""
    page.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
    page.showPage()


def changed(raw: bytes, members: dict[str, bytes | None]) -> bytes:
    """Copy a zip file with other members; those with None are left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.infolist():
            if member.filename not in members:
                new.writestr(member, old.read(member))
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def member(raw: bytes, name: str) -> str:
    """Give the text of a member of a zip file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()
