"""Labelled sets: what is read, and what is named and left out."""

import json
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import ARTICLES, COINS, UNANSWERABLE, article, place, question, write_set

from index.types import Span
from qa.evaluation.dataset import BadDataset, questions, read, sample
from qa.evaluation.labels import Evidence, LabelledQuestion, occurs


def test_a_set_is_read_with_its_articles_and_questions(tmp_path):
    dataset = read(write_set(tmp_path, questions=[question(date="2022-06-16"), UNANSWERABLE]))
    first, second = dataset.questions
    assert [one.path for one in dataset.articles] == ["coins", "dye", "roads"]
    assert (first.kind, first.asked_on, first.question.asked_on) == (
        "what",
        *[date(2022, 6, 16)] * 2,
    )
    assert first.evidence[0].span.of(COINS) == "copper coins"
    assert (second.is_answerable, second.evidence) == (False, ())
    assert not dataset.faults


BROKEN = {
    b"{": "no JSON",
    b"\xff": "not UTF-8: byte 1",
    b"[1]": "no JSON object",
    b"[" * 100_000: "no JSON",
    b'{"id": "a", "id": "b"}': "a key stands twice",
    b'{"question": "Who?"}': '"id" is missing or empty',
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_line_is_named_and_the_others_are_read(tmp_path, line):
    dataset = read(write_set(tmp_path, questions=[question(), line, UNANSWERABLE]))
    assert [one.id for one in dataset.questions] == ["q1", "q2"]
    (fault,) = dataset.faults
    assert (fault.file, fault.line) == ("questions.jsonl", 2)
    assert fault.reason.startswith(BROKEN[line])
    assert str(fault).startswith("questions.jsonl:2: ")


WRONG = [
    ({"question": ""}, '"question" is missing'),
    ({"question": 7}, '"question" must be a string'),
    ({"question": "\ud800"}, "half of a character"),
    ({"answerable": "yes"}, '"answerable" must be true or false'),
    ({"answerable": None}, '"answerable" must be true or false'),
    ({"answerable": False}, "can't be unanswerable"),
    ({"evidence": []}, "an answerable question needs evidence"),
    ({"evidence": "coins"}, '"evidence" must be a list of objects'),
    ({"evidence": ["coins"]}, '"evidence" must be a list of objects'),
    ({"evidence": [{"article": "gold"}]}, "no usable article has the id “gold”"),
    ({"silver": [{"article": "gold"}]}, "silver: no usable article has the id “gold”"),
    ({"answers": ["coins", " "]}, '"each of answers" is missing or empty'),
    ({"answers": "coins"}, '"answers" must be a list of strings'),
    ({"answers": [3]}, '"each of answers" must be a string'),
    ({"date": "yesterday"}, '"date" must be a day'),
    ({"date": "2022-02-30"}, '"date" is no day'),
    ({"date": 20220616}, '"date" must be a string'),
]
WRONG_SPANS = [
    ({"end": len(COINS) + 1}, "past the article's end"),
    ({"start": 12, "end": 12}, "is no span"),
    ({"start": -1}, "whole number"),
    ({"start": True}, "whole number"),
    ({"start": 1.0}, "whole number"),
    ({"start": None}, "go together"),
    ({"text": "silver coins"}, "is not what stands"),
]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        *WRONG,
        *(
            ({"evidence": [place("coins", COINS, "copper coins") | wrong]}, reason)
            for wrong, reason in WRONG_SPANS
        ),
    ],
)
def test_a_question_that_cannot_be_is_named_and_not_counted(tmp_path, fields, reason):
    dataset = read(write_set(tmp_path, questions=[question("bad", **fields), UNANSWERABLE]))
    assert [one.id for one in dataset.questions] == ["q2"]
    assert [(fault.line, reason in fault.reason) for fault in dataset.faults] == [(1, True)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "no JSON"),
        (article("coins", " "), '"text" is missing or empty'),
        (article("coins", "…"), "holds no words"),
        (article("coins", COINS, published="some day"), '"published" is no date: “some day”'),
        (article("coins", COINS, title=3), '"title" must be a string'),
    ],
)
def test_questions_that_rely_on_a_broken_article_are_left_out_with_it(tmp_path, line, reason):
    folder = write_set(
        tmp_path, articles=[line, *ARTICLES[1:]], questions=[question(), UNANSWERABLE]
    )
    dataset = read(folder)
    assert [one.path for one in dataset.articles] == ["dye", "roads"]
    assert [one.id for one in dataset.questions] == ["q2"]
    first, second = dataset.faults
    assert (first.file, first.line, reason in first.reason) == ("articles.jsonl", 1, True)
    assert "no usable article" in second.reason


def test_an_id_that_stands_twice_counts_once(tmp_path):
    folder = write_set(
        tmp_path,
        articles=[*ARTICLES, article("dye", COINS)],
        questions=[question(), question(question="Again?")],
    )
    dataset = read(folder)
    assert [(fault.file, fault.line) for fault in dataset.faults] == [
        ("articles.jsonl", 4),
        ("questions.jsonl", 2),
    ]
    assert "also the id of line 2" in dataset.faults[0].reason
    assert len(dataset.articles) == 3
    assert [one.text for one in dataset.questions] == [question()["question"]]


