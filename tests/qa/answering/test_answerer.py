"""question -> Reply, with stand-in models over a real index."""

from pathlib import Path

import pytest
from stand_ins import corpus, passage_judge

from index.types import Retrieved
from qa.answering.answerer import Answerer, seen
from qa.answering.judge import FEATURES, Judge, shipped_judge
from qa.types import Abstention, Answer, Question, Searched

ARTICLES = {
    "heron.txt": "The heron ate three frogs before noon. It slept in the reeds after that.\n",
    "ferry.txt": "The ferry to the island was cancelled on Friday. Passengers waited six hours.\n",
    "quarry.txt": "The granite quarry closed in 1987. Its pit is a lake today.\n",
}
SEARCHED = Searched("articles", 3, 3)


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    return Answerer(corpus(tmp_path, ARTICLES), judge=passage_judge())


def test_the_sentence_with_the_words_comes_first(answerer):
    reply = answerer.answer(Question("how many frogs ate the heron"), SEARCHED)
    assert isinstance(reply, Answer)
    assert reply.quotes[0].text.startswith("The heron ate three frogs before noon.")
    assert reply.quotes[0].at.line == 1
    assert 0.5 <= reply.confidence <= 1
    assert set(reply.timings_ms) == {"encode", "retrieve", "rerank", "total"}


def test_what_no_article_says_is_declined_with_the_nearest(answerer):
    reply = answerer.answer(Question("which emperor minted copper coins"), SEARCHED)
    assert isinstance(reply, Abstention)
    assert reply.reason == "nothing-on-topic"
    assert 1 <= len(reply.nearest) <= 3


@pytest.mark.parametrize("text", ["?", "…", "!!! --- ***", "\x1b\x07"])
def test_a_question_without_a_word_is_no_question(answerer, text):
    reply = answerer.answer(Question(text), SEARCHED)
    assert isinstance(reply, Abstention)
    assert reply.reason == "not-a-question"


def test_an_empty_corpus_says_so(answerer):
    reply = answerer.answer(Question("who?"), Searched("articles", 0, 0))
    assert isinstance(reply, Abstention)
    assert reply.reason == "corpus-empty"


def test_a_phrase_that_never_occurs_is_named(answerer):
    reply = answerer.answer(Question('who saw the "purple heron"'), SEARCHED)
    assert isinstance(reply, Abstention)
    assert reply.reason == "phrase-missing"
    assert "purple heron" in reply.message


def test_a_slip_of_the_keys_is_searched_as_the_word_meant(answerer):
    found = answerer.find(Question("when was the quarrry clsoed"))
    assert found.query == "when was the quarry closed"
    assert found.windows[0].hit.article.path == "quarry.txt"


def test_a_phrase_in_quotes_is_never_respelt(answerer):
    assert answerer.find(Question('the "granite quarrry"')).query == 'the "granite quarrry"'


def test_a_follow_up_is_searched_with_what_it_leans_on(answerer):
    question = Question("when did it close", ("what is the granite quarry",))
    found = answerer.find(question)
    assert found.query == "granite quarry when did it close"
    assert found.carried == ("granite", "quarry")
    assert found.windows[0].hit.article.path == "quarry.txt"


def test_of_a_question_of_ten_thousand_characters_the_end_is_searched(answerer):
    reply = answerer.answer(Question("lorem " * 2000 + "how many frogs"), SEARCHED)
    assert len(reply.query) <= 1000
    assert reply.query.endswith("how many frogs")


def test_an_index_that_finds_nothing_is_no_crash():
    class Empty:
        def spelled(self, query):
            return query

        def search(self, query, *, scope, near):
            return Retrieved((), 0.0, 0.0)

        def mentions(self, words, *, scope):
            return False

        def count(self, scope):
            return 0

        def read(self, query, passages):
            return []

    reply = Answerer(Empty(), judge=passage_judge()).answer(Question("who?"), SEARCHED)
    assert isinstance(reply, Abstention)


def test_the_shipped_judge_believes_a_better_passage_more(answerer):
    found = answerer.find(Question("how many frogs ate the heron"))
    given = seen(found)
    assert set(given) == set(FEATURES)
    judge = shipped_judge()
    low = judge.probability({**given, "relevance": -9.0, "answers": -5.0})
    high = judge.probability({**given, "relevance": 9.0, "answers": 5.0})
    assert 0 <= low < judge.threshold < high <= 1


def test_a_judge_of_other_features_is_refused():
    with pytest.raises(ValueError, match="other features"):
        Judge((1.0,), (0.0,), (1.0,), 0.0, 0.5)
