"""A query's misspelt words -> words that the corpus has.

A word is misspelt if no article has it and it is no English word that the reranker's tokenizer
knows whole. It is then read as the most frequent corpus word within a small edit distance.
Names that the corpus spells are never touched. Distance: Damerau 1964, restricted.
"""

import re
from collections.abc import Callable, Iterable

_WORD = re.compile(r"[^\W\d_]{5,}")

Candidates = Callable[[str], Iterable[tuple[str, int]]]
"""A misspelt word to the corpus words, with counts, that begin like it and are about as long."""


def corrected(
    query: str,
    *,
    is_in_corpus: Callable[[str], bool],
    is_english: Callable[[str], bool],
    candidates: Candidates,
) -> str:
    """Give the query with its misspelt words read as words of the corpus; the rest untouched."""

    def read(match: re.Match[str]) -> str:
        word = match.group()
        folded = word.lower()
        if is_in_corpus(folded) or is_english(folded):
            return word
        found = [
            (distance(folded, other), -count, other)
            for other, count in candidates(folded)
            if distance(folded, other) <= most_edits(folded)
        ]
        return _like(word, min(found)[2]) if found else word

    return _WORD.sub(read, query)


def most_edits(word: str) -> int:
    """Say how many edits a word of this length may be away: 1 up to seven letters, else 2."""
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, above, row = above, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[:1].isupper() else other
