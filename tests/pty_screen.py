"""The installed program on a terminal of its own, and what stands on that screen."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import sysconfig
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from select import select

import pyte

QA = Path(sysconfig.get_path("scripts")) / "qa"
"""The program as it is installed beside the Python that runs the tests."""
ROWS, COLUMNS = 40, 110
ROUND_S = 0.05
SILENT_ROUNDS = 1200
"""A minute without a byte; only a program that hangs makes a test wait for so long."""
_ON_ITS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_IN_A_SHELL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
program = os.fork()
if not program:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]))
"""
_KITTY_KEYS = re.compile(rb"\x1b\[[<>=]\d*u")
"""Asks for another keyboard protocol; pyte takes a part of it for text."""
_STEERING = re.compile(r"\x1b\[[0-9;?<>]*[A-Za-z]")
_LEFT_ON = {
    "the alternate screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "mouse reports": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "paste marks": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "focus reports": (b"\x1b[?1004h", b"\x1b[?1004l"),
    "a hidden cursor": (b"\x1b[?25l", b"\x1b[?25h"),
}


class PtyScreen:
    """A running program, its terminal, and all that it wrote there."""

    def __init__(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        *,
        before: bytes = b"",
        has_shell: bool = False,
    ) -> None:
        """`before` is typed before the program has begun; only a shell can let it go on."""
        self._master, slave = pty.openpty()
        self._slave = slave
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.resize(ROWS, COLUMNS)
        self._modes = termios.tcgetattr(slave)
        if before:
            self.type(before)
        self.running = subprocess.Popen(
            [sys.executable, "-c", _IN_A_SHELL if has_shell else _ON_ITS_TERMINAL, *command],
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        self._has_shell = has_shell
        self.written = b""

    @property
    def text(self) -> str:
        """What stands on the screen, row by row."""
        return "\n".join(row.rstrip() for row in self._screen.display)

    @property
    def last_words(self) -> str:
        """What was written since the screen was given back."""
        return self.written.rpartition(b"\x1b[?1049l")[2].decode("utf-8")

    def type(self, keys: str | bytes) -> None:
        """Press keys."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    @property
    def last_line(self) -> str:
        """The last of these words that are more than the terminal's own business."""
        lines = _STEERING.sub("", self.last_words).replace("\r", "").split("\n")
        return next((line for line in reversed(lines) if line), "")

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size, of which the program is told."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def unread(self) -> bytes:
        """What was typed and not read, as the next program would read it."""
        return os.read(self._slave, 4096) if select([self._slave], [], [], 0)[0] else b""

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self._program, number)

    def is_stopped(self) -> bool:
        """Say whether the program has been stopped, as by Ctrl+Z."""
        about = Path(f"/proc/{self._program}/stat").read_text(encoding="utf-8")
        return about.rpartition(")")[2].split()[0] == "T"

    @property
    def _program(self) -> int:
        pid = self.running.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        return int(children.read_text(encoding="ascii")) if self._has_shell else pid

    @property
    def unfolded(self) -> str:
        """The words on the screen, as if every line were long enough."""
        return " ".join(self.text.replace("▌", " ").split())

    def until(self, *words: str) -> str:
        """Wait until all of these words stand on the screen, folded or not, and give it."""
        return self.until_so(
            lambda: all(one in self.text or one in self.unfolded for one in words), words
        )

    def until_so(self, is_so: Callable[[], bool], wanted: object) -> str:
        """Wait until something is so; fail if for a long time nothing more is written."""
        silent_rounds = 0
        while not is_so():
            silent_rounds = 0 if self._read() else silent_rounds + 1
            assert silent_rounds < SILENT_ROUNDS, f"{wanted!r} never came; the screen:\n{self.text}"
        return self.text

    def leave(self) -> int:
        """Read until the program has ended, and give its exit code."""
        while self.running.poll() is None:
            self._read()
        while self._read():
            pass
        return self.running.returncode

    def hang_up(self) -> None:
        """Close the terminal, as its window is closed."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def left_on(self) -> list[str]:
        """Name what the program has set on the terminal and not taken back."""
        left = [
            name
            for name, (on, off) in _LEFT_ON.items()
            if self.written.rfind(on) > self.written.rfind(off)
        ]
        if termios.tcgetattr(self._slave) != self._modes:
            left.append("the terminal's modes")
        return left

    def close(self) -> None:
        """End what still runs, and let go of the terminal."""
        if self.running.poll() is None:
            self.running.kill()
        self.running.wait()
        if self._master != -1:
            self.hang_up()

    def _read(self) -> bool:
        if not select([self._master], [], [], ROUND_S)[0]:
            return False
        more = os.read(self._master, 65536)
        self.written += more
        self._stream.feed(_KITTY_KEYS.sub(b"", more))
        return True


def clean_environment() -> dict[str, str]:
    """What the program is to know of its surroundings: a good terminal, and no settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    return kept | {"QA_CONFIG": os.devnull, "TERM": "xterm-256color"}


@contextmanager
def on_screen(
    *arguments: str | Path, environment: Mapping[str, str], before: bytes = b""
) -> Iterator[PtyScreen]:
    """Run `qa` with these arguments on a terminal."""
    screen = PtyScreen([QA, *arguments], environment, before=before)
    try:
        yield screen
    finally:
        screen.close()
