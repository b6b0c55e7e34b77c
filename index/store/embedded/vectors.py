"""vectors -> hits: the only file that knows FAISS.

A few rows are searched exactly. Many are put into clusters, one byte a dimension, of which a
query reads the nearest: those scores only choose candidates, and the caller scores them again
by the vectors themselves (`is_exact` says which it is).
Source: Douze et al., The Faiss library, 2024.
"""

import math
import os
import tempfile
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexBroken, StorageFailed
from index.seals import Seal, discard, is_intact, sealed, sync
from index.store.embedded.rowsets import RowSet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Ranking = list[tuple[int, float]]
"""(row id, score), best first; ties by the smaller id."""

READ_WHOLE = 100_000
"""Allowed rows up to which a masked search reads every cluster: that is still instant."""
MOST_TRAINING = 150_000
"""Rows that are sampled to find the clusters."""
_ONE_CORE = 20_000
"""Rows up to which several cores would wait for one another more than they work."""


class VectorIndex:
    """Inner-product search over unit rows that carry ids."""

    def __init__(self, faiss_rows: Any, *, probes: int = 0, is_exact: bool = True) -> None:
        self._rows = faiss_rows
        self.probes = probes
        """Clusters that a query reads; 0 if there are none."""
        self.is_exact = is_exact
        """If not, scores are off by about a hundredth, and near rows may be missed."""
        self._is_mapped_whole: Callable[[], bool] = lambda: True

    @classmethod
    def build(cls, ids: "NDArray[np.int64]", vectors: "NDArray[np.float32]") -> "VectorIndex":
        """Index unit rows exactly, shape (len(ids), dim)."""
        import faiss

        built = cls(faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1])))
        if len(ids):
            built.add(ids, vectors)
        return built

    @classmethod
    def compressed(cls, sample: "NDArray[np.float32]") -> "VectorIndex":
        """Make an empty index of one byte a dimension and no clusters, quick to fill."""
        import faiss

        quantizer = faiss.ScalarQuantizer.QT_8bit
        rows = faiss.IndexScalarQuantizer(sample.shape[1], quantizer, faiss.METRIC_INNER_PRODUCT)
        rows.train(sample)
        return cls(faiss.IndexIDMap(rows), is_exact=False)

    @classmethod
    def clustered(cls, sample: "NDArray[np.float32]", clusters: int) -> "VectorIndex":
        """Find clusters in a sample and make an empty index of them; it reads them all."""
        import faiss

        is_small = len(sample) < _ONE_CORE
        faiss.omp_set_num_threads(1 if is_small else os.cpu_count() or 1)
        rows: Any = faiss.index_factory(
            sample.shape[1], f"IVF{clusters},SQ8", faiss.METRIC_INNER_PRODUCT
        )
        rows.cp.min_points_per_centroid = 1
        rows.cp.max_points_per_centroid = max(1, MOST_TRAINING // clusters)
        rows.train(sample)
        return cls(rows, probes=clusters, is_exact=False)

    @classmethod
    def load(cls, path: Path, *, seal: Seal, probes: int = 0) -> "VectorIndex":
        """Open a saved one; of one with clusters, rows are read from disk where they are needed.

        Raises:
            IndexBroken: the file is missing, torn or not the one that was saved.
        """
        import faiss

        if not is_intact(path, seal):
            raise IndexBroken(f"{path} is not the file that was saved")
        try:
            rows: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP if probes else 0)
        except RuntimeError as error:
            raise IndexBroken(f"{path} cannot be read") from error
        if probes:
            lists: Any = faiss.downcast_InvertedLists(rows.invlists)
            lists.prefetch_nthread = 0  # starting threads takes longer than reading warm pages
        loaded = cls(rows, probes=probes, is_exact=not probes)
        if probes:
            loaded._watch(path, seal.bytes)
        return loaded

    def _watch(self, path: Path, size: int) -> None:
        """Keep the file at hand: reading what somebody cut off it would end the process."""
        handle = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, handle)
        self._is_mapped_whole = lambda: os.fstat(handle).st_size == size

    def save(self, path: Path) -> Seal:
        """Write beside, then rename, so that the name never stands for half a file.

        Raises:
            StorageFailed: the disk is full or may not be written.
        """
        import faiss

        try:
            handle, draft = tempfile.mkstemp(prefix=".vectors-", dir=path.parent)
            os.close(handle)
        except OSError as error:
            raise StorageFailed(f"cannot write {path.parent}: {error.strerror}") from error
        try:
            faiss.write_index(self._rows, draft)
            sync(Path(draft))
            seal = sealed(Path(draft))
            Path(draft).replace(path)
            sync(path.parent)
        except (OSError, RuntimeError) as error:
            discard(Path(draft))
            raise StorageFailed(f"cannot write {path}: the disk may be full") from error
        return seal

    def add(self, ids: "NDArray[np.int64]", vectors: "NDArray[np.float32]") -> None:
        """Add unit rows, shape (len(ids), dim)."""
        self._rows.add_with_ids(vectors, ids)

    def __len__(self) -> int:
        return int(self._rows.ntotal)

    def search(
        self,
        query: "NDArray[np.float32]",
        k: int,
        *,
        without: RowSet | None = None,
        only: RowSet | None = None,
    ) -> Ranking:
        """Find the k rows with the largest inner product, masked by id.

        Raises:
            IndexBroken: the file that they are read from was cut since.
        """
        import faiss

        if not self._is_mapped_whole():
            raise IndexBroken("the FAISS file was cut while it was open")
        if only is not None and without is not None:
            only, without = only - without, None
        if not len(self) or k < 1 or (only is not None and not len(only)):
            return []
        selector: Any = None
        if only is not None:
            selector = _selector(only)
        elif without is not None:
            selector = faiss.IDSelectorNot(_selector(without))
        params: Any = None
        if self.probes:
            make_params: Any = faiss.SearchParametersIVF  # its stub hides the keywords
            params = make_params(sel=selector, nprobe=self._probes_for(only))
        elif selector is not None:
            make_params = faiss.SearchParameters
            params = make_params(sel=selector)
        scores, ids = self._rows.search(query.reshape(1, -1), min(k, len(self)), params=params)
        return [
            (int(row), float(score))
            for row, score in zip(ids[0], scores[0], strict=True)
            if row >= 0
        ]

    def _probes_for(self, only: RowSet | None) -> int:
        """Read more clusters the fewer rows are allowed, so that as many are looked at."""
        if only is None:
            return self.probes
        if len(only) <= READ_WHOLE:
            return int(self._rows.nlist)
        return min(int(self._rows.nlist), math.ceil(2 * self.probes * len(self) / len(only)))


def merge(rankings: Sequence[Ranking], k: int) -> Ranking:
    """Put rankings with comparable scores into one; the k best, ties by the smaller id."""
    rows = [hit for ranking in rankings for hit in ranking]
    return sorted(rows, key=lambda hit: (-hit[1], hit[0]))[:k]


def _selector(rows: RowSet) -> Any:
    import faiss

    make_selector: Any = faiss.IDSelectorBitmap  # its stub hides that it takes an array
    return make_selector(rows.packed())
