"""Whose a typed letter is: the question's, or a key of what has the focus."""

import pytest
from stand_ins_chat import ATTACK, KING, SHOT_DOWN, StandInLibrary, ask, chat, screen_text, settle
from textual import events
from textual.widgets import HelpPanel

from index.types import Scope
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import SourceScreen
from qa.tui.turn import Turn

WORDS = ["Why not?", "yesterday", "anyone", "xylophone", "python"]


def typed(app):
    return app.chat.query_one(Prompt).text


def at_prompt(app):
    return app.screen is app.chat and app.chat.query_one(Prompt).has_focus


def hurry(app, text):
    """All letters at once, as from a person whose screen is slower than their fingers."""
    for char in text:
        app.post_message(events.Key({" ": "space", "?": "question_mark"}.get(char, char), char))


@pytest.mark.parametrize("word", WORDS)
async def test_a_word_typed_on_a_quote_goes_to_the_prompt_and_does_nothing_else(word):
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, QuoteCard)
        hurry(pilot.app, word)
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == (word, True)
        assert pilot.app.clipboard == ""
        await pilot.press("enter")
        await settle(pilot)
        assert library.asked[-1].text == word.strip()


@pytest.mark.parametrize("word", WORDS)
async def test_after_an_article_typing_begins_at_the_prompt(word):
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)
        await pilot.press("escape")
        hurry(pilot.app, word)
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == (word, True)
        assert pilot.app.clipboard == ""


async def test_a_terminal_that_takes_escape_and_a_letter_for_one_key_loses_neither():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        for keys in (("tab", "enter"), ("f2",), ("tab",)):
            await pilot.press(*keys)
            await settle(pilot)
            assert not at_prompt(pilot.app)
            pilot.app.post_message(events.Key("alt+y", "y"))
            hurry(pilot.app, "es ")
            await settle(pilot)
            assert at_prompt(pilot.app)
        assert (typed(pilot.app), pilot.app.clipboard) == ("yes yes yes ", "")


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+f", "2", "0", "2", "5", "enter"),
        ("ctrl+f", "escape"),
        ("ctrl+o", "escape"),
        ("f1", "escape"),
        ("f2", "escape"),
        ("f3", "escape"),
        ("ctrl+p", "escape"),
    ],
)
async def test_after_a_dialog_typing_begins_at_the_prompt(keys):
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab")
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        hurry(pilot.app, "yes, why")
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == ("yes, why", True)
        assert pilot.app.clipboard == ""


@pytest.mark.parametrize("leaving", [("tab", "enter"), ("f2",), ("f1",)])
async def test_letters_typed_at_the_same_time_as_escape_are_not_lost(leaving):
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press(*leaving)
        await settle(pilot)
        pilot.app.post_message(events.Key("escape", "\x1b"))
        hurry(pilot.app, "yes, why")
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == ("yes, why", True)


async def test_letters_typed_at_the_same_time_as_a_filter_is_set_are_not_lost():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "ctrl+f")
        await settle(pilot)
        hurry(pilot.app, "2025")
        pilot.app.post_message(events.Key("enter", "\r"))
        hurry(pilot.app, "yesterday")
        pilot.app.post_message(events.Key("enter", "\r"))
        await settle(pilot)
        assert library.asked[-1].text == "yesterday"
        assert library.asked[-1].scope.period.first.year == 2025


@pytest.mark.parametrize("key", ["ctrl+o", "ctrl+f"])
async def test_letters_typed_at_the_same_time_as_a_box_is_opened_stand_in_it(key):
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        pilot.app.post_message(events.Key(key, None))
        hurry(pilot.app, "yesterday")
        await settle(pilot)
        assert pilot.app.focused.value == "yesterday"


async def test_letters_typed_after_a_filter_was_refused_go_on_in_its_box():
    async with chat().run_test(size=(90, 30)) as pilot:
        await pilot.press("ctrl+f")
        await settle(pilot)
        hurry(pilot.app, "so")
        pilot.app.post_message(events.Key("enter", "\r"))
        hurry(pilot.app, "on")
        await settle(pilot)
        assert pilot.app.focused.value == "soon"


