import os
import queue
import threading
from contextlib import contextmanager

import pytest

from index.errors import BadPath, IndexBroken, IndexBusy, StorageFailed
from index.ingest import watching
from index.ingest.watching import changes, is_distant, may_matter, updates
from index.types import IngestReport


class Listener:
    """What `changes` gave, in order; a test waits for it and never for the clock."""

    def __init__(self):
        self._given = queue.Queue()

    def put(self, roots):
        self._given.put(roots)

    def wait_for(self, *roots, never=()):
        """Wait until all these have come, together or not; one change may come in two parts."""
        missing = set(roots)
        while missing:
            given = self._given.get(timeout=30)
            assert not given & set(never)
            missing -= given


@contextmanager
def listening(*roots):
    stop, listener = threading.Event(), Listener()

    def listen():
        for changed in changes(roots, stop):
            listener.put(changed)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield listener
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def quick_and_no_settings_of_others(monkeypatch):
    monkeypatch.setattr(watching, "QUIET_MS", 60)
    monkeypatch.setattr(watching, "ROUND_MS", 60)
    for name in ("WATCHFILES_FORCE_POLLING", "WATCHFILES_DEBUG", "WATCHFILES_POLL_DELAY_MS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def roots(tmp_path):
    both = tmp_path / "one", tmp_path / "two"
    for root in both:
        root.mkdir()
        (root / "a.txt").write_text("One sentence.")
    return both


def test_all_roots_come_first_and_then_those_that_change(roots):
    one, two = roots
    with listening(*roots) as listener:
        listener.wait_for(*roots)
        (two / "b.txt").write_text("A new one.")
        listener.wait_for(two)
        (one / "a.txt").unlink()
        listener.wait_for(one)


def test_hidden_unfinished_and_foreign_files_are_no_change(roots):
    one, two = roots
    with listening(*roots) as listener:
        listener.wait_for(*roots)
        (one / ".secret.txt").write_text("x")
        (one / "~$letter.docx").write_text("x")
        (one / "film.mp4").write_text("x")
        (one / "film.mp4").unlink()
        (two / "b.txt").write_text("A new one.")
        listener.wait_for(two, never=[one])


def test_reading_is_no_change(roots):
    one, two = roots
    with listening(*roots) as listener:
        listener.wait_for(*roots)
        (one / "a.txt").read_text()
        (two / "a.txt").write_text("Another sentence.")
        listener.wait_for(two, never=[one])


def test_a_folder_moved_in_and_out_is_a_change(roots, tmp_path):
    one, _ = roots
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.txt").write_text("There is more.")
    with listening(one) as listener:
        listener.wait_for(one)
        (tmp_path / "more").rename(one / "more")
        listener.wait_for(one)
        (one / "more" / "c.txt").write_text("And more.")
        listener.wait_for(one)
        (one / "more").rename(tmp_path / "more")
        listener.wait_for(one)


def test_a_file_is_watched_through_its_folder_and_its_neighbours_are_not(roots):
    one, two = roots
    file = one / "a.txt"
    with listening(file, two) as listener:
        listener.wait_for(file, two)
        (one / "b.txt").write_text("A neighbour.")
        (two / "b.txt").write_text("A new one.")
        listener.wait_for(two, never=[file])
        (one / "draft").write_text("Saved as editors do.")
        (one / "draft").replace(file)
        listener.wait_for(file)


def test_a_root_that_is_not_there_yet_is_waited_for(roots, tmp_path):
    one, _ = roots
    late = tmp_path / "late"
    with listening(one, late) as listener:
        listener.wait_for(one)
        (tmp_path / "draft").mkdir()
        (tmp_path / "draft" / "a.txt").write_text("Here at last.")
        (tmp_path / "draft").rename(late)
        listener.wait_for(late)


def test_a_root_that_disappears_is_no_change_and_its_return_is_one(roots, tmp_path):
    one, two = roots
    with listening(*roots) as listener:
        listener.wait_for(*roots)
        one.rename(tmp_path / "elsewhere")
        (two / "b.txt").write_text("A new one.")
        listener.wait_for(two, never=[one])
        (tmp_path / "elsewhere").rename(one)
        listener.wait_for(one)
        (one / "b.txt").write_text("A new one.")
        listener.wait_for(one)


def test_an_empty_folder_in_the_place_of_a_root_is_waited_for(roots, tmp_path):
    one, two = roots
    with listening(*roots) as listener:
        listener.wait_for(*roots)
        one.rename(tmp_path / "unmounted")
        one.mkdir()
        (two / "b.txt").write_text("A new one.")
        listener.wait_for(two, never=[one])
        (one / "a.txt").write_text("Mounted again.")
        listener.wait_for(one)


def test_a_name_that_is_not_utf_8_does_not_end_the_watch(roots):
    one, _ = roots
    with listening(one) as listener:
        listener.wait_for(one)
        (one / os.fsdecode(b"caf\xe9.txt")).write_text("A name of old.")
        listener.wait_for(one)
        (one / "b.txt").write_text("A new one.")
        listener.wait_for(one)


def test_a_root_of_which_the_name_is_not_utf_8_is_guessed_at(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "GUESS_ROUNDS", 1)
    root = tmp_path / os.fsdecode(b"caf\xe9")
    root.mkdir()
    (root / "a.txt").write_text("One sentence.")
    with listening(root) as listener:
        listener.wait_for(root)
        listener.wait_for(root)


def test_a_folder_on_a_network_drive_is_looked_at_again_and_again(roots, monkeypatch):
    one, _ = roots
    monkeypatch.setattr(watching, "is_distant", lambda folder: True)
    monkeypatch.setattr(watching, "POLL_MS", 50)
    with listening(one) as listener:
        listener.wait_for(one)
        (one / "b.txt").write_text("A new one.")
        listener.wait_for(one)


def test_a_folder_of_this_machine_is_not_distant(tmp_path):
    assert not is_distant(tmp_path / "gone")


def test_nothing_to_watch_ends_at_once():
    assert list(changes([], threading.Event())) == []


@pytest.mark.parametrize(
    ("path", "sort", "matters"),
    [
        ("a.txt", 1, True),
        ("news/a.txt", 2, True),
        ("news/a.txt", 3, True),
        ("a.mp4", 1, False),
        ("news", 3, True),
        ("news.2025", 3, True),
        ("zotero.sqlite-journal", 3, False),
        (".git/a.txt", 1, False),
        ("news/.gitignore", 2, True),
        (".a.txt.swp", 1, False),
        ("a.txt~", 1, False),
        ("#a.txt#", 1, False),
        ("a.txt.part", 1, False),
        ("~$a.docx", 1, False),
        ("4913", 1, False),
    ],
)
def test_what_may_matter(path, sort, matters):
    assert may_matter(path.split("/"), sort, f"/no/such/folder/{path}") is matters


def report(root, added=1):
    return IngestReport(str(root), 1, 1, added, 0, 0, ())


def once(roots, stop):
    yield frozenset(roots)


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr(watching, "BUSY_S", 0.0)
    monkeypatch.setattr(watching, "FULL_DISK_S", 0.0)


def outcomes(*tries, stop=None):
    """What comes of updating one root, if each attempt ends as told."""
    left = list(tries)

    def update(root):
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    stop = stop or threading.Event()
    given = list(updates(["/clippings"], stop, update, changed=once))
    assert not left
    return given


@pytest.mark.usefixtures("no_waiting")
def test_an_index_that_somebody_else_writes_is_waited_for():
    assert outcomes(IndexBusy("busy"), IndexBusy("busy"), report("/clippings")) == [
        report("/clippings")
    ]


@pytest.mark.usefixtures("no_waiting")
def test_a_full_disk_is_told_once_and_tried_again():
    full = StorageFailed("the disk is full")
    given = outcomes(full, StorageFailed("the disk is full"), report("/clippings"))
    assert given == [full, report("/clippings")]


def test_a_root_that_just_went_away_is_passed_over():
    assert outcomes(BadPath("not there")) == []


def test_an_index_that_is_broken_ends_the_updates():
    with pytest.raises(IndexBroken):
        outcomes(IndexBroken("torn"))


def test_nobody_waits_for_a_busy_index_once_it_is_over():
    stop = threading.Event()

    def update(root):
        stop.set()
        raise IndexBusy("busy")

    assert list(updates(["/clippings"], stop, update, changed=once)) == []
