"""A page's article, and what else the page shows -> one text, of which the rest is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.documents import Document, Stated
from index.readers.web.body import Block
from index.readers.web.furniture import is_prose
from index.readers.web.structured import folded
from index.types import Omission, OmissionReason, Span

MAX_REST_CHARS = 200_000
"""Of each kind of what is left out; what goes beyond that is only counted."""
REST: OmissionReason = "rest of the page"
LABELS: OmissionReason = "links and labels"
REST_REASONS = frozenset({REST, LABELS})


@dataclass(frozen=True, slots=True)
class Page:
    """What was extracted from a web page."""

    text: str
    stated: Stated
    rest: str = ""
    """Sentences that were left out, a paragraph each."""
    labels: str = ""
    """All other words that were left out: links, menus, dates, buttons."""


def page_of(article: Sequence[Block], others: Sequence[Block], stated: Stated) -> Page:
    """Write an article, and what else its page shows."""
    said = [block.words for block in others if is_prose(block)]
    named = [block.words for block in others if not is_prose(block)]
    return Page(
        text_of(article),
        stated,
        rest="\n\n".join(dict.fromkeys(said))[:MAX_REST_CHARS].rstrip(),
        labels=" · ".join(" ".join(words.split()) for words in named)[:MAX_REST_CHARS].rstrip(),
    )


def document_of(page: Page, *, encoding: str) -> Document:
    """Put what was left out of a page below its article, where it is seen but never quoted."""
    text, omitted = page.text, []
    for words, reason, kind in ((page.rest, REST, "sentences"), (page.labels, LABELS, "labels")):
        if words:
            text += "\n\n"
            said = f"[Left out of this page, {kind}: {_counted(words)}]\n\n{words}"
            omitted.append(Omission(Span(len(text), len(text) + len(said)), reason))
            text += said
    return Document(text, page.stated, encoding=encoding, omitted=tuple(omitted))


def _counted(words: str) -> str:
    count = len(words.split())
    return f"{count:,} word{'s' * (count != 1)}"


def text_of(blocks: Iterable[Block]) -> str:
    """Write the blocks with blank lines between them; the lines of a list follow each other."""
    kept = list(blocks)
    pieces = [kept[0].mark + kept[0].words] if kept else []
    for before, block in pairwise(kept):
        pieces.append("\n" if before.group == block.group != 0 else "\n\n")
        pieces.append(block.mark + block.words)
    return "".join(pieces)


def without_repeated(blocks: Iterable[Block], captions: frozenset[str]) -> list[Block]:
    """Leave out captions, given folded, of which the words stand elsewhere too."""
    shown = [(block, folded(block.words)) for block in blocks]
    seen: set[str] = set()
    kept: list[Block] = []
    for block, key in shown:
        is_elsewhere = key in captions and (
            key in seen or any(key in other and key != other for _, other in shown)
        )
        seen.add(key)
        if not is_elsewhere:
            kept.append(block)
    return kept
