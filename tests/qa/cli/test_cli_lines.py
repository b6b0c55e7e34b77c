"""`qa ask -`: one reply a line, in order, and a sentence for each bad line."""

import json
from datetime import date

import pytest
from cli_rooms import SAID, StandInRooms
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qa.cli import cli
from qa.cli.questions import BadQuestion, from_line
from qa.types import Question


def ask_lines(lines, *options, rooms=None):
    return CliRunner().invoke(
        cli,
        ["ask", "-", *options],
        input=lines,
        obj=rooms or StandInRooms(),
        env={"QA_CONFIG": "/dev/null"},
    )


def test_each_line_gets_its_reply_in_order_and_0_is_the_code():
    done = ask_lines(b"drones?\nthe cup?\nmore drones?\n", "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["question"] for one in told] == ["drones?", "the cup?", "more drones?"]
    assert [one["answered"] for one in told] == [True, False, True]
    assert done.exit_code == 0


def test_a_json_line_brings_context_and_day():
    rooms = StandInRooms()
    line = {"question": "And drones?", "context": ["Who?"], "asked_on": "2025-06-23"}
    done = ask_lines(json.dumps(line), "--json", rooms=rooms)
    assert rooms.opened[0].asked == [Question("And drones?", ("Who?",), date(2025, 6, 23))]
    assert json.loads(done.stdout)["asked_on"] == "2025-06-23"


def test_a_bad_line_gives_an_error_in_its_place():
    done = ask_lines(b'drones?\n{"question": 3}\ndrones!\n', "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["schema"] for one in told] == ["qa.reply/1", "qa.error/1", "qa.reply/1"]
    assert told[1]["line"] == 2
    assert done.exit_code == 2


def test_without_json_a_bad_line_is_a_sentence_on_stderr():
    done = ask_lines(b'drones?\n{"question": " "}\n')
    assert 'qa: line 2: "question" is empty\n' in done.stderr
    assert SAID in done.stdout
    assert done.exit_code == 2


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_blank_lines_ask_nothing_and_are_counted(json):
    done = ask_lines(b"\n  \r\n\xef\xbb\xbf\n\xc2\xa0\ndrones?\n\n", *json)
    assert (done.exit_code, done.stderr.count("line")) == (0, 0)
    assert done.stdout.count(SAID) == 1
    wrong = ask_lines(b"\n\n{\n")
    assert (wrong.exit_code, wrong.stderr.startswith("qa: line 3: ")) == (2, True)


def test_no_line_at_all_is_no_failure():
    assert ask_lines(b"").exit_code == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"caf\xe9?", "UTF-8"),
        (b"{", "not a JSON object"),
        (b'{"question": "a"} b', "not a JSON object"),
        (b'{"question": "' + b"[" * 10 + b'"', "not a JSON object"),
        (b'{"context": ' + b"[" * 100_000, "not a JSON object"),
        (b"{}", "missing"),
        (b'{"question": 3}', "string"),
        (b'{"question": null}', "string"),
        (b'{"question": " "}', "empty"),
        (b'{"question": "a", "tone": "b"}', "tone"),
        (b'{"question": "a", "question": "b"}', "twice"),
        (b'{"question": "a", "context": "b"}', "context"),
        (b'{"question": "a", "context": [1]}', "context"),
        (b'{"question": "a", "context": ""}', "context"),
        (b'{"question": "a", "asked_on": "23.6.2025"}', "YYYY-MM-DD"),
        (b'{"question": "a", "asked_on": "20250623"}', "YYYY-MM-DD"),
        (b'{"question": "a", "asked_on": "2025-02-30"}', "no day"),
        (b'{"question": "a", "asked_on": 2025}', "YYYY-MM-DD"),
        (b'{"question": "a\\ud800"}', "not text"),
    ],
)
def test_what_is_no_question_is_refused_with_its_reason(line, why):
    with pytest.raises(BadQuestion, match=why):
        from_line(line)


@pytest.mark.parametrize(
    "line",
    [
        b"Why?\n",
        b"Why?\r\n",
        b"\xef\xbb\xbfWhy?\n",
        b'\t{"question": "Why?"}\n',
        b'{"question": "Why?", "context": null, "asked_on": null}',
    ],
)
def test_line_ends_marks_and_margins_are_no_part_of_a_question(line):
    assert from_line(line) == Question("Why?")


def test_null_bytes_and_escapes_are_a_question_as_they_stand():
    assert from_line(b"a\x00\x1b[31mb\n") == Question("a\x00\x1b[31mb")


@given(st.binary())
def test_any_line_is_a_question_or_refused(line):
    try:
        question = from_line(line)
    except BadQuestion:
        return
    assert question.text.strip()


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    st.lists(st.sampled_from(["Who?", "And when?"])),
    st.dates(),
)
def test_a_question_written_as_json_is_read_back(text, context, day):
    line = json.dumps({"question": text, "context": context, "asked_on": day.isoformat()})
    assert from_line(line.encode()) == Question(text, tuple(context), day)
