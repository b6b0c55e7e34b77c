from stand_ins_chat import ATTACK, KING, StandInLibrary, ask, chat, screen_text, settle
from textual import events

from qa.tui.prompt import Prompt


async def test_new_line_keys_break_the_line_without_sending():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await pilot.press("a", "shift+enter", "b", "ctrl+j", "c")
        assert pilot.app.screen.query_one(Prompt).text == "a\nb\nc"
        await settle(pilot)
        assert library.asked == []
        await pilot.press("enter")
        await settle(pilot)
        assert [question.text for question in library.asked] == ["a\nb\nc"]


async def test_pasted_lines_are_taken_in_and_not_sent():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        prompt.post_message(events.Paste("first\r\nsecond\x1b[31m\n"))
        await settle(pilot)
        assert prompt.text == "first\nsecond␛[31m\n"
        assert library.asked == []
        assert prompt.size.height >= 3


async def test_up_and_down_recall_earlier_questions_and_come_back_to_the_draft():
    async with chat().run_test() as pilot:
        await ask(pilot, ATTACK)
        await ask(pilot, KING)
        prompt = pilot.app.screen.query_one(Prompt)
        await pilot.press("d", "r", "up")
        assert prompt.text == KING
        await pilot.press("up")
        assert prompt.text == ATTACK
        await pilot.press("up")
        assert prompt.text == ATTACK
        await pilot.press("down", "down")
        assert prompt.text == "dr"
        await pilot.press("down")
        assert prompt.text == "dr"


async def test_up_moves_inside_a_question_of_several_lines_before_it_recalls():
    async with chat().run_test() as pilot:
        await ask(pilot, ATTACK)
        prompt = pilot.app.screen.query_one(Prompt)
        await pilot.press("a", "ctrl+j", "b", "up")
        assert prompt.text == "a\nb"
        await pilot.press("up")
        assert prompt.text == ATTACK


async def test_the_prompt_grows_with_its_lines_and_leaves_room_for_the_transcript():
    async with chat().run_test(size=(60, 20)) as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        small = prompt.outer_size.height
        await pilot.press(*["ctrl+j"] * 30)
        await pilot.pause()
        assert small == 3
        assert prompt.outer_size.height == 8


async def test_page_keys_turn_the_transcript_while_the_prompt_keeps_the_focus():
    async with chat().run_test(size=(60, 20)) as pilot:
        for _ in range(4):
            await ask(pilot, KING)
        transcript = pilot.app.screen.query_one("Transcript")
        below = transcript.scroll_y
        await pilot.press("pageup")
        await pilot.pause()
        assert transcript.scroll_y < below
        await pilot.press("pagedown")
        await pilot.pause()
        assert transcript.scroll_y == below
        assert pilot.app.screen.query_one(Prompt).has_focus


async def test_the_reply_is_shown_from_its_question_on():
    async with chat().run_test(size=(60, 20)) as pilot:
        for _ in range(3):
            await ask(pilot, KING)
        first_row = next(row for row in screen_text(pilot.app).splitlines() if row.strip())
        assert KING in first_row


async def test_enter_never_overtakes_letters_typed_before_it():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await settle(pilot)
        for char in "What is it?":
            pilot.app.post_message(events.Key(char, char))
        pilot.app.post_message(events.Key("enter", "\r"))
        pilot.app.post_message(events.Key("x", "x"))
        await settle(pilot)
        assert [question.text for question in library.asked] == ["What is it?"]
        assert pilot.app.screen.query_one(Prompt).text == "x"
