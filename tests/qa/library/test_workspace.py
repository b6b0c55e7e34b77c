"""One index opened for asking: freshness, errors, several processes."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

import seeds
from index.advice import command
from index.errors import (
    BadPath,
    IndexBroken,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    StorageFailed,
)
from index.store.embedded import runs
from index.store.embedded.locking import locked
from index.store.embedded.storage import Store
from qa.library.places import Places, corpora, current_index, index_folder_for, make_current
from qa.library.workspace import BuildOptions, Workspace, build
from qa.types import Answer, Question

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"
FERRY = "The ferry to the island was cancelled on Friday. Passengers waited for six hours.\n"


@pytest.fixture
def places(seed_places: Places, tmp_path: Path) -> Places:
    """A data folder of its own; the encoder is compiled already."""
    return Places(data=tmp_path / "data", cache=seed_places.cache)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "heron.txt").write_text(HERON)
    return folder


def index(root: Path, places: Places, **options: object) -> Path:
    folder = index_folder_for(root, places=places)
    build(
        [root],
        index_folder=None,
        options=BuildOptions(**options),
        report=lambda _: None,
        places=places,
    )
    return folder


def first_quote(workspace: Workspace, text: str) -> str:
    reply = workspace.answer(Question(text))
    assert isinstance(reply, Answer), reply
    return reply.quotes[0].text


def test_an_indexed_folder_becomes_current_and_answers(root, places):
    assert current_index(places=places) is None
    folder = index(root, places)
    assert current_index(places=places) == folder
    workspace = Workspace(folder, places=places)
    assert first_quote(workspace, "How many frogs did the heron eat?").startswith("The heron ate")
    searched = workspace.searched()
    assert (searched.root, searched.articles) == (str(root), 1)


def test_an_open_workspace_notices_what_another_process_indexed(root, places):
    workspace = Workspace(index(root, places), places=places)
    assert not workspace.refreshed()
    (root / "ferry.txt").write_text(FERRY)
    index(root, places)
    assert workspace.refreshed()
    assert workspace.searched().articles == 2
    assert "Friday" in first_quote(workspace, "When was the ferry to the island cancelled?")


def test_an_open_workspace_notices_a_run_that_begins_is_killed_or_ends(root, places):
    folder = index(root, places)
    workspace = Workspace(folder, places=places)
    assert (workspace.searched().unfinished, workspace.status().unfinished) == ((), ())
    with locked(folder), closing(Store.create(folder)) as store:
        with store.transaction():
            runs.begin(store, 1)
            runs.count(store, 1, files=4, due=3)
        assert workspace.refreshed()
        searched = workspace.searched()
        assert [one.is_under_way for one in searched.unfinished] == [True]
        assert (searched.files, searched.unread) == (4, 3)
    assert workspace.refreshed()
    (one,) = workspace.searched().unfinished
    assert (one.is_under_way, one.command) == (False, f"qa index {root}")
    (listed,) = corpora(places)
    assert listed.unfinished == workspace.status().unfinished == (one,)
    index(root, places)
    assert workspace.refreshed()
    assert (workspace.searched().unfinished, workspace.searched().files) == ((), 1)


def test_a_rebuild_under_an_open_workspace_is_noticed(root, places):
    workspace = Workspace(index(root, places), places=places)
    workspace.load()
    (root / "heron.txt").write_text(FERRY)
    index(root, places, rebuild=True)
    assert "Friday" in first_quote(workspace, "When was the ferry to the island cancelled?")
    assert [path.name for path in (places.data / "indexes").iterdir() if path.is_dir()] == [
        index_folder_for(root, places=places).name
    ]


def torn(folder: Path) -> None:
    (folder / "index.sqlite3").write_bytes(b"no database" * 100)
    for suffix in ("-wal", "-shm"):
        Path(f"{folder / 'index.sqlite3'}{suffix}").unlink(missing_ok=True)


def test_an_index_that_is_none_of_ours_is_said_to_be_and_rebuild_mends_it(root, places):
    folder = index(root, places)
    torn(folder)
    (folder / "ledger.json").unlink()
    with pytest.raises(IndexBroken, match="--rebuild"):
        Workspace(folder, places=places)
    index(root, places, rebuild=True)
    assert Workspace(folder, places=places).searched().articles == 1


def test_a_damaged_index_is_said_to_be_and_indexing_mends_it(root, places):
    folder = index(root, places)
    torn(folder)
    with pytest.raises(IndexDamaged, match="qa doctor --repair"):
        Workspace(folder, places=places)
    index(root, places)
    assert Workspace(folder, places=places).searched().articles == 1


def test_each_reply_from_a_damaged_index_says_so_and_status_too(root, places):
    folder = index(root, places)
    with closing(sqlite3.connect(folder / "index.sqlite3")) as connection, connection:
        connection.execute("UPDATE articles SET published = '1999-01-01'")
    with closing(Workspace(folder, places=places)) as workspace:
        for _ in range(2):
            reply = workspace.answer(Question("How many frogs did the heron eat?"))
            assert any("the index is damaged" in notice for notice in reply.notices)
            assert not getattr(reply, "quotes", ())
        assert any("the index is damaged" in fault for fault in workspace.status().faults)
    index(root, places)
    with closing(Workspace(folder, places=places)) as workspace:
        assert workspace.status().faults == ()
        assert workspace.answer(Question("How many frogs did the heron eat?")).notices == ()


def test_one_reply_from_an_index_that_an_older_version_read_says_so(root, places):
    folder = index(root, places)
    with closing(Store.create(folder)) as store, store.transaction():
        store.connection.execute("UPDATE manifest SET value = '1' WHERE name LIKE 'read:%'")
    with closing(Workspace(folder, places=places)) as workspace:
        asked = Question("How many frogs did the heron eat?")
        (notice,) = workspace.answer(asked).notices
        assert notice.endswith(f"to read it again run: {command(folder, str(root))}")
        assert workspace.answer(asked).notices == ()
    index(root, places)
    with closing(Workspace(folder, places=places)) as workspace:
        assert workspace.answer(asked).notices == ()


def test_two_roots_in_one_index(root, places, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "ferry.txt").write_text(FERRY)
    home = tmp_path / "both"
    options = BuildOptions()
    for path in (root, other):
        build([path], index_folder=home, options=options, report=lambda _: None, places=places)
    searched = Workspace(home, places=places).searched()
    assert (searched.root, searched.articles) == (f"{root}, {other}", 2)


def test_a_path_that_is_not_there_is_named_and_drops_nothing(root, places, tmp_path):
    folder = index(root, places)
    root.rename(tmp_path / "moved")
    with pytest.raises(BadPath, match="is not there"):
        index(root, places)
    assert Workspace(folder, places=places).searched().articles == 1


def test_no_index_is_missing(places, tmp_path):
    with pytest.raises(IndexMissing, match="qa index"):
        Workspace(tmp_path / "nowhere", places=places)
    assert Workspace(None, places=places).searched() is None
    with pytest.raises(IndexMissing):
        Workspace(None, places=places).answer(Question("who?"))


def test_only_one_process_writes(root, places):
    folder = index(root, places)
    lock = folder.parent / f".{folder.name}.lock"
    code = (
        "import sys; from filelock import FileLock\n"
        f"with FileLock({str(lock)!r}):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy, match="another process"):
            index(root, places)
        assert Workspace(folder, places=places).searched().articles == 1
        holder.stdin.close()
    index(root, places)


def test_a_data_folder_that_cant_be_made_is_said_to_be(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    places = Places(data=blocked / "data", cache=tmp_path / "cache")
    with pytest.raises(StorageFailed):
        make_current(tmp_path, places=places)


def test_articles_are_found_by_part_of_their_name(root, places):
    (root / "herald.txt").write_text(FERRY)
    workspace = Workspace(index(root, places), places=places)
    assert workspace.article("heron.txt").text == HERON
    assert workspace.article("heron").path == "heron.txt"
    with pytest.raises(BadPath, match=r"2 articles match her: herald\.txt, heron\.txt"):
        workspace.article("her")
    with pytest.raises(BadPath, match="no article"):
        workspace.article("nobody")


def test_status_tells_encodings_omissions_and_skipped_files(root, places):
    (root / "latin.txt").write_bytes(
        "Le café était fermé. The café was closed for the déjeuner, naïve guests said.\n".encode(
            "latin-1"
        )
    )
    (root / "void.txt").write_bytes(b"")
    (root / "shared.txt").write_text(FERRY + "\nShare This Article\n")
    status = Workspace(index(root, places), places=places).status()
    assert status.articles == 3
    assert status.omitted_lines == {"share line": 1}
    assert [path for path, _ in status.recoded] == ["latin.txt"]
    assert [skipped.path for skipped in status.skipped] == ["void.txt"]
    assert status.bytes_on_disk > 10_000


def test_what_is_being_loaded_is_told_in_the_thread_that_waits(seed_places):
    told: list[int] = []
    folder = index_folder_for(seeds.folder(), places=seed_places)
    with closing(Workspace(folder, places=seed_places)) as opened:
        opened.load(lambda _: told.append(threading.get_ident()))
    assert set(told) == {threading.get_ident()}
