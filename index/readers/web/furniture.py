"""A page's blocks and the elements around them -> which are furniture, told by what they hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.readers.web.body import Block, Layout, Part
from index.readers.web.names import is_comment, named_kind
from index.readers.web.structured import folded
from index.readers.web.tags import Tree
from index.readers.web.wording import OWN_SITE

MIN_PROSE_CHARS = 40
"""A shorter block is not taken for prose without the end of a sentence."""
MAX_LINKED_PROSE = 0.5
"""Of a block's characters, those in links; a block with more only leads elsewhere."""
MAIN_SHARE = 0.5
"""Of a page's prose: what holds more is furniture only if it is called comments."""
NEARLY_ALL = 0.85
"""Of a page's prose: what holds more is furniture only if it begins by counting comments."""
COOKIE_SHARE = 0.7
"""Of the sentences of a part: it speaks of cookies if more do."""
MIN_COMMENTED = 80
"""Characters in sentences beside nearly all of a page's: so much can have been commented on."""
MAX_HEADED = 0.25
"""Of a page's prose: what holds more is more than what its heading says."""
MAX_ASIDE_LINKS = 0.3
MIN_LEADING_LINKS = 0.15
"""Of a part's characters: with fewer in links, it leads nowhere, whatever it is called."""
MAX_HEADING = 100
MAX_TEASER_CHARS = 600
MIN_TEASERS = 3
"""Beside one another, where their links are no headings."""

_NEVER = frozenset({"nav", "dialog"})
_NEVER_ROLES = frozenset({"navigation", "search", "dialog", "alertdialog", "banner", "contentinfo"})
_BESIDE = frozenset({"aside", "footer", "form"})
_BESIDE_ROLES = frozenset({"complementary", "form"})
_EXEMPT = frozenset({"html", "body", "main"})
_BODIES = frozenset(
    "entry-content post-body post-content article-body article-content story-body articlebody"
    " post-entry article-text".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…。！？:;][”’\"')\]»]*$")
_INNER_END = re.compile(r"[.!?…][”’\"')\]»]* \S|[。！？]")


@dataclass(frozen=True, slots=True)
class Measures:
    """Sums over the blocks before each one: characters, those in links, and those in prose."""

    chars: Sequence[int]
    links: Sequence[int]
    prose: Sequence[int]

    def share(self, sums: Sequence[int], part: Part) -> float:
        """Give the share of a part's characters that a sum counts."""
        chars = self.chars[part.end] - self.chars[part.start]
        return (sums[part.end] - sums[part.start]) / chars if chars else 0.0


def is_prose(block: Block) -> bool:
    """Say whether a block is made of sentences."""
    words = block.words
    if block.kind == "heading" or block.links > MAX_LINKED_PROSE * len(words):
        return False
    ends = _ENDS.search(words[-8:]) is not None
    if len(words) < MIN_PROSE_CHARS:
        return ends and words.count(" ") >= 2
    return ends or _INNER_END.search(words) is not None or words.count(" ") > 20


def measured(blocks: Sequence[Block]) -> Measures:
    """Measure a page's blocks."""
    sizes = [len(block.words) for block in blocks]
    return Measures(
        chars=[0, *accumulate(sizes)],
        links=[0, *accumulate(block.links for block in blocks)],
        prose=[0, *accumulate(n * is_prose(b) for n, b in zip(sizes, blocks, strict=True))],
    )


def main_heading(blocks: Sequence[Block], title: str | None) -> int | None:
    """Find the heading that the page is called by: that of its title, else the first of all."""
    key = folded(title or "")
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    named = [at for at in headings if key and folded(blocks[at].words) == key]
    first = [at for at in headings if blocks[at].mark == "# "]
    return next(iter(named + first), None)


def furniture_in(layout: Layout, sums: Measures, heading: int | None) -> list[bool]:
    """Say of each part of a page whether it is furniture, or inside of one that is."""
    found: list[bool] = []
    is_article: list[bool] = []
    bodies = _around_bodies(layout)
    for number, part in enumerate(layout.parts):
        around = part.parent
        inside = around >= 0 and found[around]
        in_article = around >= 0 and is_article[around]
        is_article.append(in_article or part.element.tag in ("article", "main"))
        has_heading = heading is not None and part.start <= heading < part.end
        found.append(
            inside
            or (
                not (has_heading or number in bodies)
                and part.start < part.end
                and _is_furniture(layout, sums, part, in_article=in_article)
            )
        )
    for group in _beside(layout, sums, found, with_heading=True):
        for number in group if len(group) > 1 else []:
            found[number] = True
    for number in _cookie_notices(layout, sums, heading):
        found[number] = True
    for number, part in enumerate(layout.parts):
        if part.parent >= 0 and found[part.parent]:
            found[number] = True
    return found


