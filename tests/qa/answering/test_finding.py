"""question -> Found: what is read and quoted, and which earlier words are searched too."""

import pytest
from stand_ins import StandInRetriever, corpus, read_by

from qa.answering.finding import Effort, Finder
from qa.answering.quotes import WEAKEST
from qa.types import Question

TOPICS = {
    "drones.txt": "Russia did launch 352 drones. Of the drones that Russia did launch 339 were shot"
    " down. Many drones were shot at over Kyiv.\n",
    "ducks.txt": "Of the ducks nobody knows how many of them were shot down in winter.\n",
    "throat.txt": "Common treatments of throat cancer are surgery and radiation.\n",
    "acne.txt": "Common treatments of acne are creams. Dermatologists advise them.\n",
    "fire.txt": "The university library was damaged by a fire.\n",
}


class WeighingRetriever(StandInRetriever):
    """Finds as ever; a text is worth the weights of the words that it holds."""

    def __init__(self, found: StandInRetriever, weights: dict[str, float]) -> None:
        super().__init__(found.passages.store.place)
        self.weights = weights

    def read(self, query, passages):
        def score(text):
            return sum((w for word, w in self.weights.items() if word in text), start=0.0)

        return read_by(score, passages)


@pytest.fixture(scope="module")
def topics(tmp_path_factory):
    return corpus(tmp_path_factory.mktemp("topics"), TOPICS)


@pytest.fixture
def harbour(tmp_path):
    """Two long paragraphs of one article, so that each is a passage, and one of another."""
    long = "The harbour of the town has seen many ships come and go in all of its long years. " * 5
    return corpus(
        tmp_path,
        {
            "guide.txt": f"Anchor. {long}\n\nBarge. {long}\n",
            "paper.txt": "Canoe. The harbour of the town is small.\n",
        },
    )


def asked(retriever, question, *context, **more):
    return Finder(retriever, Effort()).find(Question(question, context, **more))


def quoted_from(retriever, weights, **effort):
    finder = Finder(WeighingRetriever(retriever, weights), Effort(**effort))
    found = finder.find(Question("What has the harbour of the town seen?"))
    least = found.windows[0].fit - WEAKEST
    kept = [window.hit for window in found.windows if window.fit >= least]
    passages = [hit.passage.span.of(hit.article.text) for hit in kept]
    return {word for word in weights for passage in passages if word in passage}


@pytest.mark.parametrize("canoe", [3.5, 5.5])
def test_a_second_passage_of_an_article_gives_way_to_another_source(harbour, canoe):
    weights = {"Anchor": 5.0, "Barge": 4.0, "Canoe": canoe}
    assert quoted_from(harbour, weights, quote_from=2) == {"Anchor", "Canoe"}


def test_a_much_better_second_passage_of_an_article_does_not(harbour):
    weights = {"Anchor": 7.0, "Barge": 6.5, "Canoe": 2.0}
    assert quoted_from(harbour, weights, quote_from=2) == {"Anchor", "Barge"}


def test_with_room_for_all_every_passage_is_quoted(harbour):
    weights = {"Anchor": 5.0, "Barge": 4.0, "Canoe": 3.5}
    assert quoted_from(harbour, weights) == {"Anchor", "Barge", "Canoe"}


def test_a_hopeless_passage_is_not_quoted(harbour):
    weights = {"Anchor": 9.0, "Barge": -9.0, "Canoe": 4.0}
    assert quoted_from(harbour, weights) == {"Anchor", "Canoe"}


@pytest.mark.parametrize(("logit", "read"), [(9.0, 1), (0.0, 2)])
def test_more_passages_are_read_only_while_none_is_sure(harbour, logit, read):
    retriever = WeighingRetriever(harbour, {"harbour": logit})
    effort = Effort(read_first=1, read=2)
    found = Finder(retriever, effort).find(Question("What has the harbour of the town seen?"))
    assert len(found.hits) == read


def test_a_title_that_repeats_the_question_does_not_count_when_read_bare(tmp_path):
    titled = "---\ntitle: What did the heron eat?\n---\nThe reeds were wet that day.\n"
    found = asked(corpus(tmp_path, {"a.txt": titled}), "What did the heron eat?")
    assert found.bare.passages[0].relevance < found.hits[0].reading.relevance


def test_how_many_of_them_is_asked_of_what_the_earlier_question_was_about(topics):
    asks = "How many of them were shot down?"
    alone = asked(topics, asks)
    assert (alone.windows[0].hit.article.path, alone.carried) == ("ducks.txt", ())
    found = asked(topics, asks, "How many drones did Russia launch?")
    assert found.carried == ("drones", "Russia", "launch")
    assert found.query == f"drones Russia launch {asks}"
    assert "339" in found.windows[0].text


def test_words_left_out_are_not_searched(topics):
    asks = "How many of them were shot down?"
    context = ("How many drones did Russia launch?",)
    found = asked(topics, asks, *context, left_out=("russia", "drones"))
    assert (found.query, found.carried) == (f"launch {asks}", ("launch",))
    found = asked(topics, asks, *context, left_out=("russia", "drones", "launch"))
    assert (found.query, found.carried) == (asks, ())
    assert found.windows[0].hit.article.path == "ducks.txt"


def test_an_unclear_question_is_read_with_the_earlier_words_where_that_finds_more(topics):
    found = asked(topics, "What are common treatments?", "Is there throat cancer after surgery?")
    assert found.carried == ("throat", "cancer", "surgery")
    assert found.windows[0].hit.article.path == "throat.txt"


def test_an_unclear_question_that_finds_more_alone_is_a_change_of_topic(topics):
    asks = "Which library was damaged?"
    found = asked(topics, asks, "How many drones did Russia launch?")
    assert (found.query, found.carried) == (asks, ())
    assert found.windows[0].hit.article.path == "fire.txt"


def test_a_full_question_with_a_name_is_a_change_of_topic(topics):
    asks = "How many drones were shot at over Kyiv?"
    found = asked(topics, asks, "What are common treatments of acne?", "And of throat cancer?")
    assert (found.query, found.carried) == (asks, ())


def test_a_self_contained_question_finds_the_same_after_any_conversation(topics):
    asks = "What are common treatments of throat cancer?"
    fresh = asked(topics, asks)
    for earlier in ("How many drones did Russia launch?", "Which library was damaged by fire?"):
        found = asked(topics, asks, earlier)
        assert found.query == asks
        assert found.windows[0].text == fresh.windows[0].text


def test_a_whole_question_that_begins_with_and_is_not_polluted(topics):
    asks = "And how many drones were shot at over Kyiv?"
    found = asked(topics, asks, "What are common treatments of acne?")
    assert (found.query, found.carried) == (asks, ())


def test_slips_of_the_question_before_are_not_carried_over(topics):
    found = asked(topics, "How many of them were shot down?", "How many dronse did Russia launch?")
    assert "drones" in found.carried
    assert "dronse" not in found.query
