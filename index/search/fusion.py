"""rankings -> ranking: pure functions.

How much a ranking counts depends on the question: where the words of a question pick out a few
passages, keywords lead; where only its meaning does, vectors lead. Each shows in how far the best
score stands above the tenth, so no weight is set by hand for a kind of corpus.
"""

from collections import defaultdict
from collections.abc import Sequence

from index.store.protocol import PassageId, Ranking

RRF_K = 20
"""Cormack, Clarke & Büttcher, SIGIR 2009, take 60 for long lists; here ten are read at most."""
DECISIVE_AT = 10
"""Rank whose score is compared with the best one's."""
LEAST_WEIGHT = 0.1
"""Of a ranking whose scores are all alike: it still brings candidates."""


def fused(rankings: Sequence[Ranking]) -> list[tuple[PassageId, float]]:
    """Fuse rankings by reciprocal rank, each weighted by how decisive it is.

    Returns:
        (id, score), best first; ties by the smaller id; every id of the rankings, once.
    """
    return reciprocal_rank(
        [[row for row, _ in ranking] for ranking in rankings],
        weights=[LEAST_WEIGHT + decisiveness(ranking) for ranking in rankings],
    )


def decisiveness(ranking: Ranking) -> float:
    """Say how far the best stands above the tenth: 0 not at all, 1 if there is none."""
    if not ranking or ranking[0][1] <= 0:
        return 0.0
    best = ranking[0][1]
    tenth = ranking[DECISIVE_AT][1] if len(ranking) > DECISIVE_AT else 0.0
    return min(1.0, max(0.0, (best - tenth) / best))


def reciprocal_rank(
    rankings: Sequence[Sequence[PassageId]],
    *,
    weights: Sequence[float] | None = None,
    k: int = RRF_K,
) -> list[tuple[PassageId, float]]:
    """Fuse rankings of ids by the sum of weight / (k + rank), ranks from 1.

    Returns:
        (id, score), best first; ties by the smaller id; every id of the rankings, once.
    """
    scores: defaultdict[PassageId, float] = defaultdict(float)
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, row in enumerate(dict.fromkeys(ranking), start=1):
            scores[row] += weight / (k + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
