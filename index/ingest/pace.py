"""How fast a run goes, and how long it still takes: said once it is known, and not before."""

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from time import monotonic
from typing import NamedTuple

from index.types import Progress

WINDOW_S = 60.0
"""That "lately" means."""
SPACING_S = 2.0
"""Between two marks, at least."""
LEAST_S = 3.0
"""Of work, before a rate is told."""
LEAST_SETTLED_S = 10.0
"""Before a time is told."""
LEAST_MARKS = 4
ALIKE = 1.5
"""Factor by which two ways to reckon may differ, for us to believe either."""


class _Mark(NamedTuple):
    """How far the run had come, when nothing was waiting to be committed."""

    seconds: float
    files: int
    bytes: int


class Pace:
    """Counts the files of one run.

    Files are read in no time and then encoded many together, so that a rate is only to be had
    from one commit to another. The first commit, for which much is loaded, counts for nothing.
    """

    def __init__(self, sizes: Sequence[int], clock: Callable[[], float] = monotonic) -> None:
        """`sizes` are the bytes of each file, in the order in which they come."""
        self._sizes = sizes
        self._clock = clock
        self.total = sum(sizes)
        self._done = 0
        self._bytes = 0
        self._marks: deque[_Mark] = deque()

    def step(self) -> None:
        """Count the next file as done."""
        self._bytes += self._sizes[self._done]
        self._done += 1

    def mark(self) -> None:
        """Note that all files that are done are committed."""
        now = self._clock()
        if self._marks and now - self._marks[-1].seconds < SPACING_S:
            return
        if self._stood_still(now):
            self._marks.clear()
        self._marks.append(_Mark(now, self._done, self._bytes))
        while len(self._marks) > LEAST_MARKS and now - self._marks[1].seconds > WINDOW_S:
            self._marks.popleft()

    def progress(self, note: str) -> Progress:
        """Say how far it has come; `note` is the file at hand."""
        per_second = self._per_second()
        left = len(self._sizes) - self._done
        return Progress(
            stage="reading",
            done=self._done,
            total=len(self._sizes),
            note=note,
            per_second=per_second,
            seconds_left=left / per_second if per_second and self._is_settled() else None,
        )

    def _stood_still(self, now: float) -> bool:
        """Say whether the machine stood still since the last mark, or one huge file was at hand."""
        gaps = [after.seconds - before.seconds for before, after in pairwise(self._marks)]
        since = now - self._marks[-1].seconds if gaps else 0.0
        return since > max(LEAST_SETTLED_S, 3 * max(gaps, default=0.0))

    def _per_second(self) -> float | None:
        """Files a second, lately; None while that is not known."""
        if len(self._marks) < 2 or self._stood_still(self._clock()):
            return None
        first, last = self._marks[0], self._marks[-1]
        seconds = last.seconds - first.seconds
        return (last.files - first.files) / seconds or None if seconds >= LEAST_S else None

    def _is_settled(self) -> bool:
        """Say whether it goes as fast as before, and bytes and files tell the same time left."""
        marks = list(self._marks)
        first, last = marks[0], marks[-1]
        if len(marks) < LEAST_MARKS or last.seconds - first.seconds < LEAST_SETTLED_S:
            return False
        half = (first.seconds + last.seconds) / 2
        middle = min(marks[1:-1], key=lambda mark: abs(mark.seconds - half))
        earlier, later = _rate(first, middle), _rate(middle, last)
        by_files = (len(self._sizes) - last.files) * (last.bytes - first.bytes)
        by_bytes = (self.total - last.bytes) * (last.files - first.files)
        return _are_alike(earlier, later) and _are_alike(by_files, by_bytes)


def _rate(one: _Mark, other: _Mark) -> float:
    return (other.files - one.files) / (other.seconds - one.seconds)


def _are_alike(one: float, other: float) -> bool:
    return max(one, other) <= ALIKE * min(one, other)
