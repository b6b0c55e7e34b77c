"""Mailbox file -> the bytes of its messages, one after the other."""

import re
from collections.abc import Iterator
from typing import BinaryIO

MAX_LINE_BYTES = 1024 * 1024
"""A longer line is read in pieces."""

_POSTMARK = re.compile(rb"From .{0,300}\d:\d\d")
"""The line before a message: a sender and a time (RFC 4155, and what programs really write)."""
_ESCAPED = re.compile(rb">+From ")


def messages(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Cut a mailbox into its messages, of which one at a time is held.

    Returns:
        The bytes of each, its `>From ` lines unescaped; None for one of more than `most` bytes.
        Nothing if the file does not begin like a mailbox.
    """
    lines: list[bytes] = []
    size = 0
    is_after_blank = is_line_start = True
    begun = False
    while line := file.readline(MAX_LINE_BYTES):
        if is_after_blank and is_line_start and _POSTMARK.match(line):
            if begun:
                yield b"".join(lines) if size <= most else None
            begun, lines, size = True, [], 0
        elif begun:
            size += len(line)
            if size <= most:
                escaped = is_line_start and line[:1] == b">" and _ESCAPED.match(line)
                lines.append(line[1:] if escaped else line)
            else:
                lines.clear()
        elif line.strip():
            return
        is_after_blank = is_line_start and line in (b"\n", b"\r\n")
        is_line_start = line.endswith(b"\n")
    if begun:
        yield b"".join(lines) if size <= most else None
