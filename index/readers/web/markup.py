"""A page's markup -> what of it says something: no scripts, styles, pictures or comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import Unreadable
from index.readers.lines import web_address

MAX_CHARS = 4 * 1024 * 1024
"""Of what is left; the longest articles of encyclopedias have half of it."""
MAX_STATEMENT_CHARS = 512 * 1024
"""A longer block of JSON-LD is a list of everything."""
SAVED_WITHIN_CHARS = 4096
"""Browsers write the address of a saved page near its top."""

_OPENING = re.compile(r"<(?:!--|(script|style|svg)\b)", re.IGNORECASE)
_CLOSING = {
    tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("script", "style", "svg")
} | {"": re.compile(r"-->")}
_STATEMENT = re.compile(
    r"""<script\b[^>]{0,200}?\btype\s*=\s*["']?application/ld\+json""", re.IGNORECASE
)
_EMBEDDED = re.compile(r"""=\s*(?:"\s*data:[^"]*"|'\s*data:[^']*')""", re.IGNORECASE)
_DATA = re.compile(r"data:[\w/.+-]{1,80}(?:;[\w=.+-]{1,60}){0,5},[\w+/=%.~-]{200,}", re.IGNORECASE)
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,6}\)|page saved with singlefile\s+url:\s*)(?P<url>\S+)",
    re.IGNORECASE,
)
_CLOSED_ROOT = re.compile(r"(<html\b[^<>]{0,2000})/>", re.IGNORECASE)
_HAS_ROOT = re.compile(r"<html[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """What of a page's markup is worth parsing."""

    text: str
    saved_from: str | None
    """The address that a browser wrote into the page when it was saved."""


def light(markup: str, *, path: str) -> Markup:
    """Leave out what no reader sees, except the JSON-LD; takes time in proportion to the length.

    Raises:
        Unreadable: what is left is too much to be one article.
    """
    saved = _SAVED.search(markup, 0, SAVED_WITHIN_CHARS)
    kept = "".join(_visible(markup))
    if "data:" in kept.lower():
        kept = _DATA.sub("data:,", _EMBEDDED.sub('=""', kept))
    kept = _CLOSED_ROOT.sub(r"\1>", kept, count=1)
    if len(kept) > MAX_CHARS:
        raise Unreadable(path, "the page is too large to be an article", "too large")
    if _HAS_ROOT.search(kept) is None:
        # HTML lets a page leave its root tag out; the parser would then take the first tag for it.
        kept = f"<html>{kept}</html>"
    return Markup(kept, web_address(saved["url"]) if saved else None)


def _visible(markup: str) -> Iterator[str]:
    """The stretches between scripts, styles, drawings and comments; what never closes is kept."""
    start = at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(markup, at):
        tag = (opening[1] or "").lower()
        closing = None if tag in unclosed else _CLOSING[tag].search(markup, opening.end())
        if closing is None:
            unclosed.add(tag)
            at = opening.end()
            continue
        at = closing.end()
        is_statement = _STATEMENT.match(markup, opening.start()) is not None
        if not is_statement or at - opening.start() > MAX_STATEMENT_CHARS:
            yield markup[start : opening.start()]
            start = at
    yield markup[start:]
