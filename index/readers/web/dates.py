"""A parsed web page -> the days that it marks as those of publication and of the last change."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from index.readers.dates import iso_date
from index.readers.web.tags import (
    Items,
    Tags,
    Tree,
    is_foreign,
    names_around,
    own_items,
    values,
    words_of,
)

MAX_DEPTH = 3
"""Elements around a date, in which a name for it is looked for."""
MAX_TIMES = 20

_PUBLISHED_TAGS = (
    "article:published_time og:article:published_time article:published og:published_time pubdate"
    " publishdate publish-date publish_date publication_date publication-date date_published"
    " datepublished published_time parsely-pub-date sailthru.date citation_publication_date"
    " citation_date dc.date.issued dcterms.issued dc.date.created dcterms.created bt:pubdate"
    " article.published cxenseparse:recs:publishtime originalpublicationdate date dc.date"
    " dcterms.date"
).split()
_MODIFIED_TAGS = (
    "article:modified_time og:article:modified_time article:modified og:updated_time"
    " article:updated_time dc.date.modified dcterms.modified datemodified date_modified"
    " lastmod last-modified last-updated revised"
).split()
_PUBLISHED = re.compile(
    r"publi(?:sh|cation)|posted|pub-?date|entry-date|post-date|article-?date|dateline|story-date"
    r"|timestamp|byline|(?:^|[ _-])meta(?:$|[ _-])|created",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"updat|modif|revis|edited|changed", re.IGNORECASE)
_NEVER_CHANGED = re.compile(r"\bpublished\b|entry-date", re.IGNORECASE)


def published_date(stated: str | None, tree: Tree, tags: Tags, items: Items) -> str | None:
    """Give the first readable date that is marked as the day of publication.

    `stated` is what the article's own node says; it comes first.
    """
    return _first(
        [
            stated,
            *values(tags, _PUBLISHED_TAGS),
            *_item_dates(items, "datePublished"),
            *map(str, tree.xpath("//time[@pubdate]/@datetime")[:3]),
            *_times(tree, "published"),
            *_item_dates(items, "dateCreated"),
        ]
    )


def modified_date(stated: str | None, tree: Tree, tags: Tags, items: Items) -> str | None:
    """Give the first readable date that is marked as that of the last change."""
    return _first(
        [
            stated,
            *values(tags, _MODIFIED_TAGS),
            *_item_dates(items, "dateModified"),
            *_times(tree, "modified"),
        ]
    )


def _first(stated: Iterable[str | None]) -> str | None:
    return next(filter(None, map(iso_date, stated)), None)


def _item_dates(items: Items, prop: str) -> Iterator[str]:
    for item in own_items(items, prop):
        yield item.get("content") or item.get("datetime") or words_of(item)


def _times(tree: Tree, kind: Literal["published", "modified"]) -> Iterator[str]:
    for time in tree.xpath("//time[@datetime]")[:MAX_TIMES]:
        if _kind(time) == kind and not is_foreign(time):
            yield time.get("datetime")


def _kind(time: Tree) -> str:
    """What a date is called by the words before it, by itself or by its parents, in that order."""
    for called in (_label_before(time), *islice(names_around(time), MAX_DEPTH)):
        if _MODIFIED.search(called) and not _NEVER_CHANGED.search(called):
            return "modified"
        if _PUBLISHED.search(called):
            return "published"
    return ""


def _label_before(element: Tree) -> str:
    """The words on the same line before an element."""
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""
    if not before.strip() and previous is not None:
        before = words_of(previous)
    return str(before)[-40:]
