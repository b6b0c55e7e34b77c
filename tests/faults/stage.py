"""Operations in processes of their own: forked from one that has imported all, then disturbed.

The process reads one line of JSON for each, and writes one on what came of it. A fork takes
milliseconds, where a new interpreter takes seconds.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from traceback import format_exc
from types import TracebackType
from typing import Any

import faiss  # noqa: F401 - so that each fork has it
import faulty_index
import tantivy  # noqa: F401
from faults.operations import perform
from faults.shim import Shim

from index.errors import PassageIndexError
from index.store.embedded import clustering  # noqa: F401

TESTS = Path(__file__).resolve().parent.parent
MOST_SECONDS = 60
"""Until what an operation started must have ended after it."""
_NEW_MOUNTS = 0x20000
_PRIVATE = 0x4000 | 0x40000
_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Disturbed:
    """One operation, and what disturbs it; nothing by default."""

    operation: str
    home: str
    roots: tuple[str, ...]
    kind: str = ""
    """Of call that fails."""
    nth: int = 0
    error: int = 0
    is_lasting: bool = False
    file_bytes: int = -1
    """That no file may outgrow."""
    disk_bytes: int = -1
    """Of a file system of its own, which holds the folder around the index."""
    kill_after: float = -1.0
    """Seconds."""
    is_group_killed: bool = False
    """Together with the processes that it started."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it."""

    how: str
    """done, told, crash, killed, or forbidden: the fault itself was not possible."""
    says: str = ""
    seconds: float = 0.0
    calls: dict[str, int] = field(default_factory=dict)
    has_failed: bool = False
    """The call that was to fail was made."""
    has_left_processes: bool = False


class Stage:
    """The process, seen from outside."""

    def __enter__(self) -> "Stage":
        path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
        few = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from faults.stage import serve; serve()"],
            env={**os.environ, **few, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.__exit__(kind, error, at)

    def perform(self, what: Disturbed) -> Ended:
        """Let it be done."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the stage has both its pipes")
        self._process.stdin.write(json.dumps(asdict(what)) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def serve() -> None:
    """Do what the lines on standard input say."""
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        said = json.loads(line)
        said["roots"] = tuple(said["roots"])
        print(json.dumps(_overseen(Disturbed(**said))), flush=True)  # noqa: T201


def _overseen(what: Disturbed) -> dict[str, Any]:
    ours, theirs = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(ours)
        _act(what, theirs)
    os.close(theirs)
    if what.kill_after >= 0:
        time.sleep(what.kill_after)
        _kill(child, is_group=what.is_group_killed)
    with open(ours, encoding="utf-8") as pipe:  # noqa: PTH123
        said = pipe.readline()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - began
    ended = json.loads(said) if said else {"how": "killed", "says": f"status {status}"}
    if not said and what.kill_after < 0:
        ended["how"] = "crash"
    return {**ended, "seconds": seconds, "has_left_processes": _are_left(child)}


def _kill(child: int, *, is_group: bool) -> None:
    try:
        (os.killpg if is_group else os.kill)(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)  # it has no group of its own yet


def _are_left(group: int) -> bool:
    """Wait until nothing of a group runs, and say whether that was in vain."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        with suppress(ChildProcessError):
            os.waitpid(-group, os.WNOHANG)
        time.sleep(0.01)
    os.killpg(group, signal.SIGKILL)
    return True


def _act(what: Disturbed, pipe: int) -> None:
    """Be the process to which it happens; never returns."""
    os.setsid()
    sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115
    home = Path(what.home)
    shim = Shim(home.parent, what.kind, what.nth, what.error, what.is_lasting)
    try:
        ended = _attempted(what, shim)
    except BaseException:  # noqa: BLE001 - that is what is looked for
        ended = {"how": "crash", "says": format_exc()}
    said = {**ended, "calls": dict(shim.counts), "has_failed": shim.has_failed}
    said["says"] = said["says"][-3000:]
    os.write(pipe, json.dumps(said).encode() + b"\n")
    os._exit(0)


def _attempted(what: Disturbed, shim: Shim) -> dict[str, Any]:
    home, roots = Path(what.home), [Path(root) for root in what.roots]
    kept = home.parent.parent / f"{home.parent.name}.kept"
    if what.disk_bytes >= 0 and not _on_a_small_disk(home.parent, what.disk_bytes):
        return {"how": "forbidden", "says": "this user may mount nothing"}
    if what.file_bytes >= 0:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (what.file_bytes, hard))
    if what.nth or not what.kill_after >= 0:
        shim.arm()
    try:
        with faulty_index.small_limits():
            perform(what.operation, home, roots)
    except PassageIndexError as error:
        return {"how": "told", "says": str(error)}
    else:
        return {"how": "done", "says": ""}
    finally:
        if what.disk_bytes >= 0:
            shutil.copytree(home.parent, kept)


def _on_a_small_disk(folder: Path, size: int) -> bool:
    """Put a file system that holds so many bytes in place of a folder, with all that is in it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare") or libc.unshare(_NEW_MOUNTS):
        return False
    if libc.mount(b"none", b"/", None, _PRIVATE, None):
        return False
    aside = folder.with_name(f"{folder.name}.aside")
    folder.rename(aside)
    folder.mkdir()
    room = f"size={size}".encode()
    if libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, room):
        return False
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    shutil.rmtree(aside)
    return True


def paths(roots: Sequence[Path]) -> tuple[str, ...]:
    """Write paths for the line."""
    return tuple(map(str, roots))
