"""Reciprocal rank fusion against its formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.fusion import decisiveness, fused, reciprocal_rank

RANKINGS = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), max_size=4)


@given(RANKINGS)
def test_fusion_scores_by_the_formula_and_invents_nothing(rankings):
    given_back = reciprocal_rank(rankings)
    assert {row for row, _ in given_back} == {row for ranking in rankings for row in ranking}
    for row, score in given_back:
        assert score == pytest.approx(
            sum(1 / (20 + ranking.index(row) + 1) for ranking in rankings if row in ranking)
        )
    assert given_back == sorted(given_back, key=lambda hit: (-hit[1], hit[0]))


def test_one_ranking_keeps_its_order():
    assert [row for row, _ in reciprocal_rank([[5, 3, 9]])] == [5, 3, 9]


def test_what_both_rankings_hold_beats_what_one_holds():
    assert reciprocal_rank([[1, 2], [3, 2]])[0][0] == 2


def test_the_more_decisive_ranking_leads():
    flat = [(row, 0.5) for row in range(1, 12)]
    steep = [(20, 9.0), *((row, 1.0) for row in range(21, 31))]
    assert fused([flat, steep])[0][0] == 20
    assert fused([[(1, 0.9), (2, 0.3)], [(2, 5.0), (1, 4.9)]])[0][0] == 1


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 30), st.floats(-1, 50)), max_size=12), max_size=4)
)
def test_weights_neither_lose_nor_invent(rankings):
    ranked = [sorted(ranking, key=lambda hit: -hit[1]) for ranking in rankings]
    assert {row for row, _ in fused(ranked)} == {row for ranking in ranked for row, _ in ranking}
    assert all(0 <= decisiveness(ranking) <= 1 for ranking in ranked)