def _cookie_notices(layout: Layout, sums: Measures, heading: int | None) -> list[int]:
    """Parts that speak of cookies in most of what they say, and of the site that sets them."""
    told = [
        len(block.words) * (is_prose(block) and "cookie" in block.words.casefold())
        for block in layout.blocks
    ]
    if not any(told) or (
        heading is not None and "cookie" in layout.blocks[heading].words.casefold()
    ):
        return []
    sums_told = [0, *accumulate(told)]
    return [
        number
        for number, part in enumerate(layout.parts)
        if part.element.tag not in _EXEMPT
        and (prose := sums.prose[part.end] - sums.prose[part.start])
        and sums_told[part.end] - sums_told[part.start] >= COOKIE_SHARE * prose
        and prose < MAIN_SHARE * sums.prose[-1]
        and any(OWN_SITE.search(b.words) for b in layout.blocks[part.start : part.end])
    ]


def _around_bodies(layout: Layout) -> set[int]:
    """Parts that hold the body of the article, if only one on the page is called so."""
    bodies = [
        number
        for number, part in enumerate(layout.parts)
        if part.start < part.end
        and (
            part.element.get("itemprop") == "articleBody"
            or not _BODIES.isdisjoint((part.element.get("class") or "").lower().split())
        )
    ]
    around: set[int] = set()
    number = bodies[0] if len(bodies) == 1 else -1
    while number >= 0:
        around.add(number)
        number = layout.parts[number].parent
    return around


def _is_furniture(layout: Layout, sums: Measures, part: Part, *, in_article: bool) -> bool:
    element = part.element
    tag, role = element.tag, element.get("role")
    prose = (sums.prose[part.end] - sums.prose[part.start]) / max(sums.prose[-1], 1)
    if tag in _EXEMPT:
        return False
    first = layout.blocks[part.start]
    heading = first.words if first.kind == "heading" and len(first.words) < MAX_HEADING else ""
    kind = named_kind(element, heading)
    if kind == "comments" or prose > MAIN_SHARE:
        rest = (1 - prose) * sums.prose[-1]
        is_sure = rest >= MIN_COMMENTED and is_comment(heading, is_heading=True)
        return kind == "comments" and (prose <= NEARLY_ALL or is_sure)
    if tag in _NEVER or role in _NEVER_ROLES or is_unseen(element):
        return True
    links = sums.share(sums.links, part)
    if kind and prose < MAX_HEADED:
        is_beside = not in_article and kind == "leads"
        return kind == "furniture" or is_beside or links > MIN_LEADING_LINKS
    if tag in _BESIDE or role in _BESIDE_ROLES:
        return not (in_article and links <= MAX_ASIDE_LINKS and tag != "form")
    return False


def is_unseen(element: Tree) -> bool:
    """Say whether an element is hidden for good: the panels of a page can be opened."""
    style = element.get("style")
    is_hidden = (
        element.get("hidden") not in (None, "until-found")
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )
    is_panel = element.get("role") in ("tabpanel", "region") or "aria-labelledby" in element.attrib
    return is_hidden and not is_panel


def teasers_in(layout: Layout, sums: Measures, furniture: Sequence[bool]) -> list[Part]:
    """Find parts that each are a link with a few words below: they may speak of other pages."""
    alone = _beside(layout, sums, furniture, with_heading=True)
    many = _beside(layout, sums, furniture, with_heading=False)
    groups = [*alone, *(group for group in many if len(group) >= MIN_TEASERS)]
    return [layout.parts[number] for group in groups for number in group]


def _beside(
    layout: Layout, sums: Measures, furniture: Sequence[bool], *, with_heading: bool
) -> list[list[int]]:
    """Numbers of the parts that look like teasers, those beside one another together."""
    beside: dict[int, list[int]] = {}
    for number, part in enumerate(layout.parts):
        chars = sums.chars[part.end] - sums.chars[part.start]
        if furniture[number] or not 0 < chars <= MAX_TEASER_CHARS or not 1 < len(part) <= 8:
            continue
        blocks = layout.blocks[part.start : part.end]
        if any(
            block.links >= 0.8 * len(block.words)
            and (block.kind == "heading" if with_heading else block.words.count(" ") >= 2)
            for block in blocks
        ):
            beside.setdefault(part.parent, []).append(number)
    return list(beside.values())
