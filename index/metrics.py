"""How good a ranking and a probability are: pure functions."""

from collections.abc import Sequence


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive's score is above a negative's; ties count half.

    The Mann-Whitney statistic over the number of pairs. Raises ValueError if either is empty.
    """
    if not positive or not negative:
        raise ValueError("AUROC needs scores of both kinds")
    scored = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    rank_sum, at = 0.0, 0
    while at < len(scored):
        end = at
        while end < len(scored) and scored[end][0] == scored[at][0]:
            end += 1
        mean_rank = (at + 1 + end) / 2
        rank_sum += mean_rank * sum(kind for _, kind in scored[at:end])
        at = end
    n = len(positive)
    return (rank_sum - n * (n + 1) / 2) / (n * len(negative))


def success_at(k: int, first_right: Sequence[int | None]) -> float:
    """Share of questions whose first right rank (from 1, None for never) is at most k."""
    return sum(rank is not None and rank <= k for rank in first_right) / len(first_right)


def mean_reciprocal_rank(first_right: Sequence[int | None], *, k: int = 10) -> float:
    """Mean of 1 / rank of the first right one, 0 where it is beyond k or never."""
    ranks = [rank for rank in first_right if rank is not None and rank <= k]
    return sum(1 / rank for rank in ranks) / len(first_right)


def expected_calibration_error(
    confidences: Sequence[float], outcomes: Sequence[bool], *, bins: int = 10
) -> float:
    """Mean gap between confidence and outcome over equal-width bins, weighted by size.

    Source: Guo et al., ICML 2017.
    """
    gap = 0.0
    for at in range(bins):
        inside = [
            (confidence, outcome)
            for confidence, outcome in zip(confidences, outcomes, strict=True)
            if min(int(confidence * bins), bins - 1) == at
        ]
        if inside:
            gap += abs(sum(c for c, _ in inside) - sum(o for _, o in inside))
    return gap / len(confidences)


def risk_at_coverage(
    confidences: Sequence[float], outcomes: Sequence[bool]
) -> list[tuple[float, float]]:
    """Give (coverage, share wrong) as the threshold falls through the confidences.

    Source: El-Yaniv & Wiener, JMLR 2010.
    """
    ordered = sorted(zip(confidences, outcomes, strict=True), key=lambda pair: -pair[0])
    wrong, curve = 0, []
    for answered, (_, is_right) in enumerate(ordered, start=1):
        wrong += not is_right
        curve.append((answered / len(ordered), wrong / answered))
    return curve
