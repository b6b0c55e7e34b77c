import pytest
from stand_ins_chat import (
    ATTACK,
    BROKEN,
    KING,
    SHOT_DOWN,
    StandInLibrary,
    ask,
    chat,
    screen_text,
    settle,
    until,
)

from index.types import Scope
from qa.tui.chips import MAX_CHARS, Chip
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.turn import Turn


def carried(app):
    return [chip.meaning for chip in app.screen.query(Chip)]


def focused(app):
    widget = app.focused
    return widget.meaning if isinstance(widget, Chip) else getattr(widget, "id", None)


async def test_a_follow_up_shows_what_was_carried_over_as_chips_and_not_the_whole_query():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        assert carried(pilot.app) == []
        await ask(pilot, SHOT_DOWN)
        assert "carried over  drones ×   Russia ×   launch ×" in screen_text(pilot.app)
        assert "searched for" not in screen_text(pilot.app)


async def test_a_question_that_carries_nothing_shows_no_chips():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, KING)
        assert "carried over" not in screen_text(pilot.app)
        assert "Drop carried" not in screen_text(pilot.app)


@pytest.mark.parametrize("key", ["x", "delete", "backspace"])
async def test_one_key_on_a_chip_asks_again_without_its_word_in_place_of_the_reply(key):
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("tab", "up", "right", key)
        await settle(pilot)
        again = library.asked[-1]
        assert (again.text, again.context, again.left_out) == (SHOT_DOWN, (ATTACK,), ("russia",))
        assert carried(pilot.app) == ["drones", "launch"]
        assert len(pilot.app.screen.query(Turn)) == 2
        assert len(pilot.app.screen.query(QuoteCard)) == 4
        assert focused(pilot.app) == "launch"


async def test_a_click_on_the_cross_removes_and_a_click_on_the_word_does_not():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        drones = pilot.app.screen.query(Chip).first()
        await pilot.click(drones, offset=(3, 0))
        await settle(pilot)
        assert len(library.asked) == 2
        assert focused(pilot.app) == "drones"
        await pilot.click(drones, offset=(len(" drones "), 0))
        await settle(pilot)
        assert library.asked[-1].left_out == ("drones",)
        assert "These articles don’t say how many of what" in screen_text(pilot.app)


async def test_words_removed_one_after_the_other_stay_removed():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("tab", "up")
        for _ in range(3):
            await pilot.press("x")
            await settle(pilot)
        assert library.asked[-1].left_out == ("drones", "russia", "launch")
        assert carried(pilot.app) == []
        assert focused(pilot.app) == "prompt"


async def test_ctrl_r_at_the_prompt_drops_all_that_the_newest_question_carried():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert len(library.asked) == 1
        await ask(pilot, SHOT_DOWN)
        assert "^r Drop carried" in screen_text(pilot.app)
        await pilot.press("w", "ctrl+r")
        await settle(pilot)
        assert library.asked[-1].left_out == ("drones", "russia", "launch")
        assert "carried over" not in screen_text(pilot.app)
        assert "Drop carried" not in screen_text(pilot.app)
        assert pilot.app.screen.query_one(Prompt).text == "w"


async def test_a_question_asked_again_takes_along_what_it_first_had_and_is_no_question_of_its_own():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 60)) as pilot:
        for question in (ATTACK, SHOT_DOWN, KING):
            await ask(pilot, question)
        pilot.app.screen.query(Chip).first().focus()
        await pilot.press("x")
        await settle(pilot)
        assert library.asked[-1].context == (ATTACK,)
        await pilot.press("escape")
        await ask(pilot, "What next?")
        assert library.asked[-1].context == (ATTACK, SHOT_DOWN, KING)


async def test_a_second_word_removed_while_the_first_is_still_dropped_goes_too():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        library.answers_slowly_again = True
        await pilot.press("tab", "up", "right", "x")
        await until(pilot, lambda: "searching…" in screen_text(pilot.app))
        assert "339 of the 352 drones" in screen_text(pilot.app)
        await pilot.press("x", "right", "x")
        library.may_answer_slowly.set()
        await settle(pilot)
        assert library.asked[-1].left_out == ("russia", "launch")
        assert carried(pilot.app) == ["drones"]


