"""How the program stops and ends, though it may be in the middle of something."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

ENDINGS = (signal.SIGTERM, signal.SIGHUP)
PATIENCE_S = 4.0
"""For what still works in threads when the person has left; what it had committed stays."""
PATIENCE_WITH_SIGNALS_S = 10
"""From a signal until everything is cut off."""
_works = [0]
"""How many threads are in the middle of something."""
_change = threading.Condition()


class ProgramFailed(Exception):
    """A fault of ours ended the program; the message is one sentence that names its details."""


def begin_to_end(number: int) -> int:
    """Set the time limit, and give the exit code that a shell would report."""
    signal.alarm(PATIENCE_WITH_SIGNALS_S)
    return 128 + number


def stop_here() -> None:
    """Stop until somebody lets the program go on; do nothing where no shell could do that."""
    handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, handler)


@contextmanager
def at_work() -> Iterator[None]:
    """Let the end wait a while for what a thread does inside."""
    with _change:
        _works[0] += 1
    try:
        yield
    finally:
        with _change:
            _works[0] -= 1
            _change.notify_all()


def has_settled(patience_s: float = 0) -> bool:
    """Wait for what other threads are doing, and say whether they are done."""
    with _change:
        return _change.wait_for(lambda: not _works[0], timeout=patience_s)


def leave_at_once(code: int) -> NoReturn:
    """End, whatever other threads are doing; the files that they write outlive that."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)
