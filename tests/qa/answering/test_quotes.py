"""Hit -> Quote: always verbatim, whole sentences, near-identical ones as one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import OverlapReader, read_by
from strategies import articles

from index.text.as_read import to_read
from index.text.passages import split
from index.types import Article, Hit
from qa.answering.quotes import best_windows, holds_phrases, quotes_from, ranked_by

QUESTION = "How many frogs did the heron eat?"


def article(text: str, path: str = "a.txt", root: str = "") -> Article:
    return Article(path=path, text=text, title="t", sha256="0", title_is_derived=True, root=root)


LONG = (
    "Wardens counted 14 frogs in the shallows of the western pond before the old grey heron came, "
    "and none at all were left there on the morning after it had flown away again to its nest."
)
MORE = "Two more were counted in the ditch behind the dyke, and they were left there alone."
FILLER = "The reserve lies between the sea dyke and the railway line to the north of the village."


def hits_of(*found: Article) -> list[Hit]:
    return [Hit(one, passage, 0.0) for one in found for passage in split(one)]


def read_hits(hits: list[Hit], readings) -> list[Hit]:
    pairs = zip(hits, readings, strict=True)
    return [replace(hit, score=ranked_by(reading), reading=reading) for hit, reading in pairs]


def texts_of(hits: list[Hit]):
    return [to_read(hit.article, hit.passage) for hit in hits]


def quotes_for(question: str, found: list[Article], *, top: int = 5, phrases=()):
    hits = hits_of(*found)
    read = read_hits(hits, OverlapReader().read(question, texts_of(hits)))
    return quotes_from(best_windows(read, question, phrases=phrases), question, top=top)


def windows_of(hits: list[Hit], logits: dict[str, float]):
    """Windows, where words are worth the best of those that they hold."""

    def score(text):
        return max((logits[w] for w in logits if w in text), default=-6.0)

    return best_windows(read_hits(hits, read_by(score, texts_of(hits))), QUESTION)


def windows_by(logits: dict[str, float], text: str):
    return windows_of(hits_of(article(text)), logits)


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
        title = found.title_span
        assert title is None or not quote.at.span.overlaps(title)


@given(articles())
def test_a_quote_is_one_to_three_sentences_of_one_passage(found):
    spans = [s.span for passage in split(found) for s in passage.sentences]
    for quote in quotes_for(QUESTION, [found]):
        inside = [span for span in spans if quote.at.span.contains(span)]
        assert 1 <= len(inside) <= 3
        assert (inside[0].start, inside[-1].end) == (quote.at.span.start, quote.at.span.end)


@given(articles())
def test_a_heading_is_never_quoted(found):
    headings = [s for p in split(found) for s in p.sentences if s.kind == "heading"]
    for quote in quotes_for(QUESTION, [found]):
        assert not any(heading.span.overlaps(quote.at.span) for heading in headings)


def test_the_sentence_that_answers_is_quoted_first():
    text = "The pond was calm. The heron did eat three frogs. Ducks slept on the bank."
    quotes = quotes_for(QUESTION, [article(text), article("Nobody saw the heron.", "b.txt")])
    assert quotes[0].text.endswith("The heron did eat three frogs.")
    assert [lit.of(text) for lit in quotes[0].highlights] == ["three"]
    assert [quote.n for quote in quotes] == [1, 2]


def test_a_sentence_that_only_asks_is_not_quoted_before_the_one_that_answers():
    asks = "How many frogs did the heron eat, then?"
    answers = "Ann counted: the heron did eat three frogs before noon."
    quotes = quotes_for(QUESTION, [article(asks, "b.txt"), article(f"{answers} {asks}")])
    assert quotes[0].text == answers


def test_a_sentence_with_words_of_the_kind_asked_for_comes_before_one_without():
    without = article("The heron did eat frogs until it flew away.", "a.txt")
    holding = article("The heron did eat 14 frogs until it flew away.", "b.txt")
    first, *_ = windows_of([*hits_of(without), *hits_of(holding)], {"heron": 0.0})
    assert first.hit.article is holding


def test_a_short_sentence_takes_a_neighbour_along():
    text = "The heron did eat three frogs. A warden of the reserve watched it from the dyke."
    (quote,) = quotes_for(QUESTION, [article(text)])
    assert quote.text == text


def test_a_long_sentence_takes_along_what_holds_the_rest_of_the_answer():
    (window,) = windows_by({LONG: 2.0, MORE: 1.9}, f"{FILLER} {LONG} {MORE} {FILLER}")
    assert window.text == f"{LONG} {MORE}"


def test_an_answer_that_reaches_into_the_next_sentence_takes_it_along():
    text = "The heron ate a frog. Then it ate two more of them. A warden watched it from the dyke."
    (window,) = windows_by({"a frog": 5.0, "two more": 4.8}, text)
    assert window.text == "The heron ate a frog. Then it ate two more of them."


def test_a_long_sentence_takes_none_along():
    (window,) = windows_by({LONG: 5.0}, f"{FILLER} {LONG} {FILLER}")
    assert window.text == LONG


@pytest.mark.parametrize("opening", ["He", "The company", "It", "Their spokesman"])
def test_a_quote_that_leans_takes_the_sentence_before_along(opening):
    leaning = f"{opening} counted {LONG.removeprefix('Wardens counted ')}"
    (window,) = windows_by({leaning: 5.0}, f"{FILLER} {leaning} {FILLER}")
    assert window.text == f"{FILLER} {leaning}"


@pytest.mark.parametrize(
    "reversal",
    [
        "However, the other warden of the reserve later counted the frogs in that pond once more.",
        "A spokesman for the wardens of the reserve denied on Tuesday that there was any heron.",
        "The claim was withdrawn by the wardens of the reserve after a week of much argument.",
    ],
)
def test_a_sentence_that_takes_the_quote_back_goes_with_it(reversal):
    (window,) = windows_by({LONG: 5.0}, f"{FILLER} {LONG} {reversal} {FILLER}")
    assert window.text == f"{LONG} {reversal}"


def test_files_of_one_name_in_two_folders_are_two_articles():
    one, other = "The heron ate three frogs.", "The heron saw seven owls!!"
    assert len(one) == len(other)
    quotes = quotes_for(QUESTION, [article(one, root="/a"), article(other, root="/b")])
    assert {quote.text for quote in quotes} == {one, other}
    (quote,) = quotes_for(QUESTION, [article(one, root="/a"), article(one, root="/b")])
    assert [quote.at.article.root, *(also.article.root for also in quote.also)] == ["/a", "/b"]


def test_a_heading_that_repeats_the_question_is_never_quoted():
    text = f"{FILLER}\n\n## How many frogs did the heron eat\n\nThree.\n\n## Frogs\n\nYes, frogs."
    quoted = [quote.text for quote in quotes_for(QUESTION, [article(text)])]
    assert quoted
    assert not any("How many" in words or "## " in words for words in quoted)


def test_an_article_of_the_days_that_are_meant_is_quoted_first():
    late, near = article("The heron ate 3 frogs in May.", "a.txt"), article(f"{LONG}", "b.txt")
    hits = [replace(hits_of(late)[0], timeliness=-4.0), *hits_of(near)]
    windows = windows_of(hits, {"May": 3.0, "frogs": 0.0})
    assert [window.hit.article for window in windows] == [near, late]


def test_near_identical_quotes_are_one_with_all_citations():
    text = "The heron did eat three frogs on Monday."
    copies = [article(text, f"{n}.txt") for n in range(3)]
    (quote,) = quotes_for(QUESTION, copies)
    assert [also.article.path for also in quote.also] == ["1.txt", "2.txt"]


def test_a_sentence_with_the_phrase_comes_before_one_that_fits_better():
    text = "The heron did eat so many frogs. It was a “mega-\nproject” of the town."
    (quote,) = quotes_for(QUESTION, [article(text)], phrases=["mega- PROJECT"])
    assert "mega-\nproject" in quote.text


@pytest.mark.parametrize(
    ("phrases", "is_held"),
    [
        ((), True),
        (("MEGA  project",), True),
        (("mega", "the town."), True),
        (("town mega",), False),
        (("cafe\u0301 – not a bar",), True),
        (("not-a-bar",), False),
    ],
)
def test_a_passage_holds_a_phrase_whatever_its_case_white_space_and_quotation_marks(
    phrases, is_held
):
    (hit,) = hits_of(article("It was a “mega\nproject” of the town. A café — not a bar."))
    assert holds_phrases(hit, phrases) is is_held


def test_a_stated_title_may_hold_the_phrase():
    titled = replace(article("It took years."), title="Mega project", title_is_derived=False)
    assert holds_phrases(hits_of(titled)[0], ["mega project"])
