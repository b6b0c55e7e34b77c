"""How good a ranking and a probability are: pure functions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

DRAWS = 1_000
"""Outcomes drawn for a band."""


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


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence."""

    low: float
    high: float
    size: int
    confidence: float
    """Mean of theirs."""
    right: float
    """Share of right outcomes."""


def reliability(
    confidences: Sequence[float], outcomes: Sequence[bool], *, bins: int = 10
) -> list[Bin]:
    """Sort into bins of equal width and compare confidence with outcome; empty ones are left out.

    A confidence on a border belongs to the upper bin, and 1 to the last one.
    """
    members: dict[int, list[tuple[float, bool]]] = {}
    for confidence, outcome in zip(confidences, outcomes, strict=True):
        members.setdefault(_bin(confidence, bins), []).append((confidence, outcome))
    return [
        Bin(
            low=at / bins,
            high=(at + 1) / bins,
            size=len(inside),
            confidence=sum(confidence for confidence, _ in inside) / len(inside),
            right=sum(outcome for _, outcome in inside) / len(inside),
        )
        for at, inside in sorted(members.items())
    ]


def expected_calibration_error(
    confidences: Sequence[float], outcomes: Sequence[bool], *, bins: int = 10
) -> float:
    """Mean gap between confidence and outcome over equal-width bins, weighted by size.

    Source: Guo et al., ICML 2017.
    """
    gaps = (
        one.size * abs(one.confidence - one.right)
        for one in reliability(confidences, outcomes, bins=bins)
    )
    return sum(gaps) / len(confidences)


@dataclass(frozen=True, slots=True)
class Band:
    """Where 95 % of the values lie."""

    low: float
    high: float

    def position(self, value: float) -> Literal["below", "inside", "above"]:
        """Say where a value lies; the ends are inside."""
        if value < self.low:
            return "below"
        return "above" if value > self.high else "inside"


def calibrated_band(confidences: Sequence[float], *, bins: int = 10, seed: int = 7) -> Band:
    """Give the calibration errors that perfectly calibrated confidences show by chance.

    Outcomes are drawn from the confidences themselves DRAWS times, the same ones every time; the
    ends are the 2.5th and 97.5th percentile of the errors.
    Source: Vaicenavicius et al., AISTATS 2019 (consistency resampling).
    """
    size = len(confidences)
    member_of = [_bin(confidence, bins) for confidence in confidences]
    promised = [0.0] * bins
    for member, confidence in zip(member_of, confidences, strict=True):
        promised[member] += confidence
    chance = Random(seed)  # noqa: S311 - nothing is kept secret by it
    errors = []
    for _ in range(DRAWS):
        gaps = promised.copy()
        for member, confidence in zip(member_of, confidences, strict=True):
            gaps[member] -= chance.random() < confidence
        errors.append(sum(map(abs, gaps)) / size)
    return Band(percentile(errors, 0.025), percentile(errors, 0.975))


def _bin(confidence: float, bins: int) -> int:
    return min(int(confidence * bins), bins - 1)


def risk_at_coverage(
    confidences: Sequence[float], outcomes: Sequence[bool]
) -> list[tuple[float, float]]:
    """Give (coverage, share wrong) as the threshold falls through the confidences.

    One point for each distinct confidence: no threshold parts equal ones.
    Source: El-Yaniv & Wiener, JMLR 2010.
    """
    ordered = sorted(zip(confidences, outcomes, strict=True), key=lambda pair: -pair[0])
    wrong = 0
    curve: dict[float, tuple[float, float]] = {}
    for answered, (confidence, is_right) in enumerate(ordered, start=1):
        wrong += not is_right
        curve[confidence] = (answered / len(ordered), wrong / answered)
    return list(curve.values())


def area_under_risk(curve: Sequence[tuple[float, float]]) -> float:
    """Mean share wrong over all coverages, each point standing for those since the one before."""
    area, reached = 0.0, 0.0
    for coverage, risk in curve:
        area += (coverage - reached) * risk
        reached = coverage
    return area


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (above 0, up to 1) of the values don't exceed."""
    if not values:
        raise ValueError("no values, no percentile")
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]
