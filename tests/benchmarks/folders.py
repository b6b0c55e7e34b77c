"""How an index follows a big folder: unchanged, one file changed, memory, and a new file asked.

    python tests/benchmarks/folders.py WORK [--files N] [--articles N]

Makes N short files and indexes them with vectors from a stand-in encoder, since encoding so many
takes hours and its memory does not grow. Then measures the installed `qa` from outside: a run in
which nothing changed, and a run after one file changed until its words are found. Memory is the
peak of the process that indexes a second, larger folder.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import seeds
from index.ingest.run import Ingest
from index.models.sources import encoder_source
from index.store.embedded.storage import Store
from index.store.embedded.writer import EmbeddedWriter
from index.types import Progress
from qa.library.places import Places, index_folder_for

QA = [sys.executable, "-c", "from qa.cli import main; main()"]


def main() -> None:
    """Measure all, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.memory_of:
        print(peak_of(args.memory_of, args.work))
        return
    args.work.mkdir(parents=True, exist_ok=True)
    many = made(args.work / f"files-{args.files}", args.files)
    environ = {
        **os.environ,
        "QA_DATA_DIR": str(args.work / "data"),
        "QA_CACHE_DIR": str(args.work / "cache"),
    }
    home = index_folder_for(many, places=Places(args.work / "data", args.work / "cache"))
    if not home.exists():
        began = time.perf_counter()
        fill(home, many)
        row(f"read and commit {args.files:,} files, without encoding", time.perf_counter() - began)
    qa(["index", str(many)], environ)  # compiles the encoder, once
    row(f"index {args.files:,} files, nothing changed", qa(["index", str(many)], environ))
    changed = many / "07" / "00007.txt"
    changed.write_text("The lighthouse keeper of Skarnholm was born in 1931 on a ship.\n")
    began = time.perf_counter()
    qa(["index", str(many)], environ)
    updated = time.perf_counter() - began
    reply = json.loads(
        output(["ask", "--json", "Where was the keeper of Skarnholm born?"], environ)
    )
    is_found = "Skarnholm" in reply["quotes"][0]["text"]
    row(f"one of {args.files:,} files changed: askable (found: {is_found})", updated)
    large = made(args.work / f"articles-{args.articles}", args.articles)
    command = [sys.executable, __file__, str(args.work / "stand-in"), "--memory-of", str(large)]
    peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    name = f"peak memory, {args.articles:,} articles, without the encoder"
    print(f"{name:58} {float(peak):8.0f} MB")


def made(folder: Path, count: int) -> Path:
    """Write short articles of sentences of the example articles, a thousand a folder."""
    if folder.exists():
        return folder
    sentences = [
        line.strip()
        for path in sorted(seeds.folder().glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split(". ")
        if 40 < len(line) < 300
    ]
    chance = random.Random(7)
    for number in range(count):
        path = folder / f"{number % 97:02}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn = " ".join(chance.sample(sentences, 4)).split()
        words = " ".join(
            word if place % 5 else f"{word} {chance.randrange(10**6)}"
            for place, word in enumerate(drawn)
        )
        path.write_text(f"Report {number} of {chance.randrange(10**9)}\n\n{words}.\n")
    return folder


def qa(arguments: list[str], environ: dict[str, str]) -> float:
    """Give the seconds of one whole process."""
    began = time.perf_counter()
    subprocess.run([*QA, *arguments], env=environ, check=True, capture_output=True)
    return time.perf_counter() - began


def output(arguments: list[str], environ: dict[str, str]) -> str:
    """Give what one process prints."""
    return subprocess.run(
        [*QA, *arguments], env=environ, check=False, capture_output=True, text=True
    ).stdout


def row(name: str, seconds: float) -> None:
    """Print one figure."""
    print(f"{name:58} {seconds:8.2f} s")


class StandInEncoder:
    """Vectors from nothing, as fast as they can be written."""

    def encode_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed queries."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed passages."""
        chance = np.random.default_rng(len(texts))
        vectors = chance.standard_normal((len(texts), 384), dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def fill(home: Path, folder: Path) -> None:
    """Index a folder, with the name of the real encoder."""

    def silent(_: Progress) -> None:
        """Nobody looks."""

    source = encoder_source(None)
    store = Store.create(home)
    with store.transaction():
        store.set_manifest("model", source.model)
        store.set_manifest("fingerprint", source.fingerprint)
    Ingest(EmbeddedWriter(store), lambda _: StandInEncoder()).run(
        folder, report=silent, is_cancelled=lambda: False
    )
    store.close()


def peak_of(folder: Path, home: Path) -> float:
    """Index a folder here; gives the peak of this process in MB."""
    fill(home, folder)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
