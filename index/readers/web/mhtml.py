"""Page saved as MHTML -> its article."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

from index.errors import Unreadable
from index.readers.documents import Document, Source
from index.readers.lines import web_address
from index.readers.mail import mime
from index.readers.web.pages import extract
from index.readers.web.text import document_of


def documents(source: Source) -> Iterator[Document]:
    """Give the article of the saved page; the day on which it was saved is not its date.

    Raises:
        Unreadable: there is no page in it, or no article in the page.
    """
    message = mime.parse(source.raw(), source.path)
    page = _page(message)
    if page is None:
        raise Unreadable(source.path, "holds no web page", "no words")
    decoded = mime.text_of(page, source.path)
    extracted = extract(decoded.text, path=source.path)
    places = (
        mime.header(message, "Snapshot-Content-Location"),
        mime.header(page, "Content-Location"),
    )
    address = next(filter(None, map(web_address, places)), None)
    stated = replace(extracted.stated, url=address or extracted.stated.url)
    yield document_of(replace(extracted, stated=stated), encoding=decoded.encoding)


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part that the others belong to: the one that is named as the start, else the first."""
    pages = [
        part
        for part in message.walk()
        if isinstance(part, EmailMessage)
        and part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    start = str(message.get_param("start", ""))
    named = (part for part in pages if start and mime.header(part, "Content-ID").strip() == start)
    return next(named, pages[0] if pages else None)
