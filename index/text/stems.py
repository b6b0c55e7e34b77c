"""English words -> their stems, by which inflections meet: launch for launched and launches."""

import re
from functools import lru_cache

from index.text.letters import plain

_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    """Give the words of a text, in order, as lower-case stems in plain letters."""
    return [_stem(word) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(plain(word)))
