"""Reciprocal rank fusion against its formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import reciprocal_rank

RANKINGS = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), max_size=4)


@given(RANKINGS)
def test_fusion_scores_by_the_formula_and_invents_nothing(rankings):
    fused = reciprocal_rank(rankings)
    assert {row for row, _ in fused} == {row for ranking in rankings for row in ranking}
    for row, score in fused:
        assert score == pytest.approx(
            sum(1 / (60 + ranking.index(row) + 1) for ranking in rankings if row in ranking)
        )
    assert fused == sorted(fused, key=lambda hit: (-hit[1], hit[0]))


def test_one_ranking_keeps_its_order():
    assert [row for row, _ in reciprocal_rank([[5, 3, 9]])] == [5, 3, 9]


def test_what_both_rankings_hold_beats_what_one_holds():
    assert reciprocal_rank([[1, 2], [3, 2]])[0][0] == 2
