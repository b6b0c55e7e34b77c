"""Name of a file -> its format, and the reader of that format."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from index.errors import Unreadable
from index.readers.documents import MAX_DEPTH, Document, Source

FORMATS = {
    "text": "texts",
    "markdown": "texts",
    "html": "web.pages",
    "mhtml": "web.mhtml",
    "pdf": "pdf.documents",
    "docx": "office.docx",
    "odt": "office.odt",
    "epub": "office.epub",
    "email": "mail.messages",
    "mbox": "mail.messages",
    "feed": "web.feeds",
    "jsonl": "tables.records",
    "csv": "tables.records",
    "gzip": "archives",
    "zip": "archives",
}
"""Each format's module in this package, imported when a file of it is read."""

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".eml": "email",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".gz": "gzip",
    ".zip": "zip",
}
"""A file's last ending, in lower case, and its format."""

PLAIN = frozenset({"text", "markdown"})
"""Formats that are read in no time and can do no harm."""

Documents = Iterator[Document | Unreadable]
"""Of one file; an Unreadable among them is a member that was passed over."""


def format_of(name: str) -> str | None:
    """Name the format that a file name promises; None if it is none that we read."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def documents(source: Source) -> Documents:
    """Read a file or a member of one by the reader that its name asks for.

    Raises:
        Unreadable: nothing of it can be read; what its parser threw is in the reason.
    """
    kind = format_of(source.name)
    if kind is None:
        raise Unreadable(source.path, "of a kind that is not read", "other format")
    if source.depth > MAX_DEPTH:
        raise Unreadable(source.path, "nested too deep", "too large")
    reader: Callable[[Source], Documents] = import_module(
        f"index.readers.{FORMATS[kind]}"
    ).documents
    try:
        yield from reader(source)
    except Unreadable:
        raise
    except (MemoryError, RecursionError) as error:
        raise Unreadable(source.path, "needs too much memory to be read", "too large") from error
    except Exception as error:
        # Whatever a third-party parser throws at a hostile file must not stop the others.
        what = type(error).__name__
        raise Unreadable(source.path, f"damaged: it could not be parsed ({what})") from error
