"""Article text -> Blocks: paragraphs, headings and list items, with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.types import SentenceKind, Span

MAX_WRAP_CHARS = 130
"""A paragraph with a longer line is not hard-wrapped."""
MIN_WRAP_CHARS = 40
"""A paragraph of shorter lines is not hard-wrapped either: it is an address, a list or a poem."""
MAX_HEADING_CHARS = 100

_LINE = re.compile(r"[^\n]+")
_ATX = re.compile(r"[ ]{0,3}#{1,6}(?=[ \t])")
_BOLD_LINE = re.compile(r"(\*\*|__)(?!\s)(?P<words>.+?)\1:?")
_ITEM = re.compile(r"[ \t\xa0]*(?:[-+*•‣◦▪●·]|(?P<number>\d{1,3})[.)])[ \t\xa0]+(?=\S)")
_DASH_ITEM = re.compile(r"[ \t\xa0]*[–—][ \t\xa0]+(?=\S)")
_QUOTE = re.compile(r"[ ]{0,3}>")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*")
_RULE = re.compile(r"[ \t]*([-*_=~])[ \t]*(?:\1[ \t]*){2,}")
_FINISHED = re.compile(r"[.!?…:;][”’\"')\]*_»]*$")
_IN_A_WORD = re.compile(r"\w[-‐]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a list item."""

    span: Span
    kind: SentenceKind
    number_end: int | None = None
    """Where the number of a numbered item ends; its words come after it."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    """Without the white space around it."""
    indent: int
    is_after_blank: bool


def blocks_in(text: str, stretches: tuple[Span, ...]) -> Iterator[tuple[Block, ...]]:
    """Find the blocks of each stretch of a text; one tuple a stretch, which may be empty.

    Whether single line ends part paragraphs or only wrap them is decided once for all stretches.
    """
    lines_of = [_lines(text, stretch) for stretch in stretches]
    is_wrapped = _is_hard_wrapped(lines_of)
    for lines in lines_of:
        yield tuple(_with_plain_headings(text, _blocks(lines, is_wrapped=is_wrapped)))


def _lines(text: str, stretch: Span) -> list[_Line]:
    lines: list[_Line] = []
    last_end = stretch.start - 2
    for found in _LINE.finditer(text, stretch.start, stretch.end):
        raw = found[0]
        words = raw.strip()
        if not words:
            continue
        indent = len(raw) - len(raw.lstrip())
        is_after_blank = found.start() > last_end + 1
        lines.append(_Line(found.start(), found.end(), words, indent, is_after_blank))
        last_end = found.end()
    return lines


def _is_hard_wrapped(lines_of: list[list[_Line]]) -> bool:
    """Most lines stop short of a sentence's end, just where the next word would not fit."""
    breaks = full = unfinished = 0
    for lines in lines_of:
        for run in _plain_runs(lines):
            width = max(len(line.words) for line in run)
            if not MIN_WRAP_CHARS <= width <= MAX_WRAP_CHARS:
                breaks += len(run) - 1
                continue
            for line, following in pairwise(run):
                breaks += 1
                next_word = following.words.split(maxsplit=1)[0]
                full += len(line.words) + 1 + len(next_word) > width - 4
                unfinished += _FINISHED.search(line.words[-8:]) is None
    return breaks > 0 and full >= 0.6 * breaks and unfinished >= 0.4 * breaks


def _plain_runs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Runs of two or more neighbouring lines without marks of their own."""
    run: list[_Line] = []
    for line in lines:
        if line.is_after_blank or _starts_alone(line):
            if len(run) > 1:
                yield run
            run = []
        if not _starts_alone(line) or _ITEM.match(line.words):
            run.append(line)
    if len(run) > 1:
        yield run


def _starts_alone(line: _Line) -> bool:
    words = line.words
    return bool(
        _ATX.match(words) or _is_bold(words) or _ITEM.match(words) or _RULE.fullmatch(words)
    )


def _is_bold(words: str) -> bool:
    if not words.startswith(("**", "__")) or len(words) > 2 * MAX_HEADING_CHARS:
        return False
    bold = _BOLD_LINE.fullmatch(words)
    return bold is not None and words[:2] not in bold["words"]


def _blocks(lines: list[_Line], *, is_wrapped: bool) -> Iterator[Block]:
    current: Block | None = None
    previous: _Line | None = None
    for line in lines:
        if current and previous and _is_underline(line, current, previous):
            current = replace(current, kind="heading")
            previous = None
            continue
        if current and previous and _joins(previous, line, current, is_wrapped=is_wrapped):
            current = replace(current, span=Span(current.span.start, line.end))
        else:
            if current:
                yield current
            current = None if _RULE.fullmatch(line.words) else _opened(line)
        previous = line
    if current:
        yield current


def _opened(line: _Line) -> Block:
    span = Span(line.start, line.end)
    if _ATX.match(line.words) or _is_bold(line.words):
        return Block(span, "heading")
    item = _ITEM.match(line.words) or _DASH_ITEM.match(line.words)
    if item is None:
        return Block(span, "prose")
    number = _ITEM.match(line.words)
    if number is None or number["number"] is None:
        return Block(span, "item")
    return Block(span, "item", line.start + line.indent + number.end())


def _is_underline(line: _Line, current: Block, previous: _Line) -> bool:
    return (
        not line.is_after_blank
        and current.kind == "prose"
        and current.span.start == previous.start
        and len(previous.words) <= MAX_HEADING_CHARS
        and not _QUOTE.match(previous.words)
        and _UNDERLINE.fullmatch(line.words) is not None
    )


def _joins(previous: _Line, line: _Line, current: Block, *, is_wrapped: bool) -> bool:
    """Say whether the line goes on with the block of the line before it."""
    if line.is_after_blank or current.kind == "heading" or _parts(previous, line):
        return False
    item = _ITEM.match(line.words)
    if item is not None:
        # A wrapped line may begin with a number and a full stop, but then seldom with 1.
        return is_wrapped and current.kind == "prose" and item["number"] not in (None, "1")
    if is_wrapped:
        return current.kind != "prose" or line.indent == 0 or previous.indent > 0
    if current.kind == "item" and line.indent >= 2:
        return True
    if _IN_A_WORD.search(previous.words[-2:]) and line.words[0].isalnum():
        return True
    is_unfinished = len(previous.words) >= 40 and not _FINISHED.search(previous.words[-8:])
    return is_unfinished and line.words[0].islower()


def _parts(previous: _Line, line: _Line) -> bool:
    """Say whether the line has a mark that begins a block wherever it stands."""
    is_other_quote = bool(_QUOTE.match(line.words)) != bool(_QUOTE.match(previous.words))
    is_marked = _ATX.match(line.words) or _is_bold(line.words) or _RULE.fullmatch(line.words)
    return is_other_quote or bool(is_marked)


def _with_plain_headings(text: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Call a short line a heading when it has no full stop and a real paragraph follows."""
    held: Block | None = None
    for block in blocks:
        if held is not None:
            yield _as_heading(text, held, block)
        held = block
    if held is not None:
        yield held


def _as_heading(text: str, block: Block, following: Block) -> Block:
    if block.kind != "prose" or following.kind != "prose" or len(block.span) > 80:
        return block
    words = block.span.of(text).strip()
    is_short = len(words.split()) <= 12 and "\n" not in words
    is_title_like = (words[0].isupper() or words[0].isdigit()) and words[-1] not in '.!?…:;,”"'
    has_text = len(following.span) >= max(80, 2 * len(words))
    return replace(block, kind="heading") if is_short and is_title_like and has_text else block
