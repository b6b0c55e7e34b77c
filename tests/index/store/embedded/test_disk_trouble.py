"""A disk that refuses a call once: what is whole stays in use, and nothing stays behind."""

import errno
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from stand_ins import ingest

from index.errors import StorageFailed
from index.ingest.processes import Died, Process
from index.seals import discard
from index.store.embedded import derived, vectors
from index.store.embedded.storage import Store
from qa.library.places import Places, current_index, index_folder_named, make_current
from qa.library.removal import remove

WEIR = "The weir at Osmunda was raised by a foot in the spring of 1931."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "weir.txt").write_text(WEIR)
    return folder


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(("vec", "wor", ".w"))}


def test_files_that_could_not_be_deleted_go_with_the_next_run(root, tmp_path, monkeypatch):
    home = tmp_path / "index"
    ingest(root, home)
    with closing(Store.create(home)) as store:
        derived.rebuild(store, many_words=1)
    before = names(home)
    (root / "weir.txt").write_text(f"{WEIR} It was lowered again.")
    ingest(root, home)
    with closing(Store.create(home)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(os, "unlink", refuse)
            derived.rebuild(store, many_words=1)
        assert before & names(home)
        derived.keep_up(store, many_words=1)
        assert not before & names(home)
        assert len(names(home)) == 2


def test_a_draft_that_can_be_neither_written_nor_deleted_is_told(root, tmp_path, monkeypatch):
    home = tmp_path / "index"
    ingest(root, home)
    with closing(Store.create(home)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(vectors, "sync", refuse)
            patch.setattr(os, "unlink", refuse)
            with pytest.raises(StorageFailed, match="cannot write"):
                derived.rebuild(store)
        derived.rebuild(store)
    assert not list(home.glob(".vectors-*"))


def test_a_ledger_that_can_be_neither_written_nor_deleted_is_told(root, tmp_path, monkeypatch):
    home = tmp_path / "index"
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        patch.setattr(os, "unlink", refuse)
        with pytest.raises(StorageFailed, match="Permission denied"):
            ingest(root, home)


def test_an_index_that_cannot_be_put_back_is_told_and_put_back_later(root, tmp_path, monkeypatch):
    home = tmp_path / "index"
    ingest(root, home)
    home.rename(tmp_path / ".index.old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", refuse)
        with pytest.raises(StorageFailed, match="cannot put the index back"):
            Store.open(home)
    Store.open(home).close()


def test_of_an_index_that_is_half_deleted_one_is_told_where_the_rest_is(
    root, tmp_path, monkeypatch
):
    places = Places(tmp_path / "data", tmp_path / "cache")
    home = index_folder_named("weirs", places=places)
    ingest(root, home)
    make_current(home, places=places)
    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(StorageFailed, match=r"delete .*/\.weirs\.removed yourself"):
        remove(home, places=places)
    assert not home.exists()
    assert current_index(places=places) is None


def test_a_process_that_cannot_be_started_can_be_stopped(monkeypatch):
    process: Process[int, int] = Process(abs)
    with monkeypatch.context() as patch:
        patch.setattr("multiprocessing.context.ForkServerProcess.start", refuse)
        with pytest.raises(PermissionError):
            process.call(-1, 5.0)
    process.stop()
    with pytest.raises(Died):
        process.call(-1, 5.0)


def test_a_folder_and_a_file_and_what_is_not_there_are_discarded(tmp_path):
    (tmp_path / "folder" / "in").mkdir(parents=True)
    (tmp_path / "file").touch()
    for name in ("folder", "file", "nothing"):
        discard(tmp_path / name)
    assert not list(tmp_path.iterdir())
