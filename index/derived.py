"""The FAISS file beside the database: which generation it holds, and how it is remade.

Rows committed after its generation are searched exactly, rows deleted since are masked; a file
that is missing, torn or foreign is rebuilt before use, never trusted.
"""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from index.database import translated
from index.errors import IndexBroken
from index.lookup import Lookup
from index.storage import Store
from index.vectors import Ranking, VectorIndex, merge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_PENDING = 2_000
"""Rows searched exactly beside the FAISS file before a new one is made."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the manifest says of the FAISS file."""

    file: str
    generation: int
    sha256: str


class DenseSearch:
    """The vectors of one generation, whatever part of them the FAISS file holds."""

    def __init__(self, store: Store) -> None:
        """Load the saved file, or build one in memory if there is none to trust."""
        with store.snapshot():
            self.generation = store.generation()
            self._saved, saved_generation = _trusted(store)
            lookup = Lookup(store)
            ids, vectors = lookup.vectors_after(saved_generation)
            self._deleted = lookup.deleted_after(saved_generation)
        self._pending = VectorIndex.build(ids, vectors) if len(ids) else None

    def search(
        self, query: "NDArray[np.float32]", k: int, *, only: set[int] | None = None
    ) -> Ranking:
        """Find the k live rows with the largest cosine to the query."""
        saved = self._saved.search(query, k, without=self._deleted, only=only)
        if self._pending is None:
            return saved
        pending = self._pending.search(query, k, without=self._deleted, only=only)
        return merge([saved, pending], k)


def _trusted(store: Store) -> tuple[VectorIndex, int]:
    """Give the vectors in FAISS and the generation up to which they go."""
    record = read_record(store)
    try:
        return load_saved(store, record), record.generation if record else 0
    except IndexBroken:
        return VectorIndex.build(*Lookup(store).vectors_after(-1)), store.generation()


def read_record(store: Store) -> Record | None:
    """Read what the manifest says of the FAISS file; None if there is none."""
    line = store.manifest("faiss")
    return None if line is None else Record(**json.loads(line))


def load_saved(store: Store, record: Record | None) -> VectorIndex:
    """Load the FAISS file that the manifest names.

    Raises:
        IndexBroken: there is none, or it is not the one that was saved.
    """
    if record is None:
        raise IndexBroken("no FAISS file yet")
    return VectorIndex.load(store.folder / record.file, sha256=record.sha256)


def is_due(store: Store) -> bool:
    """Say whether enough has changed since the FAISS file to make a new one."""
    record = read_record(store)
    try:
        load_saved(store, record)
    except IndexBroken:
        return True
    generation = record.generation if record else 0
    with translated(store.folder):
        (changed,) = store.connection.execute(
            "SELECT (SELECT count(*) FROM passages WHERE generation > ?1) "
            "+ (SELECT count(*) FROM tombstones WHERE generation > ?1)",
            (generation,),
        ).fetchone()
    return bool(changed > MOST_PENDING)


def rebuild(store: Store) -> None:
    """Make the FAISS file of the present generation and drop what it replaces.

    The caller holds the writer's lock. Raises StorageFailed; the old file then stays in use.
    """
    generation = store.generation()
    ids, vectors = Lookup(store).vectors_after(-1)
    name = f"vectors-{generation}.faiss"
    sha256 = VectorIndex.build(ids, vectors).save(store.folder / name)
    with store.transaction():
        store.set_manifest("faiss", json.dumps(asdict(Record(name, generation, sha256))))
        store.connection.execute("DELETE FROM tombstones WHERE generation <= ?", (generation,))
    for litter in [*store.folder.glob("vectors-*.faiss"), *store.folder.glob(".vectors-*")]:
        if litter.name != name:
            litter.unlink(missing_ok=True)
