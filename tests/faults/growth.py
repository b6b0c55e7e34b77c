"""Work on a text, and the text at three lengths -> what is wrong with how its cost grows."""

import signal
import time
from collections.abc import Callable

from faults.worst_texts import TextOf

SHORT, MIDDLE, LONG = 3_125, 12_500, 100_000
"""Characters of the texts."""
FLOOR_S = 1.0
"""Of processor time for the longest; what costs less is never wrong."""
CEILING_S = 6.0
"""Of processor time, at which a trial is given up; what costs more is always wrong."""
MOST_TIMES = 24
"""What the longest may cost beside the one of an eighth: 8 where the cost is linear, 64 where it is
quadratic."""


class TooLong(Exception):
    """A trial reached CEILING_S."""


def fault_of(work: Callable[[str], object], text_of: TextOf) -> str:
    """Say how a cost grows where that is more than linear, or "".

    The longest text is tried only where the short ones leave a doubt: what costs quadratically
    is sixty-four times cheaper at MIDDLE than at LONG.
    """
    try:
        short = _cost(work, text_of(SHORT))
        if short < FLOOR_S * (SHORT / LONG) ** 2 / 2:
            return ""
        middle = _cost(work, text_of(MIDDLE))
        if middle < FLOOR_S * (MIDDLE / LONG) ** 2 / 2 or middle < 5 * short:
            return ""
        cost = _cost(work, text_of(LONG))
    except TooLong:
        return f"more than {CEILING_S:.0f} s of processor time"
    if cost > FLOOR_S and cost > MOST_TIMES * middle:
        return f"{cost:.1f} s of processor time, {cost / middle:.0f} times that of an eighth"
    return ""


def _cost(work: Callable[[str], object], text: str) -> float:
    """Give the processor time that the work takes on a text, in seconds."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, CEILING_S)
    begun = time.process_time()
    try:
        work(text)
        return time.process_time() - begun
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(*_: object) -> None:
    raise TooLong
