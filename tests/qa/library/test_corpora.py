"""Named and unnamed indexes: where they lie, what they are called, how they go."""

from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import ingest

from index.errors import BadPath, IndexBusy, IndexMissing
from index.search.passage_index import PassageIndex
from index.store.embedded import derived
from index.store.embedded.storage import Store
from qa.library.overview import status_of
from qa.library.places import (
    NAME,
    Corpus,
    Places,
    called,
    corpora,
    current_index,
    index_folder_for,
    index_folder_named,
    make_current,
    pages_folder,
)
from qa.library.removal import check_removable, forget, remove

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(data=tmp_path / "data", cache=tmp_path / "cache")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "heron.txt").write_text(HERON)
    return folder


def named(name: str, root: Path, places: Places) -> Path:
    folder = index_folder_named(name, places=places)
    ingest(root, folder)
    return folder


def unnamed(root: Path, places: Places) -> Path:
    folder = index_folder_for(root, places=places)
    ingest(root, folder)
    return folder


def test_every_index_is_listed_by_name_with_what_it_holds(places, root):
    assert corpora(places) == ()
    first, second = named("zoo", root, places), unnamed(root, places)
    make_current(first, places=places)
    listed = corpora(places)
    assert [corpus.folder for corpus in listed] == [second, first]
    assert [corpus.is_current for corpus in listed] == [False, True]
    zoo = listed[1]
    assert (zoo.name, zoo.roots, zoo.articles, zoo.fault) == ("zoo", (str(root),), 1, None)
    assert zoo.bytes_on_disk > 10_000
    assert zoo.indexed_at.startswith("20")


def test_a_broken_index_is_listed_as_broken(places, root):
    (named("torn", root, places) / "index.sqlite3").write_bytes(b"no database" * 100)
    (index_folder_named("empty", places=places)).mkdir()
    empty, torn = corpora(places)
    assert (empty.name, "no index" in (empty.fault or "")) == ("empty", True)
    assert (torn.name, "broken" in (torn.fault or ""), torn.articles) == ("torn", True, 0)


def test_the_current_index_is_listed_wherever_it_lies(places, root, tmp_path):
    ingest(root, tmp_path / "own")
    make_current(tmp_path / "own", places=places)
    (listed,) = corpora(places)
    assert (listed.name, listed.is_current) == ("own", True)


def test_an_index_that_a_killed_rebuild_put_aside_is_listed(places, root):
    folder = named("news", root, places)
    folder.rename(folder.parent / ".news.old")
    (folder.parent / ".news.draft").mkdir()
    assert [corpus.name for corpus in corpora(places)] == ["news"]


def test_a_name_finds_the_corpus_then_the_folder_then_the_folder_without_its_key(places, root):
    unkeyed = unnamed(root, places)
    assert called(unkeyed.name, places=places) == unkeyed
    assert called("clippings", places=places) == unkeyed
    corpus = named("clippings", root, places)
    assert called("clippings", places=places) == corpus
    with pytest.raises(IndexMissing, match="there are clippings, clippings-"):
        called("clip", places=places)


def test_a_name_that_several_unnamed_indexes_have_is_refused_with_their_names(
    places, root, tmp_path
):
    other = tmp_path / "more" / "clippings"
    other.parent.mkdir()
    root.rename(other)
    folders = [unnamed(other, places)]
    root.mkdir()
    (root / "heron.txt").write_text(HERON)
    folders.append(unnamed(root, places))
    with pytest.raises(BadPath, match="2 indexes are called clippings") as refusal:
        called("clippings", places=places)
    assert all(folder.name in str(refusal.value) for folder in folders)


def test_a_name_that_nothing_has_brings_the_names_that_there_are(places, root):
    with pytest.raises(IndexMissing, match="no index is called nope; nothing is indexed yet"):
        called("nope", places=places)
    named("zoo", root, places)
    with pytest.raises(IndexMissing, match=r"no index is called nope; there is only zoo$"):
        called("nope", places=places)
    named("news", root, places)
    with pytest.raises(IndexMissing, match=r"no index is called nope; there are news, zoo$"):
        called("nope", places=places)
    for number in range(9):
        named(f"n{number}", root, places)
    with pytest.raises(IndexMissing, match="n7 and 3 more; run: qa list"):
        called("nope", places=places)


@given(st.text("aZ9._-/ é\0\n*", max_size=70))
def test_a_name_never_leaves_its_folder(name):
    places = Places(data=Path("/data"), cache=Path("/cache"))
    if NAME.fullmatch(name):
        folder = index_folder_named(name, places=places)
        assert folder == Path("/data/corpora") / name
        assert not folder.name.startswith(".")
    else:
        with pytest.raises(BadPath, match="no corpus can be called"):
            index_folder_named(name, places=places)


