"""Web page -> its article's text and what the page states about it."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.errors import Unreadable
from index.readers.dates import iso_date
from index.readers.decoding import decode
from index.readers.documents import Document, Source, Stated
from index.readers.lines import one_line, web_address

_DATE_TAGS = (
    '//meta[@property="article:published_time"]/@content',
    '//*[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@property="og:article:published_time"]/@content',
    '//meta[@name="date" or @name="pubdate" or @name="publishdate" or @name="publish-date"'
    ' or @name="publication_date" or @name="parsely-pub-date" or @name="sailthru.date"'
    ' or @name="article.published" or @name="citation_publication_date" or @name="DC.date"'
    ' or @name="DC.date.issued" or @name="dc.date" or @name="dcterms.date"]/@content',
    "//time[@pubdate]/@datetime",
)
_HAS_ROOT = re.compile(r"<html[\s>]", re.IGNORECASE)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What was extracted from a web page."""

    text: str
    stated: Stated


def documents(source: Source) -> Iterator[Document]:
    """Give the article that a page holds.

    Raises:
        Unreadable: not text, in no encoding that we are sure of, or without an article.
    """
    decoded = decode(source.raw(), path=source.path, is_page=True, known=source.encoding)
    page = extract(decoded.text, path=source.path)
    yield Document(page.text, page.stated, encoding=decoded.encoding)


def extract(markup: str, *, path: str) -> Page:
    """Take the article out of a page, without comments, menus and adverts.

    Dates are only those that the page states as its own; an outlet guessed from the address is
    not taken.

    Raises:
        Unreadable: no article was found, or the extraction failed.
    """
    import trafilatura
    from trafilatura.utils import load_html

    for library in ("trafilatura", "htmldate", "courlan"):
        # Its remarks about odd pages would otherwise land in the middle of the screen.
        logging.getLogger(library).addHandler(logging.NullHandler())
    if _HAS_ROOT.search(markup) is None:
        # HTML lets a page leave its root tag out; the parser would then take the first tag for it.
        markup = f"<html>{markup}</html>"
    try:
        tree = load_html(markup)
        published = _published(tree) if tree is not None else None
        document = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        raise Unreadable(path, f"the page could not be parsed ({type(error).__name__})") from error
    if document is None or not document.text:
        raise Unreadable(path, "no article was found in the page", "no words")
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    stated = Stated(
        title=one_line(document.title),
        author=one_line(document.author),
        outlet=_outlet(document.sitename),
        published=published,
        url=web_address(document.url),
    )
    return Page(text, stated)


def _published(tree: Any) -> str | None:  # noqa: ANN401, RUF100 - lxml has no types
    """The first readable date of those that the page marks as its day of publication."""
    values = [str(value) for query in _DATE_TAGS for value in tree.xpath(query)[:3]]
    for script in tree.xpath('//script[contains(@type, "ld+json")]/text()')[:20]:
        values += _JSON_DATE.findall(str(script))[:3]
    return next(filter(None, map(iso_date, values)), None)


def _outlet(sitename: str | None) -> str | None:
    """The site's stated name; a bare domain is only where the page lies."""
    name = one_line(sitename)
    return None if name is None or "://" in name or _DOMAIN.fullmatch(name) else name
