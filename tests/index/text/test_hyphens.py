"""Hyphens at line ends: read through, never changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import article_of, texts

from index.store.embedded.rows import keyword_columns
from index.text.as_read import titled
from index.text.hyphens import joined
from index.text.passages import split

LETTERS = st.text("abcdefgXYZ0189é-\n >\xad", max_size=60)


def kept(words):
    return "".join(character for character in words if character not in "-‐\n\xad >")


@pytest.mark.parametrize(
    ("words", "elsewhere", "read"),
    [
        ("an inter-\nnational treaty", "", "an international treaty"),
        ("an inter-\n   national treaty", "", "an international treaty"),
        ("> an inter-\n> national treaty", "", "> an international treaty"),
        (
            "an inter\xadnational and inter\xad\nnational one",
            "",
            "an international and international one",
        ),
        ("a well-\nknown clause", "", "a well-known clause"),
        ("an air-\ncraft landed", "The aircraft was old.", "an aircraft landed"),
        ("an air-\nborne unit", "Air-borne troops.", "an air-borne unit"),
        ("a well-\nbeing report", "Wellbeing matters.", "a wellbeing report"),
        ("the state-of-the-\nart lock", "", "the state-of-the-art lock"),
        ("the COVID-\n19 wards", "", "the COVID-19 wards"),
        ("the Anglo-\nAmerican pact", "", "the Anglo-American pact"),
        ("a 40-\nyear lease", "", "a 40-year lease"),
        ("two-\nand three-year terms", "", "two- and three-year terms"),
        ("a dash -\nand more", "", "a dash -\nand more"),
        ("a list:\n- one\n- two", "", "a list:\n- one\n- two"),
    ],
)
def test_a_word_that_a_line_end_parts_is_read_as_one(words, elsewhere, read):
    assert joined(words, f"{words}\n\n{elsewhere}") == read


@given(LETTERS, LETTERS)
def test_nothing_but_hyphens_and_line_ends_is_ever_taken_away(words, elsewhere):
    assert kept(joined(words, f"{words}\n{elsewhere}")) == kept(words)


@settings(max_examples=15)
@given(texts())
def test_words_without_a_hyphen_at_a_line_end_stay_as_they_are(text):
    words = text.replace("-\n", "\n").replace("\xad", "")
    assert joined(words, words) == words


def test_what_is_encoded_and_looked_up_is_joined_and_what_is_quoted_is_not():
    text = "The minister praised the inter-\nnational treaty and its well-\nknown clauses.\n"
    article = article_of(text)
    (passage,) = split(article)
    body, _ = keyword_columns(article, passage)
    for read in (body, titled(passage, article)):
        assert "international treaty and its well-known clauses" in read
    assert passage.span.of(article.text) == text.strip()


@pytest.mark.parametrize("width", ["", " and some more of them to fill the line"])
def test_a_word_that_a_line_end_parts_does_not_part_its_sentence(width):
    text = f"The talks{width} on COVID-\n19 went on. A second short sentence came."
    (passage,) = split(article_of(text))
    assert passage.sentences[0].span.of(text) == f"The talks{width} on COVID-\n19 went on."
