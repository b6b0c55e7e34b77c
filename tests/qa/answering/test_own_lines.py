"""Lines that state when and where an article was published answer nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import read_by
from strategies import article_of

from index.text.as_read import to_read
from index.text.passages import split
from index.types import Hit
from qa.answering.quotes import best_windows, quotes_from, ranked_by
from qa.answering.statements import only_states

BURNT = "When did the old mill at Ostholm burn down?"
STATED = [
    "Published: 3 May 2023",
    "Published 3 May 2023 at 10:15 GMT",
    "**Posted on:** May 3, 2023",
    "Last updated: 2023-05-03",
    "First published 3 May 2023 | Updated 4 May 2023",
    "Source: Ostholm Evening Post",
    "Date: 3 May 2023",
]
TELLING = [
    "Date: 12 June 2023",
    "The mill burnt down on 3 May 2023.",
    "Opened: 1904",
    "Rent: 4,000 crowns a year",
    "Published 3 May 2023 in Ostholm, the report on the fire names two boys.",
    "Updated rules for the mill came into force on 3 May 2023.",
    "Sources: two springs below the mill.",
    "Source of the fire was a lamp.",
]
ABOUT_IT = [
    "When was this article published?",
    "When was the page last updated?",
    "Which newspaper reported it?",
]
ARTICLE = replace(article_of("The mill burnt.\n"), published="2023-05-03")


@pytest.mark.parametrize("line", STATED)
def test_a_line_about_its_article_is_told(line):
    assert only_states(ARTICLE, line, BURNT)


@pytest.mark.parametrize("line", TELLING)
def test_a_line_that_tells_of_something_is_not_taken_for_one(line):
    assert not only_states(ARTICLE, line, BURNT)


@pytest.mark.parametrize("question", ABOUT_IT)
@pytest.mark.parametrize("line", STATED)
def test_whoever_asks_about_the_article_gets_it(line, question):
    assert not only_states(ARTICLE, line, question)


def quoted(text, question):
    """Quotes by a reader that likes dates and the lines at the top."""
    article = article_of(text)
    passages = split(article)

    def score(words):
        return 5.0 * ("2023" in words) + 0.01 * len(words)

    readings = read_by(score, [to_read(article, passage) for passage in passages])
    hits = [
        Hit(article, passage, ranked_by(reading), reading=reading)
        for passage, reading in zip(passages, readings, strict=True)
    ]
    return quotes_from(best_windows(hits, question), question, top=5)


@pytest.mark.parametrize("label", ["Published: 3 May 2023", "Posted 3 May 2023, 08:00"])
def test_the_day_of_publication_is_never_the_answer_to_when_something_happened(label):
    told = "The old mill at Ostholm burnt down on Monday night, and nobody was hurt in the fire."
    top = f"Fire at the old mill of Ostholm\n\n{label}\nSource: Ostholm Evening Post"
    (quote,) = quoted(f"{top}\n\n{told}\n", BURNT)
    assert quote.text == told


def test_it_is_the_answer_to_when_the_article_was_published():
    told = "The old mill at Ostholm burnt down on Monday night, and nobody was hurt in the fire."
    top = "Fire at the old mill of Ostholm\n\nPublished: 3 May 2023\nSource: Ostholm Evening Post"
    text = f"{top}\n\n{told}\n"
    (quote,) = quoted(text, "When was the article on the mill published?")
    assert quote.text.startswith("Published: 3 May 2023")


@given(st.text(), st.text())
def test_no_line_breaks_it(line, question):
    only_states(ARTICLE, line, question)
