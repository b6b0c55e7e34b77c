"""Questions that lean on the one before, and questions that don't."""

import pytest

from qa.followups import leans, query_for
from qa.types import Question


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
    ],
)
def test_a_self_contained_question_does_not(text):
    assert not leans(text)


def test_a_leaning_question_is_searched_with_the_earlier_one():
    question = Question("How many of them were shot down?", ("How many drones flew?",))
    assert query_for(question) == "How many drones flew? How many of them were shot down?"


def test_a_chain_of_leaning_questions_goes_back_to_its_subject():
    question = Question("Who signed it?", ("What is the harbour treaty?", "When was it signed?"))
    assert query_for(question).startswith("What is the harbour treaty?")


def test_a_change_of_topic_is_not_polluted():
    question = Question("Which university was damaged?", ("How many drones flew?",))
    assert query_for(question) == "Which university was damaged?"


def test_without_earlier_questions_nothing_is_added():
    assert query_for(Question("  Who signed it? ")) == "Who signed it?"
