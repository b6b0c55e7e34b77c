"""Keys and signals of the terminal -> the app; it loses no key, and leaves when the terminal goes.

Textual reads keys before anybody is there to take them, and knows nothing of a terminal that goes.
"""

import os
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from select import select
from threading import Event
from typing import IO, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from qa.endings import ENDINGS, begin_to_end, stop_here

CAUGHT = (*ENDINGS, signal.SIGINT, signal.SIGTSTP, signal.SIGCONT)
ROUND_S = 0.1
"""Between two looks at whether to go on reading keys."""


class ChatTerminal(LinuxDriver):
    """A terminal that is read when somebody listens, and left as it was found."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        self._handlers = {number: signal.getsignal(number) for number in CAUGHT}
        super().__init__(*arguments, **settings)
        for number in (*ENDINGS, signal.SIGINT):
            signal.signal(number, self._end_by)
        self._paper = _Paper(sys.stderr, self._hang_up)
        self._file = self._paper  # type: ignore[assignment]
        self._is_listening = Event()
        self._typed_before = ""
        self._is_on = False
        self._is_ending = False
        self._is_paused = False

    def listen(self, typed_before: str) -> None:
        """Begin to take keys, first those that were typed before anybody listened."""
        self._typed_before = typed_before
        self._is_listening.set()

    def start_application_mode(self) -> None:
        """Take the screen over."""
        if self._is_on:
            return
        os.set_blocking(self._paper.fileno(), True)  # another program may have left it otherwise
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._is_on = self._key_thread is not None and self._key_thread.is_alive()

    def stop_application_mode(self) -> None:
        """Give the screen back."""
        self._is_on = False
        super().stop_application_mode()

    def close(self) -> None:
        """Let go of what the screen was written with; at the end, of the signals too."""
        super().close()
        if not self._app.is_running:
            for number, handler in self._handlers.items():
                signal.signal(number, handler)

    # The end

    def _end_by(self, number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self._end, begin_to_end(number))

    def _hang_up(self) -> None:
        self._end_by(signal.SIGHUP, None)

    def _end(self, code: int) -> None:
        self._is_ending = True
        self._app.exit(return_code=code)

    # Into the background and back

    def _sigtstp_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._pause)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._come_back)

    def _pause(self) -> None:
        if self._auto_restart:
            self.suspend_application_mode()
        self._is_paused = True
        pause = self._handlers[signal.SIGTSTP]
        if callable(pause):
            pause(signal.SIGTSTP, None)
        else:
            stop_here()
        self._loop.call_soon(self._end_pause)  # where nothing could stop us, nothing wakes us

    def _come_back(self) -> None:
        if self._is_paused:
            self._end_pause()
        elif self._auto_restart and not self._is_ending:
            if self._is_on:  # stopped without being asked: others may have used the screen since
                self.suspend_application_mode()
            self._resume()

    def _end_pause(self) -> None:
        if self._is_paused:
            self._is_paused = False
            self._resume()

    def _resume(self) -> None:
        self._must_signal_resume = True
        self.resume_application_mode()
        self._app.refresh(layout=True)

    # Keys

    def run_input_thread(self) -> None:
        """Read keys until the screen is given back."""
        while not self._is_listening.wait(ROUND_S):
            if self.exit_event.is_set():
                return
        try:
            self._read_keys()
        except (OSError, EOFError):
            self._hang_up()

    def _read_keys(self) -> None:
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode  # a key of another encoding
        text, self._typed_before = self._typed_before, ""
        while not self.exit_event.is_set():
            for message in parser.feed(text) if text else parser.tick():
                self.process_message(message)
            text = ""
            if select([self.fileno], [], [], ROUND_S)[0]:
                read = os.read(self.fileno, 4096)
                if not read:
                    raise EOFError("the terminal has gone")
                text = decode(read)


class _Paper:
    """What the screen is written on; once it is gone nothing can fail any more."""

    def __init__(self, file: IO[str], tell: Callable[[], None]) -> None:
        self._file = file
        self._tell = tell
        self._is_gone = False

    def fileno(self) -> int:
        """Give the terminal's number."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Write, unless nobody can see it."""
        self._attempt(lambda: self._file.write(text))

    def flush(self) -> None:
        """Show what was written, unless nobody can see it."""
        self._attempt(self._file.flush)

    def _attempt(self, act: Callable[[], object]) -> None:
        if self._is_gone:
            return
        try:
            act()
        except OSError:
            self._is_gone = True
            self._tell()
