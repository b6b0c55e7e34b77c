"""Strings that somebody might want a terminal, a shell, a template or a path to trip over."""

import os
import re

from qa.visible import visible

HOSTILE = {
    "all of C0": "".join(map(chr, range(1, 32))),
    "all of C1": "".join(map(chr, range(0x80, 0xA0))),
    "colour": "\x1b[31mred",
    "colour in one byte": "\x9b31mred",
    "clipboard": "\x1b]52;c;aGVyb24=\x07",
    "clipboard, other end": "\x1b]52;c;aGVyb24=\x1b\\",
    "link": "\x1b]8;;http://pond.example\x1b\\here\x1b]8;;\x1b\\",
    "window title": "\x1b]0;pond\x07",
    "delete": "heron\x7f\x08\x08crane",
    "line of its own": "heron\nqa: all is well\r\nheron",
    "overwritten": "heron\rqa: all is well",
    "right to left": "\u202enoreh.exe\u2066x\u2069\u200f",
    "without width": "he\u200br\u200don\ufeff\u2060",
    "separators": "a\u2028b\u2029c\x85d\x0b\x0ce",
    "tags": "\U000e0068\U000e0065",
    "soft hyphen": "he\xadron",
    "no text": os.fsdecode(b"h\xe9ron \xff\x9b31m"),
    "markup": "[bold red]heron[/] [@click=app.quit]x[/] [/nope] [",
    "templates": "{0} {heron} %s %(prog)s % ${HOME} `id` $(id)",
    "very long": "heron" * 8_000,
    "very deep": "h/" * 4_000,
    "of nobody": "~nobody-of-that-name\x1b[31m/heron",
    "dashes": "--\x1b[31m",
    "equals": "text=\x1b]0;pond\x07",
    "address": "http://[\x1b]0;pond\x07/",
    "brackets": "[\x1b-\x07](?P<\x1b>{1,",
    "day": "2025-06-23\x1b[31m",
    "numbers": "1" * 5_000,
}

_STEERING = re.compile(
    r"\x1b\[[0-9;:?<>=$]*[ -/]*[@-~]"  # colours and cursors, which are ours
    r"|\x1b\](?:22;[a-z-]*|8;id=[0-9]*-?[0-9]*;[^\x1b\x07]*)(?:\x07|\x1b\\)"  # the mouse's shape
)


def traces(written: bytes, *, on_terminal: bool = False) -> list[str]:
    """List what is in an output and would not have come through `visible`.

    On a terminal, what steers it in the way of our own screens is left aside.
    """
    text = written.decode("utf-8")
    if on_terminal:
        text = _STEERING.sub("", text).replace("\r\n", "\n").replace("\r", "")
    found = [text[max(0, at - 20) : at + 20] for at in range(len(text)) if _is_seen(text[at])]
    return [*found, *(["Traceback"] if "Traceback (most recent" in text else [])]


def _is_seen(character: str) -> bool:
    return visible(character) != character
