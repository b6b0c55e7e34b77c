"""Web page -> its article's text and what the page states about it; the door of trafilatura."""

import logging
import re
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from functools import cache

from index.errors import Unreadable
from index.readers.decoding import decode
from index.readers.documents import Document, Source
from index.readers.web.body import Layout, layout_of
from index.readers.web.choice import Taken, chosen
from index.readers.web.embedded import completed, embedded_in
from index.readers.web.frame import without_frame
from index.readers.web.furniture import (
    MAIN_SHARE,
    Measures,
    furniture_in,
    main_heading,
    measured,
    teasers_in,
)
from index.readers.web.markup import light
from index.readers.web.metadata import data_of
from index.readers.web.pruning import prune
from index.readers.web.scripts import settle
from index.readers.web.tags import Tree
from index.readers.web.text import Page, document_of, page_of, without_repeated

MIN_EXTRACTED_CHARS = 80
"""Below it, the library searches the whole page for paragraphs; a brief has little more."""

_MISLEADING = re.compile(
    r"shar|soci|viral|newsletter|syndication|cookie|tags|sidebar|banner|bread|button|author|foot"
    r"|nav|menu|elated|premium|ad-|bar|widget|byline|embed|consent|modal|permission|next-|stories"
    r"|popular|more-on|meta|rating|attachment|timestamp|user-|icon|infos|message|slide|viewport"
    r"|overlay|options|expand|obfuscated|blurred|comment|comol|hid|teaser|reply|noprint|respond"
    r"|akismet|suggest|notloaded|yin|nfoline|factbox|scroll|taboola|outbrain|criteo|paid|jp-"
    r"|caption",
    re.IGNORECASE,
)
"""What the library drops by name, wherever in a word it stands."""


def documents(source: Source) -> Iterator[Document]:
    """Give the article that a page holds.

    Raises:
        Unreadable: not text, in no encoding that we are sure of, or without an article.
    """
    decoded = decode(source.raw(), path=source.path, is_page=True, known=source.encoding)
    yield document_of(extract(decoded.text, path=source.path), encoding=decoded.encoding)


def extract(markup: str, *, path: str) -> Page:
    """Take the article out of a page, without comments, menus and adverts.

    Headings, list items and rows of tables have lines of their own, marked as in Markdown.

    Raises:
        Unreadable: no article was found, it is too large, or the extraction failed.
    """
    lightened = light(markup, path=path)
    try:
        page = _extracted(lightened.text, lightened.saved_from, path=path)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(path, f"the page could not be parsed ({type(error).__name__})") from error
    if not page.text:
        raise Unreadable(path, "no article was found in the page", "no words")
    return page


def _extracted(markup: str, saved_from: str | None, *, path: str) -> Page:
    tree = _parsed(markup)
    settle(tree, markup)
    data = data_of(tree, saved_from=saved_from)
    captions = prune(tree)
    layout = layout_of(tree)
    sums = measured(layout.blocks)
    heading = main_heading(layout.blocks, data.stated.title)
    furniture = furniture_in(layout, sums, heading)
    teasers = teasers_in(layout, sums, furniture)
    _ready(layout, sums, furniture)
    taken = _taken_by_library(tree)
    keep = chosen(layout, furniture, teasers, Taken(taken), heading)
    keep = without_frame(layout.blocks, keep, heading, data.stated)
    article = [block for block, kept in zip(layout.blocks, keep, strict=True) if kept]
    others = [block for block, kept in zip(layout.blocks, keep, strict=True) if not kept]
    for embedded in filter(None, [data.body, embedded_in(taken, layout.blocks, article)]):
        article = completed(article, embedded, path=path)
    return page_of(without_repeated(article, captions), others, data.stated)


def _ready(layout: Layout, sums: Measures, furniture: Sequence[bool]) -> None:
    """Ready a page for the library: furniture out, and no name that would mislead it."""
    for part, is_furniture in zip(layout.parts, furniture, strict=True):
        element = part.element
        if is_furniture:
            if not furniture[part.parent]:
                element.drop_tree()
            continue
        if element.tag in ("aside", "footer"):
            element.tag = "div"
        prose = sums.prose[part.end] - sums.prose[part.start]
        has_heading = len(part) > 1 and layout.blocks[part.start].kind == "heading"
        if not prose or not (has_heading or prose > MAIN_SHARE * sums.prose[-1]):
            continue
        for key in ("class", "id"):
            names = (element.get(key) or "").split()
            kept = [name for name in names if not _MISLEADING.search(name)]
            if len(kept) < len(names):
                element.set(key, " ".join(kept))
        for key in ("style", "aria-hidden", "hidden"):
            element.attrib.pop(key, None)


def _taken_by_library(tree: Tree) -> Tree:
    """What the library takes for the article, in an element of its own."""
    from lxml import etree
    from trafilatura import bare_extraction

    for library in ("trafilatura", "htmldate", "courlan"):
        # Its remarks about odd pages would otherwise land in the middle of the screen.
        logging.getLogger(library).addHandler(logging.NullHandler())
    document = bare_extraction(tree, fast=True, include_comments=False, config=_settings())
    return etree.Element("body") if document is None else document.body


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
