"""Command -> the same command, which the kernel kills the moment it turns to the network.

    python tests/sealed.py COMMAND...

A filter (seccomp) that every descendant inherits. It is the kernel that looks, so native code can't
pass unseen, and neither root nor any tool is needed. Killed is

- who opens a socket, but for the kind that Python's own processes talk to each other over, and that
  urllib3 opens to see whether this machine knows IPv6. Name look-ups need others: they ask over
  datagrams, or over sockets that don't block;
- who connects one of those to an address of the internet, which the length of the address tells.
"""

import ctypes
import errno
import os
import platform
import socket
import struct
import sys

CALLS = {"x86_64": (0xC000003E, 41, 42, 44), "aarch64": (0xC00000B7, 198, 203, 206)}
"""Processor -> what the kernel calls it, and its numbers of socket, connect and sendto."""
IO_URING_SETUP = 425
INTERNET_ADDRESS = 28
"""Bytes that one takes at most; that of a socket in a temporary folder takes more."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _GREATER, _GIVE = 0x20, 0x15, 0x25, 0x06
_VERDICTS = {
    "allow": 0x7FFF0000,
    "kill": 0x80000000,
    "unknown": 0x00050000 | errno.ENOSYS,  # io_uring opens sockets, too, and nobody needs it
}


def is_possible() -> bool:
    """Say whether this kernel has such filters, for a processor whose numbers we know."""
    return sys.platform == "linux" and platform.machine() in CALLS


def seal() -> None:
    """Keep this process and its descendants off the network, for good."""
    steps = b"".join(_assembled(_questions(*CALLS[platform.machine()])))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = struct.pack("HL", len(steps) // 8, ctypes.addressof(kept))
    _tell_kernel(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), ctypes.c_ulong(0))
    _tell_kernel(_SECCOMP, ctypes.c_ulong(_FILTER), program)


def _tell_kernel(what: int, *how: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(what, *how, ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise OSError(ctypes.get_errno(), "this kernel takes no filter")


_Question = tuple[int, int, int, str, str]
"""Where what is asked about lies, how it is compared, with what; where to go if so, and if not."""


def _questions(architecture: int, opens: int, connects: int, sends: int) -> dict[str, _Question]:
    call, (first, second, third, sixth) = 0, (16, 24, 32, 56)
    python_s = socket.SOCK_STREAM | socket.SOCK_CLOEXEC
    return {
        "start": (4, _EQUAL, architecture, "is it io_uring", "kill"),
        "is it io_uring": (call, _EQUAL, IO_URING_SETUP, "unknown", "does it open"),
        "does it open": (call, _EQUAL, opens, "what for", "does it connect"),
        "does it connect": (call, _EQUAL, connects, "to where", "does it send"),
        "does it send": (call, _EQUAL, sends, "to whom", "allow"),
        "what for": (first, _EQUAL, socket.AF_UNIX, "of which kind", "or for what"),
        "or for what": (first, _EQUAL, socket.AF_INET6, "of which kind", "kill"),
        "of which kind": (second, _EQUAL, python_s, "by which rules", "kill"),
        "by which rules": (third, _EQUAL, 0, "allow", "kill"),
        "to where": (third, _GREATER, INTERNET_ADDRESS, "allow", "kill"),
        "to whom": (sixth, _EQUAL, 0, "allow", "kill"),  # nobody: it is connected
    }


def _assembled(questions: dict[str, _Question]) -> list[bytes]:
    places = {name: 2 * at for at, name in enumerate(questions)}
    places |= {name: 2 * len(questions) + at for at, name in enumerate(_VERDICTS)}
    steps = []
    for name, (where, how, value, yes, no) in questions.items():
        after = places[name] + 2
        steps.append(struct.pack("=HBBI", _LOAD, 0, 0, where))
        steps.append(struct.pack("=HBBI", how, places[yes] - after, places[no] - after, value))
    return steps + [struct.pack("=HBBI", _GIVE, 0, 0, verdict) for verdict in _VERDICTS.values()]


if __name__ == "__main__":
    seal()
    os.execvp(sys.argv[1], sys.argv[1:])
