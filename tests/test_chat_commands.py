import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins_chat import ATTACK, StandInLibrary, ask, chat, screen_text, settle, until
from textual.command import CommandPalette

from qa import tui
from qa.tui.help import HelpScreen
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