async def test_a_word_typed_on_a_chip_takes_nothing_away():
    library = StandInLibrary()
    async with chat(library, scope=Scope(None, "bbc")).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("tab", "up")
        hurry(pilot.app, "xenon")
        await settle(pilot)
        await pilot.press("shift+tab")
        hurry(pilot.app, "xenon")
        await settle(pilot)
        assert typed(pilot.app) == "xenonxenon"
        assert len(library.asked) == 2
        assert pilot.app.chat.query_one("FilterLine").display


async def test_a_letter_alone_is_a_key_of_the_quote():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "y")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("Before arriving at Downing Street")
        assert typed(pilot.app) == ""
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)


async def test_a_key_that_is_no_letter_lets_the_letter_before_it_act_first():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "y", "down", "y")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("This is the third meeting")
        await pilot.press("up", "y", "enter")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("Before arriving at Downing Street")
        assert isinstance(pilot.app.screen, SourceScreen)


async def test_with_a_question_begun_every_letter_belongs_to_it():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("s", "a", "tab")
        assert isinstance(pilot.app.focused, QuoteCard)
        await pilot.press("y")
        await settle(pilot)
        assert (typed(pilot.app), pilot.app.clipboard) == ("say", "")


async def test_letters_for_which_a_quote_has_no_use_go_to_the_prompt():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("tab", "a")
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == ("a", True)


async def test_what_is_pasted_goes_to_the_prompt_wherever_the_focus_is():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab")
        pilot.app.post_message(events.Paste("yes "))
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == ("yes ", True)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)
        pilot.app.post_message(events.Paste("and no"))
        await settle(pilot)
        assert (typed(pilot.app), at_prompt(pilot.app)) == ("yes and no", True)


async def test_what_is_pasted_into_a_box_with_a_field_stays_there():
    async with chat().run_test(size=(90, 30)) as pilot:
        await pilot.press("ctrl+o")
        await settle(pilot)
        pilot.app.post_message(events.Paste("/articles"))
        await settle(pilot)
        assert pilot.app.focused.value == "/articles"
        assert typed(pilot.app) == ""


@pytest.mark.parametrize("word", ["why", "yes", "they"])
async def test_a_word_typed_in_an_article_copies_nothing(word):
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "enter")
        await settle(pilot)
        hurry(pilot.app, word)
        await settle(pilot)
        assert isinstance(pilot.app.screen, SourceScreen)
        assert pilot.app.clipboard == ""


async def test_in_an_article_y_copies_and_n_goes_on_however_fast():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "enter")
        await settle(pilot)
        hurry(pilot.app, "ny")
        await settle(pilot)
        assert pilot.app.clipboard.startswith("This is the third meeting")
        hurry(pilot.app, "yp")
        await settle(pilot)
        assert "quote 1 ·" in screen_text(pilot.app)
        assert pilot.app.clipboard.startswith("This is the third meeting")


async def test_a_panel_beside_the_conversation_keeps_no_letters():
    async with chat().run_test(size=(110, 30)) as pilot:
        await ask(pilot, KING)
        pilot.app.action_show_help_panel()
        await settle(pilot)
        pilot.app.screen.query_one(HelpPanel).query_one("KeyPanel").focus()
        await settle(pilot)
        hurry(pilot.app, "who")
        await settle(pilot)
        assert typed(pilot.app) == "who"


async def test_letters_keep_their_order_while_a_reply_arrives():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        library.answers_slowly_again = True
        await pilot.press("tab", "up", "delete")
        hurry(pilot.app, "x-ray: yes, a")
        library.may_answer_slowly.set()
        hurry(pilot.app, "nd why?")
        await settle(pilot)
        assert typed(pilot.app) == "x-ray: yes, and why?"
        assert len(pilot.app.chat.query(Turn)) == 2
