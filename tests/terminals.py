"""A program on a terminal of its own: what stands there is read until it says what is wanted."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from select import select


class Terminal:
    """Runs a command on a new terminal, and keeps every byte that it wrote there."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], *, cwd: Path | None = None
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.running = subprocess.Popen(
            command,
            env={**env, "TERM": "xterm-256color"},
            cwd=cwd,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.seen = b""

    def __enter__(self) -> "Terminal":
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        self.running.kill()
        self.running.wait()
        os.close(self._master)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._master, keys)

    def read_until(self, words: bytes, patience_s: float = 120.0) -> None:
        """Read on until these words were written after this call; fail where that never comes."""
        start = len(self.seen)
        while words not in self.seen[start:]:
            assert self._read(patience_s), f"{words!r} never came; last: {self.seen[-300:]!r}"

    def rest(self, patience_s: float = 120.0) -> int:
        """Read until the program has ended, and give its exit code."""
        while self._read(patience_s):
            pass
        return self.running.wait(patience_s)

    def _read(self, patience_s: float) -> bool:
        if not select([self._master], [], [], patience_s)[0]:
            return False
        try:
            more = os.read(self._master, 65536)
        except OSError:  # so Linux reports that the other end is closed
            return False
        self.seen += more
        return bool(more)
