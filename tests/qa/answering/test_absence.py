"""That a word or a kind of fact is missing is said only where no form of it is there."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import corpus, passage_judge
from strategies import article_of

from index.search.mentions import Mentions
from index.search.wordforms import forms_of, sought_in
from index.text.inflections import VERBS
from index.text.numerals import numbers_in
from index.text.passages import split
from index.types import Hit, Scope
from qa.answering.absence import may_hold, missing
from qa.answering.answerer import Answerer
from qa.language.answertype import asked
from qa.types import Abstention, Question, Searched

INFLECTED = """
    sketch/sketched/sketching draw/drew/drawn/drawing swim/swam/swum/swimming run/ran/running
    plan/planned/planning tie/tied/tying city/cities body/bodies mouse/mice goose/geese
    child/children wolf/wolves crisis/crises criterion/criteria bacterium/bacteria
    steal/stole/stolen/stealing weave/wove/woven sink/sank/sunk/sinking dig/dug/digging
    buy/bought/buying die/died/dying woman/women person/people panic/panicked
"""
TWO_SPELLINGS = """
    harbour/harbor organise/organize organisation/organization theatre/theater licence/license
    catalogue/catalog travelled/traveled analysed/analyzed grey/gray tyre/tire plough/plow
    aluminium/aluminum programme/program labour/labor centre/center kilometres/kilometers/km
    jewellery/jewelry anaesthetic/anesthetic
"""
MARKED = """
    Łódź/Lodz Dvořák/Dvorak Tromsø/Tromso/Tromsö/Tromsoe Malmö/Malmo/Malmoe Straße/Strasse
    Gdańsk/Gdansk Đurđević/Durdevic Ærø/Aero Çelik/Celik Müller/Muller/Mueller Århus/Aarhus/Arhus
    naïve/naive Þórshöfn/Thorshofn Işık/Isik Nguyễn/Nguyen
"""
JOINED = """
    cease-fire/ceasefire co-operative/cooperative well-being/wellbeing e-mail/email
    car-free/carfree O'Neill/O’Neill/ONeill
