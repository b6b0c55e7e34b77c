"""English word -> how often it is used."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import SpellChecker


def mentions(word: str) -> int:
    """Count the mentions of a lower-case word in what English dictionaries were counted over."""
    return int(dictionary()[word])


@lru_cache(maxsize=1)
def dictionary() -> "SpellChecker":
    """Load it once, in a quarter of a second: most questions have no word that needs it."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en")
