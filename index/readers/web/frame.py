"""Kept blocks of a page -> without those that frame its article: masthead, dates, people, links."""

import re
from collections.abc import Iterator, Sequence

from index.readers.documents import Stated
from index.readers.web.body import Block
from index.readers.web.furniture import MAX_LINKED_PROSE, is_prose
from index.readers.web.names import is_comment, leads_elsewhere
from index.readers.web.structured import folded
from index.readers.web.wording import AUTHOR_HEADING, BYLINE, CALL, CREDIT, FILED, IS_SOMEBODY

MIN_PARAGRAPH_CHARS = 80
"""Of the first sentences of an article; what stands before them may be its masthead."""
MAX_LABEL_CHARS = 60
MAX_CALL_CHARS = 120
MAX_DATE_CHARS = 80
MAX_FILED_CHARS = 300
MAX_PERSON_CHARS = 700
MAX_PERSONS = 4
"""Paragraphs at the end that say who wrote the article."""
MIN_MENU = 3
"""Links, one below the other; fewer may be the sources of an article."""

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
    first = next((at for at in kept if _is_paragraph(blocks[at])), None)
    if first is None:
        return left
    out = {
        *_masthead(blocks, kept, first, heading),
        *_above(blocks, kept, first, heading, stated),
        *(at for at in kept if is_call(blocks[at])),
        *_known_lists(blocks, keep),
        *_comments(blocks, keep, first),
        *_about_authors(blocks, kept, first),
    }
    rest = [at for at in kept if at not in out]
    out |= _end(blocks, rest, stated)
    for at in out:
        left[at] = False
    _drop_bare_headings(blocks, kept, left)
    return left


def is_call(block: Block) -> bool:
    """Say whether a line is for the page and no part of its article."""
    words = block.words.strip(" |·•:»›→")
    if len(words) > MAX_CALL_CHARS or block.kind != "prose":
        return False
    return any(pattern.fullmatch(words) for pattern in (CALL, CREDIT))


def _is_paragraph(block: Block) -> bool:
    return len(block.words) >= MIN_PARAGRAPH_CHARS and is_prose(block)


def _masthead(
    blocks: Sequence[Block], kept: Sequence[int], first: int, heading: int | None
) -> Iterator[int]:
    """What stands before the heading and is neither a sentence nor a line of a list."""
    for at in kept:
        if heading is None or at >= min(heading, first):
            return
        block = blocks[at]
        if (
            block.kind == "heading"
            or block.links > MAX_LINKED_PROSE * len(block.words)
            or (block.kind == "prose" and not is_prose(block))
        ):
            yield at


def _above(
    blocks: Sequence[Block], kept: Sequence[int], first: int, heading: int | None, stated: Stated
) -> Iterator[int]:
    """Lines above the text that say when and by whom it was written, as the page states it too."""
    stated_days = (stated.published, stated.modified)
    days = [day for day in stated_days if day and len(day) == len("2025-06-23")]
    author = folded(stated.author or "")
    for at in kept:
        words = blocks[at].words
        if at >= first:
            return
        if at != heading and len(words) <= MAX_DATE_CHARS:
            is_author = author != "" and folded(words) == author
            is_byline = is_author or BYLINE.fullmatch(words) is not None
            if is_byline or any(_says(words, day) for day in days):
                yield at


def _says(words: str, day: str) -> bool:
    """Say whether a line holds a day and hardly anything else."""
    if words[-1] in ".!?…":
        return False
    numbers = set(map(int, _NUMBER.findall(words)))
    year, month, date = map(int, day.split("-"))
    has_month = month in numbers - {date} or month == date or _LETTERS.search(words) is not None
    return {year, date} <= numbers and has_month and len(_LETTERS.findall(words)) <= 6


