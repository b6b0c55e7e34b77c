"""Metrics against cases worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics import (
    Band,
    Bin,
    area_under_risk,
    auroc,
    calibrated_band,
    expected_calibration_error,
    mean_reciprocal_rank,
    percentile,
    reliability,
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


def test_equal_confidences_are_answered_together():
    curve = risk_at_coverage([0.5, 0.9, 0.5, 0.5], [False, True, True, False])
    assert curve == [(0.25, 0), (1.0, 0.5)]


def test_the_area_under_risk_of_a_case_worked_by_hand():
    assert area_under_risk([(0.25, 0.0), (1.0, 0.5)]) == pytest.approx(0.75 * 0.5)


def test_bins_hold_their_size_mean_confidence_and_share_right():
    assert reliability([0.3, 0.34, 1.0, 0.9], [True, False, True, True]) == [
        Bin(0.3, 0.4, 2, pytest.approx(0.32), 0.5),
        Bin(0.9, 1.0, 2, pytest.approx(0.95), 1.0),
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_every_question_is_in_one_bin_that_holds_its_confidence(pairs):
    confidences, outcomes = zip(*pairs, strict=True)
    bins = reliability(confidences, outcomes)
    assert sum(one.size for one in bins) == len(pairs)
    assert all(one.low <= one.confidence + 1e-9 <= one.high + 2e-9 for one in bins)


def test_percentiles_are_values_that_occurred():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, share) for share in (0.2, 0.5, 0.95, 1.0)] == [1, 3, 5, 5]
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_the_band_of_a_coin_worked_by_hand():
    # Four questions of confidence 0.5 in one bin: the error is |right - 2| / 4, so 0 (6 of 16
    # cases), 0.25 (8 of 16) or 0.5 (2 of 16): each side of 95 % lies in the outer values.
    band = calibrated_band([0.5] * 4)
    assert (band.low, band.high) == (0.0, 0.5)


def test_a_band_is_the_same_every_time_and_narrows_with_more_questions():
    few, many = [0.1, 0.4, 0.8] * 10, [0.1, 0.4, 0.8] * 400
    assert calibrated_band(few) == calibrated_band(few)
    assert calibrated_band(many).high < calibrated_band(few).high / 3


def test_sure_and_right_confidences_have_no_error_by_chance():
    assert calibrated_band([1.0, 0.0, 1.0]) == Band(0.0, 0.0)


@pytest.mark.parametrize(
    ("value", "position"),
    [(0.05, "below"), (0.1, "inside"), (0.2, "inside"), (0.3, "inside"), (0.31, "above")],
)
def test_a_value_lies_below_inside_or_above_a_band(value, position):
    assert Band(0.1, 0.3).position(value) == position
