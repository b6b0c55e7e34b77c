"""The commands: what is printed where, and the exit codes."""

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from cli_rooms import SAID, USUAL, OpenIndex, StandInRooms
from click.testing import CliRunner

import seeds
from index.errors import (
    BadPath,
    IndexBroken,
    IndexBusy,
    IndexMissing,
    ModelMissing,
    StorageFailed,
)
from index.types import Unfinished
from qa.cli import COMMANDS, cli
from qa.cli.chat import open_or_build
from qa.cli.config import Config
from qa.cli.ways import Ways
from qa.types import Searched


@pytest.fixture
def rooms():
    return StandInRooms()


@pytest.fixture
def qa(rooms, tmp_path):
    """Run `qa` on the stand-in rooms, with no settings but those given."""

    def run(*args, **more):
        env = dict.fromkeys(("QA_INDEX", "QA_NAME", "QA_TOP", "QA_MODEL", "QA_THEME", "NO_COLOR"))
        empty = tmp_path / "config.toml"
        empty.touch()
        env |= {"QA_CONFIG": str(empty)} | more.pop("env", {})
        return CliRunner().invoke(cli, args, obj=more.pop("rooms", rooms), env=env, **more)

    return run


def test_an_answer_is_printed_and_exits_with_0(qa):
    done = qa("ask", "How many drones?")
    assert (done.exit_code, SAID in done.stdout) == (0, True)


def test_nothing_that_answers_exits_with_1(qa):
    done = qa("ask", "Who won the cup?")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        1,
        "Nothing in these articles is about that.",
    )


def test_several_words_are_one_question(qa, rooms):
    qa("ask", "How", "many", "drones?")
    assert [asked.text for asked in rooms.opened[0].asked] == ["How many drones?"]


def test_a_question_of_ten_thousand_characters_is_asked(qa):
    assert qa("ask", "drones " * 1500).exit_code == 0


def test_remarks_go_to_stderr_and_results_to_stdout(qa):
    done = qa("ask", "drones")
    assert done.stderr == "qa: Models are English.\n"
    assert "Models are English" not in done.stdout


def test_a_reply_in_json_is_one_line_with_its_remarks_inside(qa):
    done = qa("ask", "--json", "drones")
    told = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert told["notices"] == ["Models are English."]
    assert "Models are English." not in done.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IndexMissing("no index; run: qa index PATH"), 3),
        (IndexBroken("torn"), 3),
        (IndexBusy("wait"), 3),
        (ModelMissing("no model"), 4),
        (StorageFailed("disk full"), 5),
        (BadPath("no such folder"), 2),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_trouble_has_its_code_and_one_sentence(qa, error, code):
    done = qa("ask", "drones", rooms=StandInRooms(error=error))
    assert done.exit_code == code
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == f"qa: {str(error) or 'interrupted'}"


def test_a_bug_is_not_hidden(qa):
    bug = qa("ask", "drones", rooms=StandInRooms(error=OSError(9, "Bad file descriptor")))
    assert isinstance(bug.exception, OSError)


def test_an_index_is_closed_whatever_happens(qa):
    rooms = StandInRooms(error=IndexBroken("torn"))
    qa("ask", "drones", rooms=rooms)
    assert rooms.opened[0].is_closed


@pytest.mark.parametrize("args", [("ask",), ("ask", ""), ("ask", "  ", "\n")])
def test_an_empty_question_is_wrong_use(qa, args):
    assert qa(*args).exit_code == 2


@pytest.mark.parametrize(
    "args",
    [
        ("ask", "--top", "0", "drones"),
        ("ask", "--top", "21", "drones"),
        ("ask", "--tpo", "3", "drones"),
        ("index",),
        ("frobnicate",),
        ("completion", "tcsh"),
        ("chat", "--theme", "mauve"),
    ],
)
def test_wrong_use_exits_with_2(qa, args):
    assert qa(*args).exit_code == 2


def test_a_bad_setting_is_named_and_exits_with_2(qa):
    done = qa("ask", "drones", env={"QA_TOP": "99"})
    assert (done.exit_code, "QA_TOP" in done.stderr) == (2, True)


def test_without_an_index_the_next_step_is_named(qa, monkeypatch):
    rooms = StandInRooms(current=None)
    done = qa("ask", "drones", rooms=rooms)
    assert done.exit_code == 3
    assert "--name, there is clippings, last" in done.stderr
    monkeypatch.setattr(rooms, "corpora", tuple)
    assert "qa index" in qa("ask", "drones", rooms=rooms).stderr


def test_control_characters_of_arguments_and_errors_are_shown_not_obeyed(qa):
    assert "\x1b" not in qa("show", "no\x1b[31m.txt").stderr
    assert "\x1b" not in qa("no\x1b[31m").stderr


def test_the_flags_reach_the_rooms(qa, rooms, tmp_path):
    rooms.built.add(tmp_path)
    assert qa("ask", "--index", str(tmp_path), "--top", "3", "drones").exit_code == 0
    assert (rooms.config.index, rooms.config.top) == (tmp_path, 3)
    assert rooms.opened[0].folder == tmp_path


