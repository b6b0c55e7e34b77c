"""Words -> runs of four, by which one text is found in another."""

import re
from collections.abc import Collection

RUN_WORDS = 4

_WORD = re.compile(r"\w+")


def runs_of(words: str) -> set[int]:
    """Give hashes of all runs of words, whatever stands between them; all words if it is short."""
    tokens = _WORD.findall(words.casefold())
    shifted = (tokens[at:] for at in range(min(RUN_WORDS, len(tokens))))
    return set(map(hash, zip(*shifted, strict=False)))


def share_of(words: str, runs: Collection[int]) -> float:
    """Give the share of the words' runs that are among those of another text, 0 to 1."""
    own = runs_of(words)
    return len(own.intersection(runs)) / len(own) if own else 0.0