"""
NUMBERS = (
    ("1500", "1,500", "1 500", "fifteen hundred", "1.5 thousand", "one thousand five hundred"),
    ("2000000", "2,000,000", "2 million", "two million", "2m"),
    ("12", "twelve", "a dozen", "12th", "twelfth"),
    ("340", "three hundred and forty", "three hundred forty"),
    ("21st", "twenty-first", "21"),
)
NAMED = (
    ("HBC", "the Harbour Bird Council"),
    ("the Harbour Bird Council", "HBC"),
    ("FBR", "the Federal Bureau of Rivers"),
    ("MSF", "Médecins sans frontières"),
    ("Médecins Sans Frontières", "MSF"),
    ("Doctors Without Borders", "MSF"),
    ("EU", "the European Union"),
)
PAIRS = [
    *(
        pair
        for table in (INFLECTED, TWO_SPELLINGS, MARKED, JOINED)
        for group in table.split()
        for pair in permutations(group.split("/"), 2)
    ),
    *(pair for group in NUMBERS for pair in permutations(group, 2)),
    *NAMED,
]
ABSENT = "zeppelin Kowalczyk 1834 7,300 marmalade lighthouse-keeper Sørensen".split()


def passage_of(text):
    article = article_of(f"{text}\n")
    return [Hit(article, one, 0.0) for one in split(article)]


@pytest.mark.parametrize(("asked_for", "written"), PAIRS)
def test_no_form_of_a_word_that_is_shown_is_missing(asked_for, written):
    hits = passage_of(f"In the end the report named {written} among much else.")
    assert not missing(f"What of {asked_for} there?", hits)


@pytest.fixture(scope="module")
def written_elsewhere(tmp_path_factory):
    """Every form in an article of its own, far from what a question is about."""
    texts = {f"{at}.txt": f"Now {written} again.\n" for at, (_, written) in enumerate(PAIRS)}
    return corpus(tmp_path_factory.mktemp("forms"), texts)


@pytest.mark.parametrize(("asked_for", "written"), PAIRS)
def test_no_form_of_a_word_in_another_article_is_missing(written_elsewhere, asked_for, written):
    for one in sought_in(f"What of {asked_for} there?"):
        assert not one.is_countable or written_elsewhere.mentions(one.forms), one


@pytest.mark.parametrize("word", ABSENT)
def test_what_nobody_mentions_is_missing(written_elsewhere, word):
    (one,) = missing(f"What of the {word} there?", passage_of("The report named much else."))
    assert one.is_countable
    assert one.word == word
    assert not written_elsewhere.mentions(one.forms)


def test_only_the_articles_that_may_be_quoted_are_asked(tmp_path):
    retriever = corpus(tmp_path, {"a/one.txt": "A marmot slept.\n", "b/two.txt": "Rain fell.\n"})
    assert retriever.mentions(["marmots"])
    assert retriever.mentions(["marmots"], scope=Scope(source="a/one"))
    assert not retriever.mentions(["marmots"], scope=Scope(source="b/two"))


def test_a_year_in_which_an_article_is_dated_is_mentioned(tmp_path):
    dated = "---\npublished: 2017-03-05\n---\nThe marmot slept through all of the winter.\n"
    retriever = corpus(tmp_path, {"a.md": dated})
    assert retriever.mentions(["2017"])
    assert not retriever.mentions(["2018"])


def reply_to(folder, question, **files):
    told = {f"{name}.txt": f"{text}\n" for name, text in files.items()}
    answerer = Answerer(corpus(folder, told), judge=passage_judge())
    reply = answerer.answer(Question(question), Searched("articles", len(files), len(files)))
    assert isinstance(reply, Abstention)
    return reply


def test_a_word_that_only_a_far_article_has_in_another_form_is_not_called_missing(tmp_path):
    near = "The council of Ostholm met about the fish market and the old quay."
    far = "A weaver from Łomża wove them."
    question = "Who weaves baskets in Lomza for the fish market of Ostholm and sells zeppelins?"
    reply = reply_to(tmp_path, question, near=near, far=far)
    assert reply.message.endswith("mentions “baskets” or “zeppelins”.")


def test_a_passage_with_a_name_is_not_said_to_give_none(tmp_path):
    near = "The lock keeper of Ostholm is Žofie Čapková, who also feeds the geese."
    reply = reply_to(tmp_path, "Who swept the fish market where Ostholm geese slept?", near=near)
    assert reply.nearest
    assert "none gives" not in reply.message


HOLDING = [
    ("How much does the ferry cost?", "It is free for children."),
    ("How much does the ferry cost?", "A ticket is 40 crowns."),
    ("How many geese were counted?", "Several were seen."),
    ("How many geese were counted?", "A couple of them stayed."),
    ("What percentage of the geese left?", "A third of them went south."),
    ("When did the ferry leave?", "It left at dawn, a week later."),
    ("When did the ferry leave?", "Departure 12/03/2021."),
    ("When did the ferry leave?", "It left two days before the storm."),
    ("How long does the trip take?", "The trip takes an hour."),
    ("How long does the trip take?", "It lasts for weeks."),
    ("How old is the keeper?", "The keeper is 61."),
    ("Who keeps the lock?", "Čeněk keeps it."),
    ("Who keeps the lock?", "Замок хранит Иван."),
    ("Who keeps the lock?", "船闸由王先生看守。"),
    ("Where is the lock?", "It lies near Žatec."),
    ("Why was the lock shut?", "It was shut for repairs."),
    ("Why was the lock shut?", "It was shut to save water."),
]
LACKING = [
    ("How much does the ferry cost?", "The ferry is slow."),
    ("How many geese were counted?", "The geese were counted."),
    ("When did the ferry leave?", "The ferry was full."),
    ("How long does the trip take?", "The trip is slow."),
    ("Who keeps the lock?", "The lock is old."),
    ("Who keeps the Ostholm lock?", "The Ostholm lock is old."),
    ("Why was the lock shut?", "The lock was shut."),
]


@pytest.mark.parametrize(("question", "text"), HOLDING)
def test_what_may_be_of_the_kind_asked_for_is_seen(question, text):
    assert may_hold(question, text)


@pytest.mark.parametrize(("question", "text"), LACKING)
def test_what_is_surely_not_of_the_kind_asked_for_is_told(question, text):
    assert not may_hold(question, text)


@given(st.sampled_from([text for _, text in HOLDING]), st.text(max_size=30))
def test_more_words_never_make_a_kind_missing(text, more):
    question = next(one for one, other in HOLDING if other == text)
    assert asked(question)
    assert may_hold(question, f"{text} {more}")


@given(st.integers(0, 999_999))
def test_a_number_is_read_in_each_of_the_ways_in_which_it_is_written(number):
    ((_, ways),) = numbers_in(f"so {number:,} of") if number else (("0", ("0",)),)
    for way in ways:
        assert Mentions([f"then {way} came"]).has(next(sought_in(f"so {number:,} of")))


@given(st.sampled_from(sorted(VERBS)))
def test_each_form_of_an_irregular_verb_finds_each_other(base):
    past, participle = VERBS[base]
    for one, other in permutations({base, *past, *participle}, 2):
        assert other in forms_of(one)


@given(st.text())
def test_no_text_breaks_the_forms_of_its_words(text):
    for one in sought_in(text):
        assert one.word in text or one.word.lower() in one.forms
        assert len(one.forms) < 500
    Mentions([text])


def test_a_number_too_long_to_be_read_is_looked_up_as_it_stands():
    digits = "7" * 5_000
    assert [one.word for one in sought_in(f"What of {digits}?")] == [digits]
