"""Text that a page holds only in its data -> blocks, where the page shows less of it."""

from collections.abc import Sequence

from index.readers.web.body import Block
from index.readers.web.furniture import is_prose
from index.readers.web.rendering import plain
from index.readers.web.runs import runs_of, share_of
from index.readers.web.tags import Tree

SHOWN_SHARE = 0.6
"""Of the runs of words of the embedded text: a page that shows more of it shows all of it."""
MIN_GAIN = 1.2
"""How many times the shown text's length the embedded one has at least."""
MAX_TEASER_CHARS = 300
"""Of sentences, that a page shows of a text which it holds in its data."""


def completed(article: Sequence[Block], embedded: str, *, path: str) -> list[Block]:
    """Give the article with its embedded text in place of the part of it that the page shows.

    Raises:
        Unreadable: the embedded text is not text.
    """
    paragraphs = [
        Block(" ".join(line.split()), "prose")
        for line in plain(embedded, path=path).split("\n")
        if line.strip()
    ]
    shown = runs_of(" ".join(block.words for block in article))
    whole = " ".join(block.words for block in paragraphs)
    said = sum(len(block.words) for block in article if is_prose(block))
    if share_of(whole, shown) > SHOWN_SHARE or len(whole) < MIN_GAIN * said:
        return list(article)
    runs = runs_of(whole)
    rest = [block for block in article if share_of(block.words, runs) < SHOWN_SHARE]
    heads = [block for block in rest[:1] if block.kind == "heading"]
    return [*heads, *paragraphs, *rest[len(heads) :]]


def embedded_in(taken: Tree, blocks: Sequence[Block], article: Sequence[Block]) -> str | None:
    """Give what the library took from a page's data, if the page shows next to nothing."""
    if sum(len(block.words) for block in article if is_prose(block)) > MAX_TEASER_CHARS:
        return None
    words = "\n".join(filter(None, ("".join(one.itertext()).strip() for one in taken)))
    on_page = runs_of(" ".join(block.words for block in blocks))
    return words if words and share_of(words, on_page) < SHOWN_SHARE else None
