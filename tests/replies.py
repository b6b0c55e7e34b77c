"""Articles, quotes and replies for tests of what is shown, plain and as hypothesis makes them."""

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from index.types import Article, Period, Scope, Span
from qa.types import (
    Abstention,
    AbstentionReason,
    Answer,
    Citation,
    Comparison,
    Finding,
    Question,
    Quote,
    Searched,
)

TEXT = "A headline.\n\nKyiv said 352 drones were launched overnight. Nobody was hurt.\nThe end.\n"
SAID = "Kyiv said 352 drones were launched overnight."
SEARCHED = Searched(root="/clippings", articles=2, passages=3, skipped=1)


def article(path="a.txt", text=TEXT, **known):
    return Article(
        path=path, text=text, title=known.pop("title", "A headline"), sha256="0" * 64, **known
    )


def quote(n=1, words=SAID, source=None, lit="352 drones", **more):
    source = source or article()
    start = source.text.index(words)
    lit_at = source.text.find(lit, start, start + len(words))
    return Quote(
        n=n,
        at=Citation(source, Span(start, start + len(words))),
        score=0.91239,
        context=Span(0, len(source.text)),
        highlights=(Span(lit_at, lit_at + len(lit)),) if lit_at >= 0 else (),
        **more,
    )


def answer(*quotes, question="How many drones?", **more):
    return Answer(
        question=Question(question),
        query=question,
        confidence=0.98765,
        quotes=quotes or (quote(),),
        searched=SEARCHED,
        timings_ms={"encode": 3.14159, "total": 130.04},
        **more,
    )


def abstention(*nearest, question="Who won the cup?", **more):
    return Abstention(
        question=Question(question),
        query=question,
        confidence=0.04,
        reason="nothing-on-topic",
        message="Nothing in these articles is about that.",
        nearest=nearest,
        searched=SEARCHED,
        **more,
    )


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x00\x07\x1b\x7f\x85\x9b\r\n\t\u2028\u202e\u2066\ufeff\ud800\udcff[]/\\\"'"
        ),
    ),
    min_size=1,
)


@st.composite
def nasty_quotes(draw, n=1):
    text = draw(NASTY)
    cuts = sorted(draw(st.integers(0, len(text))) for _ in range(4))
    span = Span(cuts[1], max(cuts[1] + 1, cuts[2])) if cuts[1] < len(text) else Span(0, len(text))
    context = Span(min(cuts[0], span.start), max(cuts[3], span.end))
    lit = Span(span.start, draw(st.integers(span.start + 1, span.end)))
    source = Article(
        path=draw(NASTY),
        text=text,
        title=draw(NASTY),
        sha256="0" * 64,
        title_is_derived=draw(st.booleans()),
        outlet=draw(st.none() | NASTY),
    )
    return Quote(
        n=n,
        at=Citation(source, span),
        score=draw(st.floats(0, 1)),
        context=context,
        highlights=(lit,),
        also=(Citation(source, span),),
    )


@st.composite
def periods(draw):
    days = sorted(draw(st.lists(st.dates(max_value=date(9999, 1, 1)), min_size=2, max_size=2)))
    return Period(
        draw(st.sampled_from([None, days[0]])), draw(st.sampled_from([None, days[1]])), draw(NASTY)
    )


@st.composite
def nasty_comparisons(draw, quotes):
    findings = [Finding(quote.text, (quote.n,), draw(st.integers(1, 9))) for quote in quotes]
    return Comparison(tuple(findings))


@st.composite
def nasty_replies(draw):
    question = Question(
        draw(NASTY),
        asked_on=draw(st.none() | st.dates(max_value=date(9999, 1, 1))),
        scope=Scope(draw(st.none() | periods()), draw(st.none() | NASTY)),
    )
    searched = Searched(root=draw(NASTY), articles=1, passages=1)
    quotes = tuple(draw(nasty_quotes(n)) for n in range(1, draw(st.integers(1, 3)) + 1))
    understood = {
        "carried": tuple(draw(st.lists(NASTY, max_size=2))),
        "period": draw(st.none() | periods()),
    }
    if draw(st.booleans()):
        return Answer(
            question,
            draw(NASTY),
            draw(st.floats(0, 1)),
            quotes,
            searched,
            comparison=draw(st.none() | nasty_comparisons(quotes)),
            **understood,
        )
    return Abstention(
        question,
        draw(NASTY),
        draw(st.floats(0, 1)),
        draw(st.sampled_from(get_args(AbstentionReason))),
        draw(NASTY),
        quotes,
        searched,
        **understood,
    )
