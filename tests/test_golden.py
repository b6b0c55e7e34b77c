"""The real models on the example articles: the right words first, or an honest no."""

import json

import pytest

import seeds
from qa.answering.judge import shipped_judge
from qa.library.workspace import Workspace
from qa.types import Abstention, Answer, Question, Reply

GOLDEN = [
    json.loads(line)
    for line in (seeds.folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def replies(seed_workspace: Workspace) -> dict[str, Reply]:
    return {
        golden["id"]: seed_workspace.answer(
            Question(golden["question"], tuple(golden.get("context", ())))
        )
        for golden in GOLDEN
    }


def test_at_least_21_of_24_have_the_right_words_first_and_17_are_answered(replies):
    asked = [golden for golden in GOLDEN if golden["answerable"]]
    first = [golden for golden in asked if is_right(golden, replies[golden["id"]])]
    answered = [golden for golden in first if isinstance(replies[golden["id"]], Answer)]
    assert len(asked) == 24
    assert len(first) >= 21
    assert len(answered) >= 17


def is_right(golden: dict, reply: Reply) -> bool:
    return any(evidence["text"] in reply.shown[0].text for evidence in golden["evidence"])


def test_all_8_unanswerable_questions_are_declined(replies):
    answered = [
        golden["question"]
        for golden in GOLDEN
        if not golden["answerable"] and isinstance(replies[golden["id"]], Answer)
    ]
    assert not answered


def test_every_quote_is_the_slice_of_the_file_that_it_names(replies):
    shown = 0
    for reply in replies.values():
        for quote in reply.nearest if isinstance(reply, Abstention) else reply.quotes:
            for citation in (quote.at, *quote.also):
                file = seeds.folder() / citation.article.path
                text = file.read_text(encoding="utf-8")
                assert text[citation.span.start : citation.span.end] == citation.text
                assert text.split("\n")[citation.line - 1].strip() != ""
                shown += 1
    assert shown > 50


def test_an_abstention_says_why_and_offers_the_nearest(replies):
    declined = [reply for reply in replies.values() if isinstance(reply, Abstention)]
    assert declined
    for reply in declined:
        assert reply.message.endswith(".")
        assert 1 <= len(reply.nearest) <= 3
        assert 0 <= reply.confidence < shipped_judge().threshold


def test_boilerplate_is_never_quoted(replies):
    for reply in replies.values():
        for quote in reply.nearest if isinstance(reply, Abstention) else reply.quotes:
            assert "cookies" not in quote.text
            assert "Share This Article" not in quote.text
            assert quote.text not in {"AI", "By AI"}


@pytest.mark.parametrize("text", ["xqzzt blorf?", "¿Cuándo murió el rey de España?", "?!", "…"])
def test_nonsense_gets_an_abstention(seed_workspace, text):
    assert isinstance(seed_workspace.answer(Question(text)), Abstention)


def test_a_quoted_phrase_must_occur(seed_workspace):
    found = seed_workspace.answer(Question('Who describes it as a "mega-project"?'))
    assert found.level != "none"
    assert all("mega-project" in quote.text for quote in found.shown)
    missing = seed_workspace.answer(Question('What is the "purple submarine"?'))
    assert isinstance(missing, Abstention)
    assert missing.reason == "phrase-missing"


def test_a_very_long_question_gets_a_reply(seed_workspace):
    reply = seed_workspace.answer(Question("drones " * 1500 + "How many drones did Russia launch?"))
    assert reply.searched.articles == 5
