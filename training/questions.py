"""Files of labelled questions -> Asked: a question, a text, and where the text answers."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from index.text.sentences import sentences_in
from index.types import Span

_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    """a an the of in on at to for from by with and or is are was were be been did do does what
    which who whom whose when where why how many much that this it its as s he she they his her
    their not no""".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a text."""

    question: str
    title: str
    """Empty where the text has none."""
    text: str
    group: str
    """The article, or what stands for it: no group is on both sides of a split."""
    spans: tuple[Span, ...] = ()
    """Where the text answers; none where it doesn't."""
    likely: Span | None = None
    """Where it seems to answer and doesn't."""
    is_loose: bool = False
    """The spans are whole sentences, and the answer is somewhere in them."""


def read(file: Path) -> list[Asked]:
    """Read one question a line of a gzipped JSONL file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [_asked(json.loads(line)) for line in lines]


def _asked(fields: dict[str, object]) -> Asked:
    likely, text = fields.get("plausible"), str(fields["context"])
    return Asked(
        question=str(fields["question"]),
        title=str(fields["title"] or ""),
        text=text,
        group=str(fields["group"]),
        spans=tuple(
            Span(start, min(end, len(text)))
            for start, end in fields["spans"]  # type: ignore[attr-defined]
        ),
        likely=Span(*likely) if likely else None,  # type: ignore[misc]
        is_loose=bool(fields.get("loose")),
    )


def content(text: str) -> frozenset[str]:
    """Give the words that say something, in small letters."""
    return frozenset(word for word in _WORD.findall(text.lower()) if word not in _COMMON)


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences, as the passages of an index are."""
    blocks = re.finditer(r"[^\n]+", text)
    found = (s for block in blocks for s in sentences_in(text, Span(block.start(), block.end())))
    return tuple(found) or (Span(0, len(text)),)


def window(text: str, around: Span, random: Random, *, words: tuple[int, int]) -> Span:
    """Draw a run of whole sentences around some words, about as long as a passage.

    Args:
        text: All there is.
        around: What the run has to hold.
        random: Decides how long it is, and on which side it grows.
        words: The fewest and the most that it is to have.
    """
    spans = sentences(text)
    wanted = random.randint(*words)
    first = next((n for n, s in enumerate(spans) if s.end > around.start), len(spans) - 1)
    last = next((n for n, s in enumerate(spans) if s.end >= around.end), len(spans) - 1)
    last = max(first, last)
    size = sum(_size(text, s) for s in spans[first : last + 1])
    for side in _growing(random):
        grown = first - 1 if side else last + 1
        if not 0 <= grown < len(spans):
            if first == 0 and last == len(spans) - 1:
                break
            continue
        size += _size(text, spans[grown])
        if size > wanted:
            break
        first, last = min(first, grown), max(last, grown)
    return Span(spans[first].start, spans[last].end)


def likest(text: str, question: str, *, without: tuple[Span, ...] = ()) -> Span | None:
    """Find the sentence that shares most words with a question, of those that hold no span."""
    asked = content(question)
    free = [s for s in sentences(text) if not any(s.overlaps(span) for span in without)]
    return max(free, key=lambda s: len(asked & content(s.of(text))), default=None)


def _growing(random: Random) -> Iterator[bool]:
    while True:
        yield random.random() < 0.5


def _size(text: str, span: Span) -> int:
    return len(span.of(text).split())
