"""Sets of row ids as bits: as quick with a million as with one."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class RowSet:
    """A set of row ids, none of them negative; never changed once it is made."""

    def __init__(self, bits: "NDArray[np.bool_]") -> None:
        """`bits[row]` says whether the row is in it; rows beyond them are not."""
        self._bits = bits
        self._count = int(bits.sum())

    @classmethod
    def of(cls, ids: "Iterable[int] | NDArray[np.int64]") -> "RowSet":
        """Hold these ids."""
        import numpy as np  # noqa: PLC0415 - opening an index needs none of it

        rows = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        bits = np.zeros(int(rows.max()) + 1 if len(rows) else 0, np.bool_)
        bits[rows] = True
        return cls(bits)

    @classmethod
    def between(cls, ranges: "Sequence[tuple[int, int]]") -> "RowSet":
        """Hold all ids from the first to the last of each range."""
        import numpy as np  # noqa: PLC0415

        steps = np.zeros(max((last for _, last in ranges), default=-1) + 2, np.int64)
        for first, last in ranges:
            steps[first] += 1
            steps[last + 1] -= 1
        return cls(steps.cumsum()[:-1] > 0)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: int) -> bool:
        return row < len(self._bits) and bool(self._bits[row])

    def __and__(self, other: "RowSet") -> "RowSet":
        shared = min(len(self._bits), len(other._bits))
        return RowSet(self._bits[:shared] & other._bits[:shared])

    def __or__(self, other: "RowSet") -> "RowSet":
        short, long = sorted((self._bits, other._bits), key=len)
        bits = long.copy()
        bits[: len(short)] |= short
        return RowSet(bits)

    def __sub__(self, other: "RowSet") -> "RowSet":
        bits = self._bits.copy()
        shared = min(len(bits), len(other._bits))
        bits[:shared] &= ~other._bits[:shared]
        return RowSet(bits)

    def ids(self) -> "NDArray[np.int64]":
        """Give the ids in ascending order."""
        import numpy as np  # noqa: PLC0415

        return np.flatnonzero(self._bits)

    def packed(self) -> "NDArray[np.uint8]":
        """Give the bits eight to a byte, the smallest id in the lowest bit."""
        import numpy as np  # noqa: PLC0415

        return np.packbits(self._bits, bitorder="little")
