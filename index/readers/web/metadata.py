"""A parsed web page -> what it states about its article: tags, JSON-LD and microdata."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from index.readers.documents import Stated
from index.readers.lines import one_line, web_address
from index.readers.web.dates import modified_date, published_date
from index.readers.web.structured import (
    ArticleNode,
    PageIdentity,
    article_node,
    folded,
    same_address,
    same_title,
)
from index.readers.web.tags import (
    Items,
    Tags,
    Tree,
    is_foreign,
    meta_tags,
    microdata,
    own_items,
    values,
    words_of,
)
from index.text.boilerplate_lines import byline_name

MAX_BLOCKS = 20
"""Of JSON-LD."""
MAX_AUTHORS = 8

_AUTHOR_TAGS = (
    "author article:author citation_author parsely-author sailthru.author byl dc.creator"
    " dcterms.creator dc.creator.aut authors article:author_name"
).split()
_BYLINE_CLASSES = frozenset({"byline-name", "author-name", "byline", "author"})
_OUTLET_TAGS = "citation_journal_title application-name publisher dc.publisher".split()
_TITLE_TAGS = "og:title citation_title dc.title dcterms.title parsely-title twitter:title".split()

_BY = re.compile(r"(?:by|written by|author)\s*:?\s+(?=\S)", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|/|(?:admin|editor|staff|webmaster|unknown)$", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_SITE_AFTER = re.compile(r"(?P<title>.+)(?:\s[–—·•:-]|[|»])\s+(?P<site>[^|»]{1,200})")
_SITE_BEFORE = re.compile(r"(?P<site>[^|»]{1,200}?)\s*(?:\s[–—·•-]|[|»:])\s+(?P<title>.+)")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of its article beside the words that it shows."""

    stated: Stated
    body: str | None
    """The article's text as the page's data have it; plain or HTML."""


def data_of(tree: Tree, *, saved_from: str | None) -> PageData:
    """Collect title, author, outlet, dates and address of the page's own article, and its text.

    A date of publication is one that is marked as such; a change, an event or another article
    never gives it. Where several places state something, the article's own node comes first.
    """
    tags, items = meta_tags(tree), microdata(tree)
    addresses = tuple(_addresses(tree, tags, saved_from))
    headings = tuple(_lines(map(words_of, tree.xpath("//h1")[:5])))
    titles = tuple(_lines([*values(tags, _TITLE_TAGS), *map(words_of, tree.xpath("//title")[:1])]))
    scripts = tree.xpath('//script[contains(@type, "ld+json")]/text()')[:MAX_BLOCKS]
    node = article_node(list(map(str, scripts)), PageIdentity(addresses, headings + titles))
    outlet = _outlet([*values(tags, ["og:site_name"]), node.publisher, *_publishers(items, tags)])
    published = published_date(node.published, tree, tags, items)
    modified = modified_date(node.modified, tree, tags, items)
    stated = Stated(
        title=_title(headings, [*_lines([node.headline]), *titles], outlet),
        author=_author(tree, tags, items, node),
        outlet=outlet,
        published=published,
        modified=None if _is_before(modified, published) else modified,
        url=next(iter(addresses), None) or web_address(node.url),
    )
    return PageData(stated, node.body)


def _lines(texts: Iterable[str | None]) -> Iterator[str]:
    return filter(None, map(one_line, texts))


def _is_before(one: str | None, other: str | None) -> bool:
    """Say whether a date, possibly partial, is certainly the earlier one."""
    if one is None or other is None:
        return False
    common = min(len(one), len(other))
    return one[:common] < other[:common]


