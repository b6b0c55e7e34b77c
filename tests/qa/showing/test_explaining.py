"""`--explain`: stages, times, and what spoke for each quote."""

from replies import abstention, answer, article, quote

from qa.showing.explaining import STAGES, explanation
from qa.types import Why

WHY = Why(
    passage=5.25,
    sentences=-1.5,
    cosine=0.71,
    bm25=8.31,
    timeliness=-0.5,
    answers=2.31,
    words="352 drones",
    sure=0.76,
)


def test_each_quote_says_how_it_was_found_and_how_it_fits():
    lines = explanation(answer(quote(why=WHY)), load_ms=512.3)
    assert "  [1] a.txt:3" in lines
    assert "      found by meaning (cosine 0.71) and by words (BM25 8.3)" in lines
    read = "about it +5.2, answers +2.3, in these sentences -1.5, date -0.5"
    assert any(read in line for line in lines)
    assert "      likeliest words: “352 drones” (0.76)" in lines


def test_a_quote_found_by_words_only_claims_no_meaning():
    only_words = Why(passage=1.0, sentences=1.0, cosine=None, bm25=2.0)
    lines = explanation(answer(quote(why=only_words)), load_ms=0)
    assert "      found by words (BM25 2.0)" in lines


def test_stages_come_with_their_times_and_the_verdict_with_its_threshold():
    lines = explanation(answer(threshold=0.33), load_ms=512.3)
    assert f"      512 ms  {STAGES['load']}" in lines
    assert any(STAGES["total"] in line and "130 ms" in line for line in lines)
    assert "  confidence 0.99; answered from 0.33" in lines
    declined = explanation(abstention(quote(), threshold=0.33), load_ms=0)
    assert any("declined below 0.33" in line for line in declined)


def test_hostile_names_stay_harmless():
    evil = article("a\x1b[31m.txt")
    lines = explanation(answer(quote(source=evil, why=WHY)), load_ms=0)
    assert not any("\x1b" in line for line in lines)
