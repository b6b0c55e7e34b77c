"""Hit -> Quote: always verbatim, whole sentences, near-identical ones as one."""

from hypothesis import assume, given
from hypothesis import strategies as st
from stand_ins import OverlapReranker
from strategies import articles

from index.passages import split
from index.types import Article, Hit
from qa.quotes import best_windows, quotes_from

QUESTION = "How many frogs did the heron eat?"


def article(text: str, path: str = "a.txt") -> Article:
    return Article(path=path, text=text, title="t", sha256="0", title_is_derived=True)


def hits_of(*found: Article) -> list[Hit]:
    return [Hit(one, passage, 0.0) for one in found for passage in split(one)]


def quotes_for(question: str, found: list[Article], *, top: int = 5, phrases=()):
    windows = best_windows(
        hits_of(*found), lambda texts: OverlapReranker().score(question, texts), phrases=phrases
    )
    return quotes_from(windows, question, top=top)


@given(st.lists(articles(), min_size=1, max_size=3), st.text(max_size=40))
def test_every_quote_is_a_verbatim_slice_of_its_source(found, question):
    for quote in quotes_for(question, found):
        text = quote.at.article.text
        assert "" != quote.text == text[quote.at.span.start : quote.at.span.end]
        for lit in quote.highlights:
            assert lit.of(text) in quote.text
        for also in quote.also:
            assert also.text == also.span.of(also.article.text)


@given(articles())
def test_no_quote_and_no_context_crosses_what_was_left_out(found):
    for quote in quotes_for(QUESTION, [found]):
        for omission in found.omissions:
            assert not quote.context.overlaps(omission.span)
        assume(found.title_span is not None)
        assert not quote.at.span.overlaps(found.title_span)


@given(articles())
def test_a_quote_is_one_to_three_sentences_of_one_passage(found):
    spans = [s.span for passage in split(found) for s in passage.sentences]
    for quote in quotes_for(QUESTION, [found]):
        inside = [span for span in spans if quote.at.span.contains(span)]
        assert 1 <= len(inside) <= 3
        assert (inside[0].start, inside[-1].end) == (quote.at.span.start, quote.at.span.end)


def test_the_sentence_that_answers_is_quoted_first():
    text = "The pond was calm. The heron did eat three frogs. Ducks slept on the bank."
    quotes = quotes_for(QUESTION, [article(text), article("Nobody saw the heron.", "b.txt")])
    assert quotes[0].text == "The heron did eat three frogs."
    assert [lit.of(text) for lit in quotes[0].highlights] == ["three"]
    assert [quote.n for quote in quotes] == [1, 2]


def test_near_identical_quotes_are_one_with_all_citations():
    text = "The heron did eat three frogs on Monday."
    copies = [article(text, f"{n}.txt") for n in range(3)]
    (quote,) = quotes_for(QUESTION, copies)
    assert [also.article.path for also in quote.also] == ["1.txt", "2.txt"]


def test_a_heading_is_not_quoted_alone():
    text = "Intro here.\n\n## How many frogs did the heron eat\n\nThree.\n\n## Frogs\n\nYes."
    quoted = [quote.text for quote in quotes_for(QUESTION, [article(text)])]
    assert quoted
    assert not any(words.startswith(("How many", "## ", "Frogs")) for words in quoted)


def test_a_sentence_that_takes_the_quote_back_goes_with_it():
    text = "The heron did eat how many frogs, said Ann: three. However, she later denied it."
    (quote,) = quotes_for(QUESTION, [article(text)])
    assert quote.text.endswith("denied it.")


def test_a_phrase_must_stand_in_the_quote():
    text = "The heron ate many frogs. It was a “mega project” of the town. How many more?"
    (quote,) = quotes_for(QUESTION, [article(text)], phrases=["mega PROJECT"])
    assert "mega project" in quote.text
    assert quotes_for(QUESTION, [article(text)], phrases=["no such words"]) == ()
