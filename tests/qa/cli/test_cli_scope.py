"""--since, --until, --source and --as-of, and the same in lines of JSON."""

import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from cli_rooms import StandInRooms
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from index.types import Period, Scope
from qa.cli import cli
from qa.cli.questions import BadQuestion, Terms, from_line, terms_of
from qa.types import Question

JUNE = Period(date(2025, 6, 1), date(2025, 6, 30))
MAY_1 = date(2025, 5, 1)


@pytest.fixture
def rooms():
    return StandInRooms()


@pytest.fixture
def qa(rooms):
    def run(*args, **more):
        env = dict.fromkeys(("QA_INDEX", "QA_TOP", "QA_MODEL", "QA_THEME"))
        return CliRunner().invoke(
            cli, args, obj=rooms, env={**env, "QA_CONFIG": "/dev/null"}, **more
        )

    return run


def asked(rooms):
    return rooms.opened[0].asked[0]


def test_nothing_said_leaves_day_and_scope_open(qa, rooms):
    qa("ask", "drones?")
    assert asked(rooms) == Question("drones?")


@pytest.mark.parametrize(
    ("options", "scope"),
    [
        (("--since", "2025-06-01"), Scope(Period(date(2025, 6, 1), None))),
        (("--until", "2025-06"), Scope(Period(None, date(2025, 6, 30)))),
        (("--since", "2025-06", "--until", "2025-06"), Scope(JUNE)),
        (("--since", "2024", "--until", "3 June 2025"),
         Scope(Period(date(2024, 1, 1), date(2025, 6, 3)))),
        (("--source", " BBC News "), Scope(None, "BBC News")),
    ],
)  # fmt: skip
def test_options_narrow_what_may_be_quoted(qa, rooms, options, scope):
    assert qa("ask", *options, "drones?").exit_code == 0
    assert asked(rooms) == Question("drones?", scope=scope)


def test_words_are_reckoned_from_the_day_of_asking(qa, rooms):
    qa("ask", "--as-of", "2025-06-18", "--since", "last week", "--until", "yesterday", "drones?")
    period = Period(date(2025, 6, 9), date(2025, 6, 17))
    assert asked(rooms) == Question("drones?", asked_on=date(2025, 6, 18), scope=Scope(period))


def test_without_a_day_of_asking_words_are_reckoned_from_today():
    before = date.today()
    terms = terms_of({"since": "yesterday", "until": None, "source": None, "as-of": None})
    assert terms.asked_on is None
    assert before <= terms.scope.period.first + timedelta(days=1) <= date.today()


@pytest.mark.parametrize("command", ["ask", "chat"])
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--since", "soon"), "--since: “soon” is no date; write a day (2025-06-23)"),
        (("--until", "2025-02-30"), "--until: “2025-02-30” is no date"),
        (("--until", "since 2030"), "--until names no last day"),
        (("--since", "before 2014"), "--since names no first day"),
        (("--since", ""), "--since is empty"),
        (("--source", " "), "--source is empty"),
        (("--as-of", "3/4/2025"), "--as-of: “3/4/2025” is no date"),
        (("--as-of", "2025"), "--as-of must be one day"),
        (("--since", "2025", "--until", "2024"),
         "--until ends on 2024-12-31, before --since begins (2025-01-01)"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_wrong_use(qa, rooms, command, options, told):
    done = qa(command, *options, *(("drones?",) if command == "ask" else ()))
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert rooms.opened == []


def test_a_hostile_date_does_not_reach_the_terminal(qa):
    assert "\x1b" not in qa("ask", "--since", "\x1b[31m2025", "drones?").stderr


def test_a_line_of_json_brings_its_own_scope():
    line = {
        "question": "Why?",
        "asked_on": "2025-06-18",
        "since": "last week",
        "until": "2025-06-17",
        "source": "bbc",
    }
    scope = Scope(Period(date(2025, 6, 9), date(2025, 6, 17)), "bbc")
    assert from_line(json.dumps(line).encode()) == Question(
        "Why?", asked_on=date(2025, 6, 18), scope=scope
    )


def test_options_hold_for_every_line_that_says_nothing_else(qa, rooms):
    lines = [
        "plain drones?",
        '{"question": "drones?", "source": null}',
        '{"question": "drones?", "asked_on": "2025-05-01", "since": "2025-06-09", "source": "b"}',
    ]
    options = ("--since", "2025-06", "--until", "2025-06", "--source", "a", "--as-of", "2025-07-01")
    done = qa("ask", "-", *options, input="\n".join(lines))
    assert done.exit_code == 0
    assert [(one.asked_on, one.scope) for one in rooms.opened[0].asked] == [
        (date(2025, 7, 1), Scope(JUNE, "a")),
        (date(2025, 7, 1), Scope(JUNE, "a")),
        (MAY_1, Scope(Period(date(2025, 6, 9), date(2025, 6, 30)), "b")),
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"since": "soon"}, '"since": “soon” is no date'),
        ({"since": 2025}, '"since" must be a string'),
        ({"until": ""}, '"until" is empty'),
        ({"until": "3/4/2025"}, '"until": “3/4/2025” is no date'),
        ({"source": ["bbc"]}, '"source" must be a string'),
        ({"source": "\ud800"}, "not text"),
        ({"since": "2025", "until": "2024"}, '"until" ends on 2024-12-31'),
        ({"since": "2026"}, '"until" ends on 2025-06-30'),
    ],
)
def test_a_line_that_can_not_be_is_refused_with_its_reason(said, why):
    line = json.dumps({"question": "Why?", **said}).encode()
    with pytest.raises(BadQuestion, match=why):
        from_line(line, Terms(Scope(JUNE)))


def test_a_bad_scope_is_told_by_line_and_the_others_go_on(qa):
    lines = 'drones?\n{"question": "drones?", "since": "soon"}\ndrones?\n'
    done = qa("ask", "-", "--json", input=lines)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["schema"] for one in told] == ["qa.reply/1", "qa.error/1", "qa.reply/1"]
    assert (told[1]["line"], told[1]["message"][:7], done.exit_code) == (2, '"since"', 2)


class Terminal(io.StringIO):
    """A stream that says that somebody sits there."""

    def isatty(self):
        return True


@pytest.fixture
def chat(rooms, monkeypatch):
    """Run `qa` at a terminal, and give the terms on which the chat began."""

    def run(*args):
        monkeypatch.setenv("QA_CONFIG", "/dev/null")
        for name in ("QA_INDEX", "QA_TOP", "QA_MODEL", "QA_THEME"):
            monkeypatch.delenv(name, raising=False)
        for stream in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, stream, Terminal())
        cli.main(args, obj=rooms, standalone_mode=False)
        assert rooms.chatted == [Path("/data/last")]
        return rooms.terms

    return run


@pytest.mark.parametrize("args", [(), ("chat",)])
def test_the_chat_starts_without_filters(chat, args):
    assert chat(*args) == (Scope(), None)


def test_the_chat_starts_with_the_filters_that_were_given(chat):
    options = ("--since", "last month", "--source", "bbc", "--as-of", "2025-06-18")
    scope = Scope(Period(MAY_1, None), "bbc")
    assert chat("chat", *options) == (scope, date(2025, 6, 18))


@given(st.text(), st.text(), st.text())
def test_any_options_are_terms_or_refused(since, until, source):
    typed = {"since": since, "until": until, "source": source, "as-of": "2025-06-18"}
    try:
        terms = terms_of(typed)
    except BadQuestion:
        return
    assert terms.scope.source == source.strip()
