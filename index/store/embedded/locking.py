"""One process writes an index: its lock, and the folders that it needs beside the index's own.

What a process leaves there that is killed is cleared away by the next one that writes.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy, StorageFailed
from index.store.embedded.database import aside, restore
from index.store.embedded.folder import strangers

PATIENCE_S = 0.3
"""For the lock: whoever asks whether somebody writes holds it for a moment."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Take the writer's lock, and clear away what a writer that was killed left behind.

    Raises:
        IndexBusy: another process has it.
        StorageFailed: it can't be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only who writes needs it

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_of(folder), timeout=PATIENCE_S, poll_interval=0.02).acquire()
    except Timeout as error:
        raise IndexBusy(
            f"another process is indexing into {folder}; try again when it is done"
        ) from error
    except OSError as error:
        raise StorageFailed(f"cannot write {folder.parent}: {error.strerror}") from error
    with lock:
        _clear(folder)
        yield


def _clear(folder: Path) -> None:
    """Put back what was put aside, and throw away what was not to stay there."""
    restore(folder)
    for litter in (_draft_of(folder), aside(folder), going(folder)):
        if litter.is_dir() and not litter.is_symlink() and not strangers(litter):
            shutil.rmtree(litter, ignore_errors=True)


def is_locked(folder: Path) -> bool:
    """Say whether a process is writing the index; it is not disturbed by the question."""
    import fcntl  # noqa: PLC0415 - as a rule nothing is unfinished

    try:
        lock = os.open(lock_of(folder), os.O_RDONLY)
    except OSError:
        return False  # nobody ever wrote, or we may not look
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # a file system without locks
    finally:
        os.close(lock)
    return False


def lock_of(folder: Path) -> Path:
    """Say where the one process that writes an index holds its lock: a swap leaves it in place."""
    return folder.parent / f".{folder.name}.lock"


def draft_of(folder: Path) -> Path:
    """Give the empty place where a new index is made, beside where it will be."""
    draft = _draft_of(folder)
    shutil.rmtree(draft, ignore_errors=True)
    return draft


def _draft_of(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.draft"


def going(folder: Path) -> Path:
    """Say where an index lies while it is deleted."""
    return folder.parent / f".{folder.name}.removed"


def swap(draft: Path, folder: Path) -> None:
    """Put the new index in the place of the old one; `restore` mends a kill in between."""
    old = aside(folder)
    try:
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StorageFailed(f"cannot put the new index into {folder}: {error.strerror}") from error
