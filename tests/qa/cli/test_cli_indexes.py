"""Commands about whole indexes: which one is meant, list, rm, status, and how folders are read."""

import json
import os
import pty
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from cli_rooms import CORPORA, STATUS, UNFINISHED, USUAL, StandInRooms
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from index.errors import IndexMissing
from index.health import Check
from index.rules import Rules
from index.types import Progress
from qa.cli import cli
from qa.cli.chat import open_or_build
from qa.cli.config import Config
from qa.cli.output import pace_of
from qa.cli.ways import Ways


@pytest.fixture
def rooms():
    rooms = StandInRooms()
    rooms.built |= {Path("/data/news"), Path("/data/strange")}
    return rooms


@pytest.fixture
def qa(rooms, monkeypatch):
    for name in ("QA_INDEX", "QA_NAME"):
        monkeypatch.delenv(name, raising=False)

    def run(*args, **more):
        return CliRunner().invoke(cli, args, obj=rooms, env={"QA_CONFIG": os.devnull}, **more)

    return run


def keeps(schema, told):
    text = (files("qa") / "schema" / f"{schema}-1.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    Draft202012Validator(json.loads(text)).validate(told)


@pytest.mark.parametrize("command", ["ask", "show", "status"])
def test_a_name_chooses_the_index(qa, rooms, command):
    words = {"ask": ["drones"], "show": ["a.txt"], "status": []}[command]
    assert qa(command, "--name", "news", *words).exit_code == 0
    assert [opened.folder for opened in rooms.opened] == [Path("/data/news")]


def test_a_name_can_come_from_a_variable_and_a_folder_beats_it(qa, rooms):
    rooms.built.add(Path("/elsewhere"))
    assert qa("status", "--index", "/elsewhere").exit_code == 0
    runner = CliRunner()
    env = {"QA_CONFIG": os.devnull, "QA_NAME": "news"}
    assert runner.invoke(cli, ["status"], obj=rooms, env=env).exit_code == 0
    assert runner.invoke(cli, ["status", "--index", "/elsewhere"], obj=rooms, env=env)
    folders = [opened.folder for opened in rooms.opened]
    assert folders == [Path("/elsewhere"), Path("/data/news"), Path("/elsewhere")]


@pytest.mark.parametrize("command", [("ask", "drones"), ("status",), ("index", "here")])
def test_a_name_and_a_folder_together_are_wrong_use(qa, command):
    done = qa(*command, "--name", "news", "--index", "/elsewhere")
    assert (done.exit_code, "exclude each other" in done.stderr) == (2, True)


def test_a_name_that_nothing_has_is_no_index(qa):
    assert qa("ask", "--name", "nobody", "drones").exit_code == 3


def test_paths_are_collected_under_a_name_and_rebuilt_together(qa, rooms):
    assert qa("index", "--name", "new", "--rebuild", "one", "two").exit_code == 0
    ways = [ways for _, ways in rooms.builds]
    assert ways == [Ways(rebuild=True), USUAL]
    assert Path("/data/new") in rooms.built


def test_the_chat_opens_the_corpus_of_a_name_and_does_not_make_one():
    rooms = StandInRooms(current=None)(Config(name="news"))
    with pytest.raises(IndexMissing):
        open_or_build(rooms, Config(name="news"), None)
    assert open_or_build(rooms, Config(name="news"), Path("x")).folder == Path("/data/news")
    assert rooms.builds == [([Path("x")], USUAL)]


def test_an_address_is_fetched_and_its_folder_indexed_once(qa, rooms):
    done = qa("index", "https://a.example/b", "HTTP://c.example", "./https:/d")
    assert done.exit_code == 0
    assert rooms.fetched == ["https://a.example/b", "HTTP://c.example"]
    assert [paths for paths, _ in rooms.builds] == [[Path("/data/pages/_web")], [Path("https:/d")]]


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ((), None),
        (("--include", "*.md", "--include", "news/"), Rules(include=("*.md", "news/"))),
        (("--exclude", "!x", "--hidden"), Rules(exclude=("!x",), hidden=True)),
        (("--no-hidden",), Rules()),
        (("--no-ignore",), Rules(ignore_files=False)),
        (("--ignore",), Rules()),
        (("--column", "text=Body"), Rules(columns={"text": "Body"})),
        (
            ("--column", "url=a", "--column", "title=b=c"),
            Rules(columns={"url": "a", "title": "b=c"}),
        ),
    ],
)
def test_how_folders_are_read_is_said_or_left_as_it_was(qa, rooms, options, rules):
    assert qa("index", *options, "here").exit_code == 0
    assert rooms.builds == [([Path("here")], Ways(rules=rules))]


