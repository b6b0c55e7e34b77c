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
from qa.places import Places, index_folder_for
from qa.types import Question
from qa.workspace import BuildOptions, Workspace, build

QA = [sys.executable, "-c", "from qa.cli import main; main()"]
QUESTION = "How many drones did Russia launch in the overnight attack?"
FIRST_FRAME = b"Ask"
"""Stands in the empty prompt of the chat's first frame."""


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
        row("qa --help, whole process", [whole(["--help"], environ) for _ in range(runs)])
        row("qa ask, whole process", [whole(["ask", QUESTION], environ) for _ in range(runs)])
        row(
            "qa index, nothing changed",
            [whole(["index", str(seeds.folder())], environ) for _ in range(runs)],
        )
        row("qa chat, first frame", [first_frame(environ) for _ in range(runs)])
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


def first_frame(environ: dict[str, str]) -> float:
    """Start the chat on a pseudo-terminal; seconds until its prompt is drawn."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(QA[0], [*QA, "chat"], environ)
    seen = b""
    while FIRST_FRAME not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        if not ready:
            raise TimeoutError("the chat drew nothing in 30 s")
        seen += os.read(terminal, 65_536)
    took = time.perf_counter() - started
    os.write(terminal, b"\x11")
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:  # how a pseudo-terminal says that its other end has closed
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    return took


def warm(workspace: Workspace) -> None:
    """Ask all golden questions of a loaded workspace, stage by stage."""
    print(f"{'models and index loaded, once':44} {timed(workspace.load):8.3f} s")
    golden = (seeds.folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in golden]
    questions = [Question(one["question"], tuple(one.get("context", ()))) for one in asked]
    workspace.answer(questions[0])
    replies = [(timed(lambda q=q: workspace.answer(q)), workspace.answer(q)) for q in questions]
    row("question to reply, warm", [seconds for seconds, _ in replies])
    for stage in ("encode", "retrieve", "rerank"):
        row(f"  {stage}", [r.timings_ms[stage] / 1000 for _, r in replies if r.timings_ms])


if __name__ == "__main__":
    main()
