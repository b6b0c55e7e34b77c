"""HTML of a mail, a feed or a record -> its text, all of it."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from index.errors import Unreadable
from index.readers.canonical import canonical
from index.readers.web.scripts import settle
from index.types import Span

MAX_MARKUP_CHARS = 8 * 1024 * 1024
"""The parsed tree takes some forty times as much."""

_PARAGRAPHS = frozenset(
    "p h1 h2 h3 h4 h5 h6 blockquote pre table ul ol dl section article aside header footer main"
    " figure hr form fieldset details".split()
)
_LINES = frozenset(
    "div li tr br dt dd figcaption caption address center option summary legend".split()
)
_SKIPPED = frozenset(
    "head script style noscript template svg math iframe object embed select button input audio"
    " video canvas map".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|tr|td|img|blockquote|figure"
    r"|section|article|html|body|font|center|pre|sup|sub|del|ins|s|strike)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_ODD_NEWLINES = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of a stretch of HTML."""

    text: str
    quoted: tuple[Span, ...] = ()
    """Inside of what a mail program marked as quoted; they may lie in one another."""


def is_markup(text: str) -> bool:
    """Say whether there is an HTML tag in the text."""
    return "<" in text and _TAG.search(text) is not None


def plain(text: str, *, path: str) -> str:
    """Give the text of what may be HTML or not.

    Raises:
        Unreadable: it is not text.
    """
    if is_markup(text):
        return render(text, path=path).text
    return canonical(html.unescape(text) if "&" in text else text, path=path)


def render(markup: str, *, path: str) -> Rendered:
    """Give the text of HTML, whatever it is part of, with its paragraphs kept apart.

    Raises:
        Unreadable: it is not text, too large, or there are no words in it.
    """
    from lxml import etree

    if len(markup) > MAX_MARKUP_CHARS:
        reason = f"holds more than {MAX_MARKUP_CHARS // 1024**2} MB of markup"
        raise Unreadable(path, reason, "too large")

    raw = canonical(markup, path=path).encode("utf-8")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Unreadable(path, "holds no words", "no words")
    settle(root, markup)
    page = _Page()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            page.leave(element)
        elif element.tag in _SKIPPED or _is_hidden(element):
            walker.skip_subtree()
        else:
            page.enter(element)
    return Rendered(canonical("".join(page.pieces), path=path), tuple(sorted(page.quoted)))


def _is_hidden(element: Any) -> bool:  # noqa: ANN401, RUF100 - lxml has no types
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_quote(element: Any) -> bool:  # noqa: ANN401, RUF100
    return element.tag == "blockquote" and (
        element.get("type", "").lower() == "cite" or "quote" in element.get("class", "").lower()
    )


@dataclass(slots=True)
class _Page:
    """The text as far as it has been walked."""

    pieces: list[str] = field(default_factory=list)
    chars: int = 0
    newlines: int = 0
    """That are due before the next words."""
    is_spaced: bool = False
    """White space is due before the next words."""
    mark: str = ""
    """Of a list item, due before its words."""
    verbatim: int = 0
    """Elements around us in which white space counts."""
    open_quotes: list[int] = field(default_factory=list)
    quoted: list[Span] = field(default_factory=list)

    def enter(self, element: Any) -> None:  # noqa: ANN401, RUF100
        self._part(element)
        if element.tag == "li":
            self.mark = "- "
        if element.tag == "pre":
            self.verbatim += 1
        if _is_quote(element):
            self.open_quotes.append(self.chars)
        self._say(element.text)

    def leave(self, element: Any) -> None:  # noqa: ANN401, RUF100
        tag = element.tag
        if tag in _SKIPPED or _is_hidden(element):
            self._say(element.tail)
            return
        if tag == "br":
            self.newlines += 1
        else:
            self._part(element)
        if tag in ("td", "th"):
            self.is_spaced = True
        if tag == "pre":
            self.verbatim -= 1
        if _is_quote(element):
            start = self.open_quotes.pop()
            if start < self.chars:
                self.quoted.append(Span(start, self.chars))
        self._say(element.tail)

    def _part(self, element: Any) -> None:  # noqa: ANN401, RUF100
        if element.tag in _PARAGRAPHS:
            self.newlines = max(self.newlines, 2)
        elif element.tag in _LINES and element.tag != "br":
            self.newlines = max(self.newlines, 1)

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self.verbatim:
            words = _ODD_NEWLINES.sub("\n", text)
            if not words.strip():
                self.newlines = max(self.newlines, words.count("\n"))
                return
        else:
            words = _SPACES.sub(" ", text)
            if words == " ":
                self.is_spaced = True
                return
            self.is_spaced = self.is_spaced or words[0] == " "
            words = words[1:] if words[0] == " " else words
        self._put(words)

    def _put(self, words: str) -> None:
        between = ""
        if self.chars:
            between = "\n" * min(self.newlines, 2) or (" " if self.is_spaced else "")
        is_trailing = not self.verbatim and words.endswith(" ")
        words = between + self.mark + (words[:-1] if is_trailing else words)
        self.pieces.append(words)
        self.chars += len(words)
        self.newlines, self.is_spaced, self.mark = 0, is_trailing, ""
