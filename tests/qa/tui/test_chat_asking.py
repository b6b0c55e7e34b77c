import pytest
from stand_ins_chat import (
    AFTERWARDS,
    ATTACK,
    BROKEN,
    COST,
    KING,
    SLOW,
    StandInLibrary,
    ask,
    chat,
    screen_text,
    settle,
    until,
)
from stand_ins_quotes import article, quote

from index.errors import IndexMissing, ModelMissing
from qa.tui.messages import Refreshed
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.status import StatusLine
from qa.tui.transcript import Transcript
from qa.tui.turn import Turn
from qa.types import Searched


async def test_the_prompt_has_the_focus_in_the_first_frame_while_the_models_load():
    library = StandInLibrary()
    library.may_load.clear()
    async with chat(library).run_test() as pilot:
        assert pilot.app.screen.query_one(Prompt).has_focus
        await until(pilot, lambda: "loading the reader…" in screen_text(pilot.app))
        await pilot.press("h", "i")
        assert pilot.app.screen.query_one(Prompt).text == "hi"
        library.may_load.set()


async def test_a_question_typed_early_waits_visibly_and_is_answered_once_the_models_are_ready():
    library = StandInLibrary()
    library.may_load.clear()
    async with chat(library).run_test() as pilot:
        pilot.app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        await until(pilot, lambda: "waiting · loading the reader…" in screen_text(pilot.app))
        assert library.asked == []
        library.may_load.set()
        await until(pilot, lambda: "87 % sure that this answers" in screen_text(pilot.app))
        assert "waiting" not in screen_text(pilot.app)


async def test_questions_typed_early_are_answered_in_their_order():
    library = StandInLibrary()
    library.may_load.clear()
    async with chat(library).run_test() as pilot:
        for question in (ATTACK, KING, AFTERWARDS):
            pilot.app.screen.query_one(Prompt).text = question
            await pilot.press("enter")
        library.may_load.set()
        await until(pilot, lambda: len(library.asked) == 3)
        await settle(pilot)
        assert [question.text for question in library.asked] == [ATTACK, KING, AFTERWARDS]
        assert len(pilot.app.screen.query(QuoteCard)) == 6


async def test_an_answer_shows_its_quotes_with_their_places_titles_and_certainty():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, KING)
        shown = screen_text(pilot.app)
        assert "87 % sure that this answers" in shown
        assert "1  003_048866fb0eaad4a3.txt:2" in shown
        assert "2  000_333bd8d987ca2fd0.txt:11" in shown
        assert "Starmer and Zelensky Collaborate on Military Production Initiative" in shown
        assert "The Epoch Times · 2025-06-23" in shown
        assert "On the morning of October 24, Ukrainian President…" in shown
        assert "also in: Zelensky and Starmer hail" in shown


async def test_quotes_of_one_article_stand_under_one_heading_and_keep_their_numbers():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, KING)
        assert [card.quote.n for card in pilot.app.screen.query(QuoteCard)] == [1, 3, 2]
        assert screen_text(pilot.app).count("On the morning of October 24, Ukrainian") == 1


async def test_the_quote_is_lit_inside_its_dimmer_context():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, KING)
        card = pilot.app.screen.query(QuoteCard).last()
        content = card.render()
        bold = {content.plain[span.start : span.end] for span in content.spans if span.style.bold}
        lit = {content.plain[s.start : s.end] for s in content.spans if s.style.underline}
        assert "Mr. Zelensky met with Britain’s King Charles at " in bold
        assert not any("handshake" in piece for piece in bold)
        assert lit == {"Windsor Castle"}


async def test_an_abstention_says_so_and_its_nearest_passages_cannot_be_taken_for_an_answer():
    async with chat().run_test(size=(90, 40)) as pilot:
        await ask(pilot, COST)
        shown = screen_text(pilot.app)
        assert "none of them says what it costs" in shown
        assert "Nearest passages (not an answer)" in shown
        assert "12 % likely that one of these answers all the same" in shown
        assert "sure that this answers" not in shown
        assert "the models read English only." in shown
        assert len(pilot.app.screen.query("QuoteCard.nearest")) == 2
        assert not pilot.app.screen.query("QuoteCard.answering")


async def test_an_error_is_said_and_the_chat_goes_on():
    async with chat().run_test() as pilot:
        await ask(pilot, BROKEN)
        assert "the index can’t be read; run: qa index --rebuild seeds" in screen_text(pilot.app)
        await ask(pilot, ATTACK)
        assert "339 of the 352 drones" in screen_text(pilot.app)


