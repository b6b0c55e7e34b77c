from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins_chat import ATTACK, KING, StandInLibrary, ask, chat, screen_text, settle

from index.types import Period, Scope
from qa.tui.chips import Chip
from qa.tui.filter_box import FilterInput, FilterScreen
from qa.tui.filter_line import FilterLine
from qa.tui.filters import FilterRefused, Filters, filters_of
from qa.tui.prompt import Prompt

TODAY = date(2025, 7, 1)
BLANK = {"since": "", "until": "", "source": "", "as of": ""}
JUNE = Scope(Period(date(2025, 6, 1), date(2025, 6, 30)), "bbc")

scopes = st.builds(
    Scope,
    st.none()
    | st.tuples(st.none() | st.dates(), st.none() | st.dates())
    .filter(lambda days: any(days) and not (all(days) and days[0] > days[1]))
    .map(lambda days: Period(*days)),
    st.none() | st.text("abc ", min_size=1).map(str.strip).filter(bool),
)


@given(st.builds(Filters, scopes, st.none() | st.dates()))
def test_what_is_set_can_be_typed_again_and_means_the_same(filters):
    assert filters_of(BLANK | filters.values(), TODAY) == filters


@given(st.builds(Filters, scopes, st.none() | st.dates()), st.data())
def test_taking_one_filter_away_leaves_the_others(filters, data):
    name = data.draw(st.sampled_from(list(BLANK)))
    kept = {other: value for other, value in filters.values().items() if other != name}
    assert filters.without(name).values() == kept


def test_a_month_is_meant_from_its_first_day_to_its_last():
    filters = filters_of(BLANK | {"since": "2025-06", "until": "2025-06"}, TODAY)
    assert filters.scope.period == Period(date(2025, 6, 1), date(2025, 6, 30))


def test_words_count_back_from_the_day_of_asking():
    filters = filters_of(BLANK | {"since": "yesterday", "as of": "2024-03-01"}, TODAY)
    assert filters.scope.period == Period(date(2024, 2, 29), None)
    assert filters.asked_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"since": "soon-ish"}, "since"),
        ({"as of": "2025-02-30"}, "as of"),
        ({"since": "2025-07", "until": "2025-06"}, "until"),
    ],
)
def test_what_can_t_be_is_refused_by_its_name(typed, name):
    with pytest.raises(FilterRefused) as refused:
        filters_of(BLANK | typed, TODAY)
    assert refused.value.name == name
    assert str(refused.value)


async def test_filters_typed_in_the_box_hold_for_every_later_question():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        assert "^f Filter" in screen_text(pilot.app)
        await pilot.press("ctrl+f", *"2025-06-01", "tab", *"2025-06", "down", *"bbc", "enter")
        await settle(pilot)
        line = " since 2025-06-01 ×   until 2025-06-30 ×   source: bbc ×"
        assert line in screen_text(pilot.app)
        assert pilot.app.screen.query_one(Prompt).has_focus
        await ask(pilot, KING)
        await ask(pilot, ATTACK)
        assert [question.scope for question in library.asked] == [Scope(), JUNE, JUNE]
        assert "since 2025-06-01 · until 2025-06-30 · source: bbc" in screen_text(pilot.app)


async def test_the_day_of_asking_goes_along():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await pilot.press("ctrl+f", "up", *"2022-06-17", "enter")
        await settle(pilot)
        assert " as of 2022-06-17 ×" in screen_text(pilot.app)
        await ask(pilot, ATTACK)
        assert library.asked[0].asked_on == date(2022, 6, 17)


async def test_a_wrong_date_is_said_in_the_box_and_the_box_stays():
    library = StandInLibrary()
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await pilot.press("ctrl+f", "tab", *"[b]soon-ish", "up", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FilterScreen)
        assert "Until: " in screen_text(pilot.app)
        assert "[b]soon-ish" in str(pilot.app.screen.query_one(".problem").render())
        assert pilot.app.focused.filter == "until"
        await pilot.press("escape")
        await ask(pilot, ATTACK)
        assert library.asked[0].scope == Scope()


async def test_the_box_opens_with_what_is_set_and_an_emptied_line_sets_nothing():
    library = StandInLibrary()
    async with chat(library, scope=JUNE, asked_on=TODAY).run_test(size=(90, 30)) as pilot:
        await pilot.press("ctrl+f")
        await settle(pilot)
        values = [field.value for field in pilot.app.screen.query(FilterInput)]
        assert values == ["2025-06-01", "2025-06-30", "bbc", "2025-07-01"]
        await pilot.press("ctrl+u", "tab", "ctrl+u", "enter")
        await settle(pilot)
        await ask(pilot, ATTACK)
        assert library.asked[0].scope == Scope(None, "bbc")
        assert library.asked[0].asked_on == TODAY


async def test_one_key_on_a_filter_takes_it_away():
    library = StandInLibrary()
    async with chat(library, scope=JUNE).run_test(size=(90, 30)) as pilot:
        await pilot.press("shift+tab", "left", "x")
        await settle(pilot)
        assert [chip.meaning for chip in pilot.app.screen.query(Chip)] == ["since", "source"]
        assert pilot.app.focused.meaning == "source"
        await pilot.press("x")
        await settle(pilot)
        assert pilot.app.focused.meaning == "since"
        await pilot.press("x")
        await settle(pilot)
        assert not pilot.app.screen.query_one(FilterLine).display
        assert pilot.app.screen.query_one(Prompt).has_focus
        await ask(pilot, ATTACK)
        assert library.asked[0].scope == Scope()


async def test_down_from_a_filter_leads_to_the_prompt_and_up_into_the_reply():
    async with chat(scope=JUNE).run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        await pilot.press("tab", "tab", "tab", "tab", "up")
        assert pilot.app.focused.quote.n == 2
        await pilot.press("tab", "down")
        assert pilot.app.screen.query_one(Prompt).has_focus


async def test_a_waiting_question_keeps_the_filters_that_it_was_sent_with():
    library = StandInLibrary()
    library.may_load.clear()
    async with chat(library, scope=JUNE).run_test(size=(90, 30)) as pilot:
        pilot.app.screen.query_one(Prompt).text = ATTACK
        await pilot.press("enter", "shift+tab", "x")
        library.may_load.set()
        await settle(pilot)
        assert library.asked[0].scope == JUNE


async def test_the_box_fits_a_small_terminal():
    async with chat(scope=JUNE).run_test(size=(60, 20)) as pilot:
        await pilot.press("ctrl+f", *"no day at all " * 5, "enter")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "As of" in shown
        assert "Since: “no day" in shown
        assert "last week”" in shown


async def test_a_hostile_source_is_shown_as_pictures():
    async with chat(scope=Scope(None, "[red]\x1b[31m")).run_test(size=(90, 30)) as pilot:
        await ask(pilot, ATTACK)
        assert "source: [red]␛[31m ×" in screen_text(pilot.app)
        assert "  source: [red]␛[31m\n" in screen_text(pilot.app)
