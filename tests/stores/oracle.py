"""What rankings should be, written to be read rather than to be quick."""

import re
from collections.abc import Mapping
from math import log


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def best(scores: Mapping[int, float], k: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:k]


def bm25(texts: Mapping[int, str], asked: tuple[str, ...]) -> dict[int, float]:
    """k1 = 1.2, b = 0.75, idf at least 1e-6: Robertson & Zaragoza 2009, as FTS5 floors it."""
    told = {row: words(text) for row, text in texts.items()}
    mean = sum(map(len, told.values())) / max(1, len(told))
    scores: dict[int, float] = {}
    for word in asked:
        having = {row: some.count(word) for row, some in told.items() if word in some}
        idf = max(1e-6, log((len(told) - len(having) + 0.5) / (len(having) + 0.5)))
        for row, n in having.items():
            norm = 1.2 * (0.25 + 0.75 * len(told[row]) / mean)
            scores[row] = scores.get(row, 0.0) + idf * n * 2.2 / (n + norm)
    return scores
