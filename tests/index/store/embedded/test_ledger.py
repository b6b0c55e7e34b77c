"""Commits are counted beside the database: what is lost is missed, and nothing else."""

import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from stand_ins import StandInRetriever, ingest

from index.errors import IndexBroken, IndexDamaged, IndexMissing, StorageFailed
from index.store.embedded import ledger
from index.store.embedded.ledger import LEDGER, Ledger, NotedRoot
from index.store.embedded.storage import Store

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"
FERRY = "The ferry to the island was cancelled on Friday.\n"
NOTED = Ledger(
    "3", 7, (("model", "m"),), (NotedRoot(1, "/caf\udce9/\n\u2028", '{"hidden": true}', 4),), "ab"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "heron.txt").write_text(HERON)
    ingest(tmp_path / "articles", tmp_path / "index")
    return tmp_path / "index"


def fault(home: Path) -> str | None:
    with closing(Store.open(home)) as store:
        return store.fault()


def test_what_is_noted_is_read_again_whatever_a_folder_is_called(tmp_path):
    ledger.write(tmp_path, NOTED)
    assert ledger.read(tmp_path) == NOTED
    ledger.write(tmp_path, replace(NOTED, commits=8))
    assert ledger.read(tmp_path) == replace(NOTED, commits=8)
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER]


def test_a_ledger_with_one_other_byte_is_none(tmp_path):
    ledger.write(tmp_path, NOTED)
    raw = (tmp_path / LEDGER).read_bytes()
    for place in range(0, len(raw), 7):
        changed = bytes([raw[place] ^ 1])
        (tmp_path / LEDGER).write_bytes(raw[:place] + changed + raw[place + 1 :])
        assert ledger.read(tmp_path) is None
    (tmp_path / LEDGER).unlink()
    assert ledger.read(tmp_path) is None


def test_a_ledger_that_cant_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    ledger.write(tmp_path, NOTED)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageFailed, match="No space left"):
        ledger.write(tmp_path, replace(NOTED, commits=8))
    assert ledger.read(tmp_path) == NOTED
    assert [file.name for file in tmp_path.iterdir()] == [LEDGER]


def test_a_run_leaves_a_ledger_that_knows_roots_and_files_and_the_database(home):
    noted = ledger.read(home)
    assert [(root.path, root.files) for root in noted.roots] == [(str(home.parent / "articles"), 1)]
    assert noted.digest
    assert fault(home) is None
    with closing(Store.create(home)) as store:
        assert store.is_sealed()


def test_a_database_that_somebody_changed_is_not_the_one_that_was_written(home):
    with closing(sqlite3.connect(home / "index.sqlite3")) as connection, connection:
        connection.execute("UPDATE articles SET published = '2020'")
    assert fault(home) == "it is not as it was written"
    with pytest.raises(IndexDamaged, match="qa doctor --repair"):
        Store.create(home)


def test_a_database_of_before_the_last_commit_has_lost_something(home):
    shutil.copy(home / "index.sqlite3", home.parent / "before")
    (home.parent / "articles" / "ferry.txt").write_text(FERRY)
    ingest(home.parent / "articles", home)
    shutil.copy(home.parent / "before", home / "index.sqlite3")
    assert fault(home) == "it lost what was written last"
    with pytest.raises(IndexDamaged, match="lost what was written last"):
        Store.create(home)


def test_a_kill_between_a_commit_and_its_ledger_is_no_damage(home):
    before = (home / LEDGER).read_bytes()
    (home.parent / "articles" / "ferry.txt").write_text(FERRY)
    ingest(home.parent / "articles", home)
    (home / LEDGER).write_bytes(before)
    assert fault(home) is None
    with closing(Store.create(home)) as store:
        assert not store.is_sealed()


def test_nobody_vouches_for_a_database_that_was_not_looked_through(home):
    noted = ledger.read(home)
    ledger.write(home, replace(noted, digest=""))
    with closing(Store.create(home)) as store, store.transaction():
        store.set_manifest("note", "written without looking")
    assert ledger.read(home).digest == ""
    with closing(Store.create(home)) as store:
        store.vouch()
        with store.transaction():
            store.set_manifest("note", "looked at")
    assert ledger.read(home).digest


def test_damage_that_was_met_is_told_until_it_is_mended(home):
    with closing(Store.create(home)) as store:
        store.condemn()
    assert fault(home) == "it is not as it was written"


def test_a_copy_on_a_disk_that_may_not_be_written_is_asked_without_a_warning(home, tmp_path):
    copy = Path(shutil.copytree(home, tmp_path / "copy", copy_function=shutil.copyfile))
    for path in [*copy.iterdir(), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        retriever = StandInRetriever(copy)
        assert retriever.search("heron").hits[0].article.path == "heron.txt"
        assert retriever.passages.store.known_faults() == ()
    finally:
        copy.chmod(0o755)


def test_a_log_left_behind_is_missed(home):
    """As where a folder is copied without what was beside the database."""
    with closing(sqlite3.connect(home / "index.sqlite3")) as held:
        held.execute("SELECT count(*) FROM articles").fetchone()
        (home.parent / "articles" / "ferry.txt").write_text(FERRY)
        ingest(home.parent / "articles", home)
        copy = Path(shutil.copytree(home, home.parent / "copy"))
    (copy / "index.sqlite3-wal").unlink()
    assert fault(copy) == "it lost what was written last"
    assert fault(home) is None


def test_a_folder_without_a_database_is_missing_or_damaged_by_what_was_noted(home, tmp_path):
    (home / "index.sqlite3").unlink()
    for opening in (Store.open, Store.create):
        with pytest.raises(IndexDamaged, match="its database is gone"):
            opening(home)
    (tmp_path / "new").mkdir()
    with pytest.raises(IndexMissing):
        Store.open(tmp_path / "new")


def test_an_index_of_another_format_is_refused_and_not_mended(home):
    with closing(Store.create(home)) as store, store.transaction():
        store.set_manifest("format", "99")
    noted = ledger.read(home)
    ledger.write(home, replace(noted, format="99"))
    with pytest.raises(IndexBroken, match="--rebuild") as raised:
        Store.open(home)
    assert not isinstance(raised.value, IndexDamaged)


def test_who_asks_while_somebody_writes_is_never_warned(home):
    faults: set[str | None] = set()
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            faults.add(fault(home))

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for number in range(8):
        (home.parent / "articles" / f"more{number}.txt").write_text(f"{FERRY} Number {number}.\n")
        ingest(home.parent / "articles", home)
    is_over.set()
    for asker in askers:
        asker.join()
    assert faults == {None}