def test_offsets_count_code_points_and_evidence_may_name_an_article_alone(tmp_path):
    text = "🪙🪙 The emperor minted copper coins."
    asked = question(evidence=[place("coins", text, "copper coins"), {"article": "dye"}])
    folder = write_set(tmp_path, articles=[article("coins", text), ARTICLES[1]], questions=[asked])
    spanned, whole = questions(folder)[0].evidence
    assert spanned.span == Span(22, 34)
    assert whole.span is None
    assert whole.meets("dye", Span(0, 1))


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({"articles": None, "questions": [question()]}, "no articles.jsonl"),
        ({}, "neither questions.jsonl nor conversations.jsonl"),
        ({"questions": []}, "no question that can be used: none is there"),
        ({"questions": [b"{"]}, "no question that can be used: questions.jsonl:1: no JSON"),
        ({"conversations": [{"id": "c", "turns": [{"question": "Who?"}]}]}, "none is there"),
    ],
)
def test_a_folder_without_a_usable_question_is_refused(tmp_path, files, missing):
    with pytest.raises(BadDataset, match=missing):
        read(write_set(tmp_path, **files))


def test_a_conversation_is_left_out_whole_if_one_turn_is_broken(tmp_path):
    good = {"question": "What was minted?", "evidence": [place("coins", COINS, "copper coins")]}
    talks = [
        {"id": "a", "turns": [good, {"question": "Where?", "rewrite": "Where were they minted?"}]},
        {"id": "b", "turns": [good, {"question": 3}]},
        {"id": "c", "turns": "good"},
        {"id": "d", "turns": []},
    ]
    dataset = read(write_set(tmp_path, conversations=talks))
    assert [(one.id, at) for one, at in dataset.scored_turns] == [(dataset.conversations[0].id, 0)]
    assert [fault.line for fault in dataset.faults] == [2, 3, 4]
    assert dataset.faults[0].reason == 'turn 2: "question" must be a string'


def test_fitting_takes_no_set_with_faults(tmp_path):
    with pytest.raises(BadDataset, match=r"questions\.jsonl:1"):
        questions(write_set(tmp_path, questions=[b"{", question()]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=5) | st.just("coins"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*question(), "article", "start", "end", "text"]), inner)
    ),
    max_leaves=12,
)


@given(st.lists(st.one_of(st.binary(max_size=40), JSON), max_size=4))
def test_whatever_the_lines_hold_each_is_a_question_or_a_fault(tmp_path_factory, lines):
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    folder = write_set(tmp_path_factory.mktemp("set"), questions=[UNANSWERABLE, *written])
    dataset = read(folder)
    with (folder / "questions.jsonl").open("rb") as file:
        held = sum(bool(line.strip()) for line in file)
    assert len(dataset.questions) + len(dataset.faults) == held


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 90))
def test_a_sample_keeps_the_proportion_and_is_the_same_every_time(answerable, others, limit):
    asked = tuple(
        LabelledQuestion(str(at), "?", is_answerable=at < answerable)
        for at in range(answerable + others)
    )
    chosen = sample(asked, limit)
    assert chosen == sample(asked, limit)
    assert len(chosen) == min(limit, len(asked))
    assert list(chosen) == [one for one in asked if one in chosen]
    if asked:
        share = sum(one.is_answerable for one in chosen) - len(chosen) * answerable / len(asked)
        assert abs(share) <= 1


def test_a_sample_is_no_prefix():
    asked = tuple(LabelledQuestion(str(at), "?", is_answerable=True) for at in range(100))
    assert sample(asked, 10) != tuple(islice(asked, 10))


@pytest.mark.parametrize(
    ("answer", "text", "is_there"),
    [
        ("6", "In 16 days", False),
        ("6", "In 6 days", True),
        ("6", "16 or 6 days", True),
        ("“Squid Game”", "the show ‘Squid  game’ is back", True),
        ("don't", "they DON’T", True),
        ("coins", "copper coin", False),
        ("“”", "anything", False),
    ],
)
def test_an_answer_occurs_however_it_is_written_but_not_inside_a_number(answer, text, is_there):
    assert occurs(answer, text) is is_there


def test_a_quote_is_right_by_place_or_by_words_from_a_listed_article():
    asked = LabelledQuestion(
        "q",
        "?",
        is_answerable=True,
        evidence=(Evidence("gold", Span(10, 20)),),
        silver=(Evidence("silver", Span(0, 5)),),
        answers=("copper",),
    )
    assert asked.is_answered_at("gold", Span(19, 30), "other words")
    assert not asked.is_answered_at("gold", Span(20, 30), "other words")
    assert asked.is_answered_at("gold", Span(20, 30), "of Copper")
    assert asked.is_answered_at("silver", Span(40, 50), "of copper")
    assert not asked.is_answered_at("silver", Span(0, 5), "other words")
    assert not asked.is_answered_at("else", Span(10, 20), "of copper")
    assert asked.is_in_passage("silver", Span(4, 9))
    assert asked.is_in_article("silver")
    assert not asked.is_in_article("else")