@pytest.mark.parametrize(
    ("option", "named"),
    [
        (("--include", "["), "no such pattern: ["),
        (("--exclude", "a\\"), "no such pattern: a\\"),
        (("--column", "text"), "FIELD=NAME"),
        (("--column", "body=x"), "text, title"),
        (("--column", "text="), "FIELD=NAME"),
    ],
)
def test_patterns_and_columns_that_cannot_be_are_wrong_use(qa, rooms, option, named):
    done = qa("index", *option, "here")
    assert (done.exit_code, named in done.stderr, rooms.builds) == (2, True, [])


@pytest.mark.usefixtures("two_hours_east")
def test_list_shows_every_index_and_which_is_current_or_broken(qa):
    assert qa("list").stdout == (
        "  clippings\n"
        "    broken: torn; run: qa index --rebuild PATH\n"
        "* last\n"
        "    2 articles, 1.2 MB, last changed 2025-06-23 12:00\n"
        "    /clip␛pings\n"
    )


@pytest.mark.usefixtures("two_hours_east")
def test_list_and_status_say_what_is_not_indexed_whole(qa, rooms, monkeypatch):
    unfinished = (UNFINISHED, replace(UNFINISHED, root="/new", files=None, left=None))
    current = replace(CORPORA[1], indexed_at="", articles=1, unfinished=unfinished)
    monkeypatch.setattr(rooms, "corpora", lambda: (current,))
    told = (
        "12 of 62 files read; indexing was interrupted, to go on run: "
        "qa index --name last '/clip␛pings'"
    )
    assert qa("list").stdout == (
        "* last\n"
        "    1 article, 1.2 MB, not indexed whole yet\n"
        f"    /clip␛pings: {told}\n"
        f"    /new: its files are not counted yet; {told.partition('; ')[2]}\n"
        "    /clip␛pings\n"
    )
    keeps("list", json.loads(qa("list", "--json").stdout))
    monkeypatch.setattr("cli_rooms.STATUS", replace(STATUS, unfinished=unfinished[:1]))
    assert f"unfinished     /clip␛pings: {told}\n" in qa("status").stdout
    assert "indexed at     2025-06-23 12:00\n" in qa("status").stdout
    status = json.loads(qa("status", "--json").stdout)
    keeps("status", status)
    assert (status["unfinished"][0]["left"], status["indexed_at"]) == (50, STATUS.indexed_at)


def test_list_in_json_has_the_shape_of_its_schema(qa):
    told = json.loads(qa("list", "--json").stdout)
    keeps("list", told)
    assert [one["is_current"] for one in told["indexes"]] == [False, True]
    assert [one["indexed_at"] for one in told["indexes"]] == [None, CORPORA[1].indexed_at]


def test_list_of_nothing_names_the_next_step(qa, rooms, monkeypatch):
    monkeypatch.setattr(rooms, "corpora", tuple)
    done = qa("list")
    assert (done.exit_code, done.stdout, "qa index PATH" in done.stderr) == (0, "", True)


