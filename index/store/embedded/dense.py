"""The vectors of an index as they are now: what FAISS holds, what came since, what went."""

from typing import TYPE_CHECKING

from index.errors import IndexBroken, IndexDamaged
from index.store.embedded.lookup import Lookup
from index.store.embedded.records import VectorRecord, vector_record
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.store.embedded.vectors import Ranking, VectorIndex, merge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 100_000
"""Passages from which vectors are put into clusters; up to there all are read in 10 ms."""
_DEEPER = 2
"""Times as many candidates as are asked for are scored again by their own vectors."""
_ATTEMPTS = 3
"""Times that a record is read again because its file was just replaced."""


class DenseSearch:
    """Rows committed after the FAISS file are searched exactly beside it, deleted ones masked."""

    def __init__(self, store: Store, lookup: Lookup, *, many: int = MANY) -> None:
        """Load the saved file, or build one in memory if there is none to trust."""
        self._store = store
        self._lookup = lookup
        self._many = many
        self.generation = -1
        """That is searched."""
        self._record: VectorRecord | None = None
        self._saved: VectorIndex | None = None
        self._pending: VectorIndex | None = None
        self._deleted: RowSet | None = None
        self.is_damaged = False
        """The file that was made can't be trusted, so vectors were put together in memory."""
        self.refresh()

    def refresh(self) -> None:
        """Take in what was committed since, keeping what is loaded unless a new file was made."""
        for _ in range(_ATTEMPTS):
            try:
                with self._store.snapshot():
                    self._take_in(vector_record(self._store))
            except IndexDamaged:
                raise
            except IndexBroken:
                if self._record == vector_record(self._store):
                    break
            else:
                return
        with self._store.snapshot():
            self._build()

    def _take_in(self, record: VectorRecord | None) -> None:
        """Raises IndexBroken if the file that the record names can't be trusted."""
        if self._saved is None or record != self._record:
            self._record, self.is_damaged = record, record is not None
            if record is None:
                raise IndexBroken("no FAISS file yet")
            path = self._store.folder / record.file
            self._saved = VectorIndex.load(path, seal=record.seal, probes=record.probes)
            self.is_damaged = False
            self.generation = record.generation
            self._pending = self._deleted = None
        new = self._lookup.rows_after(self.generation)
        if len(new):
            self._add(new)
        gone = self._lookup.deleted_after(self.generation)
        if len(gone):
            self._deleted = gone if self._deleted is None else self._deleted | gone
        self.generation = self._store.generation()

    def _add(self, rows: "NDArray[np.int64]") -> None:
        from index.store.embedded import clustering  # noqa: PLC0415 - opening an index needs no numpy

        if self._pending is None:
            self._pending = clustering.exact(self._lookup, rows)
            return
        for block in clustering.blocks(self._lookup, rows):
            self._pending.add(*block)

    def _build(self) -> None:
        from index.store.embedded import clustering  # noqa: PLC0415

        rows = self._lookup.rows_after(-1)
        make = clustering.exact if len(rows) <= self._many else clustering.compressed
        self._saved, self._pending, self._deleted = make(self._lookup, rows), None, None
        self.generation = self._store.generation()

    def search(
        self, query: "NDArray[np.float32]", k: int, *, only: RowSet | None = None
    ) -> Ranking:
        """Find the k live rows with the largest cosine to the query; cosines are exact."""
        try:
            return self._found(query, k, only)
        except IndexDamaged:
            raise
        except IndexBroken:
            self.is_damaged = True
            with self._store.snapshot():
                self._build()
            return self._found(query, k, only)

    def _found(self, query: "NDArray[np.float32]", k: int, only: RowSet | None) -> Ranking:
        if self._saved is None:
            raise RuntimeError("refresh() leaves vectors in place")
        rankings = [self._exact(self._saved, query, k, only)]
        if self._pending is not None:
            rankings.append(self._exact(self._pending, query, k, only))
        return merge(rankings, k)

    def _exact(
        self, rows: VectorIndex, query: "NDArray[np.float32]", k: int, only: RowSet | None
    ) -> Ranking:
        if rows.is_exact:
            return rows.search(query, k, without=self._deleted, only=only)
        near = rows.search(query, _DEEPER * k, without=self._deleted, only=only)
        import numpy as np  # noqa: PLC0415

        ids, vectors = self._lookup.vectors_of(np.array([row for row, _ in near], np.int64))
        if not len(ids):
            return []
        return list(zip(ids.tolist(), (vectors @ query).tolist(), strict=True))
