"""A page's blocks, and what the library took of them -> which of them are its article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.readers.web.body import Block, Layout, Part
from index.readers.web.furniture import is_prose
from index.readers.web.runs import RUN_WORDS, runs_of, share_of
from index.readers.web.structured import folded
from index.readers.web.tags import Tree
from index.text.boilerplate_lines import reason_for

MAX_LINE_CHARS = 300
TAKEN_SHARE = 0.6
"""Of a block's runs of words: the library took it if so many stand in what it gave."""
CORE_SHARE = 0.9
"""Of the prose that the library took, what the article's innermost element holds."""
POOR_SHARE = 0.5
"""Of the prose in the page's densest element: where the library took less, it took another one."""
NEAR_PARTS = 3
"""Elements around a paragraph that may be the one with the article."""
MIN_REGION_CHARS = 140
"""Of prose: a part that holds less does not lie beside the article as another half of it."""
MIN_ALONE_CHARS = 200
"""The same for a single paragraph."""
MAX_REGION_LINKS = 0.35
MAX_FORM_BLOCKS = 40
"""A part with a form in it and more blocks is more than that."""
MIN_LIST_WORDS = 2.5
"""An item has, on average, in lists that say something; shorter ones are names and buttons."""
MIN_LINE_WORDS = 4
"""Words that are no sentence, between sentences of the article."""

_LABELLED = re.compile(
    r"(?!(?:photo|image|picture|source|credit|by|tags?|topics?|filed|share|follow|posted|published"
    r"|updated|date|category|categories|author|read|see|related|more|comments?)\b)"
    r"[^\W\d][^:]{1,40}: \S",
    re.IGNORECASE,
)


class Taken:
    """What the library took, to be looked up block by block."""

    def __init__(self, body: Tree) -> None:
        self._lines: set[str] = set()
        for element in body.iter():
            self._lines.update(map(folded, filter(None, (element.text, element.tail))))
            if len(element):
                whole = "".join(element.itertext())
                if len(whole) <= MAX_LINE_CHARS:
                    self._lines.add(folded(whole))
        self._runs = runs_of(" ".join(body.itertext()))

    def holds(self, words: str) -> bool:
        """Say whether the library took these words."""
        if words.count(" ") < RUN_WORDS and len(words) <= MAX_LINE_CHARS:
            return folded(words) in self._lines
        return share_of(words, self._runs) >= TAKEN_SHARE


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of each block."""

    layout: Layout
    out: list[bool]
    """Inside of furniture."""
    taken: Sequence[bool]
    """By the library."""
    said: list[bool]
    """Sentences, and no furniture by their words either."""
    told: list[bool]
    """Lines of lists and tables that say something."""
    heading: int | None
    """The one that the page is called by."""


def chosen(
    layout: Layout,
    furniture: Sequence[bool],
    teasers: Sequence[Part],
    library: Taken,
    heading: int | None,
) -> list[bool]:
    """Say of each block whether it belongs to the article.

    That is what the library took, and, where the article lies, all else that is made of sentences
    or is a line of a list or table; a heading stays if something below it does.
    """
    blocks = layout.blocks
    out = [False] * len(blocks)
    for part, is_furniture in zip(layout.parts, furniture, strict=True):
        if is_furniture:
            out[part.start : part.end] = [True] * (part.end - part.start)
    taken = [
        not is_out and library.holds(block.words) for is_out, block in zip(out, blocks, strict=True)
    ]
    doubtful = out.copy()
    for part in teasers:
        doubtful[part.start : part.end] = [True] * len(part)
    said = [
        not o and is_prose(block) and reason_for(block.words) is None
        for o, block in zip(doubtful, blocks, strict=True)
    ]
    lists = _lists(blocks)
    told = [
        not o
        and block.kind in ("item", "row", "code")
        and block.links <= 0.5 * len(block.words)
        and (block.group in lists or block.kind == "code")
        for o, block in zip(doubtful, blocks, strict=True)
    ]
    page = _Page(layout, out, taken, said, told, heading)
    inside = _inside(page)
    keep = _kept(page, inside)
    _keep_headings(page, inside, keep)
    if heading is not None and not any(keep):
        keep[heading] = True
    return keep


def _lists(blocks: Sequence[Block]) -> set[int]:
    """Numbers of the lists of which the items are more than names."""
    counts: dict[int, list[int]] = {}
    for block in blocks:
        if block.group:
            counts.setdefault(block.group, []).append(len(block.words.split()))
    return {group for group, found in counts.items() if sum(found) >= MIN_LIST_WORDS * len(found)}


def _inside(page: _Page) -> list[bool]:
    """Say of each block whether it lies where the article does."""
    layout, blocks = page.layout, page.layout.blocks
    core = _core(page)
    inside = [False] * len(blocks)
    inside[core.start : core.end] = [True] * len(core)
    start = 0
    if page.heading is not None and page.heading < core.end:
        start = page.heading
        if start < core.start:
            inside[start : core.start] = [True] * (core.start - start)
    children: dict[int, list[Part]] = {}
    for part in layout.parts:
        children.setdefault(part.parent, []).append(part)
    content = [
        len(block.words) * ((said or told) and not out)
        for block, said, told, out in zip(blocks, page.said, page.told, page.out, strict=True)
    ]
    forms = [part for part in layout.parts if part.element.tag == "form"]
    inner = core
    while inner.parent >= 0:
        beside: dict[tuple[str, str | None], list[int]] = {}
        for part in children[inner.parent]:
            if part is not inner and part.start >= start and not _asks(forms, part):
                group = beside.setdefault(_kind_of(part), [])
                group += [at for at in range(part.start, part.end) if not inside[at]]
        for kind, group in beside.items():
            gains = [content[at] for at in group if content[at]]
            is_near = inner is core or len(gains) > 1
            enough = MIN_REGION_CHARS if is_near else MIN_ALONE_CHARS
            is_enough = bool(gains) if kind == _kind_of(inner) else sum(gains) >= enough
            if is_enough and _linked(page, group) <= MAX_REGION_LINKS:
                for at in group:
                    inside[at] = True
        inner = layout.parts[inner.parent]
    return inside


def _asks(forms: Sequence[Part], part: Part) -> bool:
    """Say whether a part is little more than a form."""
    return len(part) <= MAX_FORM_BLOCKS and any(
        part.start <= form.start and form.end <= part.end for form in forms
    )


def _kind_of(part: Part) -> tuple[str, str | None]:
    """What parts that are made alike have in common."""
    return part.element.tag, part.element.get("class")


def _linked(page: _Page, span: Sequence[int]) -> float:
    """Share of characters in links of what is no furniture."""
    rest = [page.layout.blocks[at] for at in span if not page.out[at]]
    chars = sum(len(block.words) for block in rest)
    return sum(block.links for block in rest) / chars if chars else 1.0


def _core(page: _Page) -> Part:
    """The innermost part with nearly all prose that the library took.

    Where the page's densest part has hardly any of that, it is the core.
    """
    layout = page.layout
    weights = [
        len(block.words) * said for block, said in zip(layout.blocks, page.said, strict=True)
    ]
    took = [0, *accumulate(w * t for w, t in zip(weights, page.taken, strict=True))]
    densest = _densest(layout, weights)
    in_densest = sum(weights[densest.start : densest.end])
    if took[densest.end] - took[densest.start] < POOR_SHARE * in_densest > took[-1] * POOR_SHARE:
        return densest
    goal = CORE_SHARE * took[-1]
    return [part for part in layout.parts if took[part.end] - took[part.start] >= goal][-1]


def _densest(layout: Layout, weights: Sequence[int]) -> Part:
    """The part with most prose in its own paragraphs, or in those of its parts."""
    innermost = [0] * len(weights)
    for number, part in enumerate(layout.parts):
        innermost[part.start : part.end] = [number] * len(part)
    own = [0] * len(layout.parts)
    for at, weight in zip(innermost, weights, strict=True):
        number = at
        for _ in range(NEAR_PARTS):
            if number >= 0:
                own[number] += weight
                number = layout.parts[number].parent
    return layout.parts[max(range(len(own)), key=lambda number: (own[number], number))]


def _kept(page: _Page, inside: Sequence[bool]) -> list[bool]:
    """Say of each block but the headings whether it is the article's."""
    blocks = page.layout.blocks
    sure = [at for at, said in enumerate(page.said) if said and page.taken[at]]
    first, last = (sure[0], sure[-1]) if sure else (0, -1)
    start = page.heading if page.heading is not None and page.heading <= first else 0
    seen = {folded(blocks[at].words) for at in sure}
    keep = [False] * len(blocks)
    for at, block in enumerate(blocks):
        if page.out[at]:
            continue
        keep[at] = page.taken[at]
        if not keep[at] and inside[at] and at >= start and block.kind != "heading":
            is_line = first < at < last and _is_line(block)
            key = folded(block.words)
            keep[at] = (page.said[at] or page.told[at] or is_line) and key not in seen
            seen.add(key)
    return keep


