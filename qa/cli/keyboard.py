"""What is typed before the chat is there -> its prompt, and nothing of it on the screen."""

import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from typing import Any

from qa.endings import ENDINGS, begin_to_end, stop_here

_MARK_PASTES, _LEAVE_PASTES = b"\x1b[?2004h", b"\x1b[?2004l"
_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6
"""Places in what termios gives."""
_TRANSLATED = termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF
_EDITED = termios.ICANON | termios.ECHO | termios.IEXTEN


@contextmanager
def held_keyboard() -> Iterator[str]:
    """Let the terminal keep what is typed, unseen, until the chat reads it; Ctrl+C still ends.

    Gives the lines that were typed before that, each with the Enter that ended it. A signal to
    end leaves by SystemExit, so that the terminal is put back.
    """
    keyboard = sys.__stdin__.fileno() if sys.__stdin__ else -1
    if not os.isatty(keyboard):
        yield ""
        return
    before = termios.tcgetattr(keyboard)
    typed = _finished_lines(keyboard) if before[_LOCAL] & termios.ICANON else ""

    def hold(*_: object) -> None:
        _set(keyboard, _held(before), _MARK_PASTES)

    def pause(*_: object) -> None:
        _put_back(keyboard, before)
        stop_here()
        hold()

    now = {signal.SIGTSTP: pause, signal.SIGCONT: hold} | dict.fromkeys(ENDINGS, _leave)
    earlier = {number: signal.signal(number, handler) for number, handler in now.items()}
    try:
        hold()
        yield typed
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        _put_back(keyboard, before)


def _held(before: list[Any]) -> list[Any]:
    """The modes that echo nothing, and wait for no end of a line."""
    modes = [*before]
    modes[_INPUT] &= ~_TRANSLATED
    modes[_LOCAL] &= ~_EDITED
    modes[_CHARACTERS] = [*before[_CHARACTERS]]
    modes[_CHARACTERS][termios.VMIN] = 1
    return modes


def _put_back(keyboard: int, before: list[Any]) -> None:
    """Restore the modes; a question that nobody read is no command for the shell."""
    if os.isatty(keyboard):
        termios.tcflush(keyboard, termios.TCIFLUSH)
    _set(keyboard, before, _LEAVE_PASTES)


def _set(keyboard: int, modes: list[Any], words: bytes) -> None:
    try:
        termios.tcsetattr(keyboard, termios.TCSANOW, modes)
        os.write(2, words)
    except (OSError, termios.error):
        return  # the terminal has gone, and its modes with it


def _finished_lines(keyboard: int) -> str:
    """Take the lines that the terminal has ended already: later, Enter would look like Ctrl+J."""
    lines = b""
    while select([keyboard], [], [], 0)[0]:
        if not (line := os.read(keyboard, 4096)):
            break  # Ctrl+D
        lines += line.replace(b"\n", b"\r")
    return lines.decode("utf-8", "replace")


def _leave(number: int, _frame: object) -> None:
    if not os.isatty(2):  # it has gone, and whatever is still written there would fail
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    raise SystemExit(begin_to_end(number))
