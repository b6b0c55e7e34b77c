import threading
from pathlib import Path

import pytest
from cli_rooms import STATUS, OpenIndex, StandInRooms
from click.testing import CliRunner

from index.errors import IndexBroken, IndexBusy, StorageFailed
from index.types import IngestReport, Skipped
from qa.cli import cli
from qa.cli import watch as command


def report(root, *, added=0, changed=0, removed=0, skipped=()):
    return IngestReport(str(root), 5, 41, added, changed, removed, tuple(skipped), 0.84)


class Followed(OpenIndex):
    """An index of one root; it is told what each update gives."""

    def __init__(self, folder, root, reports):
        super().__init__(folder)
        self.updated = []
        self._root = root
        self._reports = reports

    def roots(self):
        return (self._root,)

    def update(self, root, report, is_cancelled):
        assert not self.is_closed
        self.updated.append(root)
        outcome = self._reports.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class Rooms(StandInRooms):
    """Follows each root as often as there is something to tell, and then presses Ctrl+C."""

    def __init__(self, *reports, root="/clippings", **more):
        super().__init__(**more)
        self.reports = list(reports)
        self.root = Path(root)
        self.known = None
        self.busy = 0

    def build(self, paths, *, report, **ways):
        if self.busy:
            self.busy -= 1
            raise IndexBusy("another process is indexing")
        return super().build(paths, report=report, **ways)

    def open(self, index_folder):
        super().open(index_folder)
        self.opened[-1] = Followed(index_folder, self.root, self.reports)
        return self.opened[-1]

    def updates(self, roots, stop, update, known):
        self.known = list(known)
        assert isinstance(stop, threading.Event)
        while self.reports:
            if isinstance(self.reports[0], StorageFailed):
                yield self.reports.pop(0)
            else:
                yield update(roots[0])
        raise KeyboardInterrupt


def watch(rooms, *arguments):
    return CliRunner().invoke(cli, ["watch", *map(str, arguments)], obj=rooms)


def test_each_update_has_a_line_and_what_changed_nothing_has_none():
    rooms = Rooms(report("/clippings"), report("/clippings", added=2, changed=1))
    done = watch(rooms)
    assert done.exit_code == 0
    assert done.stdout.endswith("2 added, 1 changed (0.8 s)\n")
    assert done.stdout.count("\n") == 1
    assert "watching /clippings" in done.stderr
    assert rooms.opened[0].updated == [Path("/clippings"), Path("/clippings")]
    assert rooms.opened[0].is_closed


def test_a_file_that_is_skipped_is_named_without_its_control_characters():
    scan = Skipped("scan\x1b.pdf", "no text on any page", "scanned")
    done = watch(Rooms(report("/clippings", skipped=[scan])))
    assert "skipped scan␛.pdf: no text on any page" in done.stderr
    assert done.stdout == ""


def test_what_was_skipped_before_is_known():
    rooms = Rooms()
    watch(rooms)
    assert rooms.known == list(STATUS.skipped)


def test_paths_are_indexed_first_and_those_alone_are_watched(tmp_path):
    rooms = Rooms(report(tmp_path, added=1), root="/elsewhere")
    done = watch(rooms, tmp_path)
    assert rooms.builds[0][0] == [tmp_path]
    assert "Indexed 5 articles" in done.stderr
    assert rooms.opened[0].folder == Path("/data") / tmp_path.name
    assert rooms.opened[0].updated == [tmp_path]


def test_with_a_folder_named_all_paths_are_followed_by_that_index(tmp_path):
    both = tmp_path / "one", tmp_path / "two"
    rooms = Rooms()
    done = watch(rooms, "--index", tmp_path / "index", *both)
    assert [opened.folder for opened in rooms.opened] == [tmp_path / "index"]
    assert f"watching {both[0]}, {both[1]};" in done.stderr


def test_an_index_that_another_process_writes_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "BUSY_S", 0.0)
    rooms = Rooms()
    rooms.busy = 2
    assert watch(rooms, tmp_path).exit_code == 0
    assert rooms.busy == 0
    assert len(rooms.builds) == 1


def test_a_full_disk_is_told_and_the_watch_goes_on():
    rooms = Rooms(StorageFailed("the disk is full; free some space"), report("/c", removed=1))
    done = watch(rooms)
    assert "qa: the disk is full; free some space" in done.stderr
    assert "1 removed" in done.stdout


def test_a_root_that_is_not_there_is_waited_for_and_named():
    assert (
        "/no/such/folder is not there; it is waited for"
        in watch(Rooms(root="/no/such/folder")).stderr
    )


def test_a_broken_index_ends_it_with_its_exit_code():
    done = watch(Rooms(IndexBroken("the index is torn; run: qa index --rebuild /clippings")))
    assert done.exit_code == 3
    assert "qa index --rebuild" in done.stderr


def test_ctrl_c_while_a_path_is_first_indexed_says_what_is_kept(monkeypatch):
    def interrupted(*_, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(Rooms, "build", interrupted)
    done = watch(Rooms(), "clippings")
    assert (done.exit_code, "the same command begins again" in done.stderr) == (0, True)
    assert done.stderr.endswith("stopped watching\n")


def test_without_any_index_it_says_how_to_make_one(monkeypatch):
    monkeypatch.setattr(Rooms, "corpora", lambda _: ())
    done = watch(Rooms(current=None))
    assert done.exit_code == 3
    assert "qa index PATH" in done.stderr


@pytest.mark.parametrize("count", [2])
def test_with_several_roots_each_line_names_its_own(tmp_path, count):
    both = [tmp_path / str(number) for number in range(count)]
    done = watch(Rooms(report(both[0], added=1)), *both)
    assert f"1 added in {both[0]} (0.8 s)" in done.stdout
