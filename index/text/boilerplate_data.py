"""Text -> spans of what nobody reads: pictures and keys written as letters, squeezed programs."""

import re
from collections.abc import Iterator

from index.types import Span

MIN_RUN_CHARS = 200
"""No word is that long, and no part of an address without a full stop or another mark."""
MIN_PROGRAM_CHARS = 800
"""Of a line; a shorter one may be a formula or a table."""
MAX_PROGRAM_SPACES = 0.08
"""Of the line's characters; English has about 0.17, and code as people write it more."""
MIN_PROGRAM_MARKS = 0.08
MAX_BEFORE_CHARS = 320
"""Before a picture's data, in which its opening is looked for."""

_URI = re.compile(r"data:[a-zA-Z]{1,20}/[\w.+-]{1,60}(?:;[\w=.+-]{1,60}){0,5},[\w+/=%.~-]{40,}")
_RUN = re.compile(rf"(?<![\w+/=-])[A-Za-z0-9+/=_-]{{{MIN_RUN_CHARS},}}")
_WRAPPED = re.compile(
    r"^[ \t>]*[A-Za-z0-9+/]{60,80}[ \t]*\n(?:[ \t>]*[A-Za-z0-9+/]{60,80}[ \t]*\n){2,}"
    r"(?:[ \t>]*[A-Za-z0-9+/]{1,79}={0,2}[ \t]*$)?",
    re.MULTILINE,
)
_ARMOUR = re.compile(
    r"^[ \t>]*-----BEGIN (?!PGP SIGNED)(?P<kind>[A-Z0-9 ]{2,60})-----", re.MULTILINE
)
_LONG_LINE = re.compile(rf"[^\n]{{{MIN_PROGRAM_CHARS},}}")
_MARKS = "{}()[];=<>|&\"',:!?"
_OPENINGS = (
    ("![", re.compile(r"!\[[^\[\]\n]{0,300}\]\([ \t]*<?")),
    ("<", re.compile(r"<[a-zA-Z][^<>\n]{0,300}=[ \t]*[\"']?")),
    ("[", re.compile(r"\[[^\[\]\n]{1,60}\](?::[ \t]*|\([ \t]*)<?")),
)
_CLOSING = re.compile(r"(?:>?[^()\n]{0,200}\)|[\"'][^<>\n]{0,300}>|>)(?:\{[^{}\n]{0,100}\})?")


def data_in(text: str) -> Iterator[Span]:
    """Find data in a text, in order and disjoint; takes time in proportion to its length."""
    last = 0
    for span in sorted([*_pictures(text), *_armour(text), *_runs(text), *_programs(text)]):
        if span.end > last:
            yield Span(max(span.start, last), span.end)
            last = span.end


def _pictures(text: str) -> Iterator[Span]:
    """Addresses that hold what they lead to, with the marks that show it as a picture."""
    for found in _URI.finditer(text):
        start, end = found.span()
        before = text[max(0, start - MAX_BEFORE_CHARS) : start]
        for mark, opening in _OPENINGS:
            at = before.rfind(mark)
            if at >= 0 and opening.fullmatch(before, at):
                start -= len(before) - at
                closing = _CLOSING.match(text, end)
                end = closing.end() if closing else end
                break
        yield Span(start, end)


def _armour(text: str) -> Iterator[Span]:
    """Keys, certificates and signatures, from the line that opens them to the one that closes."""
    unclosed: set[str] = set()
    for found in _ARMOUR.finditer(text):
        kind = found["kind"]
        ending = f"-----END {kind}-----"
        at = -1 if kind in unclosed else text.find(ending, found.end())
        if at < 0:
            unclosed.add(kind)
        else:
            yield Span(found.start(), at + len(ending))


def _runs(text: str) -> Iterator[Span]:
    for pattern in (_RUN, _WRAPPED):
        for found in pattern.finditer(text):
            if any(map(str.isdigit, found[0][:MIN_RUN_CHARS])) or not found[0].islower():
                yield Span(found.start(), found.end())


def _programs(text: str) -> Iterator[Span]:
    """Lines of programs and data from which the spaces were taken."""
    for found in _LONG_LINE.finditer(text):
        line = found[0]
        is_squeezed = line.count(" ") <= MAX_PROGRAM_SPACES * len(line)
        if is_squeezed and sum(map(line.count, _MARKS)) >= MIN_PROGRAM_MARKS * len(line):
            yield Span(found.start(), found.end())