def test_rm_deletes_with_yes_and_says_what_stays(qa, rooms):
    done = qa("rm", "news", "last", "news", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Deleted news\nDeleted last\n")
    assert done.stderr == "qa: the pages that were fetched for it stay in /data/pages/last\n"
    assert rooms.built == {Path("/data/strange")}


def test_rm_without_a_terminal_needs_yes(qa, rooms):
    done = qa("rm", "news", input="y\n")
    assert (done.exit_code, "--yes" in done.stderr) == (2, True)
    assert Path("/data/news") in rooms.built


def test_rm_deletes_nothing_if_one_name_is_wrong_or_holds_what_is_not_ours(qa, rooms):
    before = set(rooms.built)
    assert qa("rm", "news", "nobody", "--yes").exit_code == 3
    assert qa("rm", "news", "strange", "--yes").exit_code == 2
    assert rooms.built == before


def on_terminal(monkeypatch, typed):
    master, slave = pty.openpty()
    os.write(master, typed.encode())
    terminal = os.fdopen(slave, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", terminal)
    return terminal


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_rm_asks_on_a_terminal(rooms, monkeypatch, capsys, typed, code):
    monkeypatch.setenv("QA_CONFIG", os.devnull)
    with on_terminal(monkeypatch, typed), pytest.raises(SystemExit) as leaving:
        cli.main(["rm", "news"], prog_name="qa", obj=rooms)
    assert leaving.value.code == code
    assert ("Delete news?" in capsys.readouterr().err) is True
    assert (Path("/data/news") in rooms.built) is (code == 1)


def test_rm_of_a_path_drops_only_that(qa, rooms):
    done = qa("rm", "news", "--path", "/gone", "--yes")
    assert (done.exit_code, done.stdout) == (0, "Dropped 3 articles of /gone\n")
    assert rooms.forgotten == [(Path("/data/news"), Path("/gone"))]
    assert Path("/data/news") in rooms.built
    assert qa("rm", "news", "last", "--path", "/gone", "--yes").exit_code == 2


def test_status_groups_what_was_skipped_and_shows_what_is_odd(qa):
    shown = qa("status").stdout
    assert (
        "skipped        scanned 2, encoding 1\n"
        "  scanned      scan.pdf: has no text layer\n"
        "               blurred.pdf: has no text layer\n"
        "  encoding     photo.txt: binary\n"
        "other kinds    .jpg 3\n"
        "reprints       copy.txt repeats old␛.txt\n"
    ) in shown
    for words in ("/clippings", "2 articles of 5 files, 3 passages", "pdf 1, text 1", "fr.txt"):
        assert words in shown
    assert "not UTF-8      old␛.txt: cp1252" in shown


@pytest.mark.usefixtures("two_hours_east")
def test_status_tells_the_time_by_the_clock_here_and_in_json_by_utc(qa):
    assert "indexed at     2025-06-23 12:00\n" in qa("status").stdout
    assert json.loads(qa("status", "--json").stdout)["indexed_at"] == "2025-06-23T10:00:00Z"


def test_status_in_json_has_the_shape_of_its_schema(qa):
    told = json.loads(qa("status", "--json").stdout)
    keeps("status", told)
    assert told["recoded"] == [{"article": "old\x1b.txt", "encoding": "cp1252"}]
    assert told["reprints"] == [{"article": "copy.txt", "repeats": "old\x1b.txt"}]
    assert told["skipped"][0] == {"path": "photo.txt", "kind": "encoding", "reason": "binary"}


@pytest.mark.parametrize(
    ("failed", "code"),
    [((), 0), (("index",), 3), (("model", "index"), 4), (("program",), 4), (("disk",), 5)],
)
def test_the_doctors_code_tells_the_sort_of_the_first_failure(qa, rooms, failed, code):
    rooms.found_checks = [
        Check("first", "warning", "so so", part="disk"),
        *(Check(part, "failed", "no", part=part) for part in failed),
    ]
    assert qa("doctor").exit_code == code


def test_the_doctor_says_what_to_do_on_a_line_of_its_own(qa, rooms):
    rooms.found_checks = [Check("index a\x1b", "failed", "torn", "run: qa index", "index")]
    assert qa("doctor").stdout.splitlines()[:2] == [
        "failed   index a␛: torn",
        "           run: qa index",
    ]


def test_the_doctor_in_json_has_the_shape_of_its_schema(qa, rooms):
    told = json.loads(qa("doctor", "--json").stdout)
    keeps("doctor", told)
    assert (told["is_well"], told["checks"][0]["name"]) == (True, "Python")
    assert told["checks"][-1]["part"] == "terminal"
    rooms.found_checks = [Check("x", "failed", "no", part="disk")]
    assert json.loads(qa("doctor", "--json").stdout)["is_well"] is False


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("reading", 1, 2), ""),
        (Progress("reading", 1, 2, per_second=12.34), "12/s"),
        (Progress("reading", 1, 2, per_second=1234.5, seconds_left=5), "1,234/s, 0:05 left"),
        (Progress("reading", 1, 2, seconds_left=185.4), "3:05 left"),
        (Progress("reading", 1, 2, seconds_left=7384), "2:03:04 left"),
    ],
)
def test_rate_and_time_left_are_shown_as_far_as_they_are_known(progress, words):
    assert pace_of(progress) == words


def test_the_doctor_repairs_before_it_looks_and_only_if_it_is_told_to(qa, rooms):
    rooms.done_repairs = [Check("repair news", "ok", "1 of 8 files are read again", part="index")]
    assert "repair" not in qa("doctor").stdout
    told = qa("doctor", "--repair")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0] == "ok       repair news: 1 of 8 files are read again"
    rooms.done_repairs = [Check("repair news", "failed", "the disk is full", "free it", "disk")]
    told = qa("doctor", "--repair", "--json")
    keeps("doctor", json.loads(told.stdout))
    assert told.exit_code == 5
