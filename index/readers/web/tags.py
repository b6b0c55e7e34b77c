"""A parsed web page -> its meta tags, its microdata, and what its elements are called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MAX_TAGS = 1000
"""Of a page's meta tags; those of its article stand near the top."""
MAX_ITEMS = 8
"""Of microdata with one name, from the top."""

_FOREIGN = re.compile(
    r"event|start|end-?date|deadline|comment|related|sidebar|expire|birth|upcoming|calendar"
    r"|widget|teaser|recirc|promo|footer|copyright|countdown",
    re.IGNORECASE,
)

Tree = Any
"""An element of lxml, which has no types."""
Tags = Mapping[str, list[str]]
"""Contents of a page's meta tags by their names in lower case, in order."""
Items = Mapping[str, list[Tree]]
"""Elements of a page's microdata by the names of their properties, in order."""


def meta_tags(tree: Tree) -> Tags:
    """Collect what the meta tags say, by property, name and item name."""
    tags: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@content]")[:MAX_TAGS]:
        content = meta.get("content").strip()
        for key in {meta.get("property"), meta.get("name"), meta.get("itemprop")} - {None}:
            if content:
                tags.setdefault(key.strip().lower(), []).append(content)
    return tags


def values(tags: Tags, names: Iterable[str]) -> Iterator[str]:
    """Give the contents of the named tags, a name after the other."""
    for name in names:
        yield from tags.get(name, [])[:MAX_ITEMS]


def microdata(tree: Tree) -> Items:
    """Collect a page's microdata by the names of its properties, in order."""
    found: dict[str, list[Tree]] = {}
    for item in tree.xpath("//*[@itemprop]"):
        for prop in item.get("itemprop").split():
            found.setdefault(prop, []).append(item)
    return found


def own_items(items: Items, prop: str) -> Iterator[Tree]:
    """Give microdata of the page's article, not of comments, events or other articles on it."""
    for item in items.get(prop, [])[:MAX_ITEMS]:
        if not is_foreign(item):
            yield item


def is_foreign(element: Tree) -> bool:
    """Say whether it belongs to a comment, an event or another article, by the names around it."""
    return any(_FOREIGN.search(name) for name in names_around(element))


def names_around(element: Tree) -> Iterator[str]:
    """Give classes, ids and item names of an element and of those around it, the nearest first."""
    while element is not None and element.tag not in ("body", "html"):
        named = (element.get(key) or "" for key in ("class", "id", "itemprop", "itemtype"))
        yield " ".join(named)
        element = element.getparent()


def words_of(element: Tree) -> str:
    """Give an element's words on one line."""
    return " ".join(str(element.text_content()).split())
