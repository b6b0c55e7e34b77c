"""Comparisons of any quotes: every finding is told by quotes that exist."""

from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from index.types import Article, Span
from qa.answering.comparison import compare
from qa.language.answertype import answering_spans
from qa.types import Citation, Quote

QUESTIONS = st.sampled_from(
    [
        "How many people died in the flood?",
        "When was Kos in Ostra?",
        "Who opened it?",
        "Where is Kyiv?",
        "How much is it?",
        "What is the river?",
        "",
    ]
)


@st.composite
def quotes_of_articles(draw):
    question = draw(QUESTIONS)
    quotes = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        text = draw(texts() | st.text(min_size=1)) or "."
        start = draw(st.integers(0, max(0, len(text) - 1)))
        end = draw(st.integers(min(start + 1, len(text)), len(text)))
        span = Span(start, max(end, start + 1))
        text = text.ljust(span.end, ".")
        source = Article(
            path=draw(st.sampled_from(["a", "b", "c", "d"])),
            text=text,
            title="A title",
            sha256="0" * 64,
            outlet=draw(st.sampled_from([None, "Times", " times", "Courier"])),
            published=draw(st.sampled_from([None, "2025", "2025-06", "2025-06-23", "0001-01-01"])),
            url=draw(st.sampled_from([None, "https://a.example.co.uk/x", "//[", "x"])),
        )
        lit = answering_spans(question, span.of(text), span.start)
        also = (Citation(source, span),) if draw(st.booleans()) else ()
        quotes.append(
            Quote(n, Citation(source, span), draw(st.floats(0, 1)), span, highlights=lit, also=also)
        )
    return question, quotes


@given(quotes_of_articles())
def test_every_finding_is_told_by_its_quotes(asked_and_quotes):
    question, quotes = asked_and_quotes
    compared = compare(quotes, question)
    by_number = {quote.n: quote for quote in quotes}
    seen = [n for one in compared.findings for n in one.quotes] if compared else []
    assert len(seen) == len(set(seen))
    for one in compared.findings if compared else ():
        told_by = [by_number[n] for n in one.quotes]
        assert any(one.words in quote.text for quote in told_by)
        articles = {quote.at.article.path for quote in told_by}
        articles |= {place.article.path for quote in told_by for place in quote.also}
        assert 1 <= one.outlets <= len(articles)
