"""Misspelt words are read as words of the corpus; everything else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import corrected, distance

CORPUS = {"summit": 5, "submit": 1, "zelensky": 9, "starmer": 7, "missiles": 4, "agreement": 3}
ENGLISH = {"tanks", "where", "held", "being", "summit"}


def read(query: str) -> str:
    return corrected(
        query,
        is_in_corpus=CORPUS.__contains__,
        is_english=ENGLISH.__contains__,
        candidates=lambda word: CORPUS.items(),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("where is the sumit being held", "where is the summit being held"),
        ("Zelenski", "Zelensky"),
        ("the agreemnet", "the agreement"),
        ("misiles", "missiles"),
        ("Stramer", "Starmer"),
    ],
)
def test_a_slip_of_the_keys_is_read_as_the_word_meant(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    "query", ["how many tanks", "xqzzt blorf", "zelensky", "NATO", "sum it", "2024"]
)
def test_english_words_names_and_nonsense_are_left_alone(query):
    assert read(query) == query


@given(st.text(alphabet="abcd", max_size=7), st.text(alphabet="abcd", max_size=7))
def test_distance_is_a_distance(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


def test_neighbours_swapped_are_one_edit():
    assert distance("stramer", "starmer") == 1
    assert distance("kitten", "sitting") == 3
