"""No command opens a way to the network, and no library keeps a report to be sent later.

The kernel looks, see `sealed`: a process that opens a socket is killed, whoever opens it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import sealed
from documents_made import changed, lines_pdf, pandoc
from labelled import UNANSWERABLE, question, write_set
from terminals import Terminal

import seeds
from index.models.silence import REPORTS, open_lines
from qa.library.doctor import check_silence

ROOT = Path(__file__).resolve().parent.parent
SEAL = [sys.executable, str(ROOT / "tests" / "sealed.py")]
PROGRAM = [*SEAL, sys.executable, "-c", "from qa.cli import main; main()"]
HERON = "The heron ate three frogs before noon. It slept in the reeds until the mill was closed."
OUTSIDE = "http://pictures.example.org/seen"
UNSET = ("CI", "DO_NOT_TRACK", "DISABLE_TELEMETRY", "LOGNAME", "USER", "LNAME", "USERNAME")
"""Variables that keep a library from asking or reporting without our doing."""

pytestmark = pytest.mark.skipif(
    not sealed.is_possible(), reason="NETWORK NOT CHECKED: this kernel or processor has no filter"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home, seed_places):
    own = ("QA_", "HF_", "ORT_", "TRANSFORMERS_", "XDG_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(own) and k not in UNSET}
    return kept | {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "QA_CONFIG": os.devnull,
        "QA_DATA_DIR": str(home / "data"),
        "QA_CACHE_DIR": str(seed_places.cache),
    }


@pytest.fixture(scope="module")
def qa(environment, home):
    """Run `qa` without a network where the example articles are indexed."""

    def run(*args, lines=None, **env):
        done = subprocess.run(
            [*PROGRAM, *args],
            env=environment | env,
            input=lines,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode in {0, 1}, (args, done.returncode, done.stderr)
        assert_nothing_is_kept(home)
        return done

    run("index", str(seeds.folder()))
    return run


def assert_nothing_is_kept(home):
    """Look for the folder in which onnxruntime keeps its reports."""
    assert not [path for path in home.rglob("*") if REPORTS.strip("/") in str(path)]
    assert not list(home.rglob("Microsoft"))


def sealed_python(code, **more):
    return subprocess.run([*SEAL, sys.executable, "-c", code], check=False, timeout=60, **more)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket(socket.AF_INET)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_INET6).connect(('::1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import ctypes; ctypes.CDLL(None).gethostbyname(b'example.org')",
        "import os, socket; os.fork() or socket.socket(); os._exit(os.wait()[1])",
    ],
)
def test_whoever_opens_a_way_to_the_network_is_killed(code):
    assert sealed_python(code).returncode in {-signal.SIGSYS, signal.SIGSYS}


def test_processes_of_python_may_talk_to_each_other():
    code = """
from multiprocessing import get_context
if __name__ == "__main__":
    print(get_context("forkserver").Pool(1).map(len, ["abc"]))
