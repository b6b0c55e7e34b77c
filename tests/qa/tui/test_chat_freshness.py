from pathlib import Path

from stand_ins_chat import (
    ATTACK,
    SLOW,
    StandInLibrary,
    chat,
    screen_text,
    settle,
    until,
)
from stand_ins_corpora import StandInChanges
from textual.widgets import Input

from index.errors import IndexBroken, IndexMissing
from index.ingest.watching import changes
from index.types import IngestReport, Skipped
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.status import StatusLine
from qa.types import Searched

SEEDS = "/articles/seeds"


def watching(library=None):
    """The chat, the stand-in that says what changed, and the library."""
    said = StandInChanges()
    library = library or StandInLibrary()
    return chat(library, changes=said), said, library


async def test_what_is_added_is_told_in_a_quiet_line_and_counted():
    app, said, library = watching()
    async with app.run_test(size=(110, 24)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "2 files added just now" in screen_text(app))
        assert "7 articles · 50 passages" in screen_text(app)
        assert library.updated == [Path(SEEDS)]
        assert "Ask the articles a question." in screen_text(app)


async def test_newly_skipped_files_are_counted_and_those_of_before_are_not():
    app, said, library = watching()
    old = library.status_there.skipped[0]
    new = Skipped("c.pdf", "no text", "scanned")
    library.update_report = IngestReport(SEEDS, 6, 44, 0, 1, 0, (old, new))
    async with app.run_test(size=(110, 24)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "1 file changed just now, 1 skipped" in screen_text(app))


async def test_an_update_without_any_change_is_not_told():
    app, said, library = watching()
    library.update_report = IngestReport(SEEDS, 5, 41, 0, 0, 0, ())
    async with app.run_test(size=(110, 24)) as pilot:
        said.say(SEEDS)
        said.say(SEEDS)
        await until(pilot, lambda: len(library.updated) == 2)
        await pilot.pause()
        assert "just now" not in screen_text(app)


async def test_questions_are_answered_while_many_files_are_taken_in():
    app, said, library = watching()
    library.may_update.clear()
    async with app.run_test(size=(110, 30)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "updating: encoding 30 of 400" in screen_text(app))
        app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query(QuoteCard)))
        library.may_update.set()
        await until(pilot, lambda: "2 files added just now" in screen_text(app))


async def test_what_is_being_done_is_shown_before_what_happened():
    app, said, library = watching()
    async with app.run_test(size=(110, 30)) as pilot:
        app.screen.query_one(Prompt).text = SLOW
        await pilot.press("enter")
        await until(pilot, lambda: "searching…" in screen_text(app))
        said.say(SEEDS)
        await until(pilot, lambda: "7 articles" in screen_text(app))
        assert "just now" not in screen_text(app)
        library.may_answer_slowly.set()
        await until(pilot, lambda: "2 files added just now" in screen_text(app))


async def test_a_note_goes_after_a_while(monkeypatch):
    monkeypatch.setattr(StatusLine, "NOTE_S", 0.01)
    app, said, _ = watching()
    async with app.run_test(size=(110, 24)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "7 articles" in screen_text(app))
        await until(pilot, lambda: "just now" not in screen_text(app))


async def test_leaving_ends_the_watch_and_an_update_under_way():
    app, said, library = watching()
    library.may_update.clear()
    async with app.run_test() as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: bool(library.updated))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: library.was_stopped and said.ended == 1)


async def test_an_exit_without_the_key_ends_the_watch_too():
    app, said, _ = watching()
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(said.watched))
        app.exit()
    assert app._stop_watching.is_set()


async def test_an_index_that_cannot_be_kept_up_is_told_and_questions_go_on():
    app, said, library = watching()
    library.update_error = IndexBroken("the index is torn; run: qa index --rebuild seeds")
    async with app.run_test(size=(110, 30)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "the index is torn" in screen_text(app))
        app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query(QuoteCard)))


