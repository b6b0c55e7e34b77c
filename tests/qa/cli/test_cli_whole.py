"""`qa` from the shell on the example articles, with the real models."""

import json
import os
import pty
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import seeds

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-c", "from qa.cli import main; main()"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "QA_CONFIG": os.devnull,
        "QA_DATA_DIR": str(home / "data"),
        "QA_CACHE_DIR": str(home / "cache"),
    }


@pytest.fixture(scope="module")
def qa(environment):
    """Run `qa` where the example articles are indexed."""

    def run(*args, lines=None, **env):
        return subprocess.run(
            [*PROGRAM, *args],
            env=environment | env,
            input=lines,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    built = run("index", str(seeds.folder()))
    assert built.returncode == 0, built.stderr
    assert built.stdout.startswith("Indexed 5 articles, ")
    assert built.stdout.count("\n") == 1
    return run


def test_a_question_gets_the_words_of_an_article(qa):
    done = qa("ask", "How many drones did Russia launch in the overnight attack?")
    assert done.returncode == 0, done.stderr
    assert "352 drones" in done.stdout
    assert done.stderr == ""


def test_a_question_that_nothing_answers_is_declined(qa):
    done = qa("ask", "What is the recipe for tiramisu?")
    assert done.returncode == 1
    assert "Nearest passages (not an answer)" in done.stdout or "\n  [1]" not in done.stdout


def test_every_reply_in_json_keeps_the_contract_and_quotes_the_file(qa):
    schema = json.loads((files("qa") / "schema" / "reply-1.json").read_text(encoding="utf-8"))
    asked = [
        json.loads(line)["question"]
        for line in (seeds.folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ][::4]
    done = qa("ask", "--json", "-", lines="".join(f"{question}\n" for question in asked))
    assert done.returncode == 0, done.stderr
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["question"] for reply in replies] == asked
    for reply in replies:
        Draft202012Validator(schema).validate(reply)
        for quote in reply["quotes"] + reply["nearest"]:
            text = (Path(reply["searched"]["root"]) / quote["article"]).read_text(encoding="utf-8")
            assert text[quote["start"] : quote["end"]] == quote["text"]
            assert quote["line"] == text[: quote["start"]].count("\n") + 1


def test_top_is_the_most_quotes(qa):
    done = qa("ask", "--json", "--top", "1", "Who did Zelensky meet in London?")
    assert len(json.loads(done.stdout)["quotes"]) <= 1


def test_show_prints_the_file_from_the_line_on(qa):
    text = (seeds.folder() / "000_333bd8d987ca2fd0.txt").read_text(encoding="utf-8")
    done = qa("show", "000_333bd8d987ca2fd0.txt:3")
    assert done.stdout.splitlines()[0] == f" 3  {text.splitlines()[2]}"
    assert any(line[:4].endswith("~ ") for line in done.stdout.splitlines())


def test_status_names_the_folder(qa):
    status = json.loads(qa("status", "--json").stdout)
    assert status["articles"] == 5
    assert [Path(root) for root in status["roots"]] == [seeds.folder()]


def test_the_second_run_reads_nothing_again(qa):
    assert "(0 added, 0 changed, 0 removed, 0 skipped)" in qa("index", str(seeds.folder())).stdout


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("index", "/no/such/folder"), 2),
        (("show", "no-such-article"), 2),
        (("ask", "--index", "{tmp}", "Why?"), 3),
        (("ask", "--index", "{tmp}/torn", "Why?"), 3),
        (("index", "--index", "{tmp}/file/below", str(seeds.folder())), 5),
    ],
)
def test_each_trouble_is_one_sentence_and_its_code(qa, tmp_path, args, code):
    (tmp_path / "file").touch()
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "index.sqlite3").write_bytes(b"not a database, whatever it is called\n")
    done = qa(*(arg.replace("{tmp}", str(tmp_path)) for arg in args))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("qa: ")
    assert done.stderr.count("\n") == 1


def test_an_empty_folder_and_unreadable_files_are_named(qa, tmp_path):
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.txt").touch()
    done = qa("index", "--index", str(tmp_path / "i"), str(tmp_path))
    assert done.returncode == 0
    assert "skipped photo.txt: " in done.stderr
    assert f"qa: there is no readable article in {tmp_path}" in done.stderr
    assert done.stdout.startswith("Indexed 0 articles, 0 passages in ")


def rest_of(master):
    """Read a terminal until its other end is closed, which Linux reports as an error."""
    seen = b""
    while True:
        try:
            seen += os.read(master, 4096)
        except OSError:
            return seen


def interrupt_at(stage, *args, env):
    """Run qa with stderr on a terminal, interrupt it at a stage, and give what stood there."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *args], env=env | {"TERM": "xterm"}, stdout=subprocess.DEVNULL, stderr=slave
    ) as running:
        os.close(slave)
        seen = b""
        while stage not in seen:
            seen += os.read(master, 4096)
        running.send_signal(signal.SIGINT)
        seen += rest_of(master)
        os.close(master)
        assert running.wait(60) == 130
    return seen


def test_an_interrupted_run_keeps_what_was_there_and_the_next_goes_on(qa, environment, tmp_path):
    corpus, kept = tmp_path / "corpus", tmp_path / "kept"
    corpus.mkdir()
    (corpus / "first.txt").write_text("The bridge in Torun opened in 1934.\n", encoding="utf-8")
    assert qa("index", "--index", str(kept), str(corpus)).returncode == 0
    for number in range(60):
        words = f"Report {number} says that ferry {number} left late. " * 40
        (corpus / f"{number}.txt").write_text(words, encoding="utf-8")
    interrupted = interrupt_at(
        b"encoding", "index", "--index", str(kept), str(corpus), env=environment
    )
    assert interrupted.endswith(b"qa: interrupted\r\n")
    assert b"Traceback" not in interrupted
    assert qa("ask", "--index", str(kept), "When did the bridge in Torun open?").returncode == 0
    assert "Indexed 61 articles" in qa("index", "--index", str(kept), str(corpus)).stdout
