"""Text of a message -> Omissions: what it repeats of earlier messages, and its signature."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.mail import reply_marks as marks
from index.types import Omission, OmissionReason, Span

MAX_SIGNATURE_LINES = 20
"""Below `-- `; below `--` without its space, which may part paragraphs, a third of them."""
MAX_FOOTER_LINES = 8
"""Of a mailing list, below its rule."""
MAX_ATTRIBUTION_LINES = 4


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    """Without the marks of quotation and the white space around it."""
    depth: int
    """Of quotation."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a message's headers say about how it came about."""

    is_reply: bool = False
    is_forward: bool = False


def omissions(text: str, course: Course, quoted: tuple[Span, ...] = ()) -> tuple[Omission, ...]:
    """Find quoted replies and signatures, in order and disjoint.

    `quoted` are the stretches that the message's HTML marks as quotations. The text of a forwarded
    message stays, and so do answers between quoted lines.
    """
    lines = _lines(text, quoted)
    reasons: list[OmissionReason | None] = [None] * len(lines)
    base = _mark_quotes(lines, reasons, course)
    _mark_signatures(lines, reasons, base)
    return tuple(_spans(lines, reasons))


def _lines(text: str, quoted: tuple[Span, ...]) -> list[_Line]:
    starts = sorted(span.start for span in quoted)
    ends = sorted(span.end for span in quoted)
    lines: list[_Line] = []
    start = opened = closed = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        while opened < len(starts) and starts[opened] < end:
            opened += 1
        while closed < len(ends) and ends[closed] <= start:
            closed += 1
        prefix = marks.QUOTED.match(raw) if ">" in raw[:12] else None
        depth = opened - closed + (prefix[0].count(">") if prefix else 0)
        words = raw[prefix.end() :] if prefix else raw
        lines.append(_Line(start, end, words.strip(), depth))
        start = end + 1
    return lines


def _mark_quotes(lines: list[_Line], reasons: list[OmissionReason | None], course: Course) -> int:
    """Mark quoted lines, and all below a separator; give the depth that is not a quotation."""
    base, previous = 0, None
    is_forward, has_words = course.is_forward, False
    for at, line in enumerate(lines):
        if not line.words:
            continue
        is_first = previous is None or lines[previous].depth <= base
        if is_first and marks.is_forward(line.words) and not _is_named(lines, previous):
            is_forward, base = True, max(line.depth, _depth_below(lines, at))
        elif line.depth > base:
            reasons[at] = "quoted reply"
            if previous is not None and is_first:
                _mark_attribution(lines, reasons, previous)
        elif not is_forward and has_words and _is_cut(lines, at, is_reply=course.is_reply):
            reasons[at:] = ["quoted reply"] * (len(lines) - at)
            break
        else:
            has_words = has_words or any(letter.isalnum() for letter in line.words)
        previous = at
    return base


def _is_named(lines: list[_Line], previous: int | None) -> bool:
    """Say whether the line before introduces a quotation."""
    return previous is not None and marks.is_attribution(lines[previous].words, stands_alone=True)


def _depth_below(lines: list[_Line], at: int) -> int:
    return next((line.depth for line in lines[at + 1 : at + 20] if line.words), 0)


def _mark_attribution(lines: list[_Line], reasons: list[OmissionReason | None], last: int) -> None:
    """Mark the lines, up to `last`, that say whose words are quoted below them."""
    joined, found = "", None
    for first in range(last, max(-1, last - MAX_ATTRIBUTION_LINES), -1):
        if not lines[first].words or reasons[first]:
            break
        joined = f"{lines[first].words} {joined}".strip()
        stands_alone = first == 0 or not lines[first - 1].words
        if not marks.is_attribution(joined, stands_alone=stands_alone):
            continue
        if found is None or marks.may_open(lines[first].words):
            found = first
        if marks.may_open(lines[first].words):
            break
    if found is not None:
        reasons[found : last + 1] = ["quoted reply"] * (last + 1 - found)


def _is_cut(lines: list[_Line], at: int, *, is_reply: bool) -> bool:
    """Say whether all from this line on is an earlier message, though no mark is before it."""
    words = lines[at].words
    if not marks.may_cut(words):
        return False
    if marks.is_separator(words) or (is_reply and _is_header_block(lines, at)):
        return True
    return marks.may_open(words) and _is_above_unmarked(lines, at)


def _is_above_unmarked(lines: list[_Line], at: int) -> bool:
    """Say whether an attribution begins here, of words that no mark quotes."""
    joined = ""
    for end in range(at, min(at + MAX_ATTRIBUTION_LINES, len(lines))):
        if not lines[end].words:
            return False
        joined = f"{joined} {lines[end].words}".strip()
        if marks.is_dated_attribution(joined):
            return _depth_below(lines, end) <= lines[at].depth
    return False


def _is_header_block(lines: list[_Line], at: int) -> bool:
    near = [line.words for line in lines[at : at + 12] if line.words][:8]
    if marks.is_rule(near[0]):
        near = near[1:]
    return marks.is_header_block(near)


def _mark_signatures(lines: list[_Line], reasons: list[OmissionReason | None], base: int) -> None:
    for at, line in enumerate(lines):
        if reasons[at] or line.depth > base or not line.words:
            continue
        if marks.is_mobile_line(line.words):
            reasons[at] = "signature"
        elif line.words == "--":
            has_space = line.end - line.start > len(line.words)
            most = MAX_SIGNATURE_LINES if has_space else MAX_SIGNATURE_LINES // 3
            _mark_block(lines, reasons, at, most)
        elif marks.is_rule(line.words) and _is_list_footer(lines, at):
            _mark_block(lines, reasons, at, MAX_FOOTER_LINES)


def _is_list_footer(lines: list[_Line], at: int) -> bool:
    below = " ".join(line.words for line in lines[at + 1 : at + 2 + MAX_FOOTER_LINES])
    return marks.speaks_of_list(below)


def _mark_block(
    lines: list[_Line], reasons: list[OmissionReason | None], at: int, most: int
) -> None:
    """Mark all from here to the next quotation or the end, if it is not too long."""
    end, count = at + 1, 0
    while end < len(lines) and reasons[end] is None:
        count += bool(lines[end].words)
        if count > most:
            return
        end += 1
    reasons[at:end] = ["signature"] * (end - at)


def _spans(lines: list[_Line], reasons: list[OmissionReason | None]) -> Iterator[Omission]:
    """Join neighbouring lines that are left out for the same reason, blank ones between them."""
    reason: OmissionReason | None = None
    start = end = 0
    for line, why in zip(lines, reasons, strict=True):
        if line.start == line.end or (not line.words and why is None):
            continue
        if why != reason:
            if reason:
                yield Omission(Span(start, end), reason)
            reason, start = why, line.start
        end = line.end
    if reason:
        yield Omission(Span(start, end), reason)
