"""RSS, Atom and RDF -> one Document an entry; the door of feedparser."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import Unreadable
from index.readers.decoding import decode
from index.readers.documents import Document, Source, Stated
from index.readers.lines import one_line, web_address
from index.readers.moments import day_of
from index.readers.web.rendering import plain

MAX_FEED_BYTES = 32 * 1024 * 1024
"""A larger feed is refused, since it has to be held whole, entries and all."""

MAX_TAGS = 600_000
"""In a feed; each takes the parser some time."""

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<\w")
ROOT_CHARS = 64 * 1024
"""Within these the first element of a feed is found."""

Entry = Mapping[str, Any]
"""As feedparser gives it."""


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give the text of each entry, numbered as they stand; those without words are summed up.

    Raises:
        Unreadable: it is no feed, not text, or in no encoding that we are sure of.
    """
    raw = source.raw(MAX_FEED_BYTES)
    decoded = decode(raw, path=source.path, is_page=True, known=source.encoding)
    feed = _parsed(decoded.text, source.path)
    outlet = one_line(_plain_line(feed.feed.get("title"), source.path))
    wordless: list[int] = []
    for number, entry in enumerate(feed.entries, start=1):
        part = f"#{number}"
        try:
            text = _text(entry, source.path + part)
        except Unreadable as error:
            yield error
            continue
        if not any(letter.isalnum() for letter in text):
            wordless.append(number)
            continue
        stated = _stated(entry, outlet, source.path, is_rss=not feed.version.startswith("atom"))
        yield Document(text, stated, part=part, encoding=decoded.encoding)
    if wordless:
        entries = "1 entry has" if len(wordless) == 1 else f"{len(wordless)} entries have"
        reason = f"{entries} no words below the title (first: number {wordless[0]})"
        yield Unreadable(source.path, reason, "no words")


def _parsed(text: str, path: str) -> Any:  # noqa: ANN401, RUF100 - feedparser has no types
    """What feedparser makes of it.

    It gets the text from the first element on: without a document type there are no entities that
    could be expanded. The declared encoding goes with it, since the text is given as UTF-8.
    """
    import feedparser

    root = _ROOT.search(text[:ROOT_CHARS])
    first = _FIRST_ELEMENT.search(text[:ROOT_CHARS])
    if root is None or first is None:
        raise Unreadable(path, "XML, but no feed", "other format")
    if text.count("<") > MAX_TAGS:
        raise Unreadable(path, "holds more tags than can be read", "too large")
    feed = feedparser.parse(
        io.BytesIO(text[first.start() :].encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not feed.entries and not feed.version:
        raise Unreadable(path, "XML, but no feed", "other format")
    return feed


def _text(entry: Entry, path: str) -> str:
    """The longest of the entry's contents, else its summary, without markup."""
    contents = [str(one.get("value", "")) for one in entry.get("content", ())]
    longest = max(contents, key=len, default="")
    return plain(longest or str(entry.get("summary") or ""), path=path).strip("\n")


def _stated(entry: Entry, outlet: str | None, path: str, *, is_rss: bool) -> Stated:
    dates = dict(entry.items())  # feedparser's own class gives the one date for the other
    published, updated = day_of(dates.get("published")), day_of(dates.get("updated"))
    if is_rss and published is None:
        published, updated = updated, None  # RSS has a single date, Dublin Core's among others
    author = entry.get("author_detail", {}).get("name") or entry.get("author")
    source = entry.get("source", {})
    return Stated(
        title=one_line(_plain_line(entry.get("title"), path)),
        author=one_line(_plain_line(author, path)),
        outlet=one_line(_plain_line(source.get("title"), path)) or outlet,
        published=published,
        modified=updated,
        url=web_address(entry.get("link")),
    )


def _plain_line(text: str | None, path: str) -> str | None:
    """A title or a name, which may hold markup, too."""
    try:
        return plain(text, path=path) if text else None
    except Unreadable:
        return None
