"""Article -> Passages: whole sentences, grouped so that what belongs together stays together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.text.blocks import Block, blocks_in
from index.text.sentences import sentences_in
from index.types import Article, Passage, Sentence, Span

MAX_WORDS = 90
"""Size of a passage at most; a sentence alone may not be longer either."""
MAX_SENTENCES = 24
"""In a passage, at most; it bounds the time that a list of single words takes."""
CHARS_A_WORD = 8
"""A text without spaces counts as one word for every eight characters."""

_WORD = re.compile(r"\S+")

# What it costs to part two neighbours; an empty passage costs 1, a full one nothing.
_PART_PIECES = 0.4
_PART_PARAGRAPH = 0.2
_PART_ITEMS = 0.3
_PART_LEAD_IN = 2.0
_PART_HEADING = 10.0
_HEADING_INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence on its way into a passage."""

    sentence: Sentence
    words: int
    block: int
    opens_list: bool
    """Ends in a colon."""


def split(article: Article, *, max_words: int = MAX_WORDS) -> tuple[Passage, ...]:
    """Group the article's sentences into passages, in order, that never overlap.

    Every letter and digit outside the title and the omissions is in exactly one sentence. No
    passage reaches across the title or an omission, and none has more than `max_words` words. A
    heading stays with the text after it and a list with its lead-in wherever they fit.

    Raises:
        ValueError: `max_words` is less than 1.
    """
    if max_words < 1:
        raise ValueError(f"max_words must be at least 1, not {max_words}")
    return tuple(
        Passage(tuple(unit.sentence for unit in group))
        for blocks in blocks_in(article.text, _stretches(article))
        for group in _grouped(_units(article.text, blocks, max_words), max_words)
    )


def _stretches(article: Article) -> tuple[Span, ...]:
    """The text between the title and the omissions."""
    barriers = [omission.span for omission in article.omissions]
    if article.title_span:
        barriers = sorted([*barriers, article.title_span])
    stretches: list[Span] = []
    start = 0
    for barrier in [*barriers, Span(len(article.text), len(article.text) + 1)]:
        if start < barrier.start:
            stretches.append(Span(start, barrier.start))
        start = max(start, barrier.end)
    return tuple(stretches)


def _units(text: str, blocks: tuple[Block, ...], max_words: int) -> list[_Unit]:
    units: list[_Unit] = []
    for number, block in enumerate(blocks):
        for span in sentences_of(text, block):
            pieces = tuple(_pieces(text, span, max_words))
            for piece in pieces:
                sentence = Sentence(piece, block.kind, is_cut=len(pieces) > 1)
                words = piece.of(text)
                units.append(_Unit(sentence, _size(words), number, words.endswith(":")))
    return units


def sentences_of(text: str, block: Block) -> Iterator[Span]:
    """The block's sentences; an item's number is part of its first one."""
    if block.number_end is None:
        yield from sentences_in(text, block.span)
        return
    start = block.span.start
    while text[start].isspace():
        start += 1
    for span in sentences_in(text, Span(block.number_end, block.span.end)):
        yield Span(start, span.end) if start < block.number_end else span
        start = block.number_end
    if start < block.number_end:
        yield Span(start, block.number_end)


def _size(words: str) -> int:
    return max(len(words.split()), -(-len(words) // CHARS_A_WORD))


def _pieces(text: str, span: Span, max_words: int) -> Iterator[Span]:
    """Cut a sentence that is too long at white space, into pieces of about the same size."""
    size = _size(span.of(text))
    if size <= max_words:
        yield span
        return
    tokens = [
        Span(at, min(at + CHARS_A_WORD * max_words, found.end()))
        for found in _WORD.finditer(text, span.start, span.end)
        for at in range(found.start(), found.end(), CHARS_A_WORD * max_words)
    ]
    share = -(-size // -(-size // max_words))
    start, count = tokens[0].start, 0
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        count += 1
        if following is None:
            yield Span(start, token.end)
            return
        chars_with_next = following.end - start
        if count >= share or chars_with_next > CHARS_A_WORD * share:
            yield Span(start, token.end)
            start, count = following.start, 0


def _grouped(units: list[_Unit], max_words: int) -> Iterator[list[_Unit]]:
    """Part the units where it costs least: the shortfalls of the groups, squared, and the cuts."""
    pairs = list(pairwise(units))
    cuts = [0.0, *(_cost_of_parting(*pair) for pair in pairs)]
    insides = [0.0, *(_HEADING_INSIDE if _opens_section(*pair) else 0.0 for pair in pairs)]
    sizes = [unit.words for unit in units]
    best = [0.0]
    begins = [0]
    for end in range(1, len(units) + 1):
        cheapest, begin = float("inf"), end - 1
        words, inside = 0, 0.0
        for start in range(end - 1, max(-1, end - 1 - MAX_SENTENCES), -1):
            words += sizes[start]
            if words > max_words and start < end - 1:
                break
            shortfall = 1 - words / max_words
            cost = best[start] + cuts[start] + inside + shortfall * shortfall
            if cost < cheapest:
                cheapest, begin = cost, start
            inside += insides[start]
        best.append(cheapest)
        begins.append(begin)
    groups: list[list[_Unit]] = []
    end = len(units)
    while end:
        groups.append(units[begins[end] : end])
        end = begins[end]
    yield from reversed(groups)


def _opens_section(before: _Unit, after: _Unit) -> bool:
    return after.sentence.kind == "heading" != before.sentence.kind


def _cost_of_parting(before: _Unit, after: _Unit) -> float:
    if before.block == after.block:
        return _PART_PIECES if after.sentence.is_cut else _PART_PARAGRAPH
    if before.sentence.kind == "heading":
        return _PART_HEADING
    if after.sentence.kind == "item":
        return _PART_LEAD_IN if before.opens_list else _PART_ITEMS
    return 0.0
