"""Whatever is typed, named, set or sent: no byte of it steers the terminal, and nothing crashes.

Every command, argument, option, setting and variable is found by looking at the commands, so that a
new one is tried, too.
"""

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest
from cli_rooms import StandInRooms
from click.testing import CliRunner
from hostile import HOSTILE, traces

from qa.cli import COMMANDS, cli
from qa.cli.config import Config
from qa.cli.endings import MOST_CHARS
from qa.showing.replyjson import dump
from qa.visible import HIDDEN, masked

CODES = {0, 1, 2, 3, 4, 5, 130}
"""Each says something else; see `qa --help`."""
GIVEN = {
    "sources": "/no/such/folder",
    "article": "a.txt",
    "words": "drones",
    "names": "last",
    "dataset": "/no/such/set",
    "shell": "bash",
}
"""What stands for an argument while another one is hostile."""
ROOT = Path(__file__).resolve().parents[3]


class QuietRooms(StandInRooms):
    """Follows nothing, so that `qa watch` ends."""

    def updates(self, roots, stop, update, known):
        return iter(())

    def open(self, index_folder):
        opened = super().open(index_folder)
        opened.roots = lambda: ()
        return opened

    def benches(self, dataset, *, report):
        raise AssertionError("no hostile string is a set of questions")


@pytest.fixture
def qa(tmp_path):
    """Run `qa` in this process, with real rooms that are empty or with stand-ins."""
    empty = {"QA_CONFIG": os.devnull, "QA_DATA_DIR": str(tmp_path / "d"), "XDG_CONFIG_HOME": "/no"}

    def run(*args, real=False, env=(), lines=None):
        rooms = None if real else QuietRooms()
        done = CliRunner().invoke(
            cli, args, obj=rooms, env=empty | dict(env), input=lines, prog_name="qa"
        )
        told = (args[:2], done.exit_code, done.stdout_bytes[-300:], done.stderr_bytes[-300:])
        assert isinstance(done.exception, SystemExit | None), (told, done.exception)
        assert done.exit_code in CODES, told
        assert not traces(done.stdout_bytes), told
        assert not traces(done.stderr_bytes), told
        if done.exit_code > 1:
            assert done.stderr_bytes or "--json" in args, told
            assert len(done.stderr_bytes) < 4 * MOST_CHARS + 300, told
        return done

    return run


def command_named(name):
    return cli.get_command(click.Context(cli), name)


def ways_to_say(name, string):
    """Every place of a command's line where a string can stand."""
    command = command_named(name)
    for hostile in command.params:
        others = [
            GIVEN[one.name]
            for one in command.params
            if isinstance(one, click.Argument) and one.required and one is not hostile
        ]
        if isinstance(hostile, click.Argument):
            yield [name, *others, string]
            yield [name, *others, "--", string]
            continue
        for option in (*hostile.opts, *hostile.secondary_opts):
            yield [name, *others, f"{option}={string}"]
            if not hostile.is_flag:
                yield [name, *others, option, string]
    yield [name, f"--{string}"]
    yield [name, f"-{string}"]


def reaches_outside(args):
    """Say whether a real room would do what takes long: fetch a page, look for a model."""
    return args[0] == "doctor" or any(word.startswith("http") for word in args)


