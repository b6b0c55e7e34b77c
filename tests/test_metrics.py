"""Metrics against cases worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metrics import (
    auroc,
    expected_calibration_error,
    mean_reciprocal_rank,
    risk_at_coverage,
    success_at,
)

SCORES = st.lists(st.integers(0, 9), min_size=1, max_size=12)


@given(SCORES, SCORES)
def test_auroc_counts_the_pairs_in_order(positive, negative):
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_auroc_needs_both_kinds():
    with pytest.raises(ValueError, match="both kinds"):
        auroc([], [1.0])


def test_success_and_reciprocal_rank():
    ranks = [1, 2, None, 4]
    assert success_at(1, ranks) == 0.25
    assert success_at(3, ranks) == 0.5
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert mean_reciprocal_rank([11], k=10) == 0


def test_calibration_error_of_a_case_worked_by_hand():
    # bin 0.9..1.0: mean confidence 0.95, half right; bin 0.1..0.2: 0.15, none right
    confidences, outcomes = [0.95, 0.95, 0.15, 0.15], [True, False, False, False]
    assert expected_calibration_error(confidences, outcomes) == pytest.approx(
        0.5 * 0.45 + 0.5 * 0.15
    )
    assert expected_calibration_error([1.0, 0.0], [True, False]) == 0


def test_risk_grows_as_less_sure_answers_are_given():
    curve = risk_at_coverage([0.9, 0.2, 0.5], [True, False, True])
    assert curve == [
        (pytest.approx(1 / 3), 0),
        (pytest.approx(2 / 3), 0),
        (1.0, pytest.approx(1 / 3)),
    ]
