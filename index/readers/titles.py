"""Text -> title, and what its first lines state about it."""

import re
from dataclasses import dataclass, replace

from index.readers.dates import iso_date
from index.readers.documents import Stated
from index.readers.lines import one_line, shortened, web_address, without_marks
from index.text.boilerplate_lines import byline_name
from index.text.hyphens import joined
from index.text.sentences import trim
from index.types import Omission, Span

MAX_TITLE_CHARS = 140
MIN_TITLE_WORDS = 3
"""Without a mark, a shorter line is as often a name or a place."""
MAX_TITLE_WORDS = 22
MAX_DERIVED_CHARS = 60
TOP_LINES = 12
"""Lines from the top, blank ones not counted, in which statements are looked for."""
LOOK_CHARS = 400
"""Of a line, from its start; no title or statement is longer."""
PARAGRAPH_CHARS = 130
"""A line that is longer is a paragraph of its own."""

_LINE = re.compile(r"[^\n]+")
_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+\S")
_BOLD = re.compile(r"(\*\*|__)(?!\s)[^*_]+\1:?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_LISTED = re.compile(r"(?:[-*+•–—>|]|\d{1,3}[.)])\s|[-*_=~]{3,}$")
_BETWEEN_NAMES = re.compile(r",? and |, | & ")
_YAML = re.compile(r"[a-z][\w-]*:(?:\s|$)")
_LABELLED = re.compile(r"(?P<label>[A-Z][A-Za-z]+(?: [a-z]+){0,2})\s*:\s*(?P<value>\S.{1,80})")
_DATE_LABEL = re.compile(
    r"(?:^|(?<=[\s|·•;,(–—-]))(?P<label>(?:first |originally |last )?"
    r"(?:published|posted|updated|modified|edited|revised)"
    r"|publication date|date(?: published| modified| updated)?|last update)"
    r"(?: on| at)?(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_CHANGE = re.compile("updat|modif|edit|revis", re.IGNORECASE)
_MAX_DATE_CHARS = 60
_OUTLET_LABELS = frozenset({"source", "outlet", "publisher", "publication", "newspaper"})
_UNFINISHED_TITLE = (".", ";", ":", ",", "…", "!", "—", "–", "-")


@dataclass(frozen=True, slots=True)
class TopLine:
    """A line near the top that is not left out."""

    span: Span
    words: str
    stands_alone: bool
    """Followed by a blank line, a line that is left out, or a paragraph on one line."""
    is_underlined: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What an article is called; `span` is None where the title is not a part of the text."""

    words: str
    span: Span | None = None
    is_derived: bool = False
    is_main: bool = False
    """Marked as the heading of the whole text."""


def top_lines(text: str, omissions: tuple[Omission, ...]) -> list[TopLine]:
    """The first lines with words in them that are not left out."""
    left_out = {omission.span.start for omission in omissions}
    hidden_end = max((o.span.end for o in omissions if o.reason == "front matter"), default=0)
    lines: list[TopLine] = []
    for found in _LINE.finditer(text, hidden_end):
        if len(lines) == TOP_LINES:
            break
        span = trim(text, found.start(), found.end())
        if span is None or found.start() in left_out:
            continue
        following = _LINE.match(text, found.end() + 1)
        next_line = following[0] if following else ""
        lines.append(
            TopLine(
                span=span,
                words=found[0][:LOOK_CHARS].strip(),
                stands_alone=not next_line.strip()
                or found.end() + 1 in left_out
                or len(next_line) > PARAGRAPH_CHARS,
                is_underlined=bool(_UNDERLINE.fullmatch(next_line)),
            )
        )
    return lines


def title_of(text: str, lines: list[TopLine]) -> Title | None:
    """The first heading, or a first short line that stands alone; None if there is neither."""
    title = next(
        (line for line in lines if not _states(line) and not _YAML.match(line.words)), None
    )
    if title is None:
        return None
    if not _is_heading(title) and not _is_short(title):
        title = next((line for line in lines if _is_main_heading(line)), None)
    words = one_line(without_marks(title.span.of(text))) if title else None
    return Title(words, title.span, is_main=_is_main_heading(title)) if title and words else None


def derived_title(text: str, first_sentence: Span) -> Title:
    """The opening words of the first sentence, for people only."""
    start, end = first_sentence.start, min(first_sentence.end, first_sentence.start + 400)
    words = one_line(without_marks(joined(text[start:end], text))) or "…"
    return Title(shortened(words, MAX_DERIVED_CHARS), is_derived=True)


def stated_in(lines: list[TopLine], omitted: list[str]) -> Stated:
    """What whole lines near the top say: dates, an outlet, an address; and who wrote it.

    `omitted` is the lines that were left out near the top, bylines among them.
    """
    stated = Stated(author=next(filter(None, map(_author, omitted)), None))
    for line in lines:
        words = without_marks(line.words)
        published, modified = _dates(words)
        stated = replace(
            stated,
            published=stated.published or published,
            modified=stated.modified or modified,
            outlet=stated.outlet or _outlet(words),
            url=stated.url or _address(words),
        )
    return stated


def _states(line: TopLine) -> bool:
    words = without_marks(line.words)
    return bool(any(_dates(words)) or _outlet(words) or _address(words))


def _dates(words: str) -> tuple[str | None, str | None]:
    """The days of publication and of the last change that a line states and says nothing else."""
    labels = list(_DATE_LABEL.finditer(words))
    if not labels or labels[0].start() > 0:
        return _bare_date(words), None
    published = modified = None
    ends = [label.start() for label in labels[1:]] + [len(words)]
    for label, end in zip(labels, ends, strict=True):
        stated = words[label.end() : end].strip(" |·•;,()–—-")
        date = iso_date(stated) if len(stated) <= _MAX_DATE_CHARS else None
        if date is None:
            return None, None
        if _CHANGE.search(label["label"]):
            modified = modified or date
        else:
            published = published or date
    return published, modified


def _bare_date(words: str) -> str | None:
    looks_full = len(words) <= 60 and words[-1:].isalnum() and any(c.isdigit() for c in words)
    date = iso_date(words) if looks_full else None
    return date if date and len(date) == len("2025-06-23") else None


def _outlet(words: str) -> str | None:
    found = _LABELLED.fullmatch(words)
    if found is None or found["label"].lower() not in _OUTLET_LABELS:
        return None
    is_name = len(found["value"].split()) <= 6 and not found["value"].endswith((".", "?", "!"))
    return one_line(found["value"]) if is_name and not web_address(found["value"]) else None


def _address(words: str) -> str | None:
    label, _, value = words.partition(":")
    return web_address(value) if label.strip().lower() in ("url", "link", "source") else None


def _author(line: str) -> str | None:
    words = without_marks(line.strip())
    return one_line(byline_name(words))


def _is_heading(line: TopLine) -> bool:
    is_marked = bool(_ATX.match(line.words) or _BOLD.fullmatch(line.words))
    is_short = len(line.span) <= MAX_TITLE_CHARS
    return is_short and (is_marked or (line.is_underlined and not _LISTED.match(line.words)))


def _is_main_heading(line: TopLine) -> bool:
    atx = _ATX.match(line.words)
    is_short = len(line.span) <= MAX_TITLE_CHARS
    is_marked = atx is not None and len(atx["marks"]) == 1
    return is_short and (is_marked or (line.is_underlined and not _LISTED.match(line.words)))


def _is_names(words: str) -> bool:
    """Say whether the line may be nothing but names of people; such a title is not certain."""
    names = _BETWEEN_NAMES.split(words)
    return byline_name(f"By {words}") is not None and all(len(name.split()) <= 3 for name in names)


def _is_short(line: TopLine) -> bool:
    words = line.words
    return (
        line.stands_alone
        and len(line.span) <= MAX_TITLE_CHARS
        and MIN_TITLE_WORDS <= len(words.split()) <= MAX_TITLE_WORDS
        and not words.rstrip("”’\"')*_").endswith(_UNFINISHED_TITLE)
        and not _LISTED.match(words)
        and not _is_names(words)
        and (words[0].isalnum() or words[0] in "“‘\"'(¿¡$£€")
    )
