"""A run that did not come to its end: known of its index until one does, by everybody who asks."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stand_ins import HashingEncoder, ignore, ingest

from index.health import check_index
from index.ingest.run import Control, Ingest
from index.store.embedded import runs
from index.store.embedded.locking import is_locked, locked
from index.store.embedded.storage import Store
from index.store.embedded.writer import EmbeddedWriter
from index.types import Progress, Unfinished

TEXT = "The bakery on the harbour sold {} loaves before nine. Then its oven went cold.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def small_commits(monkeypatch):
    monkeypatch.setattr("index.ingest.batches.COMMIT_PASSAGES", 1)
    monkeypatch.setattr("index.ingest.batches.MOST_PASSAGES", 1)


class Stop(Exception):
    """Somebody pressed Ctrl+C."""


def stop_at(done: int, *, total: int) -> Callable[[Progress], None]:
    """Interrupt a run once so many of its files are done."""

    def report(progress: Progress) -> None:
        if (progress.stage, progress.done, progress.total) == ("reading", done, total):
            raise Stop

    return report


def interrupt(root: Path, home: Path, report: Callable[[Progress], None]) -> None:
    store = Store.create(home)
    with pytest.raises(Stop):
        Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
            root, report=report, is_cancelled=lambda: False
        )
    store.close()


def unfinished(home: Path) -> tuple[Unfinished, ...]:
    store = Store.open(home)
    try:
        return runs.unfinished(store)
    finally:
        store.close()


def counts(home: Path) -> list[tuple[int | None, int | None, int]]:
    return [(one.files, one.left, one.unseen) for one in unfinished(home)]


def test_a_whole_run_leaves_nothing_unfinished(root, home):
    ingest(root, home)
    assert unfinished(home) == ()


def test_an_interrupted_run_is_known_with_how_far_it_came_until_one_ends_whole(root, home):
    interrupt(root, home, stop_at(2, total=5))
    (one,) = unfinished(home)
    assert (one.root, one.files, one.left, one.unseen) == (str(root), 5, 3, 3)
    assert not one.is_under_way
    interrupt(root, home, stop_at(1, total=3))
    assert counts(home) == [(5, 2, 2)]
    ingest(root, home)
    assert unfinished(home) == ()


def test_a_refresh_that_was_interrupted_counts_what_changed_as_not_read(root, home):
    ingest(root, home)
    for number in (1, 3):
        (root / f"{number}.txt").write_text(TEXT.format("no"))
    interrupt(root, home, stop_at(1, total=2))
    assert counts(home) == [(5, 1, 0)]


def test_a_run_that_was_interrupted_before_it_counted_says_so(root, home):
    interrupt(root, home, stop_at(0, total=0))
    assert counts(home) == [(None, None, 0)]


def test_a_run_that_was_cancelled_is_unfinished(root, home):
    store = Store.create(home)
    Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
        root, report=ignore, is_cancelled=lambda: True
    )
    store.close()
    assert counts(home) == [(5, 5, 5)]


def test_reading_some_files_again_neither_begins_nor_ends_a_run(root, home):
    interrupt(root, home, stop_at(2, total=5))
    store = Store.create(home)
    again = Ingest(EmbeddedWriter(store), lambda _: HashingEncoder())
    again.reread(root, ["0.txt"], control=Control(ignore, lambda: False))
    store.close()
    assert counts(home) == [(5, 3, 3)]


def test_a_file_that_cannot_be_read_is_done_all_the_same(root, home):
    (root / "0.txt").write_bytes(b"")
    interrupt(root, home, stop_at(2, total=5))
    assert counts(home) == [(5, 3, 3)]


def test_only_the_root_of_a_living_process_is_under_way(root, home, tmp_path):
    other = tmp_path / "others"
    other.mkdir()
    (other / "a.txt").write_text(TEXT.format("two"))
    interrupt(root, home, stop_at(2, total=5))
    seen: list[tuple[Unfinished, ...]] = []

    def look(progress: Progress) -> None:
        if progress.total:
            seen.append(unfinished(home))

    with locked(home):
        store = Store.create(home)
        Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
            other, report=look, is_cancelled=lambda: False
        )
        store.close()
    assert [(one.root, one.is_under_way) for one in seen[0]] == [
        (str(root), False),
        (str(other), True),
    ]
    assert [one.root for one in unfinished(home)] == [str(root)]


def test_a_refresh_that_is_looking_and_has_found_nothing_to_do_is_not_told(root, home):
    ingest(root, home)
    seen: list[int] = []

    def look(_: Progress) -> None:
        seen.append(len(unfinished(home)))

    for change, told in ((None, {0}), ("0.txt", {0, 1})):
        if change:
            (root / change).write_text(TEXT.format("nine"))
        with locked(home):
            store = Store.create(home)
            Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
                root, report=look, is_cancelled=lambda: False
            )
            store.close()
        assert set(seen) == told
        seen.clear()


def test_asking_whether_somebody_writes_never_keeps_a_writer_out(home):
    script = (
        "import sys; from pathlib import Path; from index.store.embedded.locking import is_locked\n"
        "print('begun', flush=True)\n"
        "while True: is_locked(Path(sys.argv[1]))"
    )
    with locked(home):
        assert is_locked(home)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE
    ) as asking:
        try:
            assert asking.stdout is not None
            assert asking.stdout.readline() == b"begun\n"
            for _ in range(200):
                with locked(home):
                    assert is_locked(home)
        finally:
            asking.kill()
    assert not is_locked(home)


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from stand_ins import HashingEncoder
from index.ingest import batches
from index.ingest.run import Ingest
from index.store.embedded.locking import locked
from index.store.embedded.writer import EmbeddedWriter
from index.store.embedded.storage import Store
batches.COMMIT_PASSAGES = batches.MOST_PASSAGES = 1

def report(progress):
    if progress.stage == "reading" and progress.done == 2:
        print("two", flush=True)
        time.sleep(600)

with locked(Path(sys.argv[3])):
    Ingest(EmbeddedWriter(Store.create(Path(sys.argv[3]))), lambda _: HashingEncoder()).run(
        Path(sys.argv[2]), report=report, is_cancelled=lambda: False
    )
"""


def test_a_run_is_under_way_while_its_process_lives_and_interrupted_once_it_is_killed(root, home):
    here = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, here, str(root), str(home)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"two\n"
        (alive,) = unfinished(home)
        check = check_index(home, "x")
        os.kill(process.pid, signal.SIGKILL)
    (killed,) = unfinished(home)
    assert (alive.is_under_way, alive.left) == (True, 3)
    assert killed == replace(alive, is_under_way=False)
    assert "is being indexed now (2 of 5 files read)" in check.says
    assert "was not indexed to the end (2 of 5 files read)" in check_index(home, "x").says


def test_the_command_that_goes_on_names_the_index_and_the_root(root, tmp_path):
    data = tmp_path / "pullquote"
    for folder, said in (
        (data / "corpora" / "bread", f"qa index --name bread {root}"),
        (tmp_path / "own", f"qa index --index {tmp_path / 'own'} {root}"),
    ):
        interrupt(root, folder, stop_at(1, total=5))
        assert [one.command for one in unfinished(folder)] == [said]
