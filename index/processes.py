"""What processes need of the one that starts them: a helper, and a folder to stand in."""

import os
from pathlib import Path


def get_ready() -> None:
    """Start, in a few milliseconds, the small process that looks after the reading ones.

    It is given the stream on which it may complain, which has no number once a full screen has
    taken its place: from there on it could not be started.
    """
    from multiprocessing import resource_tracker  # noqa: PLC0415 - who asks once needs none

    resource_tracker.ensure_running()


def stand_somewhere() -> None:
    """Leave the working directory if it is gone: no process can be started from there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        os.chdir("/")