def _comments(blocks: Sequence[Block], keep: Sequence[bool], first: int) -> Iterator[int]:
    """What stands below the line over the first comment, if it is the smaller part.

    A line that went alone, without what follows it, is such a line as well.
    """
    for at in range(first + 1, len(blocks) - 1):
        if (keep[at] or keep[at + 1]) and _is_over_comments(blocks[at]):
            sizes = [len(b.words) * kept for b, kept in zip(blocks, keep, strict=True)]
            if sum(sizes[at:]) < sum(sizes[:at]):
                yield from (one for one in range(at, len(blocks)) if keep[one])
            return


def _about_authors(blocks: Sequence[Block], kept: Sequence[int], first: int) -> Sequence[int]:
    """The last paragraphs, below a heading that says that they are about the authors."""
    for at in range(len(blocks) - 1, first, -1):
        words = blocks[at].words
        if len(words) > MAX_LABEL_CHARS or not AUTHOR_HEADING.fullmatch(words.rstrip(" :")):
            continue
        below = [one for one in kept if one >= at]
        is_brief = all(
            blocks[one].kind in ("prose", "heading") and len(blocks[one].words) <= MAX_PERSON_CHARS
            for one in below
        )
        return below if is_brief and len(below) <= MAX_PERSONS + 1 else ()
    return ()


def _is_over_comments(block: Block) -> bool:
    """Say whether it counts comments, numbers one, or asks for more."""
    if len(block.words) > MAX_LABEL_CHARS or block.kind not in ("heading", "prose"):
        return False
    return " " in block.words and is_comment(block.words, is_heading=block.kind == "heading")


def _end(blocks: Sequence[Block], rest: Sequence[int], stated: Stated) -> set[int]:
    """What follows the last words of the article."""
    out: set[int] = set()
    persons = 0
    at = len(rest) - 1
    while at > 0:
        block = blocks[rest[at]]
        links = _menu(blocks, rest[: at + 1])
        if links:
            gone = links
        elif block.kind == "prose" and _is_last_line(block.words):
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


def _is_last_line(words: str) -> bool:
    """Say whether it tells where a page was filed, or announces what was left out."""
    if len(words) > MAX_FILED_CHARS:
        return False
    is_label = words[-1] == ":" and len(words) <= MAX_LABEL_CHARS
    return is_label or any(pattern.fullmatch(words) for pattern in (FILED, BYLINE))


def _known_lists(blocks: Sequence[Block], keep: Sequence[bool]) -> Iterator[int]:
    """Links to other pages wherever they stand, below a line that says so."""
    leads = [*map(_only_leads, blocks), False]
    is_below = False
    for at, block in enumerate(blocks):
        is_below = (is_below and leads[at]) or (leads[at + 1] and _is_known_label(block))
        if is_below and keep[at]:
            yield at


def _only_leads(block: Block) -> bool:
    return block.links >= 0.9 * len(block.words) and block.kind in ("prose", "item")


def _is_known_label(block: Block) -> bool:
    words = block.words.rstrip(" :.…»>→")
    return len(words) <= MAX_LABEL_CHARS and leads_elsewhere(words)


def _menu(blocks: Sequence[Block], rest: Sequence[int]) -> int:
    """Count the last blocks that are items of nothing but links; 0 if anything announces them."""
    count = 0
    for at in reversed(rest):
        if not _only_leads(blocks[at]) or blocks[at].kind != "item":
            break
        count += 1
    if not MIN_MENU <= count < len(rest):
        return 0
    above = blocks[rest[-count - 1]]
    return count if is_prose(above) and not above.words.endswith(":") else 0


def _is_card(above: Block, block: Block) -> bool:
    """Say whether a sentence begins with the name above it."""
    is_name = above.kind == "heading" and 2 <= len(above.words.split()) <= 5
    is_short = block.kind == "prose" and len(block.words) <= MAX_PERSON_CHARS
    return is_name and is_short and IS_SOMEBODY.match(f" {block.words}") is not None


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
        if (
            own
            and not any(left[one] for one in own)
            and (
                nearest == len(blocks)
                or blocks[nearest].mark.count("#") <= blocks[at].mark.count("#")
            )
        ):
            left[at] = False
