from stand_ins_chat import AGREED, KING, VISIT, StandInLibrary, ask, chat, screen_text
from stand_ins_quotes import article, quote

from qa.types import Comparison, Finding


async def test_articles_that_differ_are_said_to_differ_above_the_quotes_each_with_its_sources():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, VISIT)
        shown = screen_text(pilot.app)
        undated = "October 24 [1]: 003_048866fb0eaad4a3.txt"
        newest = "June 23 [2] [3]: 001_9a903c9ad95b38f9.txt; The Epoch Times, 2025-06-23"
        places = [
            shown.index(part) for part in ("These articles differ", newest, undated, "1  003")
        ]
        assert places == sorted(places)


async def test_articles_that_agree_are_counted_by_independent_source():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, AGREED)
        shown = screen_text(pilot.app)
        assert "2 independent articles say the same: Windsor Castle [1] [2]" in shown
        assert "differ" not in shown


async def test_reprints_alone_are_one_outlet():
    library = StandInLibrary()
    library.comparisons[AGREED] = Comparison((Finding("Windsor Castle", (1,), 1),))
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, AGREED)
        assert "2 articles of one outlet or one text say the same: Windsor" in screen_text(
            pilot.app
        )


async def test_nothing_is_compared_where_one_article_answers():
    async with chat().run_test(size=(90, 30)) as pilot:
        await ask(pilot, KING)
        assert "outlet" not in screen_text(pilot.app)
        assert not pilot.app.screen.query("ComparisonBlock")


async def test_hostile_and_endless_words_of_a_finding_stay_harmless_and_short():
    library = StandInLibrary()
    words = "[red]\x1b[31m5\u202e million " + "and more " * 100
    source = article(f"{words}\n", path="a\x1b[b].txt")
    library.replies["?"] = (quote(1, source, words),)
    library.comparisons["?"] = Comparison(
        (Finding(words, (1,), 1), Finding("6\nmillion [/]", (1,), 1))
    )
    async with chat(library).run_test(size=(90, 30)) as pilot:
        await ask(pilot, "?")
        shown = screen_text(pilot.app)
        assert "[red]␛[31m5⟨U+202E⟩ million and more" in shown
        assert "6 million [/] [1]: a␛[b].txt" in shown
        assert pilot.app.screen.query_one("ComparisonBlock").size.height <= 6
