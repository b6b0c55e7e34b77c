"""How quick and how right retrieval is among a million passages.

    python tests/benchmarks/million.py WORK --from INDEX... --questions FILE... [--passages N]

Makes an index of N passages in WORK, unless there is one already, out of the passages of real
indexes (see tiling.py), and the files beside it; then measures. A question file holds one JSON
object a line, with a `question`; the indexes must be of the default encoder.
"""

import argparse
import itertools
import json
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import tiling
from numpy.typing import NDArray

from index.models.loading import query_encoder
from index.search import variants
from index.search.passage_index import PassageIndex, QueryEncoder
from index.store.embedded import clustering, derived
from index.store.embedded.dense import DenseSearch
from index.store.embedded.lookup import Lookup
from index.store.embedded.records import vector_record, word_record
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.store.embedded.worded import WordSearch
from index.store.embedded.writing import RowWriter
from index.text import keywords
from index.types import Period, Scope
from qa.library.places import Places

COMMIT_ARTICLES = 1_000
QUESTIONS = 300
SLOW = 60
"""Questions that are also asked the slow way."""


def main() -> None:
    """Build what isn't there, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--from", type=Path, nargs="+", required=True, dest="sources")
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--passages", type=int, default=1_000_000)
    given = parser.parse_args()
    real = tiling.read(given.sources)
    folder = given.work / f"tiled-{given.passages}"
    if not (folder / "done").exists():
        fill(folder, real, given.passages, given.sources[0])
    store = Store.create(folder)
    make_files(store)
    store.close()
    asked = questions(given.questions)
    opened = PassageIndex.open(folder)
    encoder, _ = query_encoder(
        str(opened.store.manifest().model),
        str(opened.store.manifest().fingerprint),
        Places.default().cache,
        lambda _: None,
    )
    before = memory("RssAnon")
    row("files opened", [timed(opened.load)])
    measure_vectors(opened, encoder, asked)
    measure_words(opened, asked)
    measure_whole(opened, encoder, asked)
    print(f"{'RssAnon, of which the encoder':44} {memory('RssAnon'):8.0f} MB   ({before:.0f} MB)")
    measure_changes(folder, real, opened)


def fill(folder: Path, real: tiling.Real, passages: int, source: Path) -> None:
    """Commit that many passages, as indexing does."""
    made_with = PassageIndex.open(source)
    store = Store.create(folder)
    with store.transaction():
        for name in ("model", "fingerprint"):
            store.set_manifest(name, str(made_with.manifest(name)))
    entries = tiling.entries(real, passages)
    while batch := list(itertools.islice(entries, COMMIT_ARTICLES)):
        with store.transaction():
            store.advance()
            for entry in batch:
                tiling.put(store, "/tiled", entry)
    store.close()
    (folder / "done").touch()


def make_files(store: Store) -> None:
    """Make the FAISS file and the word index, if they are due, and say what that took."""
    if derived.is_due(store):
        with peak_memory() as peak:
            took = timed(lambda: derived.keep_up(store))
        print(f"{'files made':44} {took:8.1f} s    (RssAnon {peak[0]:.0f} MB)")
    for record in (vector_record(store), word_record(store)):
        print(f"  {record}")
    for path in sorted(store.folder.iterdir()):
        held = path.rglob("*") if path.is_dir() else [path]
        print(f"  {path.name:42} {sum(one.stat().st_size for one in held) / 1e6:8.0f} MB")


def measure_vectors(opened: PassageIndex, encoder: QueryEncoder, asked: Sequence[str]) -> None:
    """Print time and recall against all inner products, unmasked and masked."""
    store = Store.open(opened.store.place)
    lookup = Lookup(store)
    dense = DenseSearch(store, lookup)
    queries = encoder.encode_queries(asked)
    rows = lookup.rows_after(-1)
    half, few = RowSet.of(rows[: len(rows) // 2]), RowSet.of(rows[::200])
    for name, only in (("", None), (", half allowed", half), (", 1 in 200 allowed", few)):
        search = partial(dense.search, k=100, only=only)
        row(f"vectors, 100 nearest{name}", [timed(partial(search, q)) for q in queries])
        nearest = exactly(lookup, rows if only is None else only.ids(), queries)
        shares = [
            len(top(search(query)[:10]) & near) / 10
            for query, near in zip(queries, nearest, strict=True)
        ]
        print(f"{'  recall@10':44} {np.mean(shares):8.4f}")


def exactly(
    lookup: Lookup, rows: NDArray[np.int64], queries: NDArray[np.float32]
) -> list[set[int]]:
    """Give each query's ten nearest rows."""
    best: list[list[tuple[float, int]]] = [[] for _ in queries]
    for ids, vectors in clustering.blocks(lookup, rows):
        for known, scores in zip(best, queries @ vectors.T, strict=True):
            places = np.argpartition(-scores, min(10, len(scores) - 1))[:10]
            known.extend(zip(scores[places].tolist(), ids[places].tolist(), strict=True))
    return [{row for _, row in sorted(mine)[-10:]} for mine in best]


