"""What the judge sees of a negation: one that the question asks about and nothing tells of."""

import pytest
from strategies import article_of

from index.text.passages import split
from index.types import Hit
from qa.answering.judge import Bare, features
from qa.answering.quotes import Window

MET = [
    ("Which boats may not enter the lock?", "No boat with a mast may enter the lock."),
    ("Which plan wasn't accepted?", "The council rejected the plan of the mill owners."),
    ("Which lock was not damaged?", "Only the Ostholm lock came through the flood."),
    ("Why did nobody swim in the canal?", "The canal was too cold, so the boys didn't swim there."),
]
NOT_ASKED = [
    ("What did Farmers Without Fences ask for?", "Farmers Without Fences asked for rain."),
    ("What did Reporters Without Limits ask for?", "The reporters asked for rain."),
    ('Who said "there is no water"?', "The keeper said that the water was gone."),
    ("Who wrote “Never Mind the Geese”?", "It is a book by Ann Lund."),
    ("Which lock was damaged?", "The Ostholm lock was damaged."),
    ("What did Nobel note about knots?", "He noted that they hold."),
]
UNMET = [
    ("Which lock was not damaged?", "The Ostholm lock was damaged in the flood."),
    ("WHO DID NOT VOTE?", "The farmers voted on Monday."),
    ("Who didn't vote?", "The farmers voted on Monday."),
    ("Without whom did they sail?", "They sailed at dawn."),
]


def unmet(question, text):
    article = article_of(f"{text}\n")
    (passage,) = split(article)
    hit = Hit(article, passage, 3.0)
    windows = [Window(hit, 0, 0, 3.0)]
    seen = features(question, [hit], windows, Bare(), names_days=False)
    return seen["unmet_negation"]


@pytest.mark.parametrize(("question", "text"), [*MET, *NOT_ASKED])
def test_a_negation_that_is_met_or_not_asked_about_is_nothing_against_an_answer(question, text):
    assert unmet(question, text) == 0.0


@pytest.mark.parametrize(("question", "text"), UNMET)
def test_a_passage_that_tells_what_is_hardly_answers_what_is_not(question, text):
    assert unmet(question, text) == 1.0
