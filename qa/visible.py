"""Text from outside -> text that a terminal can be trusted with."""

import re

HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and newline, DEL, C1
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # unseen, or turn text round
    "\ud800-\udfff"  # lone surrogates, which no terminal can be sent
    "\ufff9-\ufffb\U000e0000-\U000e007f"
    "]"
)
"""What a terminal would obey or not show; newlines and tabs are none of it."""
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = str.maketrans("\n\t", "  ")


def visible(text: str) -> str:
    """Show every character that a terminal would obey or hide.

    Returns:
        The text with control characters as their pictures (`␛`), one for one, and other hidden
        characters by number (`⟨U+202E⟩`); newlines and tabs stay. Numbers are longer than what they
        replace, so cut the text into its styled pieces first.
    """
    return HIDDEN.sub(_picture, text)


def visible_line(text: str) -> str:
    """Like `visible`, for what must stay on one line: titles, paths, messages."""
    return visible(text.translate(_BREAKS))


def masked(text: str) -> str:
    """Like `visible`, one for one: where a cursor stands between the characters."""
    return HIDDEN.sub(lambda found: shown if len(shown := _picture(found)) == 1 else "�", text)


def pasteable(text: str) -> str:
    """Keep the text verbatim, except for the characters that a terminal obeys when pasted."""
    return _HARMFUL.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code == 0xAD:
        return "‐"
    return f"⟨U+{code:04X}⟩"
