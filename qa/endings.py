"""How the program stops and ends, though it may be in the middle of something."""

import os
import signal
import sys
import threading
import time
from typing import NoReturn

ENDINGS = (signal.SIGTERM, signal.SIGHUP)
PATIENCE_S = 4.0
"""For what still works in threads when the person has left; what it had committed stays."""
PATIENCE_WITH_SIGNALS_S = 10
"""From a signal until everything is cut off."""


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


def has_settled(patience_s: float = 0) -> bool:
    """Wait for what other threads are doing, and say whether they are done."""
    deadline = time.monotonic() + patience_s
    for thread in _at_work():
        thread.join(max(0.0, deadline - time.monotonic()))
    return not _at_work()


def leave_at_once(code: int) -> NoReturn:
    """End, whatever other threads are doing; the files that they write outlive that."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


def _at_work() -> list[threading.Thread]:
    here = threading.current_thread()
    return [one for one in threading.enumerate() if one is not here and not one.daemon]
