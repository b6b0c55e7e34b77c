"""One picture a state; look at a new one before accepting it with --snapshot-update."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from stand_ins_chat import (
    AGREED,
    ATTACK,
    BROKEN,
    COST,
    KING,
    SHOT_DOWN,
    VISIT,
    StandInLibrary,
    ask,
    chat,
    screen_text,
    settle,
    until,
)
from stand_ins_corpora import StandInChanges
from stand_ins_quotes import LEAP, paged_quote, quote, seed
from textual.widgets import Input

from index.types import Period, Progress, Scope
from qa.tui.prompt import Prompt
from qa.tui.source_text import SourceText
from qa.types import Searched

STALE = "the file has changed since it was indexed; these words may no longer stand there"
JUNE = Scope(Period(date(2025, 6, 1), date(2025, 6, 30)), "Epoch")


@pytest.fixture(autouse=True)
def the_same_terminal_everywhere(monkeypatch, two_hours_east):
    for name in ("NO_COLOR", "TEXTUAL_ANIMATIONS", "TEXTUAL_FILTERS", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


def asking(*questions, keys=()):
    async def run_before(pilot):
        await settle(pilot)
        for question in questions:
            await ask(pilot, question)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await settle(pilot)

    return run_before


def test_empty(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking())


def test_nothing_indexed(snap_compare):
    app = chat(StandInLibrary(searched=None))
    assert snap_compare(app, terminal_size=(90, 24), run_before=asking())


def test_loading_with_an_early_question(snap_compare):
    library = StandInLibrary()
    library.may_load.clear()

    async def run_before(pilot):
        pilot.app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: "waiting · loading the rea" in screen_text(pilot.app))

    assert snap_compare(chat(library), terminal_size=(90, 24), run_before=run_before)


def test_answer(snap_compare):
    assert snap_compare(
        chat(), terminal_size=(90, 30), run_before=asking(KING, keys=["tab", "down"])
    )


def test_answer_at_sixty_columns(snap_compare):
    assert snap_compare(chat(), terminal_size=(60, 20), run_before=asking(KING))


@pytest.mark.parametrize("width", [80, 110])
def test_answer_on_a_quote(snap_compare, width):
    run_before = asking(KING, keys=["tab"])
    assert snap_compare(chat(), terminal_size=(width, 24), run_before=run_before)


@pytest.mark.parametrize("width", [60, 80, 110])
def test_answer_without_colours(snap_compare, monkeypatch, width):
    monkeypatch.setenv("NO_COLOR", "1")
    run_before = asking(ATTACK, KING, keys=["tab"])
    assert snap_compare(chat(), terminal_size=(width, 24), run_before=run_before)


def test_answer_in_the_light_theme(snap_compare):
    app = chat(theme="light")
    assert snap_compare(app, terminal_size=(90, 30), run_before=asking(KING, keys=["tab"]))


def test_abstention(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 30), run_before=asking(COST))


def test_error(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking(BROKEN))


def test_source(snap_compare):
    keys = ["tab", "enter"]
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking(ATTACK, keys=keys))


def test_source_with_words_selected(snap_compare):
    async def run_before(pilot):
        await ask(pilot, ATTACK)
        await pilot.press("tab", "enter")
        await settle(pilot)
        await pilot.mouse_down(SourceText, offset=(12, 6))
        await pilot.hover(SourceText, offset=(30, 8))
        await pilot.mouse_up(SourceText, offset=(30, 8))
        await settle(pilot)

    assert snap_compare(chat(), terminal_size=(90, 24), run_before=run_before)


def test_source_at_sixty_columns(snap_compare):
    keys = ["tab", "enter"]
    assert snap_compare(chat(), terminal_size=(60, 20), run_before=asking(ATTACK, keys=keys))


def test_the_panel_of_keys(snap_compare):
    async def run_before(pilot):
        await ask(pilot, ATTACK)
        pilot.app.action_show_help_panel()
        await settle(pilot)

    assert snap_compare(chat(), terminal_size=(90, 24), run_before=run_before)


def test_source_with_omissions_in_the_light_theme(snap_compare):
    library = StandInLibrary()
    library.replies["?"] = (quote(1, seed(LEAP), "**Ukraine and UK Strengthen Military Ties"),)
    app = chat(library, theme="light")
    keys = ["tab", "enter"]
    assert snap_compare(app, terminal_size=(90, 24), run_before=asking("?", keys=keys))


def test_help(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 50), run_before=asking(keys=["f1"]))


def test_a_folder_that_is_not_there(snap_compare):
    keys = ["ctrl+o", *"/nope", "enter"]
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking(keys=keys))


def test_indexing_with_progress(snap_compare):
    library = StandInLibrary()
    library.may_index.clear()

    async def run_before(pilot):
        await ask(pilot, ATTACK)
        await pilot.press("ctrl+o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(Path("/"))
        await pilot.press("enter")
        await until(pilot, lambda: "reading 3 of 12" in screen_text(pilot.app))
        await pilot.pause()

    assert snap_compare(chat(library), terminal_size=(90, 24), run_before=run_before)


def test_indexed_with_skipped_files(snap_compare):
    async def run_before(pilot):
        await settle(pilot)
        await pilot.press("ctrl+o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "/"
        await pilot.press("enter")
        await settle(pilot)

    assert snap_compare(chat(), terminal_size=(90, 24), run_before=run_before)


def test_indexing_with_rate_and_time_left(snap_compare):
    library = StandInLibrary()
    library.may_index.clear()
    library.progress = Progress("encoding", 1_200, 5_000, "news/harbour.pdf", 41.7, 91.2)

    async def run_before(pilot):
        await settle(pilot)
        await pilot.press("ctrl+o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "/"
        await pilot.press("enter")
        await until(pilot, lambda: "encoding 1,200" in screen_text(pilot.app))
        await pilot.pause()

    assert snap_compare(chat(library), terminal_size=(90, 24), run_before=run_before)


def test_files_added_while_the_chat_is_open(snap_compare):
    said = StandInChanges()

    async def run_before(pilot):
        pilot.app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: "339 of the 352" in screen_text(pilot.app))
        said.say("/articles/seeds")
        await until(pilot, lambda: "just now" in screen_text(pilot.app))
        await pilot.pause()

    app = chat(changes=said)
    assert snap_compare(app, terminal_size=(90, 24), run_before=run_before)


def test_health(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 36), run_before=asking(keys=["f2"]))


def test_health_at_sixty_columns_in_the_light_theme(snap_compare):
    app = chat(theme="light")
    assert snap_compare(app, terminal_size=(60, 20), run_before=asking(keys=["f2"]))


def test_the_indexes_to_switch_to(snap_compare):
    run_before = asking(KING, keys=["f3"])
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=run_before)


def test_the_indexes_at_sixty_columns(snap_compare):
    assert snap_compare(chat(), terminal_size=(60, 20), run_before=asking(keys=["f3"]))


def test_switched(snap_compare):
    run_before = asking(ATTACK, keys=["f3", "up", "enter"])
    assert snap_compare(chat(), terminal_size=(90, 30), run_before=run_before)


def paged_library():
    library = StandInLibrary(searched=Searched("/articles/books", 5, 41, skipped=4, files=9))
    library.replies["?"] = (replace(paged_quote(), stale=STALE),)
    return library


def test_a_page_that_may_have_changed_with_reprints(snap_compare):
    app = chat(paged_library())
    assert snap_compare(app, terminal_size=(90, 24), run_before=asking("?", keys=["tab"]))


def test_a_page_that_may_have_changed_in_its_article(snap_compare):
    app = chat(paged_library(), theme="light")
    run_before = asking("?", keys=["tab", "enter"])
    assert snap_compare(app, terminal_size=(90, 24), run_before=run_before)


def test_a_follow_up_with_what_was_carried_over(snap_compare):
    run_before = asking(ATTACK, SHOT_DOWN, keys=["tab", "up", "right"])
    assert snap_compare(chat(), terminal_size=(90, 30), run_before=run_before)


def test_a_follow_up_at_sixty_columns_with_filters(snap_compare):
    run_before = asking(ATTACK, SHOT_DOWN)
    assert snap_compare(chat(scope=JUNE), terminal_size=(60, 20), run_before=run_before)


def test_a_carried_word_removed(snap_compare):
    run_before = asking(ATTACK, SHOT_DOWN, keys=["tab", "up", "right", "x"])
    assert snap_compare(chat(), terminal_size=(90, 30), run_before=run_before)


def test_a_question_that_is_asked_again(snap_compare):
    library = StandInLibrary()
    library.answers_slowly_again = True

    async def run_before(pilot):
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("tab", "up", "x")
        await until(pilot, lambda: "searching…" in screen_text(pilot.app))
        await pilot.pause()

    assert snap_compare(chat(library), terminal_size=(90, 30), run_before=run_before)


def test_a_filter_that_is_no_date(snap_compare):
    keys = ["ctrl+f", "tab", *"soonish", "enter"]
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking(ATTACK, keys=keys))


def test_filters(snap_compare):
    app = chat(scope=JUNE, asked_on=date(2025, 7, 1))
    run_before = asking(ATTACK, keys=["shift+tab"])
    assert snap_compare(app, terminal_size=(90, 24), run_before=run_before)


def test_articles_that_differ(snap_compare):
    library = StandInLibrary()
    library.notices[VISIT] = ("“this week” read as 2022-06-10 to 2022-06-17.",)
    assert snap_compare(chat(library), terminal_size=(90, 30), run_before=asking(VISIT))


def test_articles_that_differ_in_the_light_theme(snap_compare):
    app = chat(theme="light")
    assert snap_compare(app, terminal_size=(60, 20), run_before=asking(VISIT))


def test_articles_that_agree(snap_compare):
    assert snap_compare(chat(), terminal_size=(90, 24), run_before=asking(AGREED))
