"""Killed at random instants while indexing, the index comes out as if nothing had happened.

    python tests/benchmarks/kills.py WORK [--files N] [--kills N]

Indexes mixed files once undisturbed, then again into another index with SIGKILL at random instants,
each time going on, and compares all that both indexes hold. Exits with 1 on any difference.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import numpy as np

import seeds
from index.search.variants import read as parsed
from index.store.embedded.database import DATABASE
from index.store.opening import open_store

QA = [sys.executable, "-c", "from qa.cli import main; main()"]
ALIKE = 0.999
"""Cosine between the vectors of one passage: each run measures which precision is fastest."""
ASKED = ("drones over Kyiv", "the mega-project", "King Charles at Windsor", "interceptor drones")


def main() -> None:
    """Index twice, compare, say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=20)
    args = parser.parse_args()
    root = args.work / f"mixed-{args.files}"
    if not root.exists():
        write_files(root, args.files)
    whole, killed = args.work / "whole", args.work / "killed"
    for folder in (whole, killed):
        shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()
    run(root, whole, args.work)
    seconds = time.perf_counter() - began
    print(f"undisturbed: {seconds:.1f} s")
    chance = random.Random()
    kills = 0
    while kills < args.kills:
        process = start(root, killed, args.work)
        time.sleep(chance.uniform(0.3, seconds / 3))
        if process.poll() is not None:
            shutil.rmtree(killed)  # it was done before: begin again
            continue
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    run(root, killed, args.work)
    faults = list(differences(whole, killed))
    for fault in faults:
        print(f"DIFFERS: {fault}")
    print(f"{kills} kills: {'the same' if not faults else f'{len(faults)} differences'}")
    sys.exit(1 if faults else 0)


def write_files(root: Path, count: int) -> None:
    """Write texts, pages and mails made of the example articles, with copies and empty files."""
    sentences = [
        line.strip()
        for path in sorted(seeds.folder().glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split(". ")
        if 40 < len(line) < 300
    ]
    chance = random.Random(11)
    words = ""
    for number in range(count):
        path = root / f"{number % 13:02}" / f"{number:05}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % 10:  # each tenth is a copy of the one before it
            words = ". ".join(chance.sample(sentences, 9)) + f". Number {chance.random()}."
        kind = number % 4
        if kind == 0:
            message = EmailMessage()
            message["Subject"], message["From"] = f"Report {number}", "desk@example.org"
            message.set_content(words)
            path.with_suffix(".eml").write_bytes(bytes(message))
        elif kind == 1:
            body = f"<article><h1>Report {number}</h1><p>{words}</p></article>"
            path.with_suffix(".html").write_text(f"<html><body>{body}</body></html>")
        else:
            path.with_suffix(".txt").write_text(words if number % 50 else "")


def start(root: Path, folder: Path, work: Path) -> "subprocess.Popen[bytes]":
    """Begin to index, in a process group of its own."""
    environ = {
        **os.environ,
        "QA_DATA_DIR": str(work / "data"),
        "QA_CACHE_DIR": str(work / "cache"),
    }
    return subprocess.Popen(
        [*QA, "index", "--index", str(folder), str(root)],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def run(root: Path, folder: Path, work: Path) -> None:
    """Index to the end."""
    if start(root, folder, work).wait() != 0:
        sys.exit("indexing failed")


def differences(one: Path, other: Path) -> Iterator[str]:
    """Compare what two indexes hold, but for row ids and times."""
    queries = (
        "SELECT path, bytes, mtime_ns, sha256, format, encoding FROM files ORDER BY path",
        "SELECT articles.path, articles.format, articles.title, articles.published, "
        "articles.text, articles.text_hash, original.path FROM articles LEFT JOIN articles "
        "AS original ON original.id = articles.reprint_of ORDER BY articles.path",
        "SELECT public_id, sentences, text_key FROM passages ORDER BY public_id",
        "SELECT path, reason, kind FROM skipped ORDER BY path",
        "SELECT count(*) FROM spare_vectors",
        "SELECT value FROM manifest WHERE name IN ('articles', 'passages') ORDER BY name",
    )
    with sqlite3.connect(one / DATABASE) as a, sqlite3.connect(other / DATABASE) as b:
        for query in queries:
            if a.execute(query).fetchall() != b.execute(query).fetchall():
                yield query
        vectors = "SELECT vector FROM passages ORDER BY public_id"
        first, second = (
            np.stack([np.frombuffer(row[0], np.float32) for row in base.execute(vectors)])
            for base in (a, b)
        )
        if first.shape != second.shape or float((first * second).sum(axis=1).min()) < ALIKE:
            yield "vectors"
    for query in ASKED:
        if worded(one, query) != worded(other, query):
            yield f"keyword search for {query}"
        if nearest(one, first[0]) != nearest(other, first[0]):
            yield "vector search"


def worded(folder: Path, query: str) -> list[tuple[str, float]]:
    """Give the best passages by words, without their row ids."""
    store = open_store(folder)
    ranking = store.matching(parsed(query, store.vocabulary()), 20)
    return sorted((public_id(folder, row), round(score, 4)) for row, score in ranking)


def nearest(folder: Path, vector: object) -> set[str]:
    """Give the passages nearest to a vector, by what the FAISS file and the rest hold."""
    return {public_id(folder, row) for row, _ in open_store(folder).nearest(vector, 10)}


def public_id(folder: Path, row: int) -> str:
    """Give the id of a passage that is for good."""
    with sqlite3.connect(folder / DATABASE) as base:
        return str(
            base.execute("SELECT public_id FROM passages WHERE id = ?", (row,)).fetchone()[0]
        )


if __name__ == "__main__":
    main()
