"""Files beside the database: right with or without them, masked, added to, made in time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.store.embedded import derived
from index.store.embedded.dense import DenseSearch
from index.store.embedded.lookup import Lookup
from index.store.embedded.records import vector_record, word_record
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.store.embedded.worded import WordSearch
from index.store.embedded.writing import RowWriter
from index.store.writer import Prepared, text_key
from index.text.as_read import titled
from index.text.keywords import parse
from index.types import Article, Passage, Sentence, Span

DIM = 16
TOPICS = 12
LOW = {"many_vectors": 100, "many_words": 100}
"""Sizes from which there are clusters and a word index, low enough for a test."""


def vectors(count: int, seed: int) -> np.ndarray:
    """Around a few topics, as the vectors of articles lie."""
    centres = np.random.default_rng(0).normal(size=(TOPICS, DIM))
    rng = np.random.default_rng(seed)
    rows = centres[rng.integers(0, TOPICS, count)] + 0.4 * rng.normal(size=(count, DIM))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype("f4")


def add(store: Store, name: str, rows: np.ndarray) -> None:
    """Commit an article with one passage for each vector; its words are its name and number."""
    texts = [f"{name} word{place} common ferry." for place in range(len(rows))]
    passages, at = [], 0
    for text in texts:
        passages.append(Passage((Sentence(Span(at, at + len(text))),)))
        at += len(text) + 1
    article = Article(name, "\n".join(texts), name, sha256=name, title_is_derived=True)
    one = Prepared(
        article, tuple(passages), is_english=True, text_hash=name.encode(), signature=b""
    )
    keys = [text_key(titled(passage, article)) for passage in passages]
    writer = RowWriter(store)
    with store.transaction():
        store.advance()
        root = writer.root_id("/r")
        file = writer.begin_file(root, name, None)
        writer.add(root, file, one, dict(zip(keys, rows, strict=True)))


def remove(store: Store, name: str) -> None:
    (row,) = store.connection.execute("SELECT id FROM files WHERE path = ?", (name,)).fetchone()
    with store.transaction():
        store.advance()
        assert RowWriter(store).drop_file(row) == 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "index")
    for number in range(5):
        add(made, f"article{number}", vectors(80, number))
    yield made
    made.close()


@pytest.fixture(params=["clusters", "exact"])
def built(store: Store, request) -> Store:
    derived.rebuild(store, **(LOW if request.param == "clusters" else {}))
    record = vector_record(store)
    assert record is not None
    assert bool(record.probes) == (request.param == "clusters")
    return store


def exactly(store: Store, query: np.ndarray, k: int, only: RowSet | None = None) -> list[int]:
    """Sort all live rows by their inner products."""
    ids, rows = Lookup(store).vectors_of(Lookup(store).rows_after(-1))
    order = np.argsort(-(rows @ query), kind="stable")
    found = [int(ids[place]) for place in order]
    return [row for row in found if only is None or row in only][:k]


def assert_found(dense: DenseSearch, store: Store, only: RowSet | None = None) -> None:
    queries = vectors(20, 99)
    held = 0
    for query in queries:
        found = dense.search(query, 10, only=only)
        held += len({row for row, _ in found} & set(exactly(store, query, 10, only)))
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
        ids, rows = Lookup(store).vectors_of(np.array([row for row, _ in found]))
        cosines = dict(zip(ids.tolist(), rows @ query, strict=True))
        assert all(abs(cosines[row] - score) < 1e-5 for row, score in found)
    most = 10 if only is None else min(10, len(only))
    assert held >= 0.98 * len(queries) * most


def searched(store: Store) -> DenseSearch:
    return DenseSearch(store, Lookup(store))


def test_the_nearest_rows_are_found_with_their_exact_cosines(built):
    assert_found(searched(built), built)


def test_deleted_rows_are_masked_and_later_ones_found(built):
    record = vector_record(built)
    opened = searched(built)
    remove(built, "article1")
    add(built, "later", vectors(30, 7))
    opened.refresh()
    for dense in (opened, searched(built)):
        assert_found(dense, built)
    remove(built, "later")
    opened.refresh()
    assert_found(opened, built)
    assert vector_record(built) == record


def test_a_refresh_keeps_the_loaded_file_until_there_is_a_new_one(built):
    dense = searched(built)
    loaded = dense._saved
    add(built, "later", vectors(3, 7))
    dense.refresh()
    assert dense._saved is loaded
    derived.rebuild(built, **LOW)
    dense.refresh()
    assert dense._saved is not loaded
    assert dense._pending is None
    assert_found(dense, built)


def test_an_open_search_goes_on_while_its_file_is_replaced(built):
    dense = searched(built)
    before = dense.search(vectors(1, 5)[0], 10)
    add(built, "later", vectors(30, 7))
    derived.rebuild(built, **LOW)
    assert dense.search(vectors(1, 5)[0], 10) == before


@given(only=st.sets(st.integers(1, 420)))
def test_filters_are_exact(clustered, only):
    dense, store = clustered
    query = vectors(1, 5)[0]
    allowed = RowSet.of(only)
    found = [row for row, _ in dense.search(query, 10, only=allowed)]
    assert found == exactly(store, query, 10, allowed)


@pytest.fixture(scope="module")
def clustered(tmp_path_factory) -> Iterator[tuple[DenseSearch, Store]]:
    store = Store.create(tmp_path_factory.mktemp("clustered") / "index")
    add(store, "article", vectors(400, 1))
    derived.rebuild(store, **LOW)
    yield searched(store), store
    store.close()


@pytest.mark.parametrize("many", [100, 10_000])
@pytest.mark.parametrize("harm", ["cut", "foreign", "missing", "unrecorded", "older"])
def test_a_file_that_cant_be_trusted_is_never_used_and_made_anew(built, harm, many):
    record = vector_record(built)
    assert record is not None
    path = built.folder / record.file
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    elif harm == "foreign":
        path.write_bytes(bytes(record.seal.bytes))
    elif harm == "missing":
        path.unlink()
    else:
        line = None if harm == "unrecorded" else '{"file": "v", "generation": 5, "sha256": "0"}'
        with built.transaction():
            built.connection.execute("DELETE FROM manifest WHERE name = 'faiss'")
            if line:
                built.set_manifest("faiss", line)
    dense = DenseSearch(built, Lookup(built), many=many)
    assert_found(dense, built)
    add(built, "later", vectors(30, 7))
    dense.refresh()
    assert_found(dense, built)
    assert derived.is_due(built)
    derived.keep_up(built, **LOW)
    assert not derived.is_due(built)
    assert_found(searched(built), built)


def test_a_file_with_clusters_that_is_cut_while_it_is_open_is_done_without(store):
    derived.rebuild(store, **LOW)
    dense, record = searched(store), vector_record(store)
    assert record.probes
    os.truncate(store.folder / record.file, record.seal.bytes // 2)
    assert_found(dense, store)
    assert dense.is_damaged
    derived.keep_up(store, **LOW)
    dense.refresh()
    assert not dense.is_damaged
    assert_found(dense, store)


def test_files_are_due_after_many_changes_and_more_so_the_more_they_hold(store, monkeypatch):
    monkeypatch.setattr(derived, "MOST_PENDING", 40)
    files = 0
    for number in range(40):
        add(store, f"more{number}", vectors(20, number))
        before = vector_record(store)
        derived.keep_up(store, many_words=10_000)
        files += vector_record(store) != before
    pending = len(Lookup(store).rows_after(vector_record(store).generation))
    assert pending <= 1_200 / 4
    assert 3 <= files <= 8
    assert len(list(store.folder.glob("vectors-*"))) == 1


def test_few_passages_have_no_word_index(store):
    derived.rebuild(store)
    assert word_record(store) is None
    assert not list(store.folder.glob("words-*"))


def words_of(store: Store, query: str, only: RowSet | None = None) -> list[int]:
    ranking = WordSearch(store, Lookup(store)).search(parse(query), 1000, only=only)
    return [row for row, _ in ranking]


def test_the_word_index_finds_what_fts5_finds(store):
    query = "article2 word7"
    expected = Lookup(store).search_words(parse(query), 100)
    derived.rebuild(store, **LOW)
    found = WordSearch(store, Lookup(store)).search(parse(query), 100)
    assert found[0][0] == expected[0][0]
    assert {row for row, _ in found} == {row for row, _ in expected}


def test_words_of_later_passages_are_found_and_of_deleted_ones_masked(store):
    derived.rebuild(store, **LOW)
    opened = WordSearch(store, Lookup(store))
    remove(store, "article2")
    add(store, "later", vectors(30, 7))
    opened.refresh()
    live = set(Lookup(store).rows_after(-1).tolist())
    for search in (opened, WordSearch(store, Lookup(store))):
        assert {row for row, _ in search.search(parse("ferry"), 1000)} == live
        assert search.search(parse("article2"), 5) == []
        only = RowSet.of(live & {1, 2, 405})
        assert {row for row, _ in search.search(parse("ferry"), 9, only=only)} == {1, 2, 405}
    derived.keep_up(store, **LOW)
    assert set(words_of(store, "ferry")) == live
    assert word_record(store).generation == store.generation()
    assert len(list(store.folder.glob("words-*"))) == 1


def test_a_run_killed_before_the_word_index_was_recorded_does_no_harm(store, monkeypatch):
    derived.rebuild(store, **LOW)
    before = words_of(store, "article2 word3 ferry")
    add(store, "later", vectors(30, 7))
    remove(store, "article2")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for moment in ("sealed_folder", "record"):
        with monkeypatch.context() as patched:
            patched.setattr(derived, moment, killed)
            with pytest.raises(KeyboardInterrupt):
                derived.keep_up(store, **LOW)
        search = WordSearch(store, Lookup(store))
        assert not search.is_damaged
        assert len(words_of(store, "later word3 ferry")) == 350
    assert len(before) == 400
    derived.keep_up(store, **LOW)
    assert len(words_of(store, "later word3 ferry")) == 350
    assert [folder.name for folder in store.folder.glob("*words-*")] == ["words-7"]


def harm_words(folder: Path, how: str) -> None:
    for file in folder.iterdir():
        raw = file.read_bytes()
        if how == "emptied":
            file.write_bytes(b"")
        elif how == "one bit" and file.suffix == ".term":
            file.write_bytes(raw[:30] + bytes([raw[30] ^ 1]) + raw[31:])
        elif how == "zeroed" and file.suffix == ".idx":
            file.write_bytes(bytes(len(raw)))
        elif how == "gone":
            file.unlink()


@pytest.mark.parametrize("how", ["emptied", "one bit", "zeroed", "gone"])
def test_a_word_index_that_cant_be_trusted_is_done_without_and_made_anew(store, how):
    derived.rebuild(store, **LOW)
    (folder,) = store.folder.glob("words-*")
    harm_words(folder, how)
    search = WordSearch(store, Lookup(store))
    assert search.is_damaged
    assert {row for row, _ in search.search(parse("article2"), 1000)} == {
        row for row, _ in Lookup(store).search_words(parse("article2"), 1000)
    }
    assert derived.is_due(store)
    derived.keep_up(store, **LOW)
    search.refresh()
    for one in (search, WordSearch(store, Lookup(store))):
        assert not one.is_damaged
        assert len(one.search(parse("article2"), 1000)) == 80
    add(store, "later", vectors(3, 7))
    derived.keep_up(store, **LOW)
    assert len(words_of(store, "later")) == 3


def test_a_word_index_that_panics_while_it_is_asked_is_done_without(store, monkeypatch):
    """As where it is too large to be compared whole."""
    derived.rebuild(store, **LOW)
    (folder,) = store.folder.glob("words-*")
    monkeypatch.setattr("index.store.embedded.words.is_intact_folder", lambda *_: True)
    harm_words(folder, "zeroed")
    search = WordSearch(store, Lookup(store))
    assert len(search.search(parse("article2"), 1000)) == 80
    assert search.is_damaged


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from index.store.embedded import derived
from index.errors import StorageFailed
from index.store.embedded.storage import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.create(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    derived.keep_up(store, many_vectors=100, many_words=100)
except StorageFailed as error:
    print("STORAGE", error)
"""


