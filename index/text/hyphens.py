"""Words as they stand -> words as they are read: hyphens at line ends taken back.

The text that is quoted keeps `inter-` at a line's end; what is encoded, reranked and looked up
reads `international`. `well-` and `known` keep their hyphen where the article or the language
writes them so.
"""

import re
from functools import lru_cache

_LETTERS = r"[^\W\d_]+"
_BROKEN = re.compile(
    rf"(?<!\w)(?P<before>\w+(?:[-‐]\w+){{0,8}})[-‐]\n"
    rf"[ \t]*(?:>[ \t]?)*(?P<after>[^\W_]+(?:[-‐]{_LETTERS})*)"
)
_SOFT = re.compile(r"\xad[ \t]*(?:\n[ \t]*)?(?=\w)")
_WORD = re.compile(rf"\w+(?:[-‐]{_LETTERS})*")

_SUSPENDED = frozenset({"and", "or", "to", "nor", "but"})
"""After a hyphen they are words of their own: two- and three-year."""
_FIRST_HALVES = frozenset(
    """all best cross double ex far fifty forty four five full half hard high home ill large left
    long low mid middle much multi near nine ninety non off one part post quasi right second
    self semi seven seventy short single six sixty small so state ten third thirty three top
    twenty two well wide world year""".split()
)
"""What English sets before a hyphen oftener than before a syllable."""
_REMEMBERED = 16
"""Articles whose words are kept for the next passage of the same article."""


def joined(words: str, text: str) -> str:
    """Take words of an article's text together that a line's end parts; all else stays.

    A hyphen is kept before a capital, in a word that has others, and where the article has the
    hyphenated word in the middle of a line. It is dropped where the article has the whole word
    there; where it has neither, unless the first half is one like `well` or `self`.
    """
    if "\xad" in words:
        words = _SOFT.sub("", words).replace("\xad", "")
    if "-\n" not in words and "‐\n" not in words:
        return words
    known = _known(text)
    return _BROKEN.sub(lambda broken: _read(broken["before"], broken["after"], known), words)


def _read(before: str, after: str, known: frozenset[str]) -> str:
    if after in _SUSPENDED:
        return f"{before}- {after}"
    hyphenated, whole = f"{before}-{after}", before + after
    has_hyphenated, has_whole = _folded(hyphenated) in known, _folded(whole) in known
    if has_hyphenated != has_whole:
        return hyphenated if has_hyphenated else whole
    is_compound = (
        not after[0].islower()
        or not before[-1].isalpha()
        or "-" in _folded(before)
        or before.lower() in _FIRST_HALVES
    )
    return hyphenated if is_compound else whole


@lru_cache(maxsize=_REMEMBERED)
def _known(text: str) -> frozenset[str]:
    """Both forms of the text's broken words, as far as they stand unbroken elsewhere in it."""
    forms = set()
    for broken in _BROKEN.finditer(text):
        before, after = broken["before"], broken["after"]
        forms |= {_folded(f"{before}-{after}"), _folded(before + after)}
    unbroken = (_folded(found[0]) for found in _WORD.finditer(_BROKEN.sub(" ", text)))
    return frozenset(word for word in unbroken if word in forms)


def _folded(word: str) -> str:
    return word.lower().replace("‐", "-")
