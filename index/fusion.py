"""rankings -> ranking: pure functions."""

from collections import defaultdict
from collections.abc import Sequence

RRF_K = 60
"""Cormack, Clarke & Büttcher, SIGIR 2009."""


def reciprocal_rank(
    rankings: Sequence[Sequence[int]], *, k: int = RRF_K
) -> list[tuple[int, float]]:
    """Fuse rankings of ids by the sum of 1 / (k + rank), ranks from 1.

    Returns:
        (id, score), best first; ties by the smaller id; every id of the rankings, once.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, row in enumerate(dict.fromkeys(ranking), start=1):
            scores[row] += 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
