"""Names, titles and texts that would steer a terminal: in a pipe, on a terminal, in the chat."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import HOSTILE, traces
from terminals import Terminal

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, "-c", "from qa.cli import main; main()"]
WORDS = "It rained over the marsh all day long, said the keeper, who had seen it all before. "
STRINGS = [string for name, string in HOSTILE.items() if not name.startswith(("very", "all of"))]
FOLDER = b"pond\x1b]0;t\x07 \xe9[red]\xe2\x80\xae"


def article(bird, string):
    return f"A {bird} {string}\n\nThe {bird} {string} ate three frogs.\n\n{WORDS * 20}\n"


def page(string):
    """Write a page; its parser takes no C0 characters."""
    shown = re.sub(r"[\x00-\x1f\x7f]", "", string).replace("&", "&amp;").replace("<", "&lt;")
    meta = f'<meta property="og:site_name" content="The Pond &#27;]52;c;x&#7; {shown}">'
    text = f"<p>The stork {shown} ate four newts.</p><p>{WORDS * 4}</p>"
    return f"<html><head><title>Stork {shown}</title>{meta}</head><body>{text}</body></html>"


def written(folder):
    """Fill a folder: each string in a name, a title and a text; give how many files there are."""
    folder.mkdir()
    for number, string in enumerate(STRINGS):
        name = os.fsdecode(os.fsencode(f"{number}{string}").replace(b"/", b"-")[:200])
        text = article("heron", string.encode("utf-8", "replace").decode())
        (folder / f"{name}.txt").write_text(text, newline="")
        (folder / f"{name}.html").write_text(page(string.encode("utf-8", "replace").decode()))
    quoted = json.dumps(STRINGS[2])
    (folder / "front.md").write_text(f"---\ntitle: {quoted}\nauthor: {quoted}\n---\n\n{WORDS * 4}")
    subject = "Subject: =?utf-8?b?R2Vlc2UbXTUyO2M7eAc=?=\nFrom: =?utf-8?b?G1szMW0=?= <a@b.example>"
    (folder / "mail.eml").write_text(f"{subject}\n\n{article('goose', STRINGS[1])}")
    (folder / "table.csv").write_text(f'title,text\n"\x1b[31mT","{article("egret", "")}"\n')
    (folder / "torn\x1b[31m.pdf").write_bytes(b"%PDF-1.7 \x1b]0;t\x07")
    return 2 * len(STRINGS) + 3


@pytest.fixture(scope="module")
def environment(tmp_path_factory, seed_places):
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    return kept | {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "QA_CONFIG": os.devnull,
        "QA_DATA_DIR": str(home / "data"),
        "QA_CACHE_DIR": str(seed_places.cache),
        "TERM": "xterm-256color",
    }


@pytest.fixture(scope="module")
def folder(environment, tmp_path_factory):
    """Index a folder of hostile files, on a terminal, so that the bar shows each of them."""
    folder = tmp_path_factory.mktemp("corpus") / os.fsdecode(FOLDER)
    files = written(folder)
    with Terminal([*PROGRAM, "index", str(folder)], environment) as terminal:
        assert terminal.rest() == 0
    assert traces(terminal.seen, on_terminal=True) == []
    assert f"Indexed {files} articles".encode() in terminal.seen, re.findall(
        rb"skipped.*", terminal.seen
    )
    return folder


def through_a_pipe(environment, *args):
    done = subprocess.run([*PROGRAM, *args], env=environment, capture_output=True, check=False)
    assert traces(done.stdout) == []
    assert traces(done.stderr) == []
    return done.returncode


def on_a_terminal(environment, *args):
    with Terminal([*PROGRAM, *args], environment) as terminal:
        code = terminal.rest()
    assert traces(terminal.seen, on_terminal=True) == []
    return code


@pytest.mark.parametrize("shown", [through_a_pipe, on_a_terminal])
def test_what_is_told_of_hostile_files(environment, folder, shown):
    heron, stork = "What did the heron eat?", "What did the stork eat \x1b]0;t\x07 \u202e?"
    name = next((Path(environment["QA_DATA_DIR"]) / "indexes").iterdir()).name
    told = {
        ("ask", "--explain", "--top", "20", heron): 0,
        ("ask", "--json", "--top", "20", stork): 0,
        ("status",): 0,
        ("status", "--json"): 0,
        ("list",): 0,
        ("list", "--json"): 0,
        ("doctor",): 0,
        ("doctor", "--json"): 0,
        ("show", "front.md"): 0,
        ("show", f"{folder}/mail.eml:2"): 0,
        ("show", ".txt"): 2,
        ("show", "no such\x1b]52;c;x\x07"): 2,
        ("ask\x1b[31m",): 2,
        ("ask", "--since", "\x9b31m", heron): 2,
        ("index", str(folder)): 0,
        ("watch", f"{folder}\x1b[31m"): 2,
        ("rm", "--yes", "--path", f"{folder}\u2066", name): 2,
    }
    assert {args: shown(environment, *args) for args in told} == told


def test_the_chat(environment, folder):
    (folder.parent / "pool-of-herons").mkdir()
    (folder.parent / "pool\x1b]52;c;x\x1b\\\u202e").mkdir()
    command = [*PROGRAM, "chat", str(folder)]
    with Terminal(command, environment, cwd=folder.parent) as terminal:
        terminal.read_until(b"passages")
        terminal.type(b"What did the heron eat?\r")
        terminal.read_until(b"sure that this answers")
        terminal.type(b"\t")
        terminal.read_until(b"Back")
        terminal.type(b"\r")
        terminal.read_until(b" Next")
        terminal.type(b"q\x1bOQ")
        terminal.read_until(b"Health of the index")
        terminal.read_until(b"torn")
        terminal.type(b"\x1bOQ\x1bOR")
        terminal.read_until(b"Ask other articles")
        terminal.read_until(b"articles")
        terminal.type(b"\x1bOR")
        terminal.read_until(b"Filter")
        terminal.type(b"\x0f")
        terminal.read_until(b"Index a folder")
        terminal.type(b"./poo")
        terminal.read_until(b"-of-herons/")
        terminal.type(b"\t\x1b[200~\xc2\x9b31m\xe2\x80\xae\x1b[201~")
        terminal.read_until("�31m".encode())
        terminal.type(b"\r")
        terminal.read_until(b"spelling")
        terminal.type(b"\x11")
        assert terminal.rest() == 0
    assert traces(terminal.seen, on_terminal=True) == []
