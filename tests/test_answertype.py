"""What kind of words a question asks for, and where a quote holds them."""

import pytest

from qa.answertype import answer_type, answering_spans


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
    ],
)
def test_the_kind_is_told_from_the_question(question, kind):
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("question", "text", "lit"),
    [
        ("How many flew?", "They sent 352 drones and two dozen planes.", ["352", "two dozen"]),
        ("How many drones flew?", "339 of the 352 drones and 15 of 16 missiles.", ["339", "352"]),
        ("How many people died?", "It claimed 28 lives on 3 sites.", ["28", "3"]),
        ("How much was it?", "It cost £1.6 billion ($2 billion).", ["£1.6 billion", "$2 billion"]),
        ("What share is it?", "At least 3.5 percent of GDP.", ["3.5 percent"]),
        ("When was it signed?", "It was signed on 16 January 2024 in Kyiv.", ["16 January 2024"]),
        ("When was it signed?", "On June 23, they met again.", ["June 23"]),
        ("When did it end?", "It ended last week; May came.", ["last week"]),
        ("Who said it?", "Then Mark Rutte said so.", ["Mark Rutte"]),
        ("Where is Mark Rutte?", "Mark Rutte was in The Hague.", ["The Hague"]),
        ("Why was it?", "Because of 16 storms in May 2020.", []),
    ],
)
def test_the_answering_words_are_lit_and_those_of_the_question_are_not(question, text, lit):
    spans = answering_spans(question, text)
    assert [span.of(text) for span in spans] == lit


def test_spans_are_shifted_to_where_the_text_stands():
    (span,) = answering_spans("How many?", "It was 12.", start=100)
    assert (span.start, span.end) == (107, 109)