@pytest.mark.parametrize("most_bytes", [60, 1_000, 3_000, 6_000])
def test_a_disk_too_full_for_the_word_index_wedges_nothing(store, most_bytes):
    derived.rebuild(store, **LOW)
    remove(store, "article2")
    add(store, "later", vectors(30, 7))
    command = [sys.executable, "-c", FULL_DISK, str(store.folder), str(most_bytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "STORAGE" in done.stdout, done.stderr
    assert not WordSearch(store, Lookup(store)).is_damaged
    live = set(Lookup(store).rows_after(-1).tolist())
    assert set(words_of(store, "ferry")) == live
    derived.keep_up(store, **LOW)
    assert word_record(store).generation == store.generation()
    assert set(words_of(store, "ferry")) == live
    assert len(list(store.folder.glob("*words-*"))) == 1


def test_vectors_that_are_damaged_in_the_database_go_into_no_file(store):
    store.connection.execute("UPDATE passages SET vector = zeroblob(64) WHERE id = 7")
    with pytest.raises(IndexDamaged):
        derived.rebuild(store, **LOW)
    assert vector_record(store) is None
    dense = searched(store)
    assert 7 not in {row for row, _ in dense.search(vectors(1, 5)[0], 400)}


def test_tombstones_are_kept_until_no_file_needs_them(store):
    derived.rebuild(store, **LOW)
    remove(store, "article2")
    derived.keep_up(store, **LOW)
    assert len(Lookup(store).deleted_after(0)) == 80
    assert_found(searched(store), store)
    derived.rebuild(store, **LOW)
    assert len(Lookup(store).deleted_after(0)) == 0
    assert_found(searched(store), store)
