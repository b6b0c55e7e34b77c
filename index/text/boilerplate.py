"""Text -> Omissions: lines that belong to the page and not to the article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text.boilerplate_data import data_in
from index.text.boilerplate_lines import (
    CAPTION_LABEL,
    COOKIE_BUTTON,
    CREDIT,
    FINISHED,
    GLUED,
    MAX_LINE_CHARS,
    byline_name,
    reason_for,
)
from index.types import Omission, OmissionReason, Span

TOP_LINES = 8
"""Lines from the top, blank ones not counted, among which a byline is looked for."""
BOTTOM_LINES = 5
"""Lines from the bottom, likewise."""
MIN_CAPTION_WORDS = 7
"""A shorter line that is repeated may be a refrain or a row."""
CAPTION_LINES = 2
"""A caption is repeated this many lines further at most, blank ones not counted."""
MAX_GLUED_CHARS = 600
"""A notice glued to the end of a paragraph is looked for in this many characters."""

DATA: OmissionReason = "embedded data"

_LINE = re.compile(r"[^\n]+")
_MARKS = "*_#>[]|•·-–—«»‹›→ \t\xa0\u200b\ufeff\r\x0b\x0c"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    """Without white space and marks around it."""
    is_after_blank: bool


def omissions(text: str) -> tuple[Omission, ...]:
    """Find what is never indexed and never quoted, in order and disjoint.

    Only whole lines and whole paragraphs are left out, a notice that is glued to the end of a
    paragraph, and data that stand in the text; a line that may be part of a sentence stays.
    """
    lines = _lines(text)
    reasons: list[OmissionReason | None] = [
        reason_for(line.words) if _stands_alone(lines, at) else None
        for at, line in enumerate(lines)
    ]
    _mark_wrapped_notices(lines, reasons)
    _mark_bylines(lines, reasons)
    _mark_cookie_buttons(lines, reasons)
    _mark_repeated_captions(text, lines, reasons)
    return tuple(_with_data(_spans(text, lines, reasons), data_in(text)))


def _with_data(found: Iterable[Omission], spans: Iterable[Span]) -> Iterator[Omission]:
    """Put spans of data between omissions; those that overlap one give way."""
    both = [(one.span, one) for one in found] + [(span, Omission(span, DATA)) for span in spans]
    both.sort(key=lambda pair: (pair[0].start, pair[1].reason != DATA))
    held: Omission | None = None
    for span, omission in both:
        if held is None or not span.overlaps(held.span):
            if held is not None:
                yield held
            held = omission
        elif omission.reason == DATA and held.reason != DATA:
            held = omission
    if held is not None:
        yield held


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    last_end = -2
    for found in _LINE.finditer(text):
        if found[0].isspace():
            continue
        is_after_blank = found.start() > last_end + 1
        words = found[0].strip(_MARKS) if len(found[0]) <= MAX_LINE_CHARS else ""
        lines.append(_Line(found.start(), found.end(), words, is_after_blank))
        last_end = found.end()
    return lines


def _stands_alone(lines: list[_Line], at: int) -> bool:
    """Say that the line is not the middle of a hard-wrapped sentence."""
    line = lines[at]
    if not line.words:
        return False
    if (
        at + 1 < len(lines)
        and not lines[at + 1].is_after_blank
        and lines[at + 1].words[:1].islower()
    ):
        return False
    if line.is_after_blank or not line.words[0].islower():
        return True
    return FINISHED.search(lines[at - 1].words[-8:]) is not None


def _mark_wrapped_notices(lines: list[_Line], reasons: list[OmissionReason | None]) -> None:
    """Find notices that are wrapped over the lines of a paragraph."""
    for first, last in _paragraphs(lines):
        if last - first < 2 or lines[last - 1].end - lines[first].start > MAX_LINE_CHARS:
            continue
        reason = reason_for(" ".join(line.words for line in lines[first:last]))
        if reason in ("cookie notice", "newsletter line"):
            reasons[first:last] = [reason] * (last - first)


def _paragraphs(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].is_after_blank:
            yield first, at
            first = at


def _mark_bylines(lines: list[_Line], reasons: list[OmissionReason | None]) -> None:
    """Find bylines at the top and the bottom, and lines beside them that repeat the name."""
    for at, line in enumerate(lines):
        if TOP_LINES <= at < len(lines) - BOTTOM_LINES or reasons[at]:
            continue
        name = byline_name(line.words) if _stands_alone(lines, at) else None
        if name is None:
            continue
        reasons[at] = "byline"
        for beside in (at - 1, at + 1):
            is_there = 0 <= beside < len(lines)
            if is_there and lines[beside].words.casefold() == name.casefold():
                reasons[beside] = "byline"


def _mark_cookie_buttons(lines: list[_Line], reasons: list[OmissionReason | None]) -> None:
    """Find the buttons under a cookie notice, which mean nothing elsewhere."""
    for at in range(1, len(lines)):
        after_notice = reasons[at - 1] == "cookie notice"
        if reasons[at] is None and after_notice and COOKIE_BUTTON.fullmatch(lines[at].words):
            reasons[at] = "cookie notice"


def _mark_repeated_captions(
    text: str, lines: list[_Line], reasons: list[OmissionReason | None]
) -> None:
    """Find a caption that stands again just below, as in text copied from a page.

    Only lines without a sentence's end, or with a picture's credit; a repeated sentence stays.
    """
    seen: list[str] = []
    for at, line in enumerate(lines):
        words = line.words.casefold()
        if "caption" in words or "source" in words:
            words = CAPTION_LABEL.sub("", line.words, count=1).casefold()
        is_caption = (
            words in seen[-CAPTION_LINES:]
            and reasons[at] is None
            and len(words.split()) >= MIN_CAPTION_WORDS
            and (text[line.start].isalnum() or text[line.start] in "“\"'‘(")
            and (not FINISHED.search(line.words[-8:]) or CREDIT.search(line.words) is not None)
        )
        if is_caption:
            reasons[at] = "repeated caption"
        seen.append(words)


def _spans(
    text: str, lines: list[_Line], reasons: list[OmissionReason | None]
) -> Iterator[Omission]:
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            yield Omission(Span(line.start, line.end), reason)
        else:
            yield from _glued(text, line)


def _glued(text: str, line: _Line) -> Iterator[Omission]:
    """A notice after the last sentence of a paragraph, from its first word to the line's end."""
    begin = max(line.start, line.end - MAX_GLUED_CHARS)
    for found in GLUED.finditer(text, begin, line.end):
        rest = text[found.end() : line.end].strip(_MARKS)
        reason = reason_for(rest)
        if reason in ("cookie notice", "share line"):
            yield Omission(Span(found.end(), line.end), reason)
            return
