"""texts -> what they mention: whether one of them has a word in any form."""

import re
import unicodedata
from collections.abc import Iterable

from index.search.wordforms import Sought
from index.text.keywords import FUNCTION_WORDS
from index.text.letters import plain
from index.text.stems import stems

_WORD = re.compile(r"[^\W\d_]+")


class Mentions:
    """Knows the words of some texts: inflected, with letters that have marks or without."""

    def __init__(self, texts: Iterable[str]) -> None:
        composed = [unicodedata.normalize("NFC", text) for text in texts]
        self._runs = [_run(text) for text in composed]
        self._initials = [pair for text in composed for pair in _initials(text)]

    def has(self, sought: Sought) -> bool:
        """Say whether a text has one of the forms, or the words that an acronym stands for."""
        runs = [run for run in map(_run, sought.forms) if run.strip()]
        if any(run in text for run in runs for text in self._runs):
            return True
        return bool(sought.initials) and any(
            letters.startswith(sought.initials, at)
            for letters, capitals in self._initials
            for at in capitals
        )


def _run(text: str) -> str:
    """Write the stems of a text between single spaces, one before and one after."""
    return f" {' '.join(stems(text))} "


def _initials(text: str) -> list[tuple[str, list[int]]]:
    """Give the first letters of the words, and which are capitals; without the small words too."""
    words = _WORD.findall(text)
    content = [word for word in words if word.lower() not in FUNCTION_WORDS]
    return [
        (
            "".join(plain(word[0].lower())[:1] or "-" for word in some),
            [at for at, word in enumerate(some) if word[0].isupper()],
        )
        for some in (words, content)
    ]