async def test_escape_while_it_is_asked_again_keeps_the_reply_and_its_chips():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        library.answers_slowly_again = True
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "searching…" in screen_text(pilot.app))
        await pilot.press("escape")
        library.may_answer_slowly.set()
        await settle(pilot)
        assert "cancelled" not in screen_text(pilot.app)
        assert carried(pilot.app) == ["drones", "Russia", "launch"]
        await pilot.press("tab", "up", "right", "x")
        await settle(pilot)
        assert library.asked[-1].left_out == ("russia",)
        await pilot.press("escape")
        await ask(pilot, "What next?")
        assert library.asked[-1].context == (ATTACK, SHOT_DOWN)


async def test_an_error_while_it_is_asked_again_is_said_above_the_reply_that_stays():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        turn = pilot.app.screen.query(Turn).last()
        await turn.show_error("the index can’t be read")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert shown.index("the index can’t be read") < shown.index("carried over")
        await ask(pilot, BROKEN)
        await ask(pilot, "What next?")
        assert library.asked[-1].context == (ATTACK, SHOT_DOWN)


async def test_arrows_go_from_the_quotes_to_the_chips_and_back():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        await pilot.press("tab")
        assert pilot.app.focused.quote.n == 1
        await pilot.press("up", "left", "right", "right", "right")
        assert focused(pilot.app) == "launch"
        await pilot.press("down")
        assert isinstance(pilot.app.focused, QuoteCard)
        await pilot.press("up")
        assert focused(pilot.app) == "drones"
        await pilot.press("right", "up")
        assert pilot.app.focused.quote.n == 2
        await pilot.press("escape")
        assert focused(pilot.app) == "prompt"


async def test_tab_goes_to_the_first_quote_then_on_to_the_chips_and_round_to_the_prompt():
    async with chat(scope=Scope(None, "bbc")).run_test(size=(90, 40)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        seen = []
        for _ in range(8):
            await pilot.press("tab")
            seen.append(focused(pilot.app) or pilot.app.focused.quote.n)
        assert seen == [1, 2, "drones", "Russia", "launch", "source", "prompt", 1]
        await pilot.press("escape", "shift+tab", "shift+tab")
        assert focused(pilot.app) == "launch"


async def test_many_long_words_never_fill_the_screen_and_are_all_within_reach():
    library = StandInLibrary()
    library.carried[SHOT_DOWN] = (*(f"{'drones' * 30}{n}" for n in range(60)), "drones")
    async with chat(library).run_test(size=(60, 20)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        row = pilot.app.screen.query_one("Turn ChipRow")
        assert row.size.height <= 4
        assert "74 % sure" in screen_text(pilot.app)
        assert all(chip.size.width <= MAX_CHARS + 6 for chip in row.chips)
        await pilot.press("tab", "up", *["right"] * 60)
        await settle(pilot)
        assert focused(pilot.app) == "drones"
        assert " drones ×" in screen_text(pilot.app)


async def test_hostile_words_are_shown_as_pictures_and_dropped_as_they_are():
    library = StandInLibrary()
    library.carried[SHOT_DOWN] = ("[red]\x1b[31m\nBad\u202e",)
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, SHOT_DOWN)
        assert " [red]␛[31m Bad⟨U+202E⟩ ×" in screen_text(pilot.app)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert library.asked[-1].left_out == ("[red]\x1b[31m\nbad\u202e",)


async def test_a_corrected_spelling_is_shown_beside_the_chips():
    library = StandInLibrary()
    follow_up = "How many were shot dwon?"
    library.carried[follow_up] = ("drones",)
    library.spelt[follow_up] = "How many were shot down?"
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, follow_up)
        shown = screen_text(pilot.app)
        assert "carried over  drones ×" in shown
        assert "searched for: How many were shot down? drones" in shown


async def test_remarks_stand_between_the_verdict_and_the_quotes():
    library = StandInLibrary()
    library.notices[ATTACK] = ("“this week” read as [b]2022-06-10\x1b to 2022-06-17.",)
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await ask(pilot, ATTACK)
        shown = screen_text(pilot.app)
        verdict, remark, words = (
            shown.index(part)
            for part in ("87 % sure", "“this week” read as [b]2022-06-10␛ to", "339 of the")
        )
        assert verdict < remark < words
