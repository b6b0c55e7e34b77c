"""Kept blocks of a page -> without those that frame its article: masthead, dates, people, links."""

import re
from collections.abc import Iterator, Sequence

from index.readers.documents import Stated
from index.readers.page_body import Block
from index.readers.page_furniture import MAX_LINKED_PROSE, is_prose
from index.readers.page_names import leads_elsewhere
from index.readers.page_wording import (
    CALL,
    CREDIT,
    FILED,
    IS_SOMEBODY,
)
from index.readers.structured import folded

MIN_PARAGRAPH_CHARS = 80
"""Of the first sentences of an article; what stands before them may be its masthead."""
MAX_LABEL_CHARS = 60
MAX_CALL_CHARS = 120
MAX_DATE_CHARS = 80
MAX_PERSON_CHARS = 700
MAX_PERSONS = 4
"""Paragraphs at the end that say who wrote the article."""
MIN_LINKS = 2
"""One below the other, that lead to other pages; a single one may be the article's source."""

_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def without_frame(
    blocks: Sequence[Block], keep: Sequence[bool], heading: int | None, stated: Stated
) -> list[bool]:
    """Say of each block whether it still belongs to the article.

    Nothing goes by its place alone: before the heading only what is no sentence, below it a line
    with the very date that the page states, at the end those whom the page names as its authors,
    calls to do something, and lists of nothing but links.
    """
    left = list(keep)
    kept = [at for at, is_kept in enumerate(left) if is_kept]
    paragraphs = [
        at
        for at in kept
        if is_prose(blocks[at]) and len(blocks[at].words) >= MIN_PARAGRAPH_CHARS
    ]
    if not paragraphs:
        return left
    out = {
        *_masthead(blocks, kept, paragraphs[0], heading),
        *_dates(blocks, kept, paragraphs[0], heading, stated),
        *(at for at in kept if is_call(blocks[at])),
        *_known_lists(blocks, kept),
    }
    rest = [at for at in kept if at not in out]
    out |= _end(blocks, rest, stated)
    for at in out:
        left[at] = False
    _drop_bare_headings(blocks, kept, left)
    return left


def is_call(block: Block) -> bool:
    """Say whether a line is for the page and no part of its article: a button, a picture's maker."""
    words = block.words.strip(" |·•:»›→")
    if len(words) > MAX_CALL_CHARS or block.kind != "prose":
        return False
    return any(pattern.fullmatch(words) for pattern in (CALL, CREDIT))


def _masthead(
    blocks: Sequence[Block], kept: Sequence[int], first: int, heading: int | None
) -> Iterator[int]:
    """What stands before the heading and is neither a sentence nor a line of a list."""
    for at in kept:
        if heading is None or at >= min(heading, first):
            return
        block = blocks[at]
        if block.kind == "heading" or block.links > MAX_LINKED_PROSE * len(block.words):
            yield at
        elif block.kind == "prose" and not is_prose(block):
            yield at


def _dates(
    blocks: Sequence[Block], kept: Sequence[int], first: int, heading: int | None, stated: Stated
) -> Iterator[int]:
    """Lines above the text that say when it was published, as the page states it elsewhere."""
    days = [day for day in (stated.published, stated.modified) if day and len(day) == len("2025-06-23")]
    for at in kept:
        if at >= first:
            return
        words = blocks[at].words
        is_near = heading is None or at != heading
        if is_near and len(words) <= MAX_DATE_CHARS and any(_says(words, day) for day in days):
            yield at


def _says(words: str, day: str) -> bool:
    """Say whether a line holds a day and hardly anything else."""
    numbers = set(map(int, _NUMBER.findall(words)))
    year, month, date = map(int, day.split("-"))
    has_month = month in numbers - {date} or month == date or _LETTERS.search(words) is not None
    return {year, date} <= numbers and has_month and len(_LETTERS.findall(words)) <= 6


def _end(blocks: Sequence[Block], rest: Sequence[int], stated: Stated) -> set[int]:
    """What follows the last words of the article."""
    out: set[int] = set()
    persons = 0
    at = len(rest) - 1
    while at > 0:
        block = blocks[rest[at]]
        links = _link_list(blocks, rest[: at + 1])
        if links:
            gone = links
        elif FILED.fullmatch(block.words) and block.kind in ("prose", "item"):
            gone = 1
        elif persons < MAX_PERSONS and (
            _is_card(blocks[rest[at - 1]], block)
            or _is_about_author(blocks, rest[: at + 1], stated)
        ):
            gone, persons = 1, persons + 1
        elif block.kind == "heading":
            gone = 1
        else:
            break
        out.update(rest[at - gone + 1 : at + 1])
        at -= gone
    return out


def _known_lists(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """Links to other pages wherever they stand, below a line that says so."""
    is_below = False
    for at, after in zip(kept, [*kept[1:], None], strict=True):
        is_link = _only_leads(blocks[at])
        starts = after is not None and _only_leads(blocks[after]) and _is_known_label(blocks[at])
        is_below = starts or (is_below and is_link)
        if is_below:
            yield at


def _only_leads(block: Block) -> bool:
    return block.kind in ("prose", "item") and block.links >= 0.9 * len(block.words)


def _is_known_label(block: Block) -> bool:
    words = block.words.rstrip(" :.…»>→")
    return len(words) <= MAX_LABEL_CHARS and leads_elsewhere(words)


def _link_list(blocks: Sequence[Block], rest: Sequence[int]) -> int:
    """Count the last blocks that are nothing but links, with the label above; 0 if there is none.

    A label is a line that ends in a colon.
    """
    count = 0
    for at in reversed(rest):
        if not _only_leads(blocks[at]):
            break
        count += 1
    if not MIN_LINKS <= count < len(rest):
        return 0
    label = blocks[rest[-count - 1]]
    is_line = label.kind == "prose" and len(label.words) <= MAX_LABEL_CHARS
    return count + 1 if is_line and label.words.endswith(":") else 0


def _is_card(above: Block, block: Block) -> bool:
    """Say whether a sentence begins with the name above it."""
    is_name = above.kind == "heading" and 2 <= len(above.words.split()) <= 5
    return is_name and block.kind == "prose" and IS_SOMEBODY.match(" " + block.words) is not None


def _is_about_author(blocks: Sequence[Block], rest: Sequence[int], stated: Stated) -> bool:
    """Say whether the last block introduces whom the page names as an author.

    That is no more than it looks like where the article speaks of the same person elsewhere.
    """
    block = blocks[rest[-1]]
    words = block.words
    if block.kind != "prose" or len(words) > MAX_PERSON_CHARS:
        return False
    start = IS_SOMEBODY.search(words, 0, 80)
    name = words[: start.start()] if start else ""
    key = folded(name)
    if len(name.split()) < 2 or key not in folded(stated.author or ""):
        return False
    if key in folded(stated.title or ""):
        return False
    others = (blocks[at].words for at in rest[:-1])
    return not any(
        len(other) > MAX_DATE_CHARS and name in other and not other.startswith(name)
        for other in others
    )


def _drop_bare_headings(blocks: Sequence[Block], kept: Sequence[int], left: list[bool]) -> None:
    """Drop the headings of which all that stood below was dropped."""
    for place, at in enumerate(kept):
        if blocks[at].kind != "heading" or not left[at]:
            continue
        below = kept[place + 1 :]
        nearest = next((one for one in below if blocks[one].kind == "heading"), len(blocks))
        own = [one for one in below if one < nearest]
        if own and not any(left[one] for one in own) and (
            nearest == len(blocks) or blocks[nearest].mark.count("#") <= blocks[at].mark.count("#")
        ):
            left[at] = False