async def test_a_folder_that_is_no_longer_asked_is_not_indexed_into_the_other_index():
    app, said, library = watching()
    async with app.run_test(size=(110, 24)) as pilot:
        await until(pilot, lambda: bool(said.watched))
        said.say("/articles/elsewhere")
        said.say(SEEDS)
        await until(pilot, lambda: "2 files added just now" in screen_text(app))
        assert library.updated == [Path(SEEDS)]


async def test_a_watch_that_failed_begins_anew_with_the_next_commit():
    said = StandInChanges()
    library = StandInLibrary()
    library.update_error = IndexBroken("the index is torn; run: qa index --rebuild seeds")
    app = chat(library, changes=said, refresh_s=0.02)
    async with app.run_test(size=(110, 24)) as pilot:
        said.say(SEEDS)
        await until(pilot, lambda: "the index is torn" in screen_text(app))
        library.update_error = None
        library.changed_to = Searched(SEEDS, 5, 41)
        await until(pilot, lambda: len(said.watched) == 2)


async def test_the_folder_that_is_indexed_is_watched_in_place_of_the_one_before(tmp_path):
    app, said, _ = watching()
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: said.watched == [(Path(SEEDS),)])
        await pilot.press("ctrl+o")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: len(said.watched) == 2)
        assert said.watched[1] == (Path("/articles/clippings"),)
        await until(pilot, lambda: said.ended == 1)


async def test_a_commit_to_the_same_folders_leaves_the_watch_as_it_is():
    library = StandInLibrary()
    said = StandInChanges()
    app = chat(library, changes=said, refresh_s=0.02)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: len(said.watched) == 1)
        library.changed_to = Searched(SEEDS, 6, 50)
        await until(pilot, lambda: "6 articles" in screen_text(app))
        library.changed_to = Searched("/articles/seeds, /articles/more", 9, 80)
        await until(pilot, lambda: len(said.watched) == 2)


async def test_without_watching_nobody_listens():
    async with chat().run_test() as pilot:
        await settle(pilot)
        assert not [worker for worker in pilot.app.workers if worker.group == "watch"]


async def test_with_nothing_indexed_there_is_nothing_to_watch():
    library = StandInLibrary(searched=None)
    library.status_error = IndexMissing("nothing is indexed yet; run: qa index PATH")
    app, said, _ = watching(library)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        assert said.watched == []
        assert "No articles are indexed yet" in screen_text(app)


async def test_a_commit_of_an_indexing_run_can_be_asked_about_while_it_goes_on(tmp_path):
    library = StandInLibrary()
    library.may_index.clear()
    async with chat(library, refresh_s=0.02).run_test(size=(110, 30)) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: "reading 3 of 12" in screen_text(pilot.app))
        library.changed_to = Searched(SEEDS, 8, 60)
        await until(pilot, lambda: "8 articles · 60 passages" in screen_text(pilot.app))
        assert "reading 3 of 12" in screen_text(pilot.app)
        library.may_index.set()
        await settle(pilot)


async def test_a_new_file_on_the_disk_reaches_the_library(tmp_path):
    (tmp_path / "a.txt").write_text("One sentence.")
    library = StandInLibrary(searched=Searched(str(tmp_path), 1, 1))
    async with chat(library, changes=changes).run_test(size=(110, 24)) as pilot:
        await until(pilot, lambda: library.updated == [tmp_path])
        (tmp_path / "b.txt").write_text("A new one.")
        await until(pilot, lambda: len(library.updated) >= 2)
    assert set(library.updated) == {tmp_path}


async def test_an_answered_question_is_not_disturbed_by_an_update():
    app, said, library = watching()
    async with app.run_test(size=(110, 24)) as pilot:
        await until(pilot, lambda: bool(said.watched))
        app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query(QuoteCard)))
        await pilot.press("tab")
        focused = app.focused
        said.say(SEEDS)
        await until(pilot, lambda: "2 files added just now" in screen_text(app))
        assert app.focused is focused
        assert library.asked[0].text == ATTACK
