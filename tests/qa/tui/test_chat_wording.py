from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins_chat import ATTACK, COST, StandInLibrary, ask, chat, screen_text

from index.types import IngestReport, Progress, Skipped, Unfinished
from qa.showing.render import day_and_time
from qa.tui.wording import duration, last_indexed, progress_line, searched_line, updated_line
from qa.types import Searched


def test_progress_tells_rate_time_left_and_the_file_that_is_being_read():
    progress = Progress("reading", 1_200, 5_000, "news/a\x1b.txt", 41.7, 91.2)
    told = "reading 1,200 of 5,000 · 42/s · 91 s left · news/a␛.txt"
    assert progress_line(progress) == told


def test_progress_tells_nothing_that_is_not_known():
    assert progress_line(Progress("preparing", 0, 0)) == "preparing"
    assert progress_line(Progress("saving", 1, 2, "", 0.25)) == "saving 1 of 2 · 15/min"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 s"), (99, "99 s"), (100, "2 min"), (5_900, "98 min"), (7_200, "2.0 h")],
)
def test_a_time_is_told_as_exactly_as_a_guess_deserves(seconds, told):
    assert duration(seconds) == told


@given(st.floats(0, 1e7))
def test_a_time_is_never_told_in_more_than_three_digits_of_a_unit(seconds):
    number, unit = duration(seconds).split()
    assert unit == "h" or float(number) < 100


def test_what_was_left_out_is_told_by_files_where_they_are_counted():
    known = Searched("/a/clippings", 12, 96, skipped=4, files=16)
    assert searched_line(known).endswith(" · clippings · searched 12 of 16 files")
    unknown = Searched("/a/clippings", 12, 96, skipped=4)
    assert searched_line(unknown).endswith(" · clippings · 4 files skipped")
    assert searched_line(Searched("/a/clippings", 12, 96, files=12)).endswith(" · clippings")


CUT_SHORT = Unfinished("/articles/seeds", 62, 50, 50, False, "qa index /articles/seeds")


def test_what_is_not_indexed_whole_is_told_with_what_is_searched():
    searched = Searched("/articles/seeds", 5, 41, files=62, unfinished=(CUT_SHORT,))
    told = "5 articles · 41 passages · seeds · searched 12 of 62 files · "
    assert searched_line(searched) == f"{told}indexing was interrupted: F2"
    alive = replace(searched, unfinished=(replace(CUT_SHORT, is_under_way=True),))
    assert searched_line(alive) == f"{told}indexing"


async def test_every_reply_says_that_files_are_not_read_yet():
    searched = Searched("/articles/seeds", 5, 41, files=62, unfinished=(CUT_SHORT,))
    async with chat(StandInLibrary(searched=searched)).run_test(size=(130, 30)) as pilot:
        for question in (ATTACK, COST):
            await ask(pilot, question)
            assert "only 12 of 62 files were searched: indexing was" in screen_text(pilot.app)
            assert "indexing was interrupted: F2" in screen_text(pilot.app)
            await pilot.press("ctrl+l")


async def test_a_reply_says_how_much_was_searched_if_something_was_left_out():
    library = StandInLibrary(searched=Searched("/articles/seeds", 5, 41, skipped=4, files=9))
    async with chat(library).run_test(size=(90, 30)) as pilot:
        for question in (ATTACK, COST):
            await ask(pilot, question)
            assert "searched 5 of 9 files; F2 names the others" in screen_text(pilot.app)
            await pilot.press("ctrl+l")


async def test_a_reply_from_all_files_says_nothing_of_them():
    library = StandInLibrary(searched=Searched("/articles/seeds", 5, 41, files=5))
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        assert "F2 names" not in screen_text(pilot.app)


def test_an_update_is_told_in_a_few_words():
    skipped = (Skipped("a.pdf", "no text", "scanned"),)
    report = IngestReport("/a", 5, 41, 2, 1, 0, skipped)
    assert updated_line(report) == "2 files added, 1 changed just now, 1 skipped"


@pytest.mark.usefixtures("two_hours_east")
def test_a_time_is_told_to_the_minute_by_the_clock_of_this_machine():
    assert day_and_time("2025-06-23T10:00:59.5+00:00") == "2025-06-23 12:00"
    assert day_and_time("2025-12-31T22:30:00Z") == "2026-01-01 00:30"
    assert day_and_time("2025-06-23T12:00:00+02:00") == "2025-06-23 12:00"


@pytest.mark.parametrize("moment", ["", "soon", "0001-01-01T00:00:00+09:00"])
def test_what_is_no_time_is_told_as_it_is(moment):
    assert day_and_time(moment) == moment


def test_an_index_without_any_commit_has_no_time():
    assert last_indexed("") == "not indexed whole yet"
