"""Call -> outcome, in a process of its own, which is ended when it takes too much or is not wanted.

A limit is of work, not of time: a machine that sleeps, is stopped or is busy with other things
loses no file. What a process computes in a call is counted by the system. How long it sleeps is
counted by us, in looks at it, since a machine that stands still looks at nothing.
"""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, Thread
from traceback import format_exc
from typing import Generic, TypeVar

LOOK_S = 1.0
"""Between two looks at a process that is waited for."""
MEMORY = 3 * 1024**3
"""Bytes of address space of one process."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class TookTooLong(Exception):
    """The call computed or slept for longer than it may."""


class Died(Exception):
    """The process ended in the middle of the call."""


class Process(Generic[_Given, _Made]):
    """Makes one call after another; another process is started after one that was ended."""

    def __init__(self, function: Callable[[_Given], _Made]) -> None:
        """`function` is importable, and so is what it takes and gives."""
        self._function = function
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._lock = Lock()
        self._is_stopped = False

    def call(self, given: _Given, seconds: float) -> _Made:
        """Call the function; it may compute for so many seconds, and sleep for as many.

        Raises:
            TookTooLong: it did more.
            Died: it crashed, or the process was stopped.
            Exception: whatever the function raised.
        """
        process, pipe = self._started()
        try:
            pipe.send((given, seconds))
            _wait(process, pipe, seconds)
            error, made = pipe.recv()
        except TookTooLong:
            self._end()
            raise
        except (EOFError, ConnectionError) as gone:
            self._end()
            if process.exitcode == -signal.SIGPROF:
                raise TookTooLong from gone
            raise Died from gone
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]  # a pipe has no types

    def stop(self) -> None:
        """End the process, whatever it does; a call that waits for it raises Died."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> tuple[BaseProcess, Connection]:
        with self._lock:
            if self._is_stopped:
                raise Died
            if self._process is None or self._pipe is None:
                pipe, theirs = context().Pipe()
                process = context().Process(
                    target=_serve, args=(theirs, self._function), daemon=True
                )
                process.start()
                theirs.close()
                self._process, self._pipe = process, pipe
            return self._process, self._pipe

    def _end(self) -> None:
        with self._lock:
            if self._process is not None and self._pipe is not None:
                self._process.kill()
                self._process.join()
                self._pipe.close()
                self._process = self._pipe = None


def get_ready() -> None:
    """Start, before a screen is taken over, what can't be started behind one.

    It is given the stream on which it may complain, which has no number once a full screen has
    taken its place.
    """
    from multiprocessing import resource_tracker  # noqa: PLC0415 - who asks once needs none

    resource_tracker.ensure_running()


def _stand_somewhere() -> None:
    """Leave the working directory if it is gone: no process can be started from there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        os.chdir("/")


def context() -> ForkServerContext:
    """Give what starts processes from a clean one: this one has threads and perhaps a terminal."""
    _stand_somewhere()
    clean = multiprocessing.get_context("forkserver")
    clean.set_forkserver_preload(["index.ingest.reading", "trafilatura"])
    return clean


def _wait(process: BaseProcess, pipe: Connection, seconds: float) -> None:
    """Wait until there is something to receive.

    Raises:
        TookTooLong: the process slept at too many looks.
    """
    asleep, before = 0.0, _computed(process.pid)
    while not pipe.poll(LOOK_S):
        now = _computed(process.pid)
        asleep += LOOK_S if now == before else 0.0
        before = now
        if asleep > seconds:
            raise TookTooLong


def _computed(pid: int | None) -> list[str]:
    """Tell how much a process has computed, to be compared; nothing where that can't be known."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rsplit(")", 1)[1].split()
    except OSError:
        return []
    return fields[11:13]


def _serve(pipe: Connection, function: Callable[[_Given], _Made]) -> None:
    """Make the calls that come through the pipe, until nobody is at its other end."""
    _begin()
    while True:
        try:
            given, seconds = pipe.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
        try:
            outcome: tuple[Exception | None, _Made | None] = None, function(given)
        except Exception as error:  # noqa: BLE001 - raised again in the process that waits
            error.add_note(format_exc())
            outcome = error, None
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(outcome)


def _begin() -> None:
    """Leave Ctrl+C and the screen to the process that started this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End in the middle of a call, too, once whoever wants its outcome is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