"""
    assert sealed_python(code, stdout=subprocess.PIPE).stdout == b"[3]\n"


def test_questions_and_what_is_told_of_the_index(qa):
    drones = "How many drones did Russia launch in the overnight attack?"
    assert "352 drones" in qa("ask", "--explain", drones).stdout
    assert qa("ask", "--json", "-", lines=f"{drones}\nWho baked it?\n").stdout.count("\n") == 2
    assert json.loads(qa("status", "--json").stdout)["articles"] == 5
    assert "seeds" in qa("list").stdout
    assert qa("show", "000_333bd8d987ca2fd0.txt:3").stdout
    assert "--index" in qa("ask", "--help").stdout
    assert qa("completion", "bash").stdout


def test_the_doctor_says_so(qa):
    told = json.loads(qa("doctor", "--json").stdout)
    verdicts = {check["name"]: check["verdict"] for check in told["checks"]}
    assert (verdicts["network"], verdicts["telemetry"]) == ("ok", "ok")


def test_measuring(qa, tmp_path):
    labelled = write_set(tmp_path / "set", questions=[question(), UNANSWERABLE])
    assert qa("eval", "--plot", str(labelled)).stdout


def files_that_ask_for_pages(folder):
    """Write an article in each format; most name an address that a careless reader would fetch."""
    folder.mkdir()
    entity = f'<!DOCTYPE x SYSTEM "{OUTSIDE}.dtd" [<!ENTITY out SYSTEM "{OUTSIDE}.txt">]>'
    page = (
        f'<html><head><base href="{OUTSIDE}/"><link rel="stylesheet" href="{OUTSIDE}.css">'
        f'<script src="{OUTSIDE}.js"></script></head><body><article><p>{HERON}</p>'
        f'<img src="{OUTSIDE}.png"><iframe src="{OUTSIDE}.html"></iframe></article></body></html>'
    )
    template = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/attachedTemplate" Target="{OUTSIDE}.dot"/>'
        "</Relationships>"
    )
    docx = pandoc(f"[here]({OUTSIDE}) {HERON}", "docx", folder)
    feed = (
        f'<?xml version="1.0"?>{entity}<rss version="2.0"><channel><title>&out;</title><link>'
        f"{OUTSIDE}</link><item><title>Birds</title><description>{HERON}</description></item>"
        "</channel></rss>"
    )
    mail = (
        "From: keeper@example.org\nSubject: Birds\nMIME-Version: 1.0\nContent-Type: "
        f'multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n{page}\n--b\n'
        f'Content-Type: message/external-body; access-type=URL; URL="{OUTSIDE}"\n\n\n--b--\n'
    )
    made = {
        "a.txt": HERON.encode(),
        "b.md": f"# Birds\n\n![a bird]({OUTSIDE}.png) {HERON}\n".encode(),
        "c.html": page.encode(),
        "d.docx": changed(docx, {"word/_rels/settings.xml.rels": template.encode()}),
        "e.odt": pandoc(HERON, "odt", folder),
        "f.epub": pandoc(f"# Birds\n\n{HERON}", "epub", folder),
        "g.pdf": lines_pdf(HERON.split(". ")),
        "h.eml": mail.encode(),
        "i.rss": feed.encode(),
        "j.csv": f"title,text,url\nBirds,{HERON},{OUTSIDE}\n".encode(),
        "k.jsonl": json.dumps({"title": "Birds", "text": HERON, "url": OUTSIDE}).encode(),
    }
    for spare in folder.iterdir():
        spare.unlink()
    for name, raw in made.items():
        (folder / name).write_bytes(raw)
    return len(made)


def test_every_format_is_read_and_deleted_again(qa, tmp_path):
    written = files_that_ask_for_pages(tmp_path / "corpus")
    done = qa("index", "--name", "corpus", str(tmp_path / "corpus"))
    assert (done.stderr, f"Indexed {written} articles" in done.stdout) == ("", True), done.stdout
    assert qa("rm", "--yes", "corpus").stdout == "Deleted corpus\n"


def test_following_a_folder(qa, environment, home, tmp_path):
    corpus = tmp_path / "followed"
    corpus.mkdir()
    (corpus / "heron.txt").write_text(HERON)
    command = [*PROGRAM, "watch", "--name", "followed", str(corpus)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        while not running.stderr.readline().startswith("watching "):
            assert running.poll() is None
        (corpus / "crane.html").write_text(f"<p>{HERON.replace('heron', 'crane')}</p>")
        assert "1 added" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
    assert_nothing_is_kept(home)


def test_the_chat(qa, environment, home):
    with Terminal([*PROGRAM, "chat", str(seeds.folder())], environment) as terminal:
        terminal.read_until(b"26 passages")
        terminal.type(b"How many drones did Russia launch?\r")
        terminal.read_until(b"sure that this answers")
        terminal.type(b"\x11")
        assert terminal.rest() == 0
    assert_nothing_is_kept(home)


def test_an_index_that_is_the_first_on_a_machine(environment, home, tmp_path):
    (tmp_path / "heron.txt").write_text(HERON)
    empty = environment | {"QA_CACHE_DIR": str(home / "cache"), "QA_DATA_DIR": str(home / "other")}
    done = subprocess.run(
        [*PROGRAM, "index", str(tmp_path)], env=empty, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "could not be compiled" not in done.stderr
    asked = [*PROGRAM, "ask", "How many frogs did the heron eat?"]
    assert b"three frogs" in subprocess.check_output(asked, env=empty)
    assert_nothing_is_kept(home)


LOADED = """
import sys
{first}
from pathlib import Path
from index.models.reader import Reader
Reader()
print("loaded", flush=True)
sys.stdin.read()
"""


def start_loaded(environment, cache, home, *, first):
    return subprocess.Popen(
        [*SEAL, sys.executable, "-c", LOADED.format(first=first), str(cache)],
        env=environment | {"HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_models_stay_silent_when_the_library_alone_would_have_reported(
    environment, seed_places, tmp_path
):
    """The library waits for some seconds before it sends; its own end tells that they are over."""
    homes = tmp_path / "theirs", tmp_path / "ours"
    for one in homes:
        one.mkdir()
    alone = start_loaded(environment, seed_places.cache, homes[0], first="import onnxruntime")
    silent = start_loaded(environment, seed_places.cache, homes[1], first="")
    with alone, silent:
        assert silent.stdout.readline() == b"loaded\n"
        assert alone.stdout.readline() == b"loaded\n"
        assert alone.wait(120) == -signal.SIGSYS
        assert silent.poll() is None
        assert open_lines(Path("/proc") / str(silent.pid)) == []
        silent.stdin.close()
        assert silent.wait(60) == 0
    assert list(homes[0].rglob("onnxruntime.db"))
    assert_nothing_is_kept(homes[1])


def test_what_a_process_holds_open_to_send_over_is_told(tmp_path):
    report = tmp_path / ".onnxruntime" / "onnxruntime.db"
    report.parent.mkdir()
    before = open_lines()
    with socket.socket(socket.AF_INET) as waiting, report.open("wb"):
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        held = open_lines()
    assert [line.split()[-1] for line in held if line not in before] == [str(report), "tcp"]
    failed = check_silence(before, held)
    assert (failed.verdict, str(report) in failed.says) == ("failed", True)
    assert check_silence(held, held).verdict == "ok"