async def test_escape_takes_the_running_question_back_and_its_late_reply_is_not_shown():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Prompt).text = SLOW
        await pilot.press("enter")
        await until(pilot, lambda: "searching…" in screen_text(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "cancelled" in screen_text(pilot.app))
        library.may_answer_slowly.set()
        await settle(pilot)
        assert not pilot.app.screen.query(QuoteCard)
        await ask(pilot, ATTACK)
        assert library.asked[-1].context == ()
        assert "339 of the 352 drones" in screen_text(pilot.app)


async def test_escape_takes_back_the_last_of_the_waiting_questions():
    library = StandInLibrary()
    library.may_load.clear()
    async with chat(library).run_test() as pilot:
        for question in (ATTACK, KING):
            pilot.app.screen.query_one(Prompt).text = question
            await pilot.press("enter")
        await pilot.press("escape")
        library.may_load.set()
        await until(pilot, lambda: bool(library.asked))
        await settle(pilot)
        assert [question.text for question in library.asked] == [ATTACK]


async def test_earlier_questions_go_along_with_a_new_one_five_at_most():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        for number in range(7):
            await ask(pilot, f"question {number}")
        assert library.asked[0].context == ()
        assert library.asked[6].context == tuple(f"question {n}" for n in range(1, 6))


async def test_a_query_that_differs_from_the_question_is_shown():
    async with chat().run_test(size=(100, 30)) as pilot:
        await ask(pilot, ATTACK)
        assert "searched for" not in screen_text(pilot.app)
        await ask(pilot, "And after that?")
        assert f"searched for: And after that? {ATTACK}" in screen_text(pilot.app)


async def test_a_new_conversation_starts_empty_and_without_context():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await ask(pilot, ATTACK)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "Ask the articles a question." in screen_text(pilot.app)
        assert not pilot.app.screen.query(Turn)
        await ask(pilot, KING)
        assert library.asked[-1].context == ()


async def test_blank_questions_are_ignored():
    library = StandInLibrary()
    async with chat(library).run_test() as pilot:
        await ask(pilot, " \n ")
        assert library.asked == []
        assert not pilot.app.screen.query(Turn)


async def test_a_question_of_ten_thousand_characters_is_asked_whole_and_shown_short():
    library = StandInLibrary()
    question = "drones and missiles " * 500
    async with chat(library).run_test() as pilot:
        await ask(pilot, question)
        assert library.asked[0].text == question.strip()
        asked = pilot.app.screen.query_one(".question")
        assert asked.size.height < 8
        assert str(asked.render()).endswith("…")


async def test_only_the_newest_turns_stay_mounted(monkeypatch):
    monkeypatch.setattr(Transcript, "MAX_TURNS", 3)
    async with chat().run_test() as pilot:
        for number in range(5):
            await ask(pilot, f"question {number}")
        assert [turn.question.text for turn in pilot.app.screen.query(Turn)] == [
            "question 2",
            "question 3",
            "question 4",
        ]
        assert len(pilot.app.screen.query(".dropped")) == 1


async def test_models_that_do_not_load_are_an_error_for_each_waiting_question_and_tried_again():
    library = StandInLibrary()
    library.may_load.clear()
    library.load_error = ModelMissing("the reader is missing; run: pip install pullquote")
    async with chat(library).run_test() as pilot:
        pilot.app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter")
        library.may_load.set()
        await until(pilot, lambda: "the reader is missing" in screen_text(pilot.app))
        assert library.asked == []
        library.load_error = None
        await ask(pilot, ATTACK)
        await until(pilot, lambda: "339 of the 352 drones" in screen_text(pilot.app))


@pytest.mark.parametrize("error", [None, IndexMissing("no index yet; run: qa index PATH")])
async def test_without_an_index_the_chat_says_how_to_make_one(error):
    library = StandInLibrary(searched=None)
    library.load_error = error
    async with chat(library).run_test() as pilot:
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "Press Ctrl+O" in shown
        assert "nothing indexed" in shown


async def test_the_status_line_says_what_is_searched():
    async with chat().run_test() as pilot:
        await settle(pilot)
        assert "5 articles · 41 passages · seeds" in screen_text(pilot.app)


async def test_a_change_by_another_process_is_noticed():
    library = StandInLibrary()
    async with chat(library, refresh_s=0.02).run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        library.changed_to = Searched("/articles/seeds", articles=6, passages=50)
        await until(pilot, lambda: "index refreshed: 6 articles" in screen_text(pilot.app))
        assert "6 articles · 50 passages · seeds" in screen_text(pilot.app)
        await ask(pilot, ATTACK)
        assert pilot.app.screen.query_one(StatusLine).activity == ""


async def test_leaving_while_others_write_is_no_crash():
    app = chat(StandInLibrary(), refresh_s=0.001)
    async with app.run_test() as pilot:
        await settle(pilot)
        await app.chat.query("*").remove()  # as Textual does on leaving, before the timer stops
        await pilot.pause(0.02)
        assert app.chat.is_idle
        app._running = False
        await app.chat._on_message(Refreshed(None))


async def test_hostile_characters_of_articles_are_shown_as_pictures_and_markup_as_it_is():
    library = StandInLibrary()
    words = "the [bold]cost[/bold] is \x1b[31m5\u202e million"
    source = article(f"One says {words} euros.\n", path="a[b]\x1b.txt", title="[red]T\x07[/red]")
    library.replies["hostile?"] = (quote(1, source, words, "million"),)
    async with chat(library).run_test(size=(100, 30)) as pilot:
        await ask(pilot, "hostile?")
        shown = screen_text(pilot.app)
        assert "the [bold]cost[/bold] is ␛[31m5⟨U+202E⟩ million" in shown
        assert "[red]T␇[/red]" in shown
        assert "a[b]␛.txt:1" in shown
        content = pilot.app.screen.query_one(QuoteCard).render()
        assert [content.plain[s.start : s.end] for s in content.spans if s.style.underline] == [
            "million"
        ]
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert "is ␛[31m5⟨U+202E⟩ million euros." in screen_text(pilot.app)


async def test_leaving_while_the_models_load_does_not_wait_for_them():
    library = StandInLibrary()
    library.may_load.clear()
    app = chat(library)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "loading the reader…" in screen_text(pilot.app))
        worker = next(worker for worker in app.workers if worker.group == "load")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: worker.is_finished)
    assert app.return_code == 0
