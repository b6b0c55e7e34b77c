"""Web page -> its article's text and what the page states about it; the door of trafilatura."""

import logging
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache

from index.errors import Unreadable
from index.readers.decoding import decode
from index.readers.documents import Document, Source, Stated
from index.readers.page_body import text_of
from index.readers.page_markup import light
from index.readers.page_metadata import stated_by
from index.readers.page_pruning import prune
from index.readers.page_scripts import settle
from index.readers.page_tags import Tree

MIN_EXTRACTED_CHARS = 80
"""Below it, the whole page is searched for paragraphs instead; a brief has little more."""


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

    Headings, list items and rows of tables have lines of their own, marked as in Markdown.

    Raises:
        Unreadable: no article was found, it is too large, or the extraction failed.
    """
    lightened = light(markup, path=path)
    try:
        page = _extracted(lightened.text, lightened.saved_from)
    except Exception as error:
        raise Unreadable(path, f"the page could not be parsed ({type(error).__name__})") from error
    if page is None or not page.text:
        raise Unreadable(path, "no article was found in the page", "no words")
    return page


def _extracted(markup: str, saved_from: str | None) -> Page | None:
    from trafilatura import bare_extraction

    for library in ("trafilatura", "htmldate", "courlan"):
        # Its remarks about odd pages would otherwise land in the middle of the screen.
        logging.getLogger(library).addHandler(logging.NullHandler())
    tree = _parsed(markup)
    settle(tree, markup)
    stated = stated_by(tree, saved_from=saved_from)
    captions = prune(tree)
    document = bare_extraction(tree, fast=True, include_comments=False, config=_settings())
    return None if document is None else Page(text_of(document.body, captions), stated)


def _parsed(markup: str) -> Tree:
    """Parse a page; its elements all are of one class, since choosing one for each takes longer."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return html.document_fromstring(markup.encode("utf-8", "surrogatepass"), parser=parser)


@cache
def _settings() -> ConfigParser:
    from trafilatura.settings import use_config

    settings: ConfigParser = use_config()
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(MIN_EXTRACTED_CHARS)
    return settings
