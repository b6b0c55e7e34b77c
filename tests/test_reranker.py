"""The cross-encoder: one logit a pair in any company, and a quicker graph of the same weights."""

import pytest

from index.fusing import fused_file
from index.models import RERANKER, carried_folder
from index.reranker import CrossEncoder

QUERY = "How many drones did Russia launch?"
TEXTS = [
    "Russia launched 352 drones and 16 missiles.",
    "The council voted on the cathedral roof. " * 8,
    "",
    "“Curly quotes”, naïve accents, 1,234.5 and $9 — all in one line.",
    "Drones were launched by Russia. " * 90,
]
ROUNDING = 0.6
"""Logits by which int8 rounding may move a pair."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def fused(cache) -> CrossEncoder:
    return CrossEncoder(cache=cache)


@pytest.fixture(scope="module")
def carried() -> CrossEncoder:
    return CrossEncoder(threads=1)


def made(cache):
    return fused_file(carried_folder(RERANKER) / RERANKER.weights, RERANKER.sha256, cache)


def test_the_fused_graph_gives_the_logits_of_the_carried_one(fused, carried):
    for ours, theirs in zip(fused.score(QUERY, TEXTS), carried.score(QUERY, TEXTS), strict=True):
        assert ours == pytest.approx(theirs, abs=ROUNDING)


def test_what_answers_scores_above_what_does_not(fused, carried):
    for reranker in (fused, carried):
        answering, other, *_ = reranker.score(QUERY, TEXTS)
        assert answering > 2 > -2 > other


def test_a_pair_has_the_same_logit_alone_in_company_and_again(fused, cache):
    company = fused.score(QUERY, TEXTS)
    fresh = CrossEncoder(threads=1, cache=cache)
    assert [fresh.score(QUERY, [text])[0] for text in TEXTS] == company
    assert fresh.score(QUERY, [*reversed(TEXTS), *TEXTS]) == [*reversed(company), *company]


def test_no_text_has_no_logit(fused):
    assert fused.score(QUERY, []) == []


@pytest.mark.parametrize("harm", ["cut", "foreign", "no digest"])
def test_a_fused_graph_that_is_torn_is_made_anew(cache, tmp_path, harm):
    fused, digest = made(tmp_path), made(tmp_path).with_suffix(".json")
    whole = fused.read_bytes()
    if harm == "cut":
        fused.write_bytes(whole[:100_000])
    elif harm == "foreign":
        digest.write_text('{"sha256": "0"}')
    else:
        digest.unlink()
    assert made(tmp_path) == fused
    assert fused.read_bytes() == whole


def test_a_fused_graph_is_not_made_twice(cache, fused):
    before = made(cache).stat().st_mtime_ns
    assert made(cache).stat().st_mtime_ns == before


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path, carried):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert made(blocked) is None
    assert CrossEncoder(cache=blocked).score(QUERY, TEXTS[:1]) == carried.score(QUERY, TEXTS[:1])
