"""vectors -> hits: the only file that knows FAISS.

The FAISS file is derived from the vectors in SQLite: it says nothing that can't be rebuilt, so
it is checked against its record before use and thrown away when in doubt.
Source: Douze et al., The Faiss library, 2024.
"""

import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexBroken, StorageFailed
from index.models import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Ranking = list[tuple[int, float]]
"""(row id, score), best first; ties by the smaller id."""


class VectorIndex:
    """Exact inner-product search over rows that carry ids."""

    def __init__(self, faiss_rows: Any) -> None:
        self._rows = faiss_rows

    @classmethod
    def build(cls, ids: "NDArray[np.int64]", vectors: "NDArray[np.float32]") -> "VectorIndex":
        """Index unit rows, shape (len(ids), dim)."""
        import faiss

        rows = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        if len(ids):
            rows.add_with_ids(vectors, ids)
        return cls(rows)

    @classmethod
    def load(cls, path: Path, *, sha256: str) -> "VectorIndex":
        """Open a saved one.

        Raises:
            IndexBroken: the file is missing, torn or not the one that was saved.
        """
        import faiss

        try:
            if digest(path) != sha256:
                raise IndexBroken(f"{path} is not the file that was saved")
            return cls(faiss.read_index(str(path)))
        except (OSError, RuntimeError) as error:
            raise IndexBroken(f"{path} cannot be read") from error

    def save(self, path: Path) -> str:
        """Write beside, then rename; gives the file's sha256.

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
            with Path(draft).open("rb") as file:
                os.fsync(file.fileno())
            sha256 = digest(Path(draft))
            Path(draft).replace(path)
        except (OSError, RuntimeError) as error:
            Path(draft).unlink(missing_ok=True)
            raise StorageFailed(f"cannot write {path}: the disk may be full") from error
        return sha256

    def __len__(self) -> int:
        return int(self._rows.ntotal)

    def search(
        self,
        query: "NDArray[np.float32]",
        k: int,
        *,
        without: Collection[int] = (),
        only: Collection[int] | None = None,
    ) -> Ranking:
        """Find the k rows with the largest inner product, masked by id."""
        import faiss
        import numpy as np  # noqa: PLC0415 - opening an index needs none of it

        if not len(self) or k < 1:
            return []
        selector: Any = None
        if only is not None:
            allowed = np.fromiter(set(only) - set(without), np.int64)
            if not len(allowed):
                return []
            selector = faiss.IDSelectorBatch(allowed)
        elif without:
            selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(np.fromiter(without, np.int64)))
        params: Any = None
        if selector is not None:
            make_params: Any = faiss.SearchParameters  # its stub hides the keywords
            params = make_params(sel=selector)
        scores, ids = self._rows.search(query.reshape(1, -1), min(k, len(self)), params=params)
        return [
            (int(row), float(score))
            for row, score in zip(ids[0], scores[0], strict=True)
            if row >= 0
        ]


def merge(rankings: Sequence[Ranking], k: int) -> Ranking:
    """Put rankings with comparable scores into one; the k best, ties by the smaller id."""
    rows = [hit for ranking in rankings for hit in ranking]
    return sorted(rows, key=lambda hit: (-hit[1], hit[0]))[:k]
