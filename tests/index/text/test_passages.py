"""Whole sentences, grouped into passages, with no word lost."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import article_of, articles

from index.text.passages import MAX_WORDS, split
from index.types import Article, Passage

BODY = (
    "The ministers met on Tuesday in the old town hall. They spoke for an hour about the plan to "
    "build a bridge across the strait, which has been put off four times since 1998. Nobody asked "
    "Mr. Starmer about the U.S. tariffs. "
)


def bare(text: str) -> Article:
    """An article whose whole text is its body."""
    return Article(path="a.txt", text=text, title="A title", sha256="0", title_is_derived=True)


def sentences(text: str) -> list[str]:
    return [s.span.of(text) for passage in split(bare(text)) for s in passage.sentences]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind, s.span.of(text)) for passage in split(bare(text)) for s in passage.sentences]


def word_counts(text: str) -> list[int]:
    return [len(passage.span.of(text).split()) for passage in split(bare(text))]


@given(articles())
def test_spans_are_in_order_and_never_overlap(article):
    last = 0
    for passage in split(article):
        for sentence in passage.sentences:
            assert last <= sentence.span.start < sentence.span.end <= len(article.text)
            last = sentence.span.end


@given(articles(), st.integers(min_value=1, max_value=120))
def test_every_letter_outside_title_and_omissions_is_in_exactly_one_sentence(article, max_words):
    seen = [0] * len(article.text)
    for passage in split(article, max_words=max_words):
        for sentence in passage.sentences:
            for at in range(sentence.span.start, sentence.span.end):
                seen[at] += 1
    left_out = [omission.span for omission in article.omissions]
    left_out += [article.title_span] if article.title_span else []
    for span in left_out:
        for at in range(span.start, span.end):
            assert seen[at] == 0
            seen[at] = 1
    assert all(seen[at] == 1 for at, letter in enumerate(article.text) if letter.isalnum())


@given(articles())
def test_no_passage_reaches_across_the_title_or_a_line_that_was_left_out(article):
    barriers = [omission.span for omission in article.omissions]
    barriers += [article.title_span] if article.title_span else []
    for passage in split(article):
        assert not any(passage.span.overlaps(barrier) for barrier in barriers)


@given(articles(), st.integers(min_value=1, max_value=120))
def test_no_passage_has_more_words_than_the_limit(article, max_words):
    for passage in split(article, max_words=max_words):
        words = sum(len(s.span.of(article.text).split()) for s in passage.sentences)
        assert words <= max_words


@given(articles())
def test_sentences_begin_and_end_with_something_to_read(article):
    for passage in split(article):
        for sentence in passage.sentences:
            words = sentence.span.of(article.text)
            assert words == words.strip()
            assert any(letter.isalnum() for letter in words)


def test_a_limit_below_one_word_is_refused():
    with pytest.raises(ValueError, match="max_words"):
        split(bare(BODY), max_words=0)


def test_abbreviations_and_decimals_do_not_end_a_sentence():
    text = "The U.S. paid £1.6 billion at 5 p.m. Monday. Mr. Starmer and Dr. No met Gen. Smith."
    assert sentences(text) == [
        "The U.S. paid £1.6 billion at 5 p.m. Monday.",
        "Mr. Starmer and Dr. No met Gen. Smith.",
    ]


def test_quotation_marks_stay_with_their_sentence():
    text = "“It was life on hold,” she said. “You’re frozen.” “Is it over?” he asked. It was not."
    assert sentences(text) == [
        "“It was life on hold,” she said.",
        "“You’re frozen.”",
        "“Is it over?” he asked.",
        "It was not.",
    ]


def test_the_mark_of_a_note_stays_with_the_sentence_that_it_ends():
    text = "It was a lock, he said.”[4] Nobody came.[12] It rained.² Then the keeper left.”³ Who?"
    assert sentences(text) == [
        "It was a lock, he said.”[4]",
        "Nobody came.[12]",
        "It rained.²",
        "Then the keeper left.”³",
        "Who?",
    ]


def test_marks_are_trimmed_off_and_the_kind_remembers_them():
    headings = "# A heading #\n\n**A bold one**\n\nSet\n---\n\n"
    text = headings + "- an item\n* **bold item**\n1. First. Then.\n"
    assert kinds(text) == [
        ("heading", "A heading"),
        ("heading", "A bold one"),
        ("heading", "Set"),
        ("item", "an item"),
        ("item", "bold item"),
        ("item", "1. First."),
        ("item", "Then."),
    ]


def test_bold_inside_a_sentence_is_left_as_it_stands():
    assert sentences("**Why:** because it rained. **One. Two.** End.") == [
        "**Why:** because it rained.",
        "One.",
        "Two.",
        "End.",
    ]


def test_hard_wrapped_lines_join_into_sentences():
    text = textwrap.fill(BODY * 2, 66) + "\n\n" + textwrap.fill(BODY, 66) + "\n"
    assert [" ".join(one.split()) for one in sentences(text)] == sentences(
        " ".join((BODY * 3).split())
    )


def test_one_paragraph_a_line_stays_one_paragraph_a_line():
    lines = ["A man without a coat stood there", "Nobody knew his name", "It rained"]
    assert sentences("\n".join(lines)) == lines


def test_a_short_line_above_a_paragraph_is_a_heading():
    text = f"The long wait\n{BODY}\nAfter the vote\n{BODY}\n"
    assert [words for kind, words in kinds(text) if kind == "heading"] == [
        "The long wait",
        "After the vote",
    ]


def test_passages_are_balanced_instead_of_leaving_a_rest():
    text = "\n\n".join(f"{'word ' * 24}end{n}." for n in range(4))
    assert word_counts(text) == [50, 50]


def test_a_heading_goes_with_the_text_after_it():
    text = "\n\n".join(f"**Part {n}**\n\n{BODY}" for n in range(6))
    for passage in split(bare(text)):
        assert passage.sentences[0].kind == "heading"
        assert passage.sentences[-1].kind == "prose"


def test_a_list_stays_with_its_lead_in():
    items = "".join(f"- measure number {n}\n" for n in range(8))
    text = f"{BODY}\n{BODY}\nThe agreement covers:\n{items}\n{BODY}\n"
    holder = next(p for p in split(bare(text)) if "covers:" in p.span.of(text))
    assert "measure number 7" in holder.span.of(text)


def test_a_sentence_over_the_limit_is_cut_at_white_space_and_marked():
    text = "word " * 200 + "end. A short one."
    pieces = [s for passage in split(bare(text)) for s in passage.sentences]
    assert [s.is_cut for s in pieces] == [True] * (len(pieces) - 1) + [False]
    assert " ".join(s.span.of(text) for s in pieces).split() == text.split()


@pytest.mark.parametrize("unit", ["word ", "x", "\n", " ", "“a b. ", "- a\n", "A. ", "> ", "*"])
def test_an_article_of_a_megabyte_of_the_same_is_split_without_losing_a_letter(unit):
    text = (unit * 250_000)[:250_000]
    passages = split(bare(text))
    kept = sum(letters(passage, text) for passage in passages)
    assert kept == sum(letter.isalnum() for letter in text)


def letters(passage: Passage, text: str) -> int:
    return sum(c.isalnum() for s in passage.sentences for c in s.span.of(text))


def test_passages_reach_the_default_size_in_running_text():
    counts = word_counts("\n\n".join([BODY] * 20))
    assert max(counts) <= MAX_WORDS
    assert sum(counts) / len(counts) >= 60


def test_a_title_is_not_part_of_any_passage():
    article = article_of(f"The Long Bridge\n\n{BODY}")
    assert article.title_span is not None
    assert all(p.span.start >= article.title_span.end for p in split(article))