def _addresses(tree: Tree, tags: Tags, saved_from: str | None) -> Iterator[str]:
    """Where the page says that it lies; a page that claims to be its whole site is not believed."""
    stated = [str(href) for href in tree.xpath('//link[@rel="canonical"]/@href')[:1]]
    base = saved_from or str(next(iter(tree.xpath("//base/@href")), ""))
    for one in [*stated, *values(tags, ["og:url"])]:
        try:
            address = web_address(urljoin(base, one.strip()))
            is_site = address is not None and urlsplit(address).path in ("", "/")
        except ValueError:
            continue
        if address and not (is_site and saved_from and not same_address(address, saved_from)):
            yield address
    if saved_from:
        yield saved_from


def _title(headings: Iterable[str], titles: list[str], outlet: str | None) -> str | None:
    """The heading that the reader sees if the page's data agree with it, else what they say."""
    site = folded(outlet or "")
    shown = [words for words in headings if folded(words) != site]
    said = [_without_site(title, site, shown) for title in titles if folded(title) != site]
    agreed = [words for words in shown if any(same_title(words, other) for other in said)]
    if not agreed and len(shown) == 1 and len(shown[0].split()) >= 3:
        agreed = shown
    return next(iter([*agreed, *said, *shown]), None)


def _without_site(title: str, site: str, headings: list[str]) -> str:
    """A title without the name of its site, where that is known or the rest is a heading."""
    for parts in (_SITE_AFTER.fullmatch(title), _SITE_BEFORE.fullmatch(title)):
        if parts is None:
            continue
        beside, bare = folded(parts["site"]), folded(parts["title"])
        is_site = bool(site and beside) and (beside in site or site in beside)
        if is_site or bare in map(folded, headings) or "|" in title[len(parts["title"]) :]:
            return parts["title"]
    return title


def _author(tree: Tree, tags: Tags, items: Items, node: ArticleNode) -> str | None:
    """Names of those who wrote it, from the first place that has any."""
    places: tuple[Callable[[], Iterable[str | None]], ...] = (
        lambda: node.authors,
        lambda: values(tags, _AUTHOR_TAGS),
        lambda: _item_names(items, "author"),
        lambda: _bylines(tree.xpath('//*[@rel="author"]')),
        lambda: _bylines(_called_byline(tree)),
    )
    for place in places:
        names = list(dict.fromkeys(filter(None, map(_name, place()))))
        if names:
            return one_line(", ".join(names[:MAX_AUTHORS]))
    return None


def _name(words: str | None) -> str | None:
    name = _BY.sub("", one_line(words) or "", count=1).strip(" ,;|")
    is_name = 2 <= len(name) <= 120 and len(name.split()) <= 14 and not _NO_NAME.match(name)
    return name if is_name and any(character.isalpha() for character in name) else None


def _called_byline(tree: Tree) -> Iterator[Tree]:
    for element in tree.xpath('//*[contains(@class, "byline") or contains(@class, "author")]'):
        if not _BYLINE_CLASSES.isdisjoint(element.get("class").split()):
            yield element


def _bylines(elements: Iterable[Tree]) -> Iterator[str | None]:
    """Names in elements that are called a byline and look like one; the first such element."""
    for element in islice(elements, 3):
        words = words_of(element)
        name = byline_name(words if _BY.match(words) else f"By {words}")
        if name and not is_foreign(element):
            yield name
            return


def _item_names(items: Items, prop: str) -> Iterator[str | None]:
    """Microdata: the name inside of an item, or the item's own words."""
    for item in own_items(items, prop):
        if item.tag != "meta":
            names = item.xpath('.//*[@itemprop="name"]') or [item]
            yield from (name.get("content") or words_of(name) for name in names[:MAX_AUTHORS])


def _publishers(items: Items, tags: Tags) -> Iterator[str | None]:
    yield from _item_names(items, "publisher")
    yield from values(tags, _OUTLET_TAGS)


def _outlet(names: Iterable[str | None]) -> str | None:
    """The site's stated name; a bare domain is only where the page lies."""
    for name in _lines(names):
        if "://" not in name and not _DOMAIN.fullmatch(name) and name[0] != "@":
            return name
    return None
