"""Selecting with the mouse what an article says, and taking it along."""

from hypothesis import given
from hypothesis import strategies as st
from stand_ins_chat import ATTACK, StandInLibrary, ask, chat, screen_text, settle
from stand_ins_quotes import LEAP, article, cite, quote, seed
from textual.content import Content

from index.types import Span
from qa.tui.quote_card import QuoteCard
from qa.tui.source_text import SourceText, rows_of
from qa.types import Quote

SAID = (
    "The tram stops at the mill.\n\n"
    "It has done so since the spring in which the old bridge over the weir was given back to those"
    " who walk, and nobody has missed the cars\x1b.\n"
    "The end.\n"
)


async def opened(pilot, text=SAID):
    source = article(text)
    pilot.app._library.replies["?"] = (quote(1, source, text.split("\n")[0]),)
    await ask(pilot, "?")
    await pilot.press("tab", "enter")
    await settle(pilot)
    return pilot.app.screen.query_one(SourceText)


async def drag(pilot, widget, start, end):
    """Select from one place of a widget to another one, and let go."""
    await pilot.mouse_down(widget, offset=start)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await settle(pilot)


@given(st.text("ab \t長é-", max_size=90), st.text("xy ", max_size=10), st.integers(10, 30))
def test_a_line_that_was_folded_is_put_together_again_without_what_is_ours(own, ours, width):
    rows = list(rows_of(Content(own) + Content(ours), 1, width, len(own)))
    whole = "".join(f"{row.gap if nth else ''}{row.own}" for nth, row in enumerate(rows))
    assert whole.rstrip() == Content(own).expand_tabs().plain.rstrip()


async def test_words_of_one_line_are_selected_and_ctrl_c_copies_them():
    async with chat(StandInLibrary()).run_test(size=(60, 20), notifications=True) as pilot:
        text = await opened(pilot)
        assert "Copy selected" not in screen_text(pilot.app)
        await drag(pilot, text, (text._margin + 4, 0), (text._margin + 7, 0))
        assert pilot.app.screen.get_selected_text() == "tram"
        assert "^c Copy selected" in screen_text(pilot.app)
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert pilot.app.clipboard == "tram"


async def test_a_selection_over_several_rows_is_the_article_s_text_without_folds_and_numbers():
    async with chat(StandInLibrary()).run_test(size=(60, 20)) as pilot:
        text = await opened(pilot)
        margin = text._margin
        last = len(text._rows) - 2
        await drag(pilot, text, (margin + 9, 0), (margin + 2, last))
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == (
            "stops at the mill.\n\n"
            "It has done so since the spring in which the old bridge over the weir was given back"
            " to those who walk, and nobody has missed the cars␛.\n"
            "The"
        )


async def test_a_selection_that_begins_in_the_numbers_begins_with_the_line():
    async with chat(StandInLibrary()).run_test(size=(60, 20)) as pilot:
        text = await opened(pilot)
        await drag(pilot, text, (1, 0), (text._margin + 2, 0))
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == "The"


async def test_what_is_selected_is_lit_where_the_text_is_scrolled():
    async with chat(StandInLibrary()).run_test(size=(60, 20)) as pilot:
        text = await opened(pilot, "".join(f"Line {n} of many.\n" for n in range(1, 90)))
        await pilot.press("end")
        await settle(pilot)
        top = text.scroll_offset.y
        assert top > 0
        await drag(pilot, text, (text._margin, 2), (text._margin + 3, 3))
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == f"Line {top + 3} of many.\nLine"
        lit = text._selected(text._rows[top + 3].content, top + 3)
        assert [lit.plain[span.start : span.end] for span in lit.spans][-1] == "Line"


async def test_why_something_was_left_out_is_not_copied_with_it():
    library = StandInLibrary()
    library.replies["?"] = (quote(1, seed(LEAP), "The deal,"),)
    async with chat(library).run_test(size=(90, 40)) as pilot:
        await ask(pilot, "?")
        await pilot.press("tab", "enter")
        await settle(pilot)
        text = pilot.app.screen.query_one(SourceText)
        text.text_select_all()
        await settle(pilot)
        await pilot.press("ctrl+c")
        assert "left out" in "".join(row.content.plain for row in text._rows)
        assert pilot.app.clipboard == seed(LEAP).text.rstrip("\n")


async def test_what_is_selected_in_the_conversation_is_copied_too_and_opens_nothing():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        card = pilot.app.screen.query(QuoteCard).first()
        await drag(pilot, card, (2, 1), (10, 1))
        assert pilot.app.screen is pilot.app.chat
        assert "^c Copy selected" in screen_text(pilot.app)
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert pilot.app.clipboard == "Ukraine’s"


async def test_a_list_that_is_quoted_stands_item_by_item_on_its_card():
    text = "The yard has:\n\n- a crane\n- two slips, one of them dry\n  1. the old one\n"
    library = StandInLibrary()
    source = article(text)
    library.replies["?"] = (
        Quote(1, cite(source, text.strip()), 0.9, Span(0, len(text) - 1), (), ()),
    )
    async with chat(library).run_test(size=(60, 20)) as pilot:
        await ask(pilot, "?")
        shown = [row.partition("▌ ")[2] for row in screen_text(pilot.app).splitlines()]
        start = shown.index("The yard has:")
        assert shown[start + 2 : start + 5] == [
            "- a crane",
            "- two slips, one of them dry",
            "  1. the old one",
        ]
