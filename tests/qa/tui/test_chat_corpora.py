from pathlib import Path

import pytest
from stand_ins_chat import ATTACK, StandInLibrary, chat, screen_text, settle, until
from stand_ins_corpora import StandInChanges
from textual.widgets import OptionList

from index.errors import IndexBroken, StorageFailed
from qa.tui.corpora import CorporaScreen

PRESS = Path("/data/corpora/press")


async def offered(pilot):
    await settle(pilot)
    await pilot.press("f3")
    await settle(pilot)
    assert isinstance(pilot.app.screen, CorporaScreen)
    return screen_text(pilot.app)


@pytest.mark.usefixtures("two_hours_east")
async def test_every_index_is_offered_with_what_it_holds_and_the_current_one_is_lit():
    async with chat().run_test(size=(100, 30)) as pilot:
        shown = await offered(pilot)
        assert "press" in shown
        assert "⏎ Ask these esc Back" in shown
        assert "12 articles · 1.2 MB · indexed 2025-06-23 12:00" in shown
        assert "seeds-0a1b2c3d4e (current)" in shown
        assert "/articles/␛more" in shown
        assert pilot.app.screen.query_one(OptionList).highlighted == 1


async def test_enter_switches_and_the_earlier_turns_stay():
    library = StandInLibrary()
    said = StandInChanges()
    async with chat(library, changes=said).run_test(size=(100, 40)) as pilot:
        pilot.app.screen.query_one("#prompt").text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: "339 of the 352 drones" in screen_text(pilot.app))
        await pilot.press("f3")
        await until(pilot, lambda: "seeds-0a1b2c3d4e" in screen_text(pilot.app))
        await pilot.press("up", "enter")
        await until(pilot, lambda: library.switched == PRESS)
        await until(pilot, lambda: "Now searching 12 articles" in screen_text(pilot.app))
        assert "339 of the 352 drones" in screen_text(pilot.app)
        await until(pilot, lambda: said.watched[-1] == (Path("/articles/clippings"),))


async def test_a_broken_index_is_listed_with_its_fault_and_cannot_be_chosen():
    library = StandInLibrary()
    async with chat(library).run_test(size=(100, 30)) as pilot:
        assert "the database is torn" in await offered(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert library.switched != Path("/data/corpora/torn")


async def test_escape_stays_with_the_articles_of_before():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await offered(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert library.switched is None
        assert pilot.app.screen is pilot.app.chat


async def test_an_index_that_cannot_be_opened_is_told_and_the_chat_goes_on():
    library = StandInLibrary()
    library.switch_error = IndexBroken("the index is torn; run: qa index --rebuild PATH")
    said = StandInChanges()
    async with chat(library, changes=said).run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: len(said.watched) == 1)
        await pilot.press("f3")
        await until(pilot, lambda: "seeds-0a1b2c3d4e" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "the index is torn" in screen_text(pilot.app))
        assert "5 articles · 41 passages · seeds" in screen_text(pilot.app)
        await until(pilot, lambda: len(said.watched) == 2 and said.ended == 1)
        assert said.watched[0] == said.watched[1]
        pilot.app.screen.query_one("#prompt").text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: "339 of the 352 drones" in screen_text(pilot.app))


async def test_a_chat_without_an_index_can_switch_to_one():
    library = StandInLibrary(searched=None)
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await offered(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "12 articles · 96 passages · clippings" in screen_text(pilot.app)


async def test_where_nothing_was_ever_indexed_it_says_how_to():
    library = StandInLibrary(searched=None)
    library.corpora_there = ()
    async with chat(library).run_test(size=(100, 30)) as pilot:
        assert "Nothing is indexed yet" in await offered(pilot)


async def test_a_data_folder_that_cannot_be_read_is_told():
    library = StandInLibrary()
    library.corpora_error = StorageFailed("cannot read /data: Permission denied")
    async with chat(library).run_test(size=(100, 30)) as pilot:
        assert "cannot read /data" in await offered(pilot)
