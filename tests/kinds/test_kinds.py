"""Questions of every kind, put to articles of our own and answered by the models that ship."""

from collections import Counter

import pytest
from kinds.articles import ARTICLES

from qa.library import workspace
from qa.library.places import index_folder_for
from qa.types import Answer, Question

ANSWERED = [
    ("Who is Ingrid Solvang?", "head of the county's road"),
    ("who is pavel dvorak", "council's engineer"),
    ("Who is Ruth Abara?", "education officer"),
    ("Who is Bob Carter?", "retired postman"),
    ('Who said "the end of an age"?', "Lehtinen"),
    ("Who said that the council had been warned about the piers?", "said Solvang"),
    ("Who founded Radio Marn?", "Bob Carter"),
    ("How old was the ferry?", "41 years old"),
    ("How old is Elif Demir?", "38"),
    ("How long would the repairs take?", "eleven weeks"),
    ("How much did the ferry cost?", "300,000 euros"),
    ("How much is the prize worth?", "twenty thousand"),
    ("how much did listeners give", "87,000"),
    ("How far is Upper Marn?", "14 kilometres"),
    ("How tall is the tower?", "31 metres"),
    ("How many drivers a day are affected?", "1,500"),
    ("How many kinds of pear were saved?", "forty-two"),
    ("How many associations applied for the prize?", "Seventeen"),
    ("Was the ferry insured?", "not insured"),
    ("Was anybody on board when the ferry sank?", "Nobody"),
    ("Which bridge was not damaged?", "Abbey Bridge"),
    ("When did the ferry sink?", "9 February 2024"),
    ("When was the Abbey Bridge built?", "1911"),
    ("When did the school open?", "1874"),
    ("When was the Mill Bridge opened again?", "1 June"),
    ("Where did the ferry sink?", "Tromsø"),
    ("Where has Radio Marn moved?", "water tower"),
    ("Why will the school close?", "nine children"),
    ("Why was the Mill Bridge closed?", "pier had cracked"),
    ("What may parents apply for?", "bicycle allowance"),
    ("What did the inquiry find?", "valve had been left open"),
    ("What will the growers buy with the money?", "cider press"),
    ("What is NOP?", "National Orchard Prize"),
    ("Who owned the ferry?", "Nordlys Shipping"),
    ("Who is Tomasz Lukowski?", "Head teacher"),
    ("ferry Havørn owner", "Nordlys Shipping"),
    ("WHO PRESENTS THE MORNING PROGRAMME?", "Mette Lind"),
    ("when was the mil bridge opened agian", "1 June"),
    ("Who is the captain of the ferry and how long had she sailed it?", "Lehtinen"),
    ("Which queen ruled when the school opened?", "Amalie II"),
    ("How many hours a day does the station broadcast?", "six hours"),
    ("What share of the repairs did the state pay?", "quarter"),
    ("What could the school become?", "library"),
]
"""Questions, and words that the first quote holds."""
UNANSWERABLE = [
    "Who is Henrik Moe?",
    "How many passengers drowned when the ferry sank?",
    "When will the Tanner Bridge be sold?",
    "How much does a ticket for the ferry cost?",
    "Who won the National Orchard Prize in 2019?",
    "Why did Mette Lind leave Radio Marn?",
    "How tall is the Abbey Bridge?",
    "What did the mayor of Ostholm say about the flood?",
    "Which bank lent Nordlys Shipping the money?",
    "When was Elif Demir born in Lund?",
]


@pytest.fixture(scope="module")
def valley(tmp_path_factory, seed_places):
    """The articles, indexed and opened with the real models."""
    folder = tmp_path_factory.mktemp("valley")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    places = workspace.Places(data=folder.parent / "valley-data", cache=seed_places.cache)
    options = workspace.BuildOptions()
    workspace.build(
        [folder], index_folder=None, options=options, report=lambda _: None, places=places
    )
    opened = workspace.Workspace(index_folder_for(folder, places=places), places=places)
    opened.load()
    yield opened
    opened.close()


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_the_right_words_are_shown_first(valley, question, words):
    assert words in valley.answer(Question(question)).shown[0].text


def test_most_of_them_are_answered_and_few_declined_without_a_word(valley):
    levels = Counter(valley.answer(Question(question)).level for question, _ in ANSWERED)
    assert levels["answer"] >= 0.8 * len(ANSWERED)
    assert levels["none"] <= 0.12 * len(ANSWERED)


@pytest.mark.parametrize(
    ("question", "lit"),
    [
        ("How old is Elif Demir?", "38"),
        ("How long would the repairs take?", "eleven weeks"),
        ("Which bridge was not damaged?", "Abbey Bridge"),
        ("When was the Abbey Bridge built?", "1911"),
        ("Why was the Mill Bridge closed?", "because a pier had cracked"),
        ("Who presents the morning programme?", "Mette Lind"),
    ],
)
def test_the_words_that_answer_are_lit_and_no_others(valley, question, lit):
    quote = valley.answer(Question(question)).shown[0]
    assert [span.of(quote.at.article.text) for span in quote.highlights] == [lit]


def test_nearly_all_that_only_sounds_answerable_is_declined(valley):
    replies = [valley.answer(Question(question)) for question in UNANSWERABLE]
    answered = [reply.question.text for reply in replies if isinstance(reply, Answer)]
    assert len(answered) <= 1, answered


def test_what_comes_close_is_said_to_be_worth_a_look_and_never_to_be_an_answer(valley):
    replies = [valley.answer(Question(question)) for question, _ in ANSWERED]
    unsure = [reply for reply in replies if reply.level == "maybe"]
    assert unsure
    for reply in unsure:
        assert "may answer this below" in reply.message
        assert "don't say" not in reply.message


def test_what_is_asked_for_is_not_missed_as_a_word(valley):
    reply = valley.answer(Question("How much money did the flood cost the farmers?"))
    assert "“money”" not in getattr(reply, "message", "")