@pytest.mark.parametrize("string", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_line(qa, name, string):
    for args in ways_to_say(name, string):
        qa(*args)
        if not reaches_outside(args):
            qa(*args, real=True)


@pytest.mark.parametrize("string", HOSTILE.values(), ids=HOSTILE)
def test_what_stands_before_the_command(qa, string):
    for args in ([string], [f"--{string}"], [f"-{string}"], [f"--version={string}"]):
        assert qa(*args).exit_code == 2


@pytest.mark.parametrize("string", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "args", [["status"], ["list"], ["ask", "drones"], ["rm", "--yes", "last"]], ids=str
)
def test_variables(qa, args, string):
    ours = [f"QA_{field.name.upper()}" for field in fields(Config)]
    others = ["QA_CONFIG", "QA_ELSE", "TERM", "COLORTERM", "HOME", "LANG", "COLUMNS", "NO_COLOR"]
    for variable in (*ours, *others):
        qa(*args, env={variable: string})
        qa(*args, env={variable: string}, real=True)


@pytest.mark.parametrize("string", [*HOSTILE.values(), "he\0ron"], ids=[*HOSTILE, "null"])
def test_settings(qa, tmp_path, string):
    file = tmp_path / "settings.toml"
    quoted = json.dumps(string)
    keys = [field.name for field in fields(Config)]
    lines = [
        *(f"{key} = {quoted}\n" for key in keys),
        f"{quoted} = 1\n",
        f"top = {quoted}{quoted}\n",
    ]
    for toml in (*(line.encode() for line in lines), os.fsencode(string)):
        file.write_bytes(toml)
        qa("status", env={"QA_CONFIG": str(file)})
        qa("status", env={"QA_CONFIG": str(file)}, real=True)


@pytest.mark.parametrize("string", [*HOSTILE.values(), "he\0ron"], ids=[*HOSTILE, "null"])
@pytest.mark.parametrize("how", [[], ["--json"]], ids=["words", "json"])
def test_lines_of_standard_input(qa, how, string):
    asked = [
        {"question": string},
        {"question": "drones", "context": [string], "source": string},
        *({"question": "drones", key: string} for key in ("since", "until", "asked_on", "context")),
        {"question": "drones", string: string},
    ]
    lines = [os.fsencode(string).replace(b"\n", b" "), *(json.dumps(one).encode() for one in asked)]
    done = qa("ask", "-", *how, lines=b"\n".join([*lines, b'{"question": ' + lines[0]]))
    if how:
        told = [json.loads(line) for line in done.stdout_bytes.split(b"\n")[:-1]]
        assert len(told) == len(lines) + 1


def test_an_empty_path_is_not_this_folder(qa):
    for args in (["index", ""], ["watch", " "], ["ask", "--index", "", "x"], ["eval", ""]):
        assert qa(*args).exit_code == 2
    assert qa("rm", "last", "--yes", "--path", "").exit_code == 2


def test_a_home_folder_that_the_shell_left_is_found(qa):
    assert f"no index in {Path.home() / 'i'}" in qa("status", "--index=~/i").stderr


def test_a_long_message_keeps_its_beginning_and_its_end(qa):
    told = qa("status", "--name", "heron" * 2_000, real=True).stderr
    assert told.startswith("qa: no corpus can be called")
    assert told.endswith("begins with a letter or a digit\n")
    assert " … " in told


@pytest.mark.parametrize("string", HOSTILE.values(), ids=HOSTILE)
def test_json_says_the_same_after_it_was_made_harmless(string):
    line = dump({string: [string]})
    assert json.loads(line) == {string: [string]}
    assert not HIDDEN.search(line)


@pytest.mark.parametrize("string", HOSTILE.values(), ids=HOSTILE)
def test_what_is_masked_keeps_its_length(string):
    assert len(masked(string)) == len(string)
    assert not HIDDEN.search(masked(string))


BUG = """
import sys, threading
from qa.cli import main, status
class Odd(Exception):
    def __str__(self):
        return "\\x1b]52;c;aGk=\\x07\\u202e"
def fail(**which):
    raise Odd
def fail_beside(**which):
    other = threading.Thread(target=fail)
    other.start()
    other.join()
    sys.exit(1)
status.settings = {"here": fail, "in a thread": fail_beside}[sys.argv.pop(1)]
main()
"""


@pytest.mark.parametrize("where", ["here", "in a thread"])
def test_a_traceback_of_our_own_bug_steers_nothing(where):
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", BUG, where, "status"], env=env, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert traces(done.stderr) == ["Traceback"]
    assert "␛]52;c;aGk=␇⟨U+202E⟩".encode() in done.stderr