def measure_words(opened: PassageIndex, asked: Sequence[str]) -> None:
    """Print times, and how far both ways agree."""
    store, known = Store.open(opened.store.place), opened.store.vocabulary()
    lookup = Lookup(store)
    words = WordSearch(store, lookup)
    read = [variants.read(question, known) for question in asked]
    times = [timed(lambda q=q: variants.read(q, known)) for q in asked]
    row("other forms of the words looked up", times)
    row("words, 100 best", [timed(lambda q=q: words.search(q, 100)) for q in read])
    plain = [keywords.parse(question) for question in asked[:SLOW]]
    slow = [timed(lambda q=q: lookup.search_words(q, 100)) for q in plain]
    row("  the same by FTS5, without other forms", slow)
    agree = [
        len(top(words.search(query, 10)) & top(lookup.search_words(query, 10))) / 10
        for query in plain
    ]
    print(f"{'  the same among the first ten':44} {np.mean(agree):8.3f}")
    row("spelling", [timed(lambda q=q: opened.spelled(q, lambda _: False)) for q in asked])


def top(ranking: Sequence[tuple[int, float]]) -> set[int]:
    """Give the ids."""
    return {row for row, _ in ranking}


def measure_whole(opened: PassageIndex, encoder: QueryEncoder, asked: Sequence[str]) -> None:
    """Print what retrieval takes from question to hits."""
    recent = Scope(Period(date(2018, 1, 1), None))
    row("retrieval", [timed(lambda q=q: opened.search(q, encoder)) for q in asked])
    row(
        "retrieval, of half the articles",
        [timed(lambda q=q: opened.search(q, encoder, scope=recent)) for q in asked[:SLOW]],
    )
    row("counts", [timed(opened.store.counts) for _ in range(9)])


def measure_changes(folder: Path, real: tiling.Real, opened: PassageIndex) -> None:
    """Print what an added and a deleted article cost the writer, and an open index."""
    store = Store.create(folder)
    known = {path for _, _, path in opened.store.paths()}
    (entry,) = tiling.entries(real, 20, first=len(known) + 1, seed=len(known))
    with store.transaction():
        store.advance()
        tiling.put(store, "/tiled", entry)
    row("open index refreshed after one article", [timed(opened.load)])
    row("files kept up after it", [timed(lambda: derived.keep_up(store))])
    row("open index refreshed after that", [timed(opened.load)])
    (last,) = store.connection.execute("SELECT max(id) FROM files").fetchone()
    with store.transaction():
        store.advance()
        RowWriter(store).drop_file(last)
    row("open index refreshed after its deletion", [timed(opened.load)])
    derived.keep_up(store)
    store.close()


def questions(files: Sequence[Path]) -> list[str]:
    """Draw from the files."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    drawn = random.Random(3).sample(lines, min(QUESTIONS, len(lines)))
    return [str(json.loads(line)["question"]) for line in drawn]


def row(name: str, seconds: Sequence[float]) -> None:
    """Print median, 95th and 99th percentile."""
    p95, p99 = np.percentile(seconds, [95, 99]) * 1000
    median = statistics.median(seconds) * 1000
    print(f"{name:44} {median:8.1f} ms   (p95 {p95:.1f}, p99 {p99:.1f}, n = {len(seconds)})")


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def memory(line: str) -> float:
    """Give a line of /proc/self/status in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(one.split()[1]) for one in status.splitlines() if one.startswith(line)) / 1024


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Watch anonymous memory; gives its peak, in MB."""
    peak, is_done = [0.0], threading.Event()

    def watch() -> None:
        while not is_done.wait(0.2):
            peak[0] = max(peak[0], memory("RssAnon"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield peak
    is_done.set()
    watcher.join()


if __name__ == "__main__":
    main()
