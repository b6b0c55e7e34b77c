"""The command that an error or a status advises is the one that does it."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import ingest

from index.advice import command, rebuilding
from index.errors import IndexBroken, IndexMissing
from index.store.embedded.storage import Store
from qa.library.places import Places, called, index_folder_for, index_folder_named

HOME = Places(data=Path("/home/me/.local/share/pullquote"), cache=Path("/home/me/.cache"))
ROOT = Path("/home/me/clippings")


def test_an_index_of_one_path_needs_no_more_than_that_path():
    folder = index_folder_for(ROOT, places=HOME)
    assert command(folder, str(ROOT)) == "qa index /home/me/clippings"
    assert rebuilding(folder) == "qa index --rebuild PATH"


def test_a_named_index_is_named():
    folder = index_folder_named("news", places=HOME)
    assert command(folder, str(ROOT)) == "qa index --name news /home/me/clippings"
    assert rebuilding(folder) == "qa index --name news --rebuild PATH"


def test_another_path_in_the_index_of_one_needs_its_name_too():
    folder = index_folder_for(ROOT, places=HOME)
    assert command(folder, "/home/me/more") == f"qa index --name {folder.name} /home/me/more"


@pytest.mark.parametrize("folder", ["/srv/own index", "/srv/corpora/news", "/srv/indexes/x-1"])
def test_an_index_that_lies_elsewhere_is_named_by_its_folder(folder):
    assert shlex.split(rebuilding(Path(folder))) == [
        *("qa", "index", "--index", folder, "--rebuild", "PATH")
    ]


def test_the_draft_of_a_rebuild_stands_for_its_index():
    assert rebuilding(HOME.data / "corpora" / ".news.draft").startswith("qa index --name news ")


@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_a_shell_reads_the_path_as_it_is(path):
    assert shlex.split(command(HOME.data / "corpora" / "news", f"/{path}"))[-1] == f"/{path}"


def test_the_advice_for_a_broken_or_missing_index_names_it(tmp_path):
    places = Places(data=tmp_path / "pullquote", cache=tmp_path / "cache")
    folder = index_folder_named("news", places=places)
    folder.mkdir(parents=True)
    with pytest.raises(IndexMissing, match="run: qa index --name news PATH"):
        Store.open(folder)
    (folder / "index.sqlite3").write_bytes(b"no database at all" * 200)
    with pytest.raises(IndexBroken, match="run: qa index --name news --rebuild PATH"):
        Store.open(called("news", places=places))


def test_an_index_of_another_format_is_refused_with_the_command_that_makes_it_anew(tmp_path):
    root = tmp_path / "articles"
    root.mkdir()
    (root / "a.txt").write_text("The heron ate three frogs before noon.\n")
    folder = tmp_path / "pullquote" / "corpora" / "news"
    ingest(root, folder)
    store = Store.create(folder)
    with store.transaction():
        store.set_manifest("format", "0")
    store.close()
    (folder / "ledger.json").unlink()  # the first formats had none
    with pytest.raises(IndexBroken, match="run: qa index --name news --rebuild PATH"):
        Store.open(folder)
