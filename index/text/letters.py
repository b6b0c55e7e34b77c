"""word -> the same in plain letters: lodz for łódź; and with the letters that indexes keep."""

import re
import unicodedata
from collections.abc import Iterator

_PLAIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h",
}  # fmt: skip
"""Letters that are no plain letter with a mark, so that FTS5 keeps them."""
_DIGRAPHS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("aa", "å"), ("oe", "ø"))
"""How marks are written out where a keyboard lacks them."""
_MOST = 64
"""Forms of one word with other letters; most words have fewer."""


def plain(word: str) -> str:
    """Write a lower-case word in plain letters."""
    return "".join(_PLAIN.get(letter, letter) for letter in unmarked(word))


def unmarked(word: str) -> str:
    """Take the marks off, as FTS5 does: łodz for łódź."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def lettered(word: str) -> tuple[str, ...]:
    """Give the forms of a lower-case word that FTS5 takes for other words: łodz and lodz."""
    bare = plain(word)
    forms = dict.fromkeys((bare, *marked(bare)))
    return tuple(form for form in forms if form != unmarked(word))


def marked(word: str) -> list[str]:
    """Put each letter that FTS5 keeps where plain ones of a lower-case word may stand for it."""
    forms = [word]
    for letter, letters in _PLAIN.items():
        forms += [other for form in forms for other in _put(letter, letters, form)]
    return list(dict.fromkeys(forms[1:]))[:_MOST]


def _put(letter: str, letters: str, word: str) -> Iterator[str]:
    """Put a letter in one place where plain ones stand, and in all of them."""
    for found in re.finditer(letters, word):
        yield word[: found.start()] + letter + word[found.end() :]
    if word.count(letters) > 1:
        yield word.replace(letters, letter)


def written_out(word: str) -> Iterator[str]:
    """Write ä as ae and so on, or the other way round, in plain letters otherwise."""
    for two, letter in _DIGRAPHS:
        if letter in word:
            yield plain(word.replace(letter, two))
        if two in word:
            yield plain(word.replace(two, letter))


def perhaps_written_out(word: str) -> Iterator[str]:
    """Write each plain vowel as if it had lost its marks: aarhus for arhus."""
    for two, letter in _DIGRAPHS:
        for found in re.finditer(plain(letter), word):
            yield f"{word[: found.start()]}{two}{word[found.end() :]}"
