"""A page's JSON-LD -> what it states about the one article that the page holds."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MAX_NODES = 2000
"""Of all blocks of one page together."""

_ARTICLE = re.compile(r"(?:\w{0,60}(?:Article|BlogPosting)|Report|Review|CreativeWork)")
_PAGE = re.compile(r"\w{0,60}Page")
_WRAPPING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)?\s*")
_WRAPPED_ENDS = ("-->", "*/", "]]>", "//", "/*", ";")
"""What may stand behind the JSON of a block, in any order."""
_WORD = re.compile(r"\w+")
_NO_LETTER = re.compile(r"[\W_]+")
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
"""Keys under which a page's own article may stand; any other holds other things."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """What tells a page's own article from others that its data lists."""

    addresses: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """What the article's own node states, as it is written there."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    body: str | None = None
    """The whole text, which pages behind a wall or made by a script have nowhere else."""


def article_node(blocks: list[str], identity: PageIdentity) -> ArticleNode:
    """Find the node of the page's own article among all that the blocks of JSON-LD hold.

    A node that names another address or another headline is of another article. Where no article
    is described, the description of the page itself counts, and then one that does not say of what
    it is. Malformed blocks are passed over.
    """
    nodes = [node for block in blocks for node in _nodes(_parsed(block))][:MAX_NODES]
    named = {str(node["@id"]): node for node in nodes if "@id" in node}
    for kind in (_ARTICLE, _PAGE, None):
        own = _own([node for node in nodes if _is_a(node, kind)], identity)
        if own is not None:
            return _read(own, named)
    return ArticleNode()


def folded(words: str) -> str:
    """Give letters and digits only, case folded, to compare titles by."""
    return _NO_LETTER.sub("", words.casefold())


def same_address(one: str, other: str) -> bool:
    """Say whether two addresses lead to one page: same host and path, whatever else."""
    return _place(one) == _place(other)


def _parsed(block: str) -> Any:  # noqa: ANN401, RUF100 - JSON is of any shape
    start = _WRAPPING.match(block)
    bare = block[start.end() if start else 0 :].rstrip()
    while bare.endswith(_WRAPPED_ENDS):
        bare = bare[: -max(len(end) for end in _WRAPPED_ENDS if bare.endswith(end))].rstrip()
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(parsed: Any) -> Iterator[Node]:  # noqa: ANN401, RUF100 - JSON is of any shape
    """Objects that may be the page's article or that others name, not those inside of them."""
    waiting = [parsed]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in _HOLDERS if isinstance(value.get(key), dict | list)]


def _is_a(node: Node, kind: re.Pattern[str] | None) -> bool:
    types = node.get("@type")
    if kind is None:
        return types is None
    named = types if isinstance(types, list) else [types]
    return any(
        isinstance(one, str) and kind.fullmatch(one.rsplit("/", 1)[-1]) is not None for one in named
    )


def _own(nodes: list[Node], identity: PageIdentity) -> Node | None:
    """The node that fits the page best; the first one among equals."""
    fits = [(_fit(node, identity), -at) for at, node in enumerate(nodes)]
    best = max(fits, default=(-1, 0))
    return nodes[-best[1]] if best[0] >= 0 else None


def _fit(node: Node, identity: PageIdentity) -> int:
    """2 for the page's address, 1 for its title, 0 if neither is stated, -1 if others are."""
    stated = [address for address in _addresses(node) if urlsplit(address).netloc]
    headline = _text(node.get("headline") or node.get("name"))
    if any(same_address(one, other) for one in stated for other in identity.addresses):
        return 2
    if headline and any(same_title(headline, title) for title in identity.titles):
        return 1
    is_other = bool(stated and identity.addresses) or bool(headline and identity.titles)
    return -1 if is_other else 0


def same_title(one: str, other: str) -> bool:
    """One is a part of the other, or they share most of their words."""
    whole, part = folded(one), folded(other)
    words = [set(_WORD.findall(title.casefold())) for title in (one, other)]
    fewest = min(map(len, words))
    is_part = bool(whole and part) and (part in whole or whole in part)
    return is_part or (fewest >= 3 and len(words[0] & words[1]) >= 0.6 * fewest)


def _addresses(node: Node) -> list[str]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    found = [node.get("url"), page, node.get("@id")]
    return [address for address in found if isinstance(address, str) and address.startswith("http")]


def _place(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return (address, "")
    return (parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"))


def _read(node: Node, named: Mapping[str, Node]) -> ArticleNode:
    addresses = _addresses(node)
    return ArticleNode(
        headline=_text(node.get("headline") or node.get("name")),
        authors=_names(node.get("author") or node.get("creator"), named),
        publisher=next(iter(_names(node.get("publisher"), named)), None),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        url=addresses[0] if addresses else None,
        body=_text(node.get("articleBody") or node.get("reviewBody")),
    )


def _names(value: Any, named: Mapping[str, Node]) -> tuple[str, ...]:  # noqa: ANN401, RUF100
    """Names of people or organisations: plain, in objects, or referred to by @id."""
    names: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:20]:
        whole = one
        if isinstance(one, dict) and "name" not in one:
            whole = named.get(str(one.get("@id")), one)
        name = whole.get("name") if isinstance(whole, Mapping) else whole
        inner = name if isinstance(name, list) else [name]
        names += [text for text in map(_text, inner[:20]) if text]
    return tuple(dict.fromkeys(names))


def _text(value: Any) -> str | None:  # noqa: ANN401, RUF100 - JSON is of any shape
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value.strip() or None if isinstance(value, str) else None
