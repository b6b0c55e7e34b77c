"""Block -> Sentences: spans of whole sentences, with list, heading and bold marks trimmed off."""

import re
from collections.abc import Iterator

from index.types import Span

MAX_WINDOW_CHARS = 3000
"""The splitter's time can grow with the square of its input, so it gets pieces of this size."""

_EDGE = " \t\n\r\x0b\x0c\xa0\u200b\u2060\ufeff"
_LEADING_MARK = re.compile(r"(?:>[ \t]?)+|(?:#{1,6}|[-+*•‣◦▪●·–—])[ \t\xa0]+")
_NO_END = re.compile(
    r"(?:^|[\s(“\"'‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Rev|Hon|Adm|Maj|vs)\.$"
)
_OPENERS = "“‘([«"
_CLOSERS = re.compile(r"[ \t\xa0]*(?:[”’)\]»¹²³⁴-⁹⁰]|''|\"(?=\s|$)|\[\d{1,3}\])+(?=\s|$)")
"""Closing quotes and brackets, and the mark of a note."""
_HOUR_END = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_HOUR_TAIL = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|E[SD]?T|[CMP][SD]?T|GMT|BST|CET|UTC"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def sentences_in(text: str, block: Span) -> Iterator[Span]:
    """Cut a block into sentences that hold each of its letters and digits exactly once.

    Spans are into `text`, in order and trimmed; a sentence without a letter or digit is left out.
    """
    start = block.start
    for end in _ends(text, block):
        if trimmed := trim(text, start, end):
            yield trimmed
        start = end


def trim(text: str, start: int, end: int) -> Span | None:
    """Narrow a range to its words: no white space, list, quote, heading or bold marks at the ends.

    Returns:
        None when there is no letter or digit inside.
    """
    is_heading = False
    at_line_start = start == 0 or text[start - 1] == "\n"
    while start < end:
        if _is_edge(text[start]):
            at_line_start = at_line_start or text[start] == "\n"
            start += 1
        elif at_line_start and (mark := _LEADING_MARK.match(text, start, end)):
            is_heading = is_heading or mark[0].startswith("#")
            start = mark.end()
        else:
            break
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    if is_heading:
        end = _before_closing_marks(text, start, end)
    start, end = _without_emphasis(text, start, end)
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return Span(start, end)


def _is_edge(character: str) -> bool:
    return character in _EDGE or character.isspace() or character < " " or character == "\x7f"


def _before_closing_marks(text: str, start: int, end: int) -> int:
    """The end of a heading's words, where it is closed by number signs after a space."""
    words = text[start:end].rstrip("#")
    is_closed = len(words) < end - start and words[-1:].isspace()
    return start + len(words.rstrip()) if is_closed else end


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    for mark in ("**", "__", "*"):
        body = text[start:end]
        opens, closes = body.startswith(mark), body.endswith(mark)
        marks = body.count(mark)
        if opens and (marks == 1 or (marks == 2 and closes)):
            start += len(mark)
        if closes and end - start > len(mark) and (marks == 1 or (marks == 2 and opens)):
            end -= len(mark)
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return start, end


def _ends(text: str, block: Span) -> Iterator[int]:
    """Ends of the sentences, before trimming; the last is the block's own end."""
    pending: int | None = None
    start = block.start
    for rough in _rough_ends(text, block):
        end = _mended(text, start, rough, block.end)
        if pending is not None:
            if not _goes_on(text, start, pending, block.end):
                yield pending
                start = pending
            pending = None
        if start < end < block.end:
            pending = end
    if pending is not None and not _goes_on(text, start, pending, block.end):
        yield pending
    yield block.end


def _rough_ends(text: str, block: Span) -> Iterator[int]:
    """The splitter's own ends, found in windows that each begin at a sentence."""
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 - a compiled library

    start = block.start
    while start < block.end:
        window = text[start : min(block.end, start + MAX_WINDOW_CHARS)]
        ends = [start + int(found["end_index"]) for found in get_sentence_boundaries("en", window)]
        is_last = start + len(window) == block.end
        kept = ends if is_last else ends[:-1]
        if not kept:
            kept = [_last_gap(text, start, start + len(window))]
        yield from kept
        start = block.end if is_last else kept[-1]


def _last_gap(text: str, start: int, end: int) -> int:
    """Where to part a sentence that fills a window: after its last white space, if any."""
    for place in range(end, start + 1, -1):
        if text[place - 1].isspace():
            return place
    return end


def _mended(text: str, start: int, end: int, limit: int) -> int:
    """Move an end so that opening quotes go with what follows and closing ones with what ended."""
    last = end
    while last > start and text[last - 1].isspace():
        last -= 1
    opener = last
    while opener > start and text[opener - 1] in _OPENERS:
        opener -= 1
    if start < opener < last and text[opener - 1].isspace():
        return opener
    if closing := _CLOSERS.match(text, end, min(limit, end + 8)):
        return closing.end()
    return end


def _goes_on(text: str, start: int, end: int, limit: int) -> bool:
    """Say whether the splitter parted here although the sentence goes on."""
    tail = text[max(start, end - 12) : end].rstrip()
    following = text[end : min(limit, end + 12)].lstrip()
    if not following:
        return False
    is_hour = _HOUR_END.search(tail) and _HOUR_TAIL.match(following)
    return bool(is_hour or _NO_END.search(tail) or following[0].islower())