def test_indexing_ends_with_one_line_that_sums_up(qa, rooms):
    done = qa("index", "clippings")
    assert done.exit_code == 0
    assert done.stdout == (
        "Indexed 5 articles, 41 passages in 3.2 s (5 added, 0 changed, 0 removed, 1 skipped)\n"
    )
    assert done.stderr == "skipped photo␛.txt: binary\n"
    assert rooms.builds == [([Path("clippings")], USUAL)]


def test_indexing_several_folders_names_each(qa, rooms):
    done = qa("index", "one", "two", "--model", "m", "--download", "--rebuild")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["one", "two"]
    anew = Ways(allow_download=True, rebuild=True)
    assert rooms.builds == [([Path("one")], anew), ([Path("two")], anew)]
    assert rooms.config.model == "m"


HALF = Unfinished("", 62, 50, 50, False, "qa index /clippings")


@pytest.mark.parametrize(
    ("change", "options", "told"),
    [
        ({}, (), "what was indexed is kept: 12 of 62 files; to go on run: qa index /clippings"),
        (
            {"files": None, "left": None},
            (),
            "what was indexed before is kept; to go on run: qa index /clippings",
        ),
        ({"root": "/other"}, (), "all of clippings is indexed"),
        ({}, ("--rebuild",), "the index is as it was before; the same command makes it anew"),
    ],
)
def test_ctrl_c_while_indexing_says_what_is_kept_and_how_to_go_on(
    qa, monkeypatch, change, options, told
):
    def interrupted(*_, **more):
        raise KeyboardInterrupt

    one = replace(HALF, **({"root": str(Path("clippings").resolve())} | change))
    searched = Searched("/clippings", 2, 3, files=62, unfinished=(one,))
    rooms = StandInRooms(current=None)
    rooms.built.add(rooms.folder_for("clippings"))
    monkeypatch.setattr(rooms, "build", interrupted)
    monkeypatch.setattr(OpenIndex, "searched", lambda _: searched)
    done = qa("index", *options, "clippings", rooms=rooms)
    assert (done.exit_code, done.stderr) == (130, f"qa: {told}\nqa: interrupted\n")
    assert rooms.current() == rooms.folder_for("clippings")


def test_ctrl_c_before_anything_is_indexed_says_so(qa, monkeypatch):
    def interrupted(*_, **more):
        raise KeyboardInterrupt

    rooms = StandInRooms(current=None)
    monkeypatch.setattr(rooms, "build", interrupted)
    done = qa("index", "clippings", rooms=rooms)
    assert (done.exit_code, "nothing was indexed yet" in done.stderr) == (130, True)


def test_show_numbers_the_lines_and_marks_what_was_left_out(qa):
    assert qa("show", "a.txt").stdout.splitlines() == [
        "1  A headline.",
        "2~ Share This Article",
        "3~ Kyiv said so. By AI",
        "4  The end.",
    ]


def test_show_starts_at_the_line(qa):
    assert qa("show", "news/a.txt:4").stdout == "4  The end.\n"


def test_show_of_a_line_beyond_the_end_or_of_no_article_is_wrong_use(qa):
    assert qa("show", "a.txt:5").exit_code == 2
    absent = qa("show", "b.txt:1")
    assert (absent.exit_code, "news/a.txt" in absent.stderr) == (2, True)


def test_the_chat_needs_a_terminal(qa, rooms):
    for args in ((), ("chat",)):
        done = qa(*args)
        assert (done.exit_code, "terminal" in done.stderr) == (2, True)
    assert rooms.chatted == []


def test_the_chat_opens_on_the_last_used_index(rooms):
    rooms(Config())
    assert open_or_build(rooms, Config(), None).folder == Path("/data/last")
    assert rooms.builds == []


def test_the_chat_builds_the_example_articles_if_there_is_nothing():
    rooms = StandInRooms(current=None)(Config())
    assert open_or_build(rooms, Config(), None).folder == Path("/data/seeds")
    assert rooms.builds == [([seeds.folder()], USUAL)]


def test_the_chat_indexes_a_new_folder_once_and_makes_it_the_last_used(rooms):
    rooms(Config())
    for _ in range(2):
        assert open_or_build(rooms, Config(), Path("new")).folder == Path("/data/new")
    assert rooms.builds == [([Path("new")], USUAL)]
    assert rooms.current() == Path("/data/new")


def test_the_chat_does_not_make_an_index_that_was_only_named(rooms):
    named = Config(index=Path("/data/absent"))
    with pytest.raises(IndexMissing):
        open_or_build(rooms(named), named, None)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_the_shell(qa, shell):
    assert "_QA_COMPLETE" in qa("completion", shell).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_own_help(qa, name):
    done = qa(name, "--help")
    assert (done.exit_code, f"Usage: cli {name}" in done.stdout) == (0, True)
    assert import_module(f"qa.cli.{name}").command.name == name


def test_help_lists_every_command_and_gives_examples(qa):
    shown = qa("--help").stdout
    assert all(f"  {name} " in shown for name in COMMANDS)
    assert 'qa ask "' in shown
