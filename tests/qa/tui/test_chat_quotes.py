from dataclasses import replace

import pytest
from stand_ins_chat import ATTACK, COST, KING, StandInLibrary, ask, chat, screen_text, settle, until
from stand_ins_quotes import LEAP, PRODUCTION, article, cite, paged_quote, quote, seed

from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import SourceScreen
from qa.tui.source_text import SourceText


def focused_number(app):
    return app.focused.quote.n if isinstance(app.focused, QuoteCard) else None


async def test_tab_goes_to_the_newest_reply_and_arrows_from_quote_to_quote():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, KING)
        numbers = []
        for key in ("tab", "down", "down", "up", "up", "up"):
            await pilot.press(key)
            numbers.append(focused_number(pilot.app))
        assert numbers == [1, 3, 2, 3, 1, 2]
        assert pilot.app.focused.quote.at.article.path == PRODUCTION
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt).has_focus


async def test_down_from_the_last_quote_leads_back_to_the_prompt():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "down", "down")
        assert pilot.app.screen.query_one(Prompt).has_focus


async def test_y_copies_the_quote_with_its_citation_and_says_so():
    async with chat().run_test(size=(90, 30), notifications=True) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "down", "y")
        await settle(pilot)
        assert pilot.app.clipboard == (
            "Russia unleashed hundreds of drones on Ukraine overnight.\n"
            "— “Starmer and Zelensky Collaborate on Military Production Initiative”,"
            " The Epoch Times, 2025-06-23, 000_333bd8d987ca2fd0.txt:35"
        )
        await until(pilot, lambda: "Copied quote 2 with its" in screen_text(pilot.app))


async def test_what_is_copied_is_verbatim_but_for_characters_that_a_terminal_would_obey():
    library = StandInLibrary()
    words = "so\u00adft [b]and\x1b[201~ hard"
    library.replies["?"] = (quote(1, article(f"{words}\n"), words),)
    async with chat(library).run_test() as pilot:
        await ask(pilot, "?")
        await pilot.press("tab", "y")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("so\u00adft [b]and␛[201~ hard\n— “A note”")


async def test_enter_opens_the_article_at_the_quote_and_tab_goes_on_from_there_afterwards():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "enter")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "Starmer and Zelensky Collaborate" in shown
        assert "quote 1 · The Epoch Times · 2025-06-23 · 000_333bd8d987ca2fd0.txt:33" in shown
        assert "  33  Ukraine’s air force reported" in shown
        assert "  35  Russia unleashed hundreds of drones" in shown
        await pilot.press("escape", "tab", "down", "enter", "escape")
        await settle(pilot)
        assert pilot.app.screen.query_one(Prompt).has_focus
        await pilot.press("tab")
        assert focused_number(pilot.app) == 2
        await pilot.press("escape")
        await ask(pilot, KING)
        await pilot.press("tab")
        assert focused_number(pilot.app) == 1


async def test_n_and_p_go_to_the_other_quotes_of_the_reply():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "enter", "n", "n")
        await settle(pilot)
        assert "000_333bd8d987ca2fd0.txt:11" in screen_text(pilot.app)
        await pilot.press("n")
        await settle(pilot)
        assert "quote 2 ·" in screen_text(pilot.app)
        await pilot.press("p", "y")
        await settle(pilot)
        assert "quote 3 · 003_048866fb0eaad4a3.txt:2" in screen_text(pilot.app)
        assert pilot.app.clipboard.startswith("This is the third meeting known between the two")


async def test_what_was_left_out_is_dimmed_and_the_reason_given():
    library = StandInLibrary()
    library.replies["?"] = (quote(1, seed(LEAP), "The deal,"),)
    async with chat(library).run_test(size=(90, 40)) as pilot:
        await ask(pilot, "?")
        await pilot.press("tab", "enter")
        await pilot.press("home")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "AI  ‹byline, left out›" in shown
        source = pilot.app.screen.query_one(SourceText)
        rows = {row.content.plain: row.content for row in source._rows}
        omission = source.get_visual_style("source--omission", partial=True)
        assert rows["By AI"].spans[0].style.foreground == omission.foreground
        assert not rows["AI  ‹byline, left out›"].spans[0].style.bold


