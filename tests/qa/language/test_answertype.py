"""What kind of words a question asks for, and where a quote holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from qa.language.answertype import answer_type, answering_spans, asks_to_describe

QUESTIONS = [
    "How many drones flew?",
    "When was it?",
    "Where is it?",
    "Who is the Kyiv minister?",
    "Why?",
    "What is it?",
]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many drones flew?", "number"),
        ("What percentage of GDP is it?", "number"),
        ("When was it signed?", "time"),
        ("In which year did it end?", "time"),
        ("Who said it?", "name"),
        ("Which country refused?", "name"),
        ("Where did they meet?", "name"),
        ("What does it cover?", "other"),
        ("Why did he leave?", "other"),
        ("When it rains, what falls?", "other"),
        ("How did he react when it rained?", "other"),
        ("What is the population of Kyiv?", "number"),
        ("How much did the bridge cost?", "number"),
        ("How old is he?", "number"),
        ("How long ago was it?", "time"),
        ("On what date did it open?", "time"),
        ("Which of them is the oldest European university?", "other"),
        ("Which European university is the oldest?", "name"),
        ("What did the president say?", "other"),
        ("How many drones flew? Who said so?", "name"),
        ("How many drones flew? And in Kyiv?", "number"),
        ("How many drones flew? What about Kyiv?", "number"),
        ("", "other"),
    ],
)
def test_the_kind_is_told_from_the_question(question, kind):
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("question", "text", "lit"),
    [
        ("How many flew?", "They sent 352 drones and two dozen planes.", ["352", "two dozen"]),
        ("How many drones flew?", "339 of the 352 drones and 15 of 16 missiles.", ["339", "352"]),
        ("How many people died?", "It claimed 28 lives on 3 sites.", ["28"]),
        ("How many died?", "It claimed 28 lives in 2014.", ["28"]),
        ("How many jets flew?", "Two F-16 and 1,500 men of the G7.", ["Two", "1,500"]),
        ("How long did it last?", "In 2019 it ran for three weeks over 5 sites.", ["three weeks"]),
        ("How old is she?", "The 75-year-old has two dogs.", ["75-year-old"]),
        ("How much did it cost?", "The 20 ships cost $5bn.", ["$5bn"]),
        ("What percentage is it?", "Of 200 voters 40% stayed away.", ["40%"]),
        ("How far is it?", "The 2 towns lie 12 km apart.", ["12 km"]),
        ("How much was it?", "It cost £1.6 billion ($2 billion).", ["£1.6 billion", "$2 billion"]),
        ("What share is it?", "At least 3.5 percent of GDP.", ["3.5 percent"]),
        ("When was it signed?", "It was signed on 16 January 2024 in Kyiv.", ["16 January 2024"]),
        ("When was it signed?", "On June 23, they met again.", ["June 23"]),
        ("In what year did it open?", "On Monday, 3 May 1999, it opened.", ["3 May 1999"]),
        ("What time is it?", "The doors open at 5:30 p.m. at the hall.", ["5:30 p.m."]),
        ("When did it end?", "It ended last week; May came.", ["last week"]),
        ("Who said it?", "Then Mark Rutte said so.", ["Mark Rutte"]),
        ("Where is Mark Rutte?", "Mark Rutte was in The Hague.", ["The Hague"]),
        ("Where was it?", "Officials met Ann Lee in Oslo and Bergen.", ["Oslo", "Bergen"]),
        ("Who is Ruritania’s minister?", "Ruritania’s Minister Jan Kos left.", ["Jan Kos"]),
        ("Who spoke?", "Earlier, Mr. Kos spoke in May.", ["Mr. Kos"]),
        ("Whom did Kos meet?", "Kos met the UN’s Ann Lee.", ["UN", "Ann Lee"]),
        ("Why was it?", "It fell because of 16 storms.", ["because of 16 storms"]),
        ("What does it cover?", "It covers 16 storms in May 2020.", []),
    ],
)
def test_the_answering_words_are_lit_and_those_of_the_question_are_not(question, text, lit):
    spans = answering_spans(question, text)
    assert [span.of(text) for span in spans] == lit


@given(st.sampled_from(QUESTIONS), st.text() | texts())
def test_lit_words_are_disjoint_slices_in_order(question, text):
    ends = 0
    for span in answering_spans(question, text):
        assert span.start >= ends
        assert span.of(text).strip()
        ends = span.end


def test_spans_are_shifted_to_where_the_text_stands():
    (span,) = answering_spans("How many?", "It was 12.", start=100)
    assert (span.start, span.end) == (107, 109)


@pytest.mark.parametrize(
    ("question", "describes"),
    [
        ("Who is Ida Kos?", True),
        ("who were the Harbour Boys", False),
        ("Who was Kos", True),
        ("Who is the mayor?", False),
        ("Who is prime minister?", False),
        ("Who is leading the talks?", False),
        ("Who opened the lock?", False),
    ],
)
def test_who_somebody_is_asks_for_no_name(question, describes):
    assert asks_to_describe(question) is describes
