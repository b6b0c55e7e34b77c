"""A full disk, a kill in the middle: what was indexed before is still there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stand_ins import StandInRetriever, ingest

from index.errors import IndexMissing
from index.store.embedded import holdings
from index.store.embedded.database import restore
from index.store.embedded.storage import Store

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"

FULL_DISK = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from stand_ins import ingest
from index.errors import StorageFailed
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    ingest(Path(sys.argv[2]), Path(sys.argv[3]))
except StorageFailed as error:
    print("STORAGE", error)
"""

SLOW_INGEST = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import index.ingest.run
from stand_ins import ingest, HashingEncoder
index.ingest.run.COMMIT_PASSAGES = 4
class Slow(HashingEncoder):
    def encode_passages(self, texts):
        time.sleep(0.01)
        return super().encode_passages(texts)
ingest(Path(sys.argv[2]), Path(sys.argv[3]), encoder=Slow())
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "heron.txt").write_text(HERON)
    return folder


def grow(root: Path, count: int) -> None:
    for n in range(count):
        words = " ".join(f"word{n}x{m}" for m in range(60))
        (root / f"article{n:03}.txt").write_text(f"This is article {n} about {words}.\n" * 4)


def command(code: str, *paths: Path) -> list[str]:
    return [sys.executable, "-c", code, str(Path(__file__).resolve().parents[2]), *map(str, paths)]


def contents(home: Path) -> list[tuple]:
    store = Store.open(home)
    try:
        return store.connection.execute(
            "SELECT articles.path, public_id, sentences, vector FROM passages "
            "JOIN articles ON articles.id = article_id ORDER BY articles.path, passages.id"
        ).fetchall()
    finally:
        store.close()


def test_a_full_disk_is_said_and_what_was_there_stays(root, tmp_path):
    home = tmp_path / "index"
    ingest(root, home)
    before = contents(home)
    grow(root, 200)
    done = subprocess.run(
        command(FULL_DISK, root, home), capture_output=True, text=True, check=False
    )
    assert "STORAGE" in done.stdout, done.stderr
    after = contents(home)
    assert set(before) <= set(after)
    assert StandInRetriever(home).search("heron frogs").hits[0].article.path == "heron.txt"
    ingest(root, home)
    assert len({path for path, *_ in contents(home)}) == 201


def test_killed_at_any_instant_the_next_run_ends_where_an_undisturbed_one_does(root, tmp_path):
    grow(root, 40)
    home, calm = tmp_path / "index", tmp_path / "calm"
    ingest(root, calm)
    kills = 0
    for pause in (0.0, 0.05, 0.1, 0.2, 0.3):
        with subprocess.Popen(command(SLOW_INGEST, root, home), stderr=subprocess.PIPE) as run:
            while run.poll() is None and not (home / "index.sqlite3").exists():
                time.sleep(0.005)
            try:
                run.wait(pause)
            except subprocess.TimeoutExpired:
                os.kill(run.pid, signal.SIGKILL)
                kills += 1
        store = Store.create(home)
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert holdings.counts(store).articles <= 41
        store.close()
    assert kills
    ingest(root, home)
    assert contents(home) == contents(calm)
    assert StandInRetriever(home).search("heron frogs").hits[0].article.path == "heron.txt"


def test_two_ask_while_a_third_indexes(root, tmp_path):
    home = tmp_path / "index"
    ingest(root, home)
    grow(root, 30)
    askers = [StandInRetriever(home), StandInRetriever(home)]
    seen: set[int] = set()
    with subprocess.Popen(command(SLOW_INGEST, root, home), stderr=subprocess.PIPE) as run:
        while run.poll() is None:
            for asker in askers:
                hits = asker.search("heron frogs").hits
                assert hits[0].article.path == "heron.txt"
                assert hits[0].passage.span.of(hits[0].article.text) in HERON
                seen.add(asker.passages.store.counts().articles)
        assert run.returncode == 0, run.stderr.read()
    assert len(seen) > 1
    assert {asker.passages.store.counts().articles for asker in askers} == {31}


def test_an_index_killed_before_its_first_commit_is_no_broken_one(tmp_path):
    (tmp_path / "index.sqlite3").touch()
    with pytest.raises(IndexMissing):
        Store.open(tmp_path)
    Store.create(tmp_path).close()
    assert holdings.counts(Store.open(tmp_path)).articles == 0


def test_a_rebuild_killed_between_its_two_renames_is_mended(root, tmp_path):
    home = tmp_path / "index"
    ingest(root, home)
    before = contents(home)
    home.rename(tmp_path / ".index.old")
    restore(home)
    assert contents(home) == before
    restore(home)
    assert contents(home) == before


def test_a_new_faiss_file_leaves_no_litter(root, tmp_path):
    home = tmp_path / "index"
    ingest(root, home)
    (home / ".vectors-torn").write_bytes(b"torn")
    (home / "vectors-99.faiss").write_bytes(b"orphan")
    next(home.glob("vectors-1.faiss")).unlink()
    ingest(root, home)
    assert [path.name for path in sorted(home.glob("*vectors*"))] == ["vectors-1.faiss"]