async def test_a_opens_the_other_article_with_nearly_the_same_words():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "a")
        await settle(pilot)
        assert "much like quote 1 · 001_9a903c9ad95b38f9.txt:12" in screen_text(pilot.app)


async def test_a_does_nothing_on_a_quote_that_stands_in_one_article():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "a")
        assert not isinstance(pilot.app.screen, SourceScreen)


@pytest.mark.parametrize(
    ("row", "path"), [(1, "003_048866fb0eaad4a3.txt:2"), (3, "001_9a903c9ad95b38f9.txt:12")]
)
async def test_a_click_opens_what_it_hits(row, path):
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, KING)
        await pilot.click(pilot.app.screen.query(QuoteCard).first(), offset=(12, row))
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)
        assert path in screen_text(pilot.app)


async def test_nearest_passages_can_be_opened_too():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, COST)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert "004_f3084c2cf6ee16b7.txt:7" in screen_text(pilot.app)


async def test_a_line_of_a_hundred_thousand_words_opens_at_its_quote():
    library = StandInLibrary()
    text = "word " * 100_000 + "the needle sleeps here. " + "word " * 100_000
    needle = cite(article(text), "the needle sleeps here.")
    library.replies["?"] = (quote(1, article("short\n"), "short", also=[needle]),)
    async with chat(library).run_test(size=(60, 20)) as pilot:
        await ask(pilot, "?")
        await pilot.press("tab", "a")
        await settle(pilot)
        assert "the needle sleeps here." in screen_text(pilot.app).replace("\n      ", " ")


async def test_the_source_is_wrapped_anew_when_the_terminal_changes_its_size():
    async with chat().run_test(size=(100, 24)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "enter")
        await settle(pilot)
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert "  33  Ukraine’s air force reported" in screen_text(pilot.app)
        assert max(len(row) for row in screen_text(pilot.app).splitlines()) <= 60


async def test_page_and_chapter_stand_on_the_card_in_the_article_and_in_the_copy():
    library = StandInLibrary()
    library.replies["?"] = (paged_quote(chapter="The\x1b Storm"),)
    async with chat(library).run_test(size=(90, 24)) as pilot:
        await ask(pilot, "?")
        where = "book.pdf:3, p. 2, ch. “The␛ Storm”"
        assert where in screen_text(pilot.app)
        await pilot.press("tab", "y")
        await settle(pilot)
        assert pilot.app.clipboard == f"The storm came at night.\n— “A book”, {where}"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)
        assert where in screen_text(pilot.app)


async def test_words_that_may_stand_there_no_longer_say_so_wherever_they_are_shown():
    stale = "the file has changed since it was indexed\x1b"
    library = StandInLibrary()
    library.replies["?"] = (replace(paged_quote(), stale=stale),)
    async with chat(library).run_test(size=(90, 24)) as pilot:
        await ask(pilot, "?")
        assert "the file has changed since it was indexed␛" in screen_text(pilot.app)
        await pilot.press("tab", "y")
        await settle(pilot)
        assert pilot.app.clipboard.endswith(" (the file has changed since it was indexed␛)")
        await pilot.press("enter")
        await settle(pilot)
        assert "the file has changed since it was indexed␛" in screen_text(pilot.app)


async def test_how_much_of_a_long_list_is_not_quoted_is_said_below_it():
    library = StandInLibrary()
    library.replies["?"] = (replace(paged_quote(), items_left=9),)
    async with chat(library).run_test(size=(90, 24)) as pilot:
        await ask(pilot, "?")
        assert "… and 9 more items of this list" in screen_text(pilot.app)


async def test_reprints_are_named_with_the_article_up_to_three_of_them():
    library = StandInLibrary()
    paths = tuple(f"reprint-{n}.txt" for n in range(1, 6))
    library.replies["?"] = (paged_quote(reprints=paths),)
    async with chat(library).run_test(size=(90, 24)) as pilot:
        await ask(pilot, "?")
        shown = screen_text(pilot.app)
        told = "also printed in: reprint-1.txt, reprint-2.txt, reprint-3.txt and 2 more"
        assert told in shown
        assert "reprint-4" not in shown
