"""Which sentences are worth reading: those that share rare words with the question."""

from hypothesis import given
from hypothesis import strategies as st

from qa.skimming import likeliest

QUESTION = "How many drones did Russia launch?"


def test_the_sentence_with_words_of_the_question_comes_first():
    group = ["The weather was mild.", "Ducks fly south.", "Russia launched drones overnight."]
    assert likeliest([group], QUESTION, [1]) == [[2]]


def test_a_rare_word_weighs_more_than_a_common_one():
    group = ["Russia is large.", "Russia is old.", "Russia is cold.", "Drones are small."]
    assert likeliest([group], "What of the drones of Russia?", [1]) == [[3]]


def test_words_of_the_kind_asked_for_decide_between_like_sentences():
    group = ["Russia did launch drones.", "Russia did launch 352 drones."]
    assert likeliest([group], QUESTION, [1]) == [[1]]


def test_a_group_for_which_nothing_is_said_is_kept_whole():
    groups = [["Geese fly.", "Kites fly."], ["Ducks fly.", "Drones fly."]]
    assert likeliest(groups, QUESTION, [1])[1] == [0, 1]
    assert likeliest(groups, QUESTION, []) == [[0, 1], [0, 1]]


@given(
    st.lists(st.lists(st.text(max_size=30), max_size=5), max_size=4),
    st.text(max_size=40),
    st.lists(st.integers(0, 6), max_size=4),
)
def test_it_keeps_as_many_as_are_asked_for_and_none_twice(groups, question, most):
    chosen = likeliest(groups, question, most)
    assert len(chosen) == len(groups)
    for place, (group, rows) in enumerate(zip(groups, chosen, strict=True)):
        limit = most[place] if place < len(most) else len(group)
        assert len(rows) == len(set(rows)) == min(limit, len(group))
        assert set(rows) <= set(range(len(group)))
