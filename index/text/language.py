"""Text -> is it English? Roughly, for a remark to the person."""

import re

MIN_WORDS = 30
"""A shorter text in Latin letters counts as English."""
MIN_SHARE = 0.12
"""Share of words that are English function words; running English has 0.3 to 0.5."""
MAX_OTHER_SCRIPTS = 0.3
"""Share of letters outside the Latin script."""

_SAMPLE_CHARS = 40_000
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the and of to that for with as was were is are be been by from it its his her this which have"
    " has had not but they their he she at or said will would who when what there than about into"
    " after more can could you your we our on in a an".split()
)
_LAST_LATIN = "\u024f"


def looks_english(text: str) -> bool:
    """Say whether a text is likely to be English; in doubt, yes."""
    words = _WORD.findall(text[:_SAMPLE_CHARS].lower())
    letters = sum(len(word) for word in words)
    others = sum(letter > _LAST_LATIN for word in words for letter in word)
    if others > MAX_OTHER_SCRIPTS * letters:
        return False
    if len(words) < MIN_WORDS:
        return True
    return sum(word in _FUNCTION_WORDS for word in words) >= MIN_SHARE * len(words)
