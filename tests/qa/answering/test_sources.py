"""How many independent sources articles are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replies import article
from strategies import WORDS

from index.types import Omission, Span
from qa.answering.sources import contained, independent, shingles

RAIN = (
    "Rain fell on the hills for three days and the river rose above its banks on the second "
    "night. Families left their houses in boats and the army brought bread and blankets."
)
SCHOOL = (
    "A school in the valley opened its doors to four hundred people who had lost their homes, "
    "while the mayor asked the government to pay for a new bridge before winter comes."
)


def one(path, text=None, **known):
    return article(path, text or f"Nothing in {path} is like any other.", **known)


def test_one_outlet_is_one_source_however_it_is_written():
    assert independent([one("a", outlet="Times"), one("b", outlet=" times ")]) == 1
    assert independent([one("a", outlet="Times"), one("b", outlet="Courier")]) == 2


@pytest.mark.parametrize(
    ("first", "second", "sources"),
    [
        ("https://www.example.com/1", "https://edition.example.com/2", 1),
        ("https://www.example.com/1", "https://www.example.org/1", 2),
        ("https://news.one.co.uk/1", "https://two.co.uk/1", 2),
        ("https://news.one.co.uk/1", "https://one.co.uk/2", 1),
        ("no address", "no address", 2),
        ("http://[", "http://[", 2),
    ],
)
def test_without_an_outlet_the_address_tells(first, second, sources):
    assert independent([one("a", url=first), one("b", url=second)]) == sources


def test_articles_that_name_no_source_stand_each_for_itself():
    assert independent([one("a"), one("b"), one("c")]) == 3


def test_a_reprint_with_other_paragraphs_around_it_is_one_source():
    reprint = one("b", f"From our partners.\n\n{RAIN}\n\nRead it again.", outlet="Courier")
    assert independent([one("a", RAIN, outlet="Times"), reprint]) == 1


def test_what_was_left_out_of_articles_makes_no_reprint():
    text = f"Short and new.\n\n{RAIN}"
    cut = (Omission(Span(text.index(RAIN), len(text)), "cookie notice"),)
    other = f"Another one about the school.\n\n{RAIN}"
    kept = (Omission(Span(other.index(RAIN), len(other)), "cookie notice"),)
    assert independent([one("a", text, omissions=cut), one("b", other, omissions=kept)]) == 2


def test_a_rewritten_agency_report_is_one_source():
    short = f"OSTRA (Reuters) - {RAIN.split('.', maxsplit=1)[0]}. {SCHOOL}"
    other = f"OSTRA, May 3 (Reuters) {RAIN} Nobody was hurt, the police said on Sunday evening."
    assert 0.25 < contained(shingles(short), shingles(other)) < 0.5
    assert independent([one("a", short), one("b", other)]) == 1
    assert independent([one("a", short), one("b", other.replace("Reuters", "AP"))]) == 2


def test_copies_that_are_known_are_joined_and_join_others():
    articles = [one("a"), one("b", outlet="Times"), one("c", outlet="Times")]
    assert independent(articles, [(0, 1)]) == 1


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), max_size=4))
def test_the_count_is_between_one_and_the_number_of_articles(texts):
    articles = [one(str(at), text or ".") for at, text in enumerate(texts)]
    assert min(1, len(articles)) <= independent(articles) <= len(articles)
    assert independent(articles) == independent(articles[::-1])
