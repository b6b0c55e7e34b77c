"""`qa eval`: what is printed where, and the exit codes."""

import json
import re
from pathlib import Path

import pytest
from cli_rooms import StandInRooms
from click.testing import CliRunner
from labelled import UNANSWERABLE, bench_of, question, write_set

from qa.cli import cli

ROOT = Path(__file__).resolve().parents[3]


class Rooms(StandInRooms):
    """Index a set with stand-in models, beside the set."""

    def __init__(self, threshold=0.0):
        super().__init__()
        self.threshold = threshold

    def benches(self, dataset, *, report):
        index_folder = dataset.folder.parent / "index"
        return (bench_of(dataset.folder, index_folder, threshold=self.threshold),)


@pytest.fixture
def run(tmp_path):
    """Run `qa eval` over the stand-in rooms, with no settings but those given."""

    def run(*args, threshold=0.0):
        (tmp_path / "config.toml").touch()
        env = {"QA_CONFIG": str(tmp_path / "config.toml"), "QA_INDEX": None}
        return CliRunner().invoke(
            cli, ["eval", *map(str, args)], obj=Rooms(threshold), env=env, catch_exceptions=False
        )

    return run


@pytest.fixture
def folder(tmp_path):
    return write_set(tmp_path / "set", questions=[question(), UNANSWERABLE])


def row(printed, name):
    (line,) = [line for line in printed.splitlines() if line.strip().startswith(name)]
    return line.strip().removeprefix(name).split()


def test_the_tables_say_how_right_the_replies_are(run, folder):
    done = run(folder)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{folder}: 3 articles, 3 passages, 0 lines skipped")
    assert row(done.stdout, "as shown (a declined question is a miss)") == ["1.000", "1.000"]
    assert row(done.stdout, "declined of the other 1") == ["0.000"]
    assert not done.stderr


def test_a_threshold_that_declines_all_shows_misses(run, folder):
    done = run(folder, threshold=1.0)
    assert row(done.stdout, "as shown (a declined question is a miss)") == ["0.000", "0.000"]
    assert row(done.stdout, "threshold at zero ") == ["1.000", "1.000"]
    assert row(done.stdout, "declined of the other 1") == ["1.000"]


def test_json_is_one_line(run, folder):
    done = run(folder, "--json", "--limit", 2)
    assert done.stdout.count("\n") == 1
    told = json.loads(done.stdout)
    assert (told["schema"], told["limit"], told["dataset"]) == ("qa.eval/1", 2, str(folder))


def test_lines_that_are_left_out_are_named_on_stderr_and_can_do_no_harm(run, tmp_path):
    bad = question("bad", evidence=[{"article": "\x1b[31mred"}])
    done = run(write_set(tmp_path / "set", questions=[question(), bad, b"{"]))
    assert done.exit_code == 0
    first, second = done.stderr.splitlines()
    assert first.startswith("skipped questions.jsonl:2: evidence: no usable article")
    assert second.startswith("skipped questions.jsonl:3: no JSON")
    assert "\x1b" not in done.output
    assert "2 lines skipped" in done.stdout


def test_a_hostile_kind_can_do_no_harm(run, tmp_path):
    done = run(write_set(tmp_path / "set", questions=[question(kind="\x1b[31m[b]red")]))
    assert "␛[31m[b]red" in done.stdout


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({"questions": [b"{"]}, "no question that can be used"),
        ({}, "neither questions.jsonl nor conversations.jsonl"),
        ({"articles": None, "questions": [question()]}, "no articles.jsonl"),
    ],
)
def test_a_folder_that_nothing_can_be_measured_on_is_a_usage_error(run, tmp_path, files, missing):
    done = run(write_set(tmp_path / "set", **files))
    assert (done.exit_code, missing in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.parametrize("args", [("nowhere",), (".", "--limit", "0"), (".", "--json", "--plot")])
def test_wrong_use_exits_with_2(run, args):
    done = run(*args)
    assert (done.exit_code, done.stdout) == (2, "")


def test_the_plots_are_drawn_below_the_tables(run, folder):
    done = run(folder, "--plot")
    assert done.exit_code == 0
    risk, reliability = done.stdout.split("\nReliability:")
    assert "Risk-coverage:" in risk
    assert (risk.count("×"), reliability.count("●") > 0) == (2, True)  # one in the caption
    assert "\x1b" not in done.stdout


def test_the_documents_explain_every_key_of_the_json():
    schema = json.loads((ROOT / "qa/schema/eval-1.json").read_text(encoding="utf-8"))
    document = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    told = document.split("\n## Figures as JSON\n")[1].split("\n## ")[0]
    keys = set()
    parts = [schema]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            keys |= set(part.get("properties", ()))
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    assert "wrong_of_answered" in keys
    assert not [key for key in keys if not re.search(rf"`{key}`", told)]
