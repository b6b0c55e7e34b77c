"""Hostile text -> one clean line, for titles, names and addresses."""

import re
import unicodedata

MAX_LINE_CHARS = 300

_MARKUP_START = re.compile(r"(?:[#>*_\s]|[-+•](?=\s)|\d{1,3}[.)](?=\s))+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")


def one_line(text: str | None) -> str | None:
    """Collapse white space, and drop control, format and unpaired characters; None if empty."""
    if not text:
        return None
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text[: 4 * MAX_LINE_CHARS]
        if unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn") or character in "\u200d"
    )
    line = " ".join(kept.split())
    return shortened(line, MAX_LINE_CHARS) or None


def without_marks(text: str) -> str:
    """Take the Markdown marks off a line's ends, and pairs of stars and backticks out of it."""
    begin = _MARKUP_START.match(text)
    words = text[begin.end() if begin else 0 :].rstrip("#*_ \t\n\xa0")
    return words.replace("**", "").replace("__", "").replace("`", "")


def shortened(line: str, max_chars: int) -> str:
    """End a long line at a word, with an ellipsis."""
    if len(line) <= max_chars:
        return line
    words = line[:max_chars].rsplit(maxsplit=1)
    kept = words[0] if len(words) > 1 else line[: max_chars - 1]
    return kept.rstrip(" ,;:–—-") + "…"


def web_address(text: str | None) -> str | None:
    """The text if it is one http address, else None."""
    address = (text or "").strip()
    return address if _WEB_ADDRESS.fullmatch(address) and address.isprintable() else None
