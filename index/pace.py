"""How fast a run goes, and how long it still takes."""

from collections import deque
from collections.abc import Sequence
from time import monotonic

from index.types import Progress

WINDOW = 20.0
"""Seconds that "lately" means."""


class Pace:
    """Counts the files of one run by their bytes, of which their time depends."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """`sizes` are the bytes of each file, in the order in which they come."""
        self._sizes = sizes
        self.total = sum(sizes)
        self._done = 0
        self._bytes = 0
        self._seen: deque[tuple[float, int, int]] = deque([(monotonic(), 0, 0)])

    def step(self) -> None:
        """Count the next file as done."""
        self._bytes += self._sizes[self._done]
        self._done += 1
        now = monotonic()
        self._seen.append((now, self._done, self._bytes))
        while len(self._seen) > 2 and now - self._seen[1][0] > WINDOW:
            self._seen.popleft()

    def progress(self, note: str) -> Progress:
        """Say how far it has come; `note` is the file at hand."""
        began, files, read = self._seen[0]
        seconds = monotonic() - began
        per_second = (self._done - files) / seconds if seconds > 0 else 0.0
        bytes_per_second = (self._bytes - read) / seconds if seconds > 0 else 0.0
        left = self.total - self._bytes
        return Progress(
            stage="reading",
            done=self._done,
            total=len(self._sizes),
            note=note,
            per_second=per_second or None,
            seconds_left=left / bytes_per_second if bytes_per_second else None,
        )
