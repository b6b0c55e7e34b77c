from stand_ins_chat import (
    ATTACK,
    StandInLibrary,
    ask,
    chat,
    screen_text,
    settle,
    until,
)
from textual.widgets import Input

from index.errors import StorageFailed
from qa.tui.folder import FolderScreen, completions, problem_with
from qa.tui.quote_card import QuoteCard


async def choose(pilot, folder):
    await pilot.press("ctrl+o")
    await pilot.pause()
    pilot.app.screen.query_one(Input).value = str(folder)
    await pilot.press("enter")
    await pilot.pause()


async def test_a_folder_is_indexed_and_the_outcome_said_with_the_first_skipped_files(tmp_path):
    library = StandInLibrary()
    async with chat(library).run_test(size=(140, 30)) as pilot:
        await choose(pilot, tmp_path)
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert library.indexed == tmp_path
        assert "12 articles, 96 passages (12 new) · 4 files skipped" in shown
        assert "skipped scan-3.txt: not text in any encoding" in shown
        assert "scan-4.txt" not in shown
        assert "and 1 more skipped" in shown
        assert "12 articles · 96 passages · clippings" in shown


async def test_questions_are_answered_while_a_folder_is_indexed(tmp_path):
    library = StandInLibrary()
    library.may_index.clear()
    async with chat(library).run_test(size=(100, 40)) as pilot:
        await choose(pilot, tmp_path)
        await until(pilot, lambda: "reading 3 of 12 · clippings" in screen_text(pilot.app))
        assert "25%" in screen_text(pilot.app)
        await pilot.press(*"What?", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(QuoteCard)))
        assert "reading 3 of 12" in screen_text(pilot.app)
        library.may_index.set()
        await settle(pilot)
        assert "reading 3 of 12" not in screen_text(pilot.app)


async def test_indexing_is_stopped_by_ctrl_g_and_says_what_it_kept(tmp_path):
    library = StandInLibrary()
    library.may_index.clear()
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await choose(pilot, tmp_path)
        await until(pilot, lambda: "reading 3 of 12" in screen_text(pilot.app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "Stopped indexing" in screen_text(pilot.app))
        assert library.was_stopped


async def test_leaving_stops_an_indexing_run(tmp_path):
    library = StandInLibrary()
    library.may_index.clear()
    async with chat(library).run_test() as pilot:
        await choose(pilot, tmp_path)
        await until(pilot, lambda: "reading 3 of 12" in screen_text(pilot.app))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: library.was_stopped)


async def test_an_indexing_run_that_fails_says_why_and_the_chat_goes_on(tmp_path):
    library = StandInLibrary()
    library.index_error = StorageFailed("the disk is full; free some space and index again")
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await choose(pilot, tmp_path)
        await settle(pilot)
        assert "the disk is full; free some space" in screen_text(pilot.app)
        await ask(pilot, ATTACK)
        assert "339 of the 352 drones" in screen_text(pilot.app)


async def test_a_first_folder_makes_a_chat_without_an_index_answer(tmp_path):
    library = StandInLibrary(searched=None)
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await choose(pilot, tmp_path)
        await settle(pilot)
        await ask(pilot, ATTACK)
        assert "339 of the 352 drones" in screen_text(pilot.app)


async def test_a_path_that_leads_nowhere_is_said_and_escape_goes_back():
    async with chat().run_test() as pilot:
        await choose(pilot, "/no/such/folder")
        assert "There is no folder /no/such/folder" in screen_text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, FolderScreen)


async def test_tab_completes_the_path(tmp_path):
    (tmp_path / "clippings" / "2025").mkdir(parents=True)
    async with chat().run_test(size=(120, 24)) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        path = pilot.app.screen.query_one(Input)
        path.value = f"{tmp_path}/cl"
        path.cursor_position = len(path.value)
        await until(pilot, lambda: path._suggestion != "")
        await pilot.press("tab")
        assert path.value == f"{tmp_path}/clippings/"
        await until(pilot, lambda: path._suggestion != "")
        await pilot.press("tab")
        assert path.value == f"{tmp_path}/clippings/2025/"


def test_completions_are_folders_only_and_hidden_ones_only_by_their_dot(tmp_path):
    for name in ("beta", "alpha", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "a.txt").write_text("")
    assert completions(f"{tmp_path}/") == [f"{tmp_path}/alpha/", f"{tmp_path}/beta/"]
    assert completions(f"{tmp_path}/.") == [f"{tmp_path}/.hidden/"]
    assert completions(f"{tmp_path}/a.txt/") == []
    assert completions("/no/such/folder/x") == []


def test_completions_keep_the_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes").mkdir()
    assert completions("~/no") == ["~/notes/"]
    assert problem_with("~/notes") == ""


def test_a_folder_that_cannot_be_indexed_has_its_reason(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("")
    assert problem_with(str(tmp_path)) == ""
    assert "is a file" in problem_with(str(file))
    assert "There is no folder" in problem_with(str(tmp_path / "gone"))
    assert "Type the path" in problem_with(" ")
    assert "no such user" in problem_with("~nobody-of-this-name/x")
    assert "There is no folder" in problem_with("a\0b")
