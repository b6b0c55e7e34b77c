from dataclasses import replace

from stand_ins_chat import StandInLibrary, chat, screen_text, settle
from stand_ins_corpora import STATUS

from index.errors import IndexMissing, SkipKind
from index.types import Skipped, Unfinished
from qa.tui.health import HealthScreen, health_rows
from qa.tui.key_line import KeyLine
from qa.tui.rows import Rows


async def health_of(pilot):
    await settle(pilot)
    await pilot.press("f2")
    await settle(pilot)
    assert isinstance(pilot.app.screen, HealthScreen)
    return screen_text(pilot.app)


async def test_f2_shows_what_was_read_and_every_skipped_file_with_its_reason():
    async with chat().run_test(size=(90, 44)) as pilot:
        shown = await health_of(pilot)
        assert "12 articles, 96 passages, of 15 files" in shown
        assert "7 pdf" in shown
        assert "Scanned: pictures without a text layer · 2 files" in shown
        assert "news/scan-1.pdf: 2 pages, and no text on any: a scan" in shown
        assert "letter.docx: a password is needed to open it" in shown
        assert "news/again.txt repeats news/first.txt" in shown
        assert "12 .mp4" in shown
        assert "news/old.txt: cp1252" in shown


async def test_control_characters_of_names_are_pictured():
    async with chat().run_test(size=(90, 44)) as pilot:
        assert "a.txt␛[2J: empty" in await health_of(pilot)


async def test_escape_goes_back_to_the_chat():
    async with chat().run_test() as pilot:
        await health_of(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is pilot.app.chat


async def test_ten_thousand_skipped_files_can_be_scrolled_through():
    library = StandInLibrary()
    skipped = tuple(Skipped(f"scan-{n:05}.pdf", "no text", "scanned") for n in range(10_000))
    library.status_there = replace(STATUS, skipped=skipped)
    async with chat(library).run_test(size=(80, 24)) as pilot:
        assert "10,000 files" in await health_of(pilot)
        await pilot.press("end")
        await settle(pilot)
        assert "9 byline" in screen_text(pilot.app)
        await pilot.press("pageup")
        await settle(pilot)
        assert "scan-09990.pdf: no text" in screen_text(pilot.app)


async def test_long_lines_are_folded_on_a_narrow_screen():
    library = StandInLibrary()
    long_name = "/".join(["folder"] * 20) + "/scan.pdf"
    library.status_there = replace(STATUS, skipped=(Skipped(long_name, "no text", "scanned"),))
    async with chat(library).run_test(size=(60, 44)) as pilot:
        shown = await health_of(pilot)
        unfolded = "".join(line.split("▁")[0].strip() for line in shown.splitlines())
        assert unfolded.count("folder/") == 20
        rows = pilot.app.screen.query_one(Rows)
        assert rows.virtual_size.width <= 60


async def test_without_an_index_it_says_so():
    library = StandInLibrary(searched=None)
    library.status_error = IndexMissing("nothing is indexed yet; run: qa index PATH")
    async with chat(library).run_test(size=(90, 24)) as pilot:
        assert "nothing is indexed yet" in await health_of(pilot)
        assert pilot.app.screen.query(KeyLine)


def test_every_skipped_file_is_listed_whatever_its_kind():
    kinds = SkipKind.__args__
    status = replace(STATUS, skipped=tuple(Skipped(f"{kind}.x", "why", kind) for kind in kinds))
    lines = [row.words for row in health_rows(status)]
    assert all(f"{kind}.x: why" in lines for kind in kinds)


def test_where_nothing_was_skipped_that_is_said():
    lines = [row.words for row in health_rows(replace(STATUS, skipped=()))]
    assert "nothing: every file of these kinds was read" in lines


def test_what_is_not_indexed_whole_is_listed_and_not_called_read():
    one = Unfinished("/articles/clippings", 62, 50, 50, False, "qa index /articles/clippings")
    status = replace(STATUS, skipped=(), indexed_at="", unfinished=(one,))
    lines = [row.words for row in health_rows(status)]
    assert (
        "/articles/clippings: 12 of 62 files read; indexing was interrupted, to go on run: "
        "qa index /articles/clippings"
    ) in lines
    assert "nothing: every file of these kinds was read" not in lines
    assert "not indexed whole yet, 1.2 MB on disk" in lines
