"""BM25 against its formula, and queries that break FTS5's grammar."""

import math
from collections import Counter

import pytest
from fts5 import search, table
from hypothesis import given
from hypothesis import strategies as st

from index.text import keywords

VOCABULARY = ["heron", "ferry", "granite", "lantern", "orchid", "pebble", "quarry"]
BODIES = st.lists(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12), min_size=1, max_size=9
)


def bm25(bodies: list[list[str]], terms: set[str], row: int) -> float:
    """Robertson & Zaragoza 2009, with FTS5's constants: k1 = 1.2, b = 0.75, idf at least 1e-6."""
    mean = sum(map(len, bodies)) / len(bodies)
    counts = Counter(bodies[row])
    score = 0.0
    for term in terms:
        holders = sum(term in body for body in bodies)
        idf = max(1e-6, math.log((len(bodies) - holders + 0.5) / (holders + 0.5)))
        tf = counts[term]
        score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(bodies[row]) / mean))
    return score


@given(BODIES, st.sets(st.sampled_from(VOCABULARY), min_size=1, max_size=3))
def test_scores_are_bm25(bodies, terms):
    found = dict(search([" ".join(body) for body in bodies], " ".join(terms)))
    holding = {row for row, body in enumerate(bodies, start=1) if terms & set(body)}
    assert set(found) == holding
    for row, score in found.items():
        assert score == pytest.approx(bm25(bodies, terms, row - 1), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "query",
    [
        "Kyiv's",
        "co-production",
        "AND",
        "OR NOT",
        "a*b",
        "NEAR(x y)",
        '"',
        '"""',
        "body:x",
        "(((",
        "^x",
        "x\0y",
        "-x",
        "“",
    ],
)
def test_no_query_breaks_the_grammar(query):
    expression = keywords.parse(query).match()
    if expression:
        table(["some words"]).execute(
            "SELECT 1 FROM keywords WHERE keywords MATCH ?", (expression,)
        ).fetchall()


@given(st.text())
def test_no_text_at_all_breaks_the_grammar(query):
    expression = keywords.parse(query).match()
    if expression:
        table(["some words"]).execute(
            "SELECT 1 FROM keywords WHERE keywords MATCH ?", (expression,)
        ).fetchall()


def test_a_phrase_in_double_quotes_must_occur():
    bodies = ["the granite quarry closed", "the quarry of granite closed", "granite"]
    assert [row for row, _ in search(bodies, 'why did the "granite quarry" close')] == [1]
    assert [row for row, _ in search(bodies, "“granite quarry”")] == [1]


def test_function_words_are_left_out_unless_there_is_nothing_else():
    assert keywords.parse("What is the ferry for?").terms == ("ferry",)
    assert keywords.parse("who is he").terms == ("who", "is", "he")


def test_inflections_and_accents_meet():
    assert [row for row, _ in search(["two ferries sailed", "a cafe"], "ferry sailing")] == [1]
    assert [row for row, _ in search(["two ferries", "a cafe"], "café")] == [2]


@pytest.mark.parametrize(
    ("query", "body"),
    [("5,000", "about 5,000 people"), ("1.6bn", "it cost 1.6bn"), ("U.S.", "the U.S. said")],
)
def test_numbers_and_abbreviations_with_marks_inside_are_one_term(query, body):
    assert len(keywords.parse(query).terms) == 1
    halves = ["5 people and 000", "1 of 6bn", "u and then s"]
    assert [row for row, _ in search([body, *halves], query)] == [1]


def test_other_readings_are_found_as_well_as_the_terms():
    query = keywords.KeywordQuery(("23", "june"), (), (keywords.Choice((("23",), ("23rd",))),))
    assert query.match() == '"23" OR "june" OR "23rd"'