def _is_line(block: Block) -> bool:
    """Say whether words that are no sentence say something."""
    words = len(block.words.split())
    return (
        not block.links
        and (words >= MIN_LINE_WORDS or (words > 2 and _LABELLED.match(block.words) is not None))
        and reason_for(block.words) is None
    )


def _keep_headings(page: _Page, inside: Sequence[bool], keep: list[bool]) -> None:
    """Keep headings with something of the article below them, and no others."""
    blocks = page.layout.blocks
    reach = _reaches(page.layout)
    below, text, later, last = 0, len(keep), len(keep), 0
    for at in range(len(keep) - 1, -1, -1):
        block = blocks[at]
        if block.kind != "heading":
            if keep[at]:
                below, text, later, last = 0, at, at, last or at
            continue
        level = len(block.mark) - 1
        is_here = not page.out[at] and at < last and (inside[at] or page.taken[at])
        has_text = text < reach[at] or (page.taken[at] and later < reach[at])
        keep[at] = is_here and (has_text or level < below or at == page.heading)
        if is_here:
            below = level if keep[at] else below
            text = len(keep)


def _reaches(layout: Layout) -> dict[int, int]:
    """Where the text below each heading may end: with the part that holds both."""
    blocks = layout.blocks
    innermost = {
        at: part
        for part in layout.parts
        for at in range(part.start, part.end)
        if blocks[at].kind == "heading"
    }
    reach: dict[int, int] = {}
    for at, innermost_part in innermost.items():
        part = innermost_part
        while part.parent >= 0 and all(b.kind == "heading" for b in blocks[at : part.end]):
            part = layout.parts[part.parent]
        reach[at] = part.end
    return reach
