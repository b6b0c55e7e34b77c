"""Replies as text: verbatim, grouped, harmless."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replies import SAID, abstention, answer, article, nasty_replies, quote
from rich.console import Console

from index.types import Period, Place, Span, Unfinished
from qa.showing.grouping import groups
from qa.showing.render import (
    NEAREST_HEADINGS,
    comparison_lines,
    count,
    plain,
    rate,
    source_of,
    styled,
)
from qa.types import Citation, Comparison, Finding, Searched

LIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def drawn(reply, width=100):
    screen = io.StringIO()
    Console(
        file=screen, width=width, force_terminal=True, color_system="standard", highlight=False
    ).print(styled(reply))
    return screen.getvalue()


def test_a_quote_stands_whole_on_one_line_of_a_pipe():
    long = "Officials said " + "again and again " * 40 + "that it was over."
    source = article(text=f"{long} Then more.\n")
    lines = plain(answer(quote(words=long, source=source))).splitlines()
    assert f"      {long}" in lines


def test_a_quote_of_several_lines_keeps_its_lines():
    source = article(text="One line\nand the next.\n")
    shown = plain(answer(quote(words="One line\nand the next.", source=source)))
    assert "      One line\n      and the next." in shown


def test_each_quote_names_its_file_and_line():
    assert "[1] a.txt:3" in plain(answer())


def test_title_outlet_and_date_are_shown_where_known():
    known = article(outlet="Example Times", published="2025-06")
    assert source_of(known) == "A headline · Example Times · 2025-06"
    assert source_of(article(title_is_derived=True)) == "A headline…"


def test_quotes_of_one_article_stand_under_one_heading_in_order_of_their_best():
    first, second = article("a.txt"), article("b.txt", title="Another")
    quotes = [
        quote(1, source=second),
        quote(2, source=first),
        quote(3, "Nobody was hurt.", source=second),
    ]
    shown = plain(answer(*quotes))
    numbers = re.findall(r"\[(\d)\]", shown)
    assert numbers == ["1", "3", "2"]
    assert shown.count("Another") == 1
    grouped = [(found.path, [one.n for one in group]) for found, group in groups(quotes)]
    assert grouped == [("b.txt", [1, 3]), ("a.txt", [2])]


def test_articles_of_the_same_name_under_two_roots_are_two():
    quotes = [quote(1, source=article(root="/x")), quote(2, source=article(root="/y"))]
    assert len(groups(quotes)) == 2


def test_other_places_of_the_same_words_are_cited():
    also = (Citation(article("copy.txt"), Span(13, 20)),)
    assert "also copy.txt:3" in plain(answer(quote(also=also)))


OTHER = "Kyiv said 339 drones were launched overnight."


def reports():
    """Three articles of which the third says something else."""
    later = article("c.txt", f"News.\n\n{OTHER}\n", outlet="Courier", published="2025-06-24")
    return (
        quote(1, source=article("a.txt", outlet="Example Times", published="2025-06-23")),
        quote(2, source=article("b.txt")),
        quote(3, OTHER, source=later, lit="339 drones"),
    )


def test_differing_findings_stand_before_the_quotes_with_where_they_come_from():
    found = Comparison((Finding("339 drones", (3,), 1), Finding("352 drones", (1, 2), 2)))
    lines = plain(answer(*reports(), comparison=found)).splitlines()
    assert lines[:4] == [
        "These articles differ; they may tell of different events or reports, newest first:",
        "  339 drones [3]: Courier, 2025-06-24",
        "  352 drones [1] [2]: Example Times, 2025-06-23; b.txt",
        "",
    ]
    assert "339 drones [3]: Courier" in drawn(answer(*reports(), comparison=found))


def test_an_order_is_claimed_only_where_an_article_is_dated():
    undated = [quote(1, source=article("a.txt")), quote(2, source=article("b.txt"))]
    found = Comparison((Finding("352", (1,), 1), Finding("339", (2,), 1)))
    assert "newest" not in comparison_lines(found, undated)[0]


def test_agreement_is_one_line_that_counts_independent_sources():
    quotes = reports()[:2]
    agreed = Comparison((Finding("352 drones", (1, 2), 2),))
    assert comparison_lines(agreed, quotes) == [
        "2 independent articles say the same: 352 drones [1] [2]"
    ]
    named = [quotes[0], quote(2, source=article("b.txt", outlet="Courier"))]
    assert comparison_lines(agreed, named) == ["2 outlets say the same: 352 drones [1] [2]"]


def test_a_reprint_is_called_one_source():
    copy = Citation(article("copy.txt"), Span(13, 20))
    found = Comparison((Finding("352 drones", (1,), 1),))
    assert comparison_lines(found, [quote(also=(copy,))]) == [
        "2 articles of one outlet or one text say the same: 352 drones [1]"
    ]


def test_what_the_question_was_taken_to_mean_is_said_in_answers_and_abstentions():
    meant = {
        "carried": ("drones", "Russia"),
        "period": Period(date(2025, 6, 1), date(2025, 6, 30), "last June"),
    }
    for reply in (answer(**meant), abstention(quote(), **meant)):
        shown = plain(reply)
        assert "carried over from earlier: drones, Russia\n" in shown
        assert "“last June” taken as 2025-06-01 to 2025-06-30; " in shown


def test_days_that_nobody_named_are_told_as_those_around_the_asking():
    around = Period(date(2025, 6, 1), date(2025, 6, 30))
    shown = plain(answer(period=around))
    assert "days around the asking come first: 2025-06-01 to 2025-06-30\n" in shown


def test_an_abstention_says_so_first_and_sets_the_nearest_apart():
    lines = plain(abstention(quote())).splitlines()
    assert lines[0] == "Nothing in these articles is about that."
    assert lines.index(NEAREST_HEADINGS["none"]) < lines.index(f"      {SAID}")


def test_an_abstention_without_nearest_has_no_heading_for_them():
    assert NEAREST_HEADINGS["none"] not in plain(abstention())


def test_what_was_searched_and_how_sure_we_are_comes_last():
    last = plain(answer()).splitlines()[-1]
    assert last == "Searched 2 articles and 3 passages of /clippings, 1 skipped; confidence 0.99"


def test_a_terminal_shows_the_surroundings_and_a_pipe_does_not():
    assert "Nobody was hurt." in drawn(answer())
    assert "Nobody was hurt." not in plain(answer())


def test_a_terminal_gets_no_line_wider_than_it_is():
    bare = re.sub(r"\x1b\[[0-9;]*m", "", drawn(answer(), width=40))
    assert max(map(len, bare.splitlines())) <= 40


def test_markup_in_an_article_is_only_text():
    source = article(text="He said [bold]no[/bold] twice.\n", title="[red]T[/red]")
    reply = answer(quote(words="He said [bold]no[/bold] twice.", source=source))
    assert "[bold]no[/bold]" in drawn(reply)
    assert "[red]T[/red]" in drawn(reply)


@given(nasty_replies())
def test_nothing_of_an_article_reaches_a_terminal_alive(reply):
    assert not LIVE.search(plain(reply).replace("\t", ""))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", drawn(reply))
    assert not LIVE.search(bare.replace("\t", ""))


def test_counts_agree_with_their_nouns():
    assert [count(n, "article") for n in (0, 1, 1200)] == [
        "0 articles",
        "1 article",
        "1,200 articles",
    ]


def test_page_reprints_and_what_is_out_of_date_stand_with_the_quote():
    paged = article(
        "a.pdf", places=(Place(0, "page", "7"),), reprints=("b.pdf", "c.pdf", "d.pdf", "e.pdf")
    )
    shown = plain(answer(quote(source=paged, stale="the file is gone"))).splitlines()
    assert "  [1] a.pdf:3, p. 7" in shown
    assert "      out of date: the file is gone" in shown
    assert "      also printed in b.pdf, c.pdf, d.pdf and 1 more" in shown


def test_files_that_could_not_be_read_are_counted_below_the_reply():
    reply = replace(answer(), searched=Searched("/clippings", 2, 3, skipped=1, files=3))
    assert "(2 of 3 files; qa status lists the others)" in plain(reply).splitlines()[-1]


@pytest.mark.parametrize(
    ("change", "tail", "above"),
    [
        (
            {},
            "(12 of 62 files; indexing was interrupted, to go on run: qa index /clippings)",
            "only 12 of 62 files were searched: indexing was interrupted, to go on run: "
            "qa index /clippings",
        ),
        (
            {"is_under_way": True},
            "(12 of 62 files; indexing is under way)",
            "only 12 of 62 files were searched: indexing is under way",
        ),
        (
            {"left": 0},
            "(62 of 62 files; indexing was interrupted, to go on run: qa index /clippings)",
            "not all files may have been read: indexing was interrupted, to go on run: "
            "qa index /clippings",
        ),
    ],
)
def test_every_reply_says_that_files_are_not_read_yet(change, tail, above):
    unfinished = Unfinished("/clippings", 62, 50, 50, False, "qa index /clippings")
    searched = Searched("/clippings", 2, 3, files=62, unfinished=(replace(unfinished, **change),))
    for reply in (answer(), abstention()):
        assert tail in plain(replace(reply, searched=searched)).splitlines()[-1]
    assert plain(replace(abstention(), searched=searched)).splitlines()[1] == above


@given(st.floats(3e-4, 1e5))
def test_a_rate_is_never_told_so_coarsely_that_it_contradicts_the_time_left(per_second):
    number, unit = rate(per_second).split("/")
    told = float(number.replace(",", "")) / {"s": 1, "min": 60, "h": 3600}[unit]
    assert told == pytest.approx(per_second, rel=0.06)
