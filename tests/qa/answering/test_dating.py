"""Questions of a time, over planted articles: the one of those days is quoted first."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import corpus, dated, passage_judge

from index.types import Period
from qa.answering.answerer import Answerer
from qa.answering.dating import Dating
from qa.showing.render import plain
from qa.types import Answer, Question, Searched

WEDNESDAY = date(2025, 6, 18)
QUESTION = "What closed the harbour bridge"
CRANE = "A crane closed the harbour bridge when it struck three of its cables at dawn."
STORM = "Winds of a winter storm closed the harbour bridge and tore two ferries loose."
PIERS = "Divers closed the harbour bridge: one pier had cracks, so lorries go by Iona."


@pytest.fixture
def answer(tmp_path):
    """Plant articles of these dates, the first one oldest in the index, and ask."""

    def ask(question, asked_on, *published):
        texts = zip((CRANE, STORM, PIERS), published, "abc", strict=False)
        retriever = corpus(tmp_path, {f"{name}.txt": dated(day, text) for text, day, name in texts})
        answerer = Answerer(retriever, judge=replace(passage_judge(), threshold=0.0))
        asked = Question(question, asked_on=asked_on)
        reply = answerer.answer(asked, Searched("articles", len(published), len(published)))
        assert isinstance(reply, Answer)
        return reply

    return ask


def days(reply):
    """The dates of the articles quoted, the best first."""
    return [quote.at.article.published for quote in reply.quotes]


def paths(reply):
    return [quote.at.article.path for quote in reply.quotes]


@pytest.mark.parametrize(
    ("words", "far", "near"),
    [
        ("today", "2024-06-18", "2025-06-18"),
        ("yesterday", "2025-05-17", "2025-06-17"),
        ("this week", "2024-06-16", "2025-06-16"),
        ("last week", "2025-04-11", "2025-06-11"),
        ("last month", "2025-06-17", "2025-05-12"),
        ("two weeks ago", "2024-06-04", "2025-06-04"),
        ("last June", "2025-06-12", "2024-06-12"),
        ("in May", "2024-05-12", "2025-05-12"),
        ("recently", "2024-05-25", "2025-05-25"),
        ("this year", "2024-02-10", "2025-02-10"),
        ("this week", "2024", "2025-06"),
    ],
)
def test_the_article_of_the_days_that_are_named_is_quoted_first(answer, words, far, near):
    reply = answer(f"{QUESTION} {words}?", WEDNESDAY, far, near)
    swapped = answer(f"{QUESTION} {words}?", WEDNESDAY, near, far)
    assert days(reply)[0] == days(swapped)[0] == near
    assert reply.period is not None
    assert reply.period.words == words.removeprefix("in ")
    assert f"“{reply.period.words}” taken as 20" in plain(reply)


def test_asked_a_year_later_this_week_is_another_week(answer):
    published = ("2024-06-16", "2025-06-16")
    then = answer(f"{QUESTION} this week?", date(2024, 6, 18), *published)
    assert days(then) == ["2024-06-16", "2025-06-16"]
    now = answer(f"{QUESTION} this week?", WEDNESDAY, *published)
    assert days(now) == ["2025-06-16", "2024-06-16"]


def test_a_question_of_no_time_asked_on_a_day_means_the_articles_around_it(answer):
    reply = answer(f"{QUESTION}?", WEDNESDAY, "2024-06-16", "2025-06-16")
    assert days(reply) == ["2025-06-16", "2024-06-16"]
    assert reply.period == Period(date(2025, 6, 6), date(2025, 6, 21))
    assert "days around the asking come first" in plain(reply)


def test_without_any_time_dates_change_nothing(answer):
    one = answer(f"{QUESTION}?", None, "2024-06-16", "2025-06-16")
    other = answer(f"{QUESTION}?", None, "2025-06-16", "2024-06-16")
    assert paths(one) == paths(other)
    assert (one.period, other.period) == (None, None)


@pytest.mark.parametrize("words", ["in June 2024", "on 16 June 2024", "in 2024"])
def test_the_article_of_a_stated_day_comes_first_too(answer, words):
    assert days(answer(f"{QUESTION} {words}?", None, "2025-06-16", "2024-06-16"))[0] == "2024-06-16"


def test_a_stated_time_long_before_all_articles_favours_none(answer):
    one = answer(f"{QUESTION} in 1987?", WEDNESDAY, "2024-06-16", "2025-06-16")
    other = answer(f"{QUESTION} in 1987?", WEDNESDAY, "2025-06-16", "2024-06-16")
    assert paths(one) == paths(other)


def test_a_follow_up_means_the_days_of_the_question_before(answer):
    dating = Dating.of("What happened next?", WEDNESDAY, earlier="Why did it close last June?")
    assert dating.period == Period(date(2024, 6, 1), date(2024, 6, 30), "last June")
    assert Dating.of("Who won today?", WEDNESDAY, earlier="last June").period.words == "today"


@pytest.mark.parametrize("published", permutations(("2023-06-16", "", "2025-06-16")))
def test_undated_articles_are_neither_favoured_nor_lost(answer, published):
    reply = answer(f"{QUESTION} this week?", WEDNESDAY, *published)
    assert days(reply)[:2] == ["2025-06-16", None]


def test_an_article_of_the_day_on_something_else_does_not_come_first(tmp_path):
    ferry = "A ferry sank off the western cape, and the coastguard rescued everyone aboard."
    texts = {"a.txt": dated("2025-05-17", CRANE), "b.txt": dated("2025-06-17", ferry)}
    answerer = Answerer(corpus(tmp_path, texts), judge=passage_judge())
    found = answerer.find(Question(f"{QUESTION} yesterday?", asked_on=WEDNESDAY))
    assert found.windows[0].hit.article.path == "a.txt"


@pytest.mark.parametrize("published", [("2025-06-16", "2025-06-17"), ("2025", "2025-06")])
def test_a_period_is_told_only_where_it_moved_an_article(answer, published):
    reply = answer(f"{QUESTION} this week?", WEDNESDAY, *published)
    assert (reply.period, reply.notices) == (None, ())


def test_articles_without_dates_leave_the_days_unchecked_and_the_reply_says_so(answer):
    reply = answer(f"{QUESTION} this week?", WEDNESDAY, "", "")
    assert reply.period is None
    assert reply.notices == (
        "None of the articles found states its date, so the days asked for are not checked.",
    )
    assert answer(f"{QUESTION}?", WEDNESDAY, "", "").notices == ()


@given(st.dates(), st.dates())
def test_an_article_never_gains_by_its_date_and_loses_none_on_the_day(published, asked_on):
    dating = Dating.of("What happened today?", asked_on)
    assert dating.timeliness(published.isoformat()) <= 0 == dating.timeliness(asked_on.isoformat())


@given(st.dates(), st.dates(), st.dates())
def test_the_farther_an_article_is_from_the_day_the_more_it_loses(one, other, asked_on):
    dating = Dating.of("What happened yesterday?", asked_on)
    nearer, farther = sorted((one, other), key=lambda day: abs((day - asked_on).days))
    if (nearer > asked_on) == (farther > asked_on):
        near, far = nearer.isoformat(), farther.isoformat()
        assert dating.timeliness(near) >= dating.timeliness(far)
