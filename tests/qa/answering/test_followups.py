"""Questions that lean on the one before, and questions that don't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import words

from qa.answering.followups import MOST_CARRIED, is_unclear, leans, query_for
from qa.types import Question

WORDS = (
    "how many drones of them were shot down who what does it cover Kyiv the treaty harbour's "
    "Zelensky and why Is this another naïve 352 when signed HIS"
).split()
TREATY = ("What is the harbour treaty?", "When was it signed?")


def questions() -> st.SearchStrategy[str]:
    asked = st.lists(st.sampled_from(WORDS), max_size=12).map(lambda held: " ".join(held) + "?")
    return asked | st.text(max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        "How many of them were shot down?",
        "What does it cover?",
        "Who else attended?",
        "And in France?",
        "Why?",
        "What about the missiles?",
        "Is it treatable?",
        "When was that?",
        "Thanks. How old was he?",
    ],
)
def test_a_question_that_needs_the_earlier_one_leans(text):
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "How many drones did Russia launch?",
        "Where did the King receive Zelensky?",
        "What is throat cancer?",
        "Which university was damaged in the attack?",
        "who won the election",
        "How did the river Thames get its name?",
        "So does the harbour treaty cover fishing?",
    ],
)
def test_a_self_contained_question_does_not(text):
    assert not leans(text)


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("What are common treatments?", True),
        ("How did the river Thames get its name?", True),
        ("Which university did the missiles damage in Kharkiv?", False),
        ("How many drones did Russia launch?", False),
    ],
)
def test_few_words_without_a_name_may_mean_either(text, unclear):
    assert is_unclear(text) is unclear


def test_a_leaning_question_is_searched_after_the_words_that_it_leans_on():
    question = Question("How many of them were shot down?", ("How many drones did Russia launch?",))
    query = query_for(question)
    assert query.carried == ("drones", "Russia", "launch")
    assert query.text == "drones Russia launch How many of them were shot down?"
    assert query.alone is None


def test_a_chain_of_leaning_questions_goes_back_to_its_subject():
    query = query_for(Question("Who was there?", TREATY))
    assert query.carried == ("harbour", "treaty", "signed")


def test_of_a_conversation_only_what_is_leaned_on_is_carried():
    context = ("How old is the granite quarry?", "Which ferry serves Iona?", "Is it cheap?")
    assert query_for(Question("Why?", context)).carried == ("ferry", "serves", "Iona", "cheap")


def test_words_left_out_are_dropped_from_the_whole_chain():
    query = query_for(Question("Who was there?", TREATY, left_out=("harbour", "signed")))
    assert query.carried == ("treaty",)
    assert query.text == "treaty Who was there?"


def test_with_every_word_left_out_the_question_is_searched_as_typed():
    query = query_for(Question("Who was there?", TREATY, left_out=("harbour", "treaty", "signed")))
    assert (query.text, query.carried) == ("Who was there?", ())


def test_a_new_question_with_a_name_is_searched_without_the_earlier_words():
    earlier = ("How many drones did Russia launch?", "How many of them were shot down?")
    asked = "Which university did the missiles damage in Kharkiv?"
    query = query_for(Question(asked, earlier))
    assert (query.text, query.carried, query.alone) == (asked, (), None)


def test_a_question_that_may_stand_alone_is_given_both_ways():
    query = query_for(Question("What are common treatments?", ("What is throat cancer?",)))
    assert query.text == "throat cancer What are common treatments?"
    assert query.alone == "What are common treatments?"


def test_without_earlier_questions_nothing_is_added():
    assert query_for(Question("  Who signed it? ")).text == "Who signed it?"


@given(st.lists(questions(), max_size=4), questions(), st.sets(st.sampled_from(WORDS)))
def test_the_words_carried_are_words_of_the_earlier_questions(earlier, asked, unwanted):
    left_out = tuple(word.casefold() for word in unwanted)
    query = query_for(Question(asked, tuple(earlier), left_out=left_out))
    told = " ".join(earlier)
    assert all(word in told for word in query.carried)
    folded = [word.casefold() for word in query.carried]
    assert len(set(folded)) == len(folded) <= MOST_CARRIED
    assert not set(folded) & {*left_out, *words(asked)}
    assert query.text.split() == [*query.carried, *asked.split()]
    assert query.alone in {None, asked.strip()}
