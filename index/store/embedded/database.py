"""The SQLite file of an index: where it lies, how it is opened, what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from index.advice import rebuilding
from index.errors import IndexBroken, IndexBusy, IndexDamaged, StorageFailed
from index.seals import WHOLE_BYTES
from index.store.embedded.ledger import LEDGER
from index.store.embedded.rows import row_sum

DATABASE = "index.sqlite3"


def restore(folder: Path) -> None:
    """Bring back the index that a killed rebuild had just put aside.

    Raises:
        StorageFailed: it can't be put back; it stays where it is.
    """
    if aside(folder).exists() and not folder.exists():
        try:
            aside(folder).rename(folder)
        except FileNotFoundError:
            return  # another process was quicker
        except OSError as error:
            raise StorageFailed(
                f"cannot put the index back into {folder}: {error.strerror}"
            ) from error


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
        if text.startswith("Could not decode"):
            text = "text that is not UTF-8"
        raise broken(folder, text) from error
    except sqlite3.DatabaseError as error:
        raise broken(folder, str(error)) from error


def broken(folder: Path, says: str) -> IndexBroken:
    """Make the error for a database that can't be read; what was ours can be mended."""
    if (folder / LEDGER).is_file():
        return IndexDamaged(
            f"the index in {folder} is damaged ({says}); to save what is whole and read the "
            "rest again run: qa doctor --repair"
        )
    return IndexBroken(f"the index in {folder} is broken ({says}); run: {rebuilding(folder)}")


def connect(uri: str) -> sqlite3.Connection:
    """Open a database; a connection belongs to one thread at a time."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False
    )
    connection.create_function("row_sum", -1, row_sum, deterministic=True)
    return connection


def is_large(connection: sqlite3.Connection) -> bool:
    """Say whether reading the whole database would keep somebody waiting."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return bool(pages * size > WHOLE_BYTES)


def digest_of(connection: sqlite3.Connection) -> str:
    """Hash all pages of the database as they are in this transaction, the log's among them.

    Empty if it is large, or this SQLite can't hand its pages out. Only a connection that has not
    written tells what others read: one that has may hold pages that it never wrote.
    """
    if is_large(connection) or not hasattr(connection, "serialize"):
        return ""
    return sha256(connection.serialize()).hexdigest()
