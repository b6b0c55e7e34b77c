"""How long a person waits: start, first frame, question to reply.

    python tests/benchmarks/speed.py [--runs N]

Indexes the example articles in a temporary folder, then measures the installed `qa` from
outside, and a warm workspace from inside. Prints medians and spreads (10th to 90th percentile).
"""

import argparse
import json
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import seeds
from qa.library.places import Places, index_folder_for
from qa.library.workspace import BuildOptions, Workspace, build
from qa.types import Question

QA = [sys.executable, "-c", "from qa.cli import main; main()"]
QUESTION = "How many drones did Russia launch in the overnight attack?"
FIRST_FRAME = b"Ask"
"""Stands in the empty prompt of the chat's first frame."""
REPLIED = b"sure that"
"""Stands above the quotes of a reply."""


def main() -> None:
    """Measure all, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        places = Places(data=Path(folder) / "data", cache=Path(folder) / "cache")
        environ = {
            **os.environ,
            "QA_DATA_DIR": str(places.data),
            "QA_CACHE_DIR": str(places.cache),
            "TERM": "xterm-256color",
        }
        started = time.perf_counter()
        build(
            [seeds.folder()],
            index_folder=None,
            options=BuildOptions(),
            report=lambda _: None,
            places=places,
        )
        print(f"{'first build of the example articles':44} {time.perf_counter() - started:8.2f} s")
        plain = [plain_way() for _ in range(max(2, runs // 3))]
        row("qa --help, whole process", [whole(["--help"], environ) for _ in range(runs)])
        asked = [whole(["ask", QUESTION], environ) for _ in range(runs)]
        row("qa ask, whole process", asked)
        row("  the plain way (plain.py), whole process", [seconds for seconds, _ in plain])
        ratio = statistics.median(seconds for seconds, _ in plain) / statistics.median(asked)
        print(f"{'  the plain way takes':44} {ratio:8.1f} times as long")
        row(
            "qa index, nothing changed",
            [whole(["index", str(seeds.folder())], environ) for _ in range(runs)],
        )
        frames = [first_frame(environ) for _ in range(runs)]
        row("qa chat, first frame", [first for first, _ in frames])
        row("qa chat, first reply, asked at once", [replied for _, replied in frames])
        warm(Workspace(index_folder_for(seeds.folder(), places=places), places=places))


def row(name: str, seconds: list[float]) -> None:
    """Print median, 10th and 90th percentile."""
    deciles = statistics.quantiles(seconds, n=10, method="inclusive")
    print(
        f"{name:44} {statistics.median(seconds):8.3f} s   ({deciles[0]:.3f} to {deciles[-1]:.3f},"
        f" n = {len(seconds)})"
    )


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def whole(arguments: list[str], environ: dict[str, str]) -> float:
    """Run a command from start to exit."""
    return timed(
        lambda: subprocess.run([*QA, *arguments], env=environ, capture_output=True, check=True)
    )


def plain_way() -> tuple[float, float]:
    """Ask by the plain script; seconds of the whole process, and of its one query."""
    script = Path(__file__).with_name("plain.py")
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), str(seeds.folder()), QUESTION],
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - began, float(done.stdout.splitlines()[0])


def first_frame(environ: dict[str, str]) -> tuple[float, float]:
    """Start the chat on a pseudo-terminal; seconds until its prompt, and until a reply."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(QA[0], [*QA, "chat"], environ)
    seen = b""
    took: list[float] = []
    for awaited in (FIRST_FRAME, REPLIED):
        while awaited not in seen:
            ready, _, _ = select.select([terminal], [], [], 30)
            if not ready:
                raise TimeoutError("the chat drew nothing in 30 s")
            seen += os.read(terminal, 65_536)
        took.append(time.perf_counter() - started)
        if awaited == FIRST_FRAME:
            os.write(terminal, QUESTION.encode() + b"\r")
    os.write(terminal, b"\x11")
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:  # how a pseudo-terminal says that its other end has closed
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    return took[0], took[1]


def warm(workspace: Workspace) -> None:
    """Ask all golden questions of a loaded workspace, stage by stage."""
    print(f"{'models and index loaded, once':44} {timed(workspace.load):8.3f} s")
    golden = (seeds.folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in golden]
    questions = [Question(one["question"], tuple(one.get("context", ()))) for one in asked]
    workspace.answer(Question("Is it raining in the harbour?"))
    replies = []
    for question in questions:
        began = time.perf_counter()
        reply = workspace.answer(question)
        replies.append((time.perf_counter() - began, reply))
    row("question to reply, warm", [seconds for seconds, _ in replies])
    row("the same questions again", [timed(lambda q=q: workspace.answer(q)) for q in questions])
    for stage in ("encode", "retrieve", "rerank"):
        row(f"  {stage}", [r.timings_ms[stage] / 1000 for _, r in replies if r.timings_ms])


if __name__ == "__main__":
    main()
