import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins_chat import ATTACK, SHOT_DOWN, StandInLibrary, ask, chat, screen_text, settle, until
from textual.command import CommandPalette
from textual.widgets import HelpPanel, Input

from qa import tui
from qa.tui.help import HelpScreen
from qa.tui.key_line import Key, KeyLine
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard


async def test_ctrl_t_goes_from_dark_to_light_and_back_and_redraws_the_quotes():
    async with chat().run_test() as pilot:
        await ask(pilot, ATTACK)
        card = pilot.app.screen.query(QuoteCard).first()
        dark = card.render().spans[0].style.foreground
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert not pilot.app.current_theme.dark
        assert card.render().spans[0].style.foreground != dark
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert card.render().spans[0].style.foreground == dark


async def test_the_chat_starts_in_the_theme_that_was_asked_for():
    async with chat(theme="light").run_test() as pilot:
        assert not pilot.app.current_theme.dark


async def test_f1_shows_the_keys_and_escape_goes_back_to_the_prompt():
    async with chat().run_test(size=(90, 50)) as pilot:
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "copy it with its citation" in screen_text(pilot.app)
        await pilot.press("escape", "a")
        await settle(pilot)
        assert pilot.app.focused.text == "a"


async def test_the_palette_offers_the_chat_s_own_commands():
    async with chat().run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        await until(pilot, lambda: "Index a folder…" in screen_text(pilot.app))
        assert "New conversation" in screen_text(pilot.app)
        assert "Maximize" not in screen_text(pilot.app)


async def test_the_footer_names_the_keys_of_what_has_the_focus():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, ATTACK)
        assert "⏎ Ask" in screen_text(pilot.app)
        await pilot.press("tab")
        await until(pilot, lambda: "⏎ Read y Copy esc Back" in screen_text(pilot.app))


async def test_ctrl_q_quits():
    app = chat()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        await settle(pilot)
    assert app.return_code == 0


def test_a_theme_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no such theme: pink; there are dark and light"):
        tui.run(StandInLibrary(), theme="pink")


def test_importing_the_chat_s_package_does_not_import_textual():
    root = Path(tui.__file__).parents[2]
    code = "import sys, qa.tui; assert not any(name.startswith('textual') for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


async def test_escape_hides_the_panel_of_keys_before_it_does_anything_else():
    async with chat().run_test(size=(100, 30)) as pilot:
        await ask(pilot, ATTACK)
        pilot.app.action_show_help_panel()
        await settle(pilot)
        assert "esc Hide the keys" in screen_text(pilot.app)
        await pilot.press("tab", "escape")
        await settle(pilot)
        assert not pilot.app.screen.query(HelpPanel)
        assert isinstance(pilot.app.focused, QuoteCard)
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt).has_focus


async def screenshot(pilot):
    """Choose it in the palette."""
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    await pilot.press(*"screenshot")
    await until(pilot, lambda: "Save the screen as a drawing" in screen_text(pilot.app))
    await pilot.press("enter", "enter")
    await until(pilot, lambda: pilot.app.screen is pilot.app.chat)


@pytest.mark.parametrize("has_downloads", [True, False])
async def test_a_screenshot_says_where_it_lies(tmp_path, monkeypatch, has_downloads):
    folder = tmp_path / "Downloads" if has_downloads else tmp_path
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "Downloads"))
    async with chat().run_test(size=(100, 30), notifications=True) as pilot:
        await ask(pilot, ATTACK)
        await screenshot(pilot)
        await until(pilot, lambda: "The screenshot is saved as" in screen_text(pilot.app))
        (drawing,) = folder.glob("pullquote-*.svg")
        assert str(drawing) in [*pilot.app._notifications][-1].message
    drawn = drawing.read_text(encoding="utf-8")
    assert "339" in drawn
    assert "Search" not in drawn
    assert 'url("http' not in drawn


async def test_a_screenshot_that_can_t_be_saved_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "nowhere"))
    async with chat().run_test(size=(100, 30), notifications=True) as pilot:
        await screenshot(pilot)
        await until(pilot, lambda: "No such file or directory" in screen_text(pilot.app))


@pytest.mark.parametrize("width", [60, 80, 110, 200])
async def test_the_line_of_keys_is_never_cut_and_always_leads_to_all_of_them(width):
    library = StandInLibrary()
    async with chat(library).run_test(size=(width, 24)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        for keys in ((), ("tab",), ("up",), ("escape",), ("tab", "enter")):
            await pilot.press(*keys)
            await settle(pilot)
            line = pilot.app.screen.query_one(KeyLine)
            assert line.query(Key).last().binding.description == "All keys"
            assert 4 <= len(line.query(Key)) <= 6
            shown = screen_text(pilot.app).splitlines()[-1]
            for key in line.query(Key):
                assert f" {key.render().plain}" in shown
                assert key.region.right <= width


async def test_the_line_of_keys_follows_the_width_of_the_terminal():
    async with chat().run_test(size=(110, 24)) as pilot:
        await ask(pilot, ATTACK)
        wide = len(pilot.app.screen.query(Key))
        await pilot.resize_terminal(30, 24)
        await until(pilot, lambda: len(pilot.app.screen.query(Key)) < wide)
        assert screen_text(pilot.app).splitlines()[-1].endswith("f1 All keys")


async def test_what_can_be_done_only_now_is_named_before_what_can_always_be_done(tmp_path):
    library = StandInLibrary()
    library.may_index.clear()
    async with chat(library).run_test(size=(60, 24)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: bool(pilot.app.screen.query(Input)))
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        line = " ⏎ Ask tab Quotes ^r Drop carried ^g Stop f1 All keys"
        await until(pilot, lambda: screen_text(pilot.app).endswith(line))
        library.may_index.set()
        await settle(pilot)


async def test_a_click_on_a_key_does_what_the_key_does():
    async with chat().run_test(size=(90, 24)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab")
        await settle(pilot)
        copy = next(key for key in pilot.app.screen.query(Key) if key.binding.key == "y")
        await pilot.click(copy)
        await settle(pilot)
        assert pilot.app.clipboard.startswith("Ukraine’s air force")
        await pilot.click(pilot.app.screen.query(Key).last())
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
