"""Which articles may be quoted: by day, by source, by both; and what is said if none may."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import HashingEncoder, StandInRetriever, corpus, dated, passage_judge

from index.text.days import may_lie_in
from index.types import Period, Scope
from qa.answering.answerer import Answerer
from qa.types import Abstention, Answer, Question, Searched

DATES = (
    "2023", "2023-12", "2023-12-31", "2024", "2024-01-01", "2024-02", "2024-02-29", "2024-06",
    "2025", "2025-05-31", "2025-06", "2025-06-01", "2025-06-23", "2025-06-30", "2025-07",
    "2025-07-01", "2025-08-01", "2026", "",
)  # fmt: skip
SUMMER = Period(date(2025, 6, 1), date(2025, 7, 31))
QUESTION = "Why was the harbour bridge closed?"
BRIDGE = {
    "herald/crane.txt": dated(
        "2025-06-10", "The harbour bridge was closed since a crane struck it.", outlet="The HERALD"
    ),
    "storm.txt": dated(
        "2024-01-05", "A storm: the harbour bridge was closed for two days.", outlet="Gazette"
    ),
    "repairs.txt": dated(
        "", "For repairs of its piers the harbour bridge was closed.", url="https://ex.org/Straße/7"
    ),
}


@pytest.fixture(scope="module")
def calendar(tmp_path_factory):
    """One article for each date, called by it."""
    texts = {f"{day or 'undated'}.txt": dated(day, f"Article of {day}.") for day in DATES}
    return corpus(tmp_path_factory.mktemp("calendar"), texts)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory):
    return corpus(tmp_path_factory.mktemp("bridge"), BRIDGE)


def reply_to(retriever, question, **scope):
    counts = retriever.passages.store.counts()
    searched = Searched("articles", counts.articles, counts.passages, counts.skipped)
    asked = Question(question, scope=Scope(**scope))
    return Answerer(retriever, judge=passage_judge()).answer(asked, searched)


def dates_in(retriever, period):
    store = retriever.passages.store
    return {store.article(row).published or "" for row in store.articles_in(Scope(period))}


def paths(hits):
    return {hit.article.path for hit in hits}


def test_a_partial_date_is_in_a_period_that_it_may_lie_in(calendar):
    assert dates_in(calendar, SUMMER) == {
        "2025", "2025-06", "2025-06-01", "2025-06-23", "2025-06-30", "2025-07", "2025-07-01",
    }  # fmt: skip


def test_both_ends_of_a_period_are_in_it(calendar):
    day = date(2025, 7, 1)
    assert dates_in(calendar, Period(day, day)) == {"2025", "2025-07", "2025-07-01"}


@given(st.none() | st.dates(date(2023, 1, 1), date(2026, 12, 31)), st.integers(0, 800) | st.none())
def test_a_scope_holds_what_may_lie_in_its_period_and_nothing_undated(calendar, first, length):
    last = (
        None
        if length is None
        else date.fromordinal((first or date(2023, 1, 1)).toordinal() + length)
    )
    period = Period(first, last)
    assert dates_in(calendar, period) == {day for day in DATES if may_lie_in(day, period)}


def test_undated_articles_are_counted(calendar, bridge):
    assert (calendar.passages.store.undated(), bridge.passages.store.undated()) == (1, 1)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("herald", "herald/crane.txt"),
        ("the herald", "herald/crane.txt"),
        ("STORM.TXT", "storm.txt"),
        ("gazette", "storm.txt"),
        ("https://ex.org", "repairs.txt"),
        ("STRASSE", "repairs.txt"),
    ],
)
def test_a_source_is_part_of_an_outlet_a_path_or_an_address_in_any_case(bridge, source, path):
    assert paths(bridge.search(QUESTION, scope=Scope(source=source)).hits) == {path}


@pytest.mark.parametrize("source", ["%", "_", "*", "harbour"])
def test_a_source_is_no_pattern_and_no_word_of_the_text(bridge, source):
    assert bridge.count(Scope(source=source)) == len([path for path in BRIDGE if source in path])


def test_a_scope_by_period_and_source_needs_both(bridge):
    held = Scope(Period(date(2024, 1, 1), date(2024, 12, 31)), "gazette")
    assert paths(bridge.search(QUESTION, scope=held).hits) == {"storm.txt"}
    assert bridge.count(Scope(SUMMER, "gazette")) == 0


@pytest.mark.parametrize("scope", [Scope(SUMMER), Scope(source="herald"), Scope(SUMMER, "herald")])
def test_words_and_vectors_are_both_ranked_inside_the_scope(bridge, scope):
    best_of_all = "closed for two days a storm"
    inside = bridge.passages.search(best_of_all, HashingEncoder(), scope=scope, pool=1).hits
    (outside,) = bridge.passages.search(best_of_all, HashingEncoder(), pool=1).hits
    (hit,) = inside
    assert outside.article.path == "storm.txt"
    assert hit.article.path == "herald/crane.txt"
    assert hit.cosine is not None
    assert hit.bm25 is not None


def test_articles_of_the_days_that_are_meant_come_forward_only_inside_the_scope(bridge):
    near = Period(date(2025, 6, 1), date(2025, 6, 30))
    assert bridge.search(QUESTION, near=near).hits[0].article.path == "herald/crane.txt"
    found = bridge.search(QUESTION, scope=Scope(source="gazette"), near=near).hits
    assert paths(found) == {"storm.txt"}


def test_words_in_quotation_marks_hold_inside_a_scope(bridge):
    found = bridge.search('the "harbour bridge" closed', scope=Scope(source="gazette")).hits
    assert paths(found) == {"storm.txt"}


def test_only_articles_in_the_scope_are_quoted(bridge):
    everywhere = reply_to(bridge, QUESTION)
    assert isinstance(everywhere, Answer)
    assert len({quote.at.article.path for quote in everywhere.quotes}) > 1
    reply = reply_to(bridge, QUESTION, source="Gazette")
    assert isinstance(reply, Answer)
    assert {quote.at.article.path for quote in reply.quotes} == {"storm.txt"}


@pytest.mark.parametrize(
    ("scope", "reason", "message"),
    [
        ({"source": "Le Monde"}, "nothing-from-source", "No article is from “Le Monde”."),
        (
            {"period": Period(date(2019, 1, 1), date(2019, 12, 31))},
            "nothing-in-period",
            "No article is dated 2019-01-01 to 2019-12-31.",
        ),
        (
            {"period": Period(date(2026, 1, 1), None)},
            "nothing-in-period",
            "No article is dated 2026-01-01 or later.",
        ),
        (
            {"period": Period(None, date(2019, 1, 1))},
            "nothing-in-period",
            "No article is dated up to 2019-01-01.",
        ),
        (
            {"period": Period(date(2025, 6, 10), date(2025, 6, 10)), "source": "Gazette"},
            "nothing-in-period",
            "No article from “Gazette” is dated 2025-06-10.",
        ),
        (
            {"period": SUMMER, "source": "Le Monde"},
            "nothing-from-source",
            "No article is from “Le Monde”.",
        ),
    ],
)
def test_a_scope_that_holds_nothing_is_said_to(bridge, scope, reason, message):
    reply = reply_to(bridge, QUESTION, **scope)
    assert isinstance(reply, Abstention)
    assert (reply.reason, reply.nearest, reply.confidence) == (reason, (), 0.0)
    assert reply.message.startswith(message.removesuffix("."))


@pytest.mark.parametrize(
    ("files", "reason", "message"),
    [
        ({}, "corpus-empty", "no article"),
        ({"void.txt": ""}, "nothing-readable", "The file could not be read"),
        ({"void.txt": "", "blank.txt": " \n"}, "nothing-readable", "2 files could not be read"),
    ],
)
def test_an_index_without_a_passage_says_why(tmp_path, files, reason, message):
    (tmp_path / "articles").mkdir()
    retriever: StandInRetriever = corpus(tmp_path, files)
    reply = reply_to(retriever, QUESTION, source="anyone")
    assert isinstance(reply, Abstention)
    assert reply.reason == reason
    assert message in reply.message
