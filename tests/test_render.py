"""Replies as text: verbatim, grouped, harmless."""

import io
import re

from hypothesis import given
from replies import SAID, abstention, answer, article, nasty_replies, quote
from rich.console import Console

from index.types import Span
from qa.grouping import groups
from qa.render import NEAREST_HEADING, count, plain, source_of, styled
from qa.types import Citation

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


def test_an_abstention_says_so_first_and_sets_the_nearest_apart():
    lines = plain(abstention(quote())).splitlines()
    assert lines[0] == "Nothing in these articles is about that."
    assert lines.index(NEAREST_HEADING) < lines.index(f"      {SAID}")


def test_an_abstention_without_nearest_has_no_heading_for_them():
    assert NEAREST_HEADING not in plain(abstention())


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
