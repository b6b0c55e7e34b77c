"""Whatever a worker did not foresee is told in the chat, and the chat goes on."""

from threading import Event

import pytest
from stand_ins_chat import (
    ATTACK,
    StandInLibrary,
    ask,
    chat,
    screen_text,
    settle,
    until,
)
from stand_ins_corpora import StandInChanges
from textual.widgets import Input

from index.errors import StorageFailed
from qa.faults import Faults
from qa.tui.sitting import Record, Sitting
from qa.tui.status import StatusLine

FAULT = ZeroDivisionError("the worker divided by nothing")
SEEDS = "/articles/seeds"
FRAMES = str.maketrans("", "", "▌│")


class FaultyLibrary(StandInLibrary):
    """Like the stand-in, but what it looks at can be a fault."""

    look_error = None

    def refreshed(self):
        if self.look_error:
            raise self.look_error
        return super().refreshed()


@pytest.fixture
def library():
    return FaultyLibrary()


@pytest.fixture
def run(library, tmp_path):
    """Run the chat with details kept in a folder of the test."""

    def begin(**settings):
        sitting = Sitting(faults=Faults(tmp_path / "faults"))
        return chat(library, sitting=sitting, **settings).run_test(size=(160, 40))

    return begin


def unfolded(words):
    """The words without the breaks of lines, the frames around them, and blanks."""
    return "".join(words.translate(FRAMES).split())


async def told(pilot, work, tmp_path):
    said = f"{work} failed unexpectedly: ZeroDivisionError; details are in {tmp_path}/faults/"
    await until(pilot, lambda: unfolded(said) in unfolded(screen_text(pilot.app)))
    (details,) = (tmp_path / "faults").iterdir()
    assert "ZeroDivisionError: the worker divided by nothing" in details.read_text("utf-8")


async def goes_on(pilot):
    await ask(pilot, ATTACK)
    await until(pilot, lambda: "339 of the 352 drones" in screen_text(pilot.app))


async def test_a_fault_while_loading_is_told_and_loading_is_tried_again(library, run, tmp_path):
    library.load_error = FAULT
    async with run() as pilot:
        await told(pilot, "loading", tmp_path)
        assert "no articles opened" not in screen_text(pilot.app)
        library.load_error = None
        await goes_on(pilot)


async def test_a_fault_while_indexing_is_told_and_questions_are_answered(library, run, tmp_path):
    library.index_error = FAULT
    async with run() as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await told(pilot, f"indexing {tmp_path}", tmp_path)
        await goes_on(pilot)


async def test_a_fault_while_following_the_folders_is_told(library, run, tmp_path):
    library.update_error = FAULT
    said = StandInChanges()
    async with run(changes=said) as pilot:
        said.say(SEEDS)
        await told(pilot, "following the folders", tmp_path)
        await goes_on(pilot)


async def test_a_fault_that_comes_at_every_look_is_written_down_once(library, run, tmp_path):
    async with run(refresh_s=0.01) as pilot:
        await settle(pilot)
        library.look_error = FAULT
        note = "looking at the index failed unexpectedly"
        await until(pilot, lambda: note in pilot.app.screen.query_one(StatusLine).note)
        for _ in range(5):
            await settle(pilot)
        assert len(list((tmp_path / "faults").iterdir())) == 1
        library.look_error = None
        await goes_on(pilot)


async def test_a_fault_while_reading_what_the_index_holds_is_told(library, run, tmp_path):
    library.status_error = FAULT
    async with run() as pilot:
        await pilot.press("f2")
        await told(pilot, "reading the index", tmp_path)
        await pilot.press("escape")
        await goes_on(pilot)


async def test_a_fault_while_listing_the_indexes_is_told(library, run, tmp_path):
    library.corpora_error = FAULT
    async with run() as pilot:
        await pilot.press("f3")
        await told(pilot, "listing the indexes", tmp_path)
        await pilot.press("escape")
        await goes_on(pilot)


async def test_a_fault_while_switching_is_told(library, run, tmp_path):
    library.switch_error = FAULT
    async with run() as pilot:
        pilot.app.switch(tmp_path)
        await told(pilot, "switching", tmp_path)
        await goes_on(pilot)


async def test_an_index_that_can_be_neither_left_nor_counted_is_said_too(library, run, tmp_path):
    library.searched = lambda: (_ for _ in ()).throw(StorageFailed("the disk has gone"))
    async with run() as pilot:
        pilot.app.switch(tmp_path)
        await until(pilot, lambda: "the disk has gone" in screen_text(pilot.app))


async def test_the_first_frame_claims_nothing_about_what_is_indexed(library, run):
    may_count = Event()
    counted = library.searched

    def count_slowly():
        may_count.wait(30)
        return counted()

    library.searched = count_slowly
    async with run() as pilot:
        await until(pilot, lambda: "Ask the articles a question." in screen_text(pilot.app))
        assert "opening the articles…" in screen_text(pilot.app)
        assert "nothing indexed" not in screen_text(pilot.app)
        may_count.set()
        await until(pilot, lambda: "5 articles · 41 passages" in screen_text(pilot.app))


async def test_the_record_has_every_question_with_its_reply_or_none(library, run):
    record = Record()
    app = chat(library, sitting=Sitting(record=record))
    async with app.run_test(size=(100, 40)) as pilot:
        assert record.text == ""
        await ask(pilot, ATTACK)
        library.may_answer_slowly.clear()
        record.asked("And \x1b[31mthen?")
    assert record.text.startswith(f"> {ATTACK}\n\n")
    assert "339 of the 352 drones" in record.text
    assert record.text.endswith("> And ␛[31mthen?\n\n(no reply)\n")
