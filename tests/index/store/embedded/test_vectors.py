"""FAISS against numpy, and a FAISS file that can't be trusted."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexBroken
from index.store.embedded.rowsets import RowSet
from index.store.embedded.vectors import VectorIndex, merge


def draw(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 8)).astype("f4")


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)).astype("f4")


@given(seed=st.integers(0, 2**32), count=st.integers(1, 40), k=st.integers(1, 50))
def test_search_gives_what_sorting_all_inner_products_gives(seed, count, k):
    vectors, query = unit(draw(seed, count)), unit(draw(seed + 1, 1))[0]
    found = VectorIndex.build(np.arange(100, 100 + count), vectors).search(query, k)
    expected = np.sort(vectors @ query)[::-1][:k]
    assert np.allclose([score for _, score in found], expected, atol=1e-5)
    for row, score in found:
        assert np.isclose(vectors[row - 100] @ query, score, atol=1e-5)


@given(
    seed=st.integers(0, 2**32),
    without=st.sets(st.integers(0, 19)),
    only=st.none() | st.sets(st.integers(0, 25)),
)
def test_masked_rows_never_come_back_and_all_others_do(seed, without, only):
    rows = draw(seed, 20)
    index = VectorIndex.build(np.arange(20), unit(rows))
    allows = None if only is None else RowSet.of(only)
    found = {row for row, _ in index.search(rows[0], 20, without=RowSet.of(without), only=allows)}
    allowed = set(range(20)) if only is None else only & set(range(20))
    assert found == allowed - without


def test_an_empty_index_finds_nothing():
    index = VectorIndex.build(np.zeros(0, np.int64), np.zeros((0, 8), np.float32))
    assert index.search(np.ones(8, np.float32), 3) == []


@pytest.mark.parametrize("kind", ["exact", "clustered"])
def test_save_then_load_changes_nothing(tmp_path: Path, kind: str):
    vectors = unit(np.random.default_rng(1).normal(size=(300, 8)))
    index = build(kind, vectors)
    seal = index.save(tmp_path / "v.faiss")
    loaded = VectorIndex.load(tmp_path / "v.faiss", seal=seal, probes=index.probes)
    assert loaded.is_exact == (kind == "exact")
    assert loaded.search(vectors[3], 30) == index.search(vectors[3], 30)
    assert [path.name for path in tmp_path.iterdir()] == ["v.faiss"]


@pytest.mark.parametrize("kind", ["exact", "clustered"])
@pytest.mark.parametrize("harm", ["cut", "foreign", "missing", "zeroed"])
def test_a_file_that_is_not_the_one_saved_is_refused(tmp_path: Path, harm: str, kind: str):
    path = tmp_path / "v.faiss"
    index = build(kind, unit(draw(1, 400)))
    seal = index.save(path)
    whole = path.read_bytes()
    if harm == "cut":
        path.write_bytes(whole[:-7])
    elif harm == "zeroed":
        path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    elif harm == "foreign":
        build(kind, unit(draw(2, 400))).save(path)
    else:
        path.unlink()
    with pytest.raises(IndexBroken):
        VectorIndex.load(path, seal=seal, probes=index.probes)


@pytest.fixture(scope="module")
def one_probe() -> VectorIndex:
    index = clustered(unit(draw(1, 400)))
    index.probes = 1
    return index


@given(
    without=st.sets(st.integers(0, 399), max_size=300),
    only=st.sets(st.integers(0, 450), max_size=300),
)
def test_allowed_rows_are_found_in_whatever_clusters_they_lie(one_probe, without, only):
    query = unit(draw(2, 1))[0]
    found = one_probe.search(query, 400, without=RowSet.of(without), only=RowSet.of(only))
    assert {row for row, _ in found} == (only & set(range(400))) - without


def test_reading_every_cluster_finds_nearly_what_all_inner_products_give():
    rows, query = unit(draw(1, 400)), unit(draw(2, 1))[0]
    found = [row for row, _ in clustered(rows).search(query, 20)]
    assert len(set(found) & set(np.argsort(-rows @ query)[:10].tolist())) >= 9


def clustered(vectors: np.ndarray) -> VectorIndex:
    index = VectorIndex.clustered(vectors, 8)
    index.add(np.arange(len(vectors)), vectors)
    return index


def build(kind: str, vectors: np.ndarray) -> VectorIndex:
    return (
        VectorIndex.build(np.arange(len(vectors)), vectors)
        if kind == "exact"
        else clustered(vectors)
    )


def test_merging_keeps_the_best_of_both():
    assert merge([[(1, 0.9), (2, 0.2)], [(7, 0.5), (3, 0.9)]], 3) == [(1, 0.9), (3, 0.9), (7, 0.5)]
