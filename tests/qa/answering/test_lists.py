"""A list is quoted whole, with its lead-in, if it is short enough; no quote ends at a colon."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stand_ins import corpus, passage_judge
from strategies import article_of, articles

from index.text.passages import split
from index.types import Hit
from qa.answering.answerer import Answerer
from qa.answering.lists import MAX_ITEMS, MAX_WORDS, completed
from qa.answering.quotes import Window, quotes_from
from qa.showing.render import plain, styled
from qa.showing.replyjson import as_json
from qa.types import Answer, Question, Searched

FILLER = "The allotments lie between the old brickworks and the canal, and forty people dig there."
LEAD_IN = "Every gardener has to bring along:"
TOOLS = "a spade, sharpened|two buckets of lime|gloves made of leather|a hat against the sun"
ITEMS = [f"- {one}" for one in TOOLS.split("|")]
LISTED = "\n".join([LEAD_IN, *ITEMS])
QUESTION = "What must gardeners bring?"


def beside_in(article):
    """The neighbours as an index gives them."""
    passages = split(article)

    def beside(_, span):
        before = [one for one in passages if one.span.end <= span.start]
        after = [one for one in passages if one.span.start >= span.end]
        return iter(joined(article, before[::-1], span)), iter(joined(article, after, span))

    return beside


def joined(article, passages, span):
    for one in passages:
        first, second = sorted((span, one.span))
        if any(map(str.isalnum, article.text[first.end : second.start])):
            return
        yield one
        span = one.span


def windows_of(article):
    for passage in split(article):
        for at, sentence in enumerate(passage.sentences):
            if sentence.kind != "heading":
                yield Window(Hit(article, passage, 1.0), at, at, 1.0)


def quote_of(text, words, *, suffix=".txt"):
    """The quote that comes of choosing the sentence with these words."""
    article = article_of(text, suffix=suffix)
    (chosen,) = (window for window in windows_of(article) if words in window.text)
    (quote,) = quotes_from([completed(chosen, beside_in(article))], QUESTION, top=1)
    return quote


@pytest.mark.parametrize("chosen", [LEAD_IN, *TOOLS.split("|")])
def test_a_list_is_quoted_whole_whichever_part_of_it_was_chosen(chosen):
    quote = quote_of(f"{FILLER}\n\n{LISTED}\n\n{FILLER} Nobody swims.\n", chosen)
    assert quote.text == LISTED
    assert quote.items_left == 0
    assert quote.context.of(quote.at.article.text).startswith(FILLER)


@pytest.mark.parametrize("chosen", [LEAD_IN, "a hat against the sun"])
def test_a_list_that_is_parted_over_two_passages_is_quoted_whole(chosen):
    text = f"{FILLER} {FILLER} {FILLER}\n\n{LISTED} and {'wind ' * 60}and rain\n\n{FILLER}\n"
    article = article_of(text)
    whole = text[text.index(LEAD_IN) : text.index(" and rain") + len(" and rain")]
    assert not any(whole in one.span.of(text) for one in split(article))
    assert quote_of(text, chosen).text == whole


def test_items_under_a_heading_are_quoted_together_without_it():
    text = f"# Tools of the trade\n\n{FILLER}\n\n## What to bring\n\n" + "\n".join(ITEMS) + "\n"
    quote = quote_of(text, "two buckets", suffix=".md")
    assert quote.text == "\n".join(ITEMS).removeprefix("- ")


def test_a_long_list_is_quoted_from_its_lead_in_and_the_rest_is_counted():
    items = "\n".join(f"{n}. tool number {n}" for n in range(1, 41))
    quote = quote_of(f"{FILLER}\n\n{LEAD_IN}\n{items}\n\n{FILLER}\n", LEAD_IN)
    assert quote.text.startswith(LEAD_IN)
    assert quote.text.endswith("tool number 12")
    assert quote.items_left == 28
    assert quote.context.end == quote.at.span.end


def test_far_down_in_a_long_list_the_chosen_item_is_quoted_all_the_same():
    items = "\n".join(f"- the {word} tool" for word in map("{:b}th".format, range(64)))
    quote = quote_of(f"{FILLER}\n\n{LEAD_IN}\n{items}\n\n{FILLER}\n", "the 101101th tool")
    assert quote.text.startswith("the 101101th tool\n- the 101110th tool")
    assert quote.items_left == 64 - MAX_ITEMS


def test_numbered_paragraphs_are_no_list():
    paragraphs = [f"{n}. {FILLER} {FILLER} And {n} of them sing." for n in range(1, 5)]
    quote = quote_of("\n\n".join(paragraphs) + "\n", "And 2 of them sing.")
    assert quote.text == "And 2 of them sing."


def test_what_comes_after_a_colon_goes_with_it():
    said = "The warden had only one thing to tell the newcomers of that year:"
    text = f"{FILLER} {said}\n\n“Bring lime.” Then he left.\n\n{FILLER}\n"
    assert quote_of(text, said).text == f"{said}\n\n“Bring lime.”"


def test_answering_words_are_lit_where_they_were_chosen():
    prices = "Fees for a year:\n- small plot: 20 crowns\n- large plot: 35 crowns\n- shed: 12 crowns"
    article = article_of(f"{FILLER}\n\n{prices}\n\n{FILLER}\n")
    chosen = next(one for one in windows_of(article) if "large" in one.text)
    window = completed(chosen, beside_in(article))
    (quote,) = quotes_from([window], "How much does a large plot cost?", top=1)
    assert quote.text == prices
    assert [lit.of(article.text) for lit in quote.highlights] == ["35"]


def test_two_passages_of_one_list_are_one_quote():
    text = f"{LISTED} and {'wind ' * 60}and rain\n\n{FILLER}\n"
    article = article_of(text)
    listed = [one for one in windows_of(article) if FILLER not in one.text]
    assert len({id(one.hit) for one in listed}) > 1
    quotes = quotes_from([completed(one, beside_in(article)) for one in listed], QUESTION, top=5)
    assert len(quotes) == 1


@given(articles())
def test_a_completed_window_is_a_verbatim_slice_that_crosses_nothing_left_out(article):
    for window in windows_of(article):
        whole = completed(window, beside_in(article))
        (quote,) = quotes_from([whole], QUESTION, top=1)
        assert whole.span.contains(window.span)
        assert quote.text == article.text[quote.at.span.start : quote.at.span.end]
        assert not any(quote.context.overlaps(left.span) for left in article.omissions)
        headings = [s for p in split(article) for s in p.sentences if s.kind == "heading"]
        assert not any(one.span.overlaps(quote.at.span) for one in headings)


@given(st.integers(1, 40), st.integers(1, 30), st.data())
def test_a_quoted_list_is_no_longer_than_it_may_be_and_every_item_is_counted(items, words, data):
    listed = [f"- item {n} has{' more' * words}" for n in range(items)]
    article = article_of(f"{FILLER}\n\n{LEAD_IN}\n" + "\n".join(listed) + f"\n\n{FILLER}\n")
    chosen = f"item {data.draw(st.integers(0, items - 1))} has"
    window = next(one for one in windows_of(article) if chosen in one.text)
    whole = completed(window, beside_in(article))
    shown = whole.text.count("item ")
    assert shown + whole.items_left == items
    assert shown <= MAX_ITEMS
    assert len(whole.text.split()) <= max(MAX_WORDS + 2 * MAX_ITEMS, words + 10)


@settings(max_examples=40)
@given(articles(), st.data())
def test_the_index_gives_the_neighbours_of_a_passage(tmp_path_factory, article, data):
    folder = tmp_path_factory.mktemp("neighbours")
    retriever = corpus(folder, {"a.txt": article.text})
    kept = retriever.passages.articles_named("a.txt")
    assume(kept and split(kept[0]))
    (article,) = kept
    passage = data.draw(st.sampled_from(split(article)))
    found = retriever.beside(article, passage.span)
    expected = beside_in(article)(article, passage.span)
    for one, other in zip(found, expected, strict=True):
        assert list(one) == list(other)


def test_a_reply_shows_the_list_and_how_much_is_left(tmp_path):
    items = "\n".join(f"- tool number {n}" for n in range(1, 41))
    text = f"{FILLER}\n\nEvery gardener has to bring along:\n{items}\n\n{FILLER}\n"
    answerer = Answerer(corpus(tmp_path, {"rules.txt": text}), judge=passage_judge())
    question = Question("Every gardener has to bring along")
    reply = answerer.answer(question, Searched("articles", 1, 1))
    assert isinstance(reply, Answer)
    assert "- tool number 12\n" in plain(reply)
    assert "… and 28 more items of this list" in plain(reply)
    assert as_json(reply)["quotes"][0]["items_left"] == 28
    assert styled(reply)