@pytest.mark.parametrize("name", ["", ".", "..", ".news", "-n", "a/b", "a" * 65, "é", "a\n"])
def test_names_that_cannot_be_are_refused(places, name):
    with pytest.raises(BadPath, match="no corpus can be called"):
        called(name, places=places)


def test_pages_of_one_corpus_never_lie_inside_those_of_another(places, tmp_path):
    homes = [None, tmp_path / "own", *(places.data / "corpora" / name for name in ("a", "b"))]
    folders = [pages_folder(home, places=places) for home in homes]
    assert len(set(folders)) == len(folders)
    assert {folder.parent for folder in folders} == {places.data / "pages"}


def test_a_removed_index_is_gone_and_no_longer_current_and_its_articles_stay(places, root):
    folder, other = named("zoo", root, places), unnamed(root, places)
    make_current(folder, places=places)
    assert remove(folder, places=places) is None
    assert [corpus.folder for corpus in corpora(places)] == [other]
    assert current_index(places=places) is None
    assert (root / "heron.txt").read_text() == HERON
    named("zoo", root, places)
    assert current_index(places=places) is None


def test_another_index_stays_current_and_fetched_pages_stay(places, root):
    folder, other = named("zoo", root, places), unnamed(root, places)
    make_current(other, places=places)
    pages = pages_folder(folder, places=places)
    pages.mkdir(parents=True)
    assert remove(folder, places=places) == pages
    assert current_index(places=places) == other


def test_what_a_killed_rebuild_left_does_not_bring_a_removed_index_back(places, root):
    folder = named("zoo", root, places)
    old = folder.parent / ".zoo.old"
    ingest(root, old)
    remove(folder, places=places)
    assert corpora(places) == ()
    assert [one.name for one in folder.parent.iterdir() if one.is_dir()] == []


def test_a_broken_index_can_be_removed(places, root):
    folder = named("torn", root, places)
    (folder / "index.sqlite3").write_bytes(b"no database")
    remove(folder, places=places)
    assert corpora(places) == ()


def test_an_index_with_a_word_index_is_removed_with_all_that_is_beside_it(places, root):
    folder = named("large", root, places)
    with closing(Store.create(folder)) as store:
        derived.keep_up(store, many_words=1)
    assert list(folder.glob("words-*"))
    (folder / ".words-9").mkdir()
    remove(folder, places=places)
    assert not folder.exists()


def test_list_and_status_give_one_size_and_count_all_that_lies_inside(places, root):
    folder = named("large", root, places)
    with closing(Store.create(folder)) as store:
        derived.keep_up(store, many_words=1)
    (words,) = folder.glob("words-*")
    inside = sum(file.stat().st_size for file in words.iterdir())
    beside = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    assert inside > 0
    (listed,) = corpora(places)
    with closing(PassageIndex.open(folder)) as passages:
        assert status_of(passages).bytes_on_disk == listed.bytes_on_disk == beside + inside


def test_an_index_that_is_being_written_is_not_removed(places, root):
    folder = named("zoo", root, places)
    with FileLock(folder.parent / ".zoo.lock"), pytest.raises(IndexBusy, match="another process"):
        remove(folder, places=places)
    assert corpora(places)[0].articles == 1


def test_only_folders_of_ours_that_hold_nothing_else_are_removed(places, root, tmp_path):
    ingest(root, tmp_path / "own")
    with pytest.raises(BadPath, match="not in our data folder"):
        remove(tmp_path / "own", places=places)
    folder = named("zoo", root, places)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(BadPath, match=r"also holds notes\.txt"):
        check_removable(folder, places=places)
    link = folder.parent / "link"
    link.symlink_to(tmp_path / "own")
    with pytest.raises(BadPath, match="not in our data folder"):
        remove(link, places=places)
    assert (folder / "notes.txt").exists()
    assert (tmp_path / "own" / "index.sqlite3").exists()


def test_one_root_can_be_dropped_though_it_is_gone(places, root, tmp_path):
    folder = named("zoo", root, places)
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("The ferry to the island was cancelled on Friday.\n")
    ingest(other, folder)
    (root / "heron.txt").unlink()
    root.rmdir()
    assert forget(folder, root) == 1
    (left,) = corpora(places)
    assert left == Corpus(
        "zoo", folder, (str(other),), 1, left.bytes_on_disk, left.indexed_at, is_current=False
    )
    with pytest.raises(BadPath, match="nothing in"):
        forget(folder, root)
