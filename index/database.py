"""The SQLite file of an index: where it lies, how it is opened, what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.advice import rebuilding
from index.errors import IndexBroken, IndexBusy, StorageFailed

DATABASE = "index.sqlite3"


def restore(folder: Path) -> None:
    """Bring back the index that a killed rebuild had just put aside."""
    if aside(folder).exists() and not folder.exists():
        aside(folder).rename(folder)


def aside(folder: Path) -> Path:
    """Say where a rebuild puts the old index while it swaps."""
    return folder.parent / f".{folder.name}.old"


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can do about it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise IndexBusy(f"the index in {folder} is being written; try again soon") from error
        if any(sign in text for sign in ("full", "readonly", "unable to open", "disk I/O")):
            raise StorageFailed(f"cannot write the index in {folder}: {text}") from error
        raise IndexBroken(
            f"the index in {folder} is broken ({text}); run: {rebuilding(folder)}"
        ) from error
    except sqlite3.DatabaseError as error:
        raise IndexBroken(
            f"the index in {folder} is broken ({error}); run: {rebuilding(folder)}"
        ) from error


def connect(uri: str) -> sqlite3.Connection:
    """Open a database; a connection belongs to one thread at a time."""
    return sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
