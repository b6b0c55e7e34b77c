"""Stored vectors -> FAISS, block by block, so that a million need little memory.

How many clusters a query must read is measured on the vectors themselves: points between a few
of them lie about as far from their nearest as questions do.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.store.embedded.lookup import Lookup
from index.store.embedded.vectors import MOST_TRAINING, VectorIndex

Block = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Ids and their unit rows."""
_Scored = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Ids and scores of rows, for each query: both of shape (queries, rows)."""

_BLOCK_ROWS = 16_384
_PROBING_QUERIES = 256
_BETWEEN = 6
"""Vectors between which such a query lies."""
_NEAREST = 10
_ENOUGH = 0.99
"""Share of the ten nearest that must be among the candidates."""
_DEPTH = 200
"""Candidates that are looked at; as many as a search scores again."""


def blocks(lookup: Lookup, ids: NDArray[np.int64]) -> Iterator[Block]:
    """Read ids and unit rows, some thousand at a time."""
    for first in range(0, len(ids), _BLOCK_ROWS):
        yield lookup.vectors_of(ids[first : first + _BLOCK_ROWS])


def exact(lookup: Lookup, ids: NDArray[np.int64]) -> VectorIndex:
    """Index these rows exactly."""
    index = VectorIndex.build(*lookup.vectors_of(ids[:_BLOCK_ROWS]))
    for block in blocks(lookup, ids[_BLOCK_ROWS:]):
        index.add(*block)
    return index


def compressed(lookup: Lookup, ids: NDArray[np.int64]) -> VectorIndex:
    """Index these rows without clusters: in seconds, where clustering takes a minute."""
    index = VectorIndex.compressed(_sample(lookup, ids, _BLOCK_ROWS))
    for block in blocks(lookup, ids):
        index.add(*block)
    return index


def clustered(lookup: Lookup, ids: NDArray[np.int64]) -> VectorIndex:
    """Index these rows in clusters, and find out how many of them a query must read."""
    sample = _sample(lookup, ids, MOST_TRAINING)
    index = VectorIndex.clustered(sample, clusters=max(1, round(2 * len(ids) ** 0.5)))
    queries = _between(sample)
    del sample
    near: _Scored | None = None
    for rows, vectors in blocks(lookup, ids):
        index.add(rows, vectors)
        scored = np.broadcast_to(rows, (len(queries), len(rows))), queries @ vectors.T
        near = _best(scored if near is None else _beside(near, scored))
    index.probes = _enough_probes(index, queries, near[0]) if near else 1
    return index


def _sample(lookup: Lookup, ids: NDArray[np.int64], most: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(len(ids))
    chosen = np.sort(rng.choice(ids, min(most, len(ids)), replace=False))
    return np.concatenate([vectors for _, vectors in blocks(lookup, chosen)])


def _between(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    rng = np.random.default_rng(len(vectors))
    drawn = rng.integers(0, len(vectors), (_PROBING_QUERIES, _BETWEEN))
    middles = vectors[drawn].sum(axis=1)
    return np.asarray(middles / np.linalg.norm(middles, axis=1, keepdims=True), np.float32)


def _beside(one: _Scored, other: _Scored) -> _Scored:
    return np.hstack([one[0], other[0]]), np.hstack([one[1], other[1]])


def _best(scored: _Scored) -> _Scored:
    """Keep each query's best, in no order."""
    ids, scores = scored
    places = np.argpartition(-scores, min(_NEAREST, scores.shape[1]) - 1, axis=1)[:, :_NEAREST]
    return np.take_along_axis(ids, places, axis=1), np.take_along_axis(scores, places, axis=1)


def _enough_probes(
    index: VectorIndex, queries: NDArray[np.float32], nearest: NDArray[np.int64]
) -> int:
    """Give the fewest clusters, in steps of a third, that hold enough of the nearest rows."""
    clusters, probes = index.probes, 8
    while probes < clusters:
        index.probes = probes
        found = [index.search(query, _DEPTH) for query in queries]
        held = [
            len({row for row, _ in ranking} & set(near.tolist())) / max(1, len(near))
            for ranking, near in zip(found, nearest, strict=True)
        ]
        if np.mean(held) >= _ENOUGH:
            return probes
        probes = -(-4 * probes // 3)
    return clusters
