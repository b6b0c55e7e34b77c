"""index <-> disk: one SQLite file is the truth, written in transactions.

A process killed at any instant leaves the last committed state; readers see whole commits only
(write-ahead log, `synchronous=FULL`).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.advice import command, rebuilding
from index.database import DATABASE, connect, restore, translated
from index.errors import IndexBroken, IndexMissing, StorageFailed
from index.schema import CREATION, FORMAT


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells that a file is the one we read, without reading it."""

    bytes: int
    mtime_ns: int


class Store:
    """One index folder's database; a connection belongs to one thread at a time."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Open for writing, making what isn't there.

        Raises:
            StorageFailed: the folder can't be made or written.
            IndexBroken: the file there is not an index of this format.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(f"cannot make {folder}: {error.strerror}") from error
        with translated(folder):
            connection = connect(f"{(folder / DATABASE).absolute().as_uri()}?mode=rwc")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            store = cls(folder, connection)
            if store.is_blank():
                connection.executescript(CREATION)
        store.check_format()
        return store

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open for asking; writes nothing, and works on a disk that may not be written.

        Raises:
            IndexMissing: there is none.
            IndexBroken: it is not an index of this format.
        """
        restore(folder)
        path = folder / DATABASE
        if not path.is_file():
            raise IndexMissing(f"no index in {folder} yet; run: {command(folder)}")
        uri = path.absolute().as_uri()
        with translated(folder):
            if os.access(path, os.W_OK) and os.access(folder, os.W_OK):
                connection = connect(f"{uri}?mode=rw")
            else:
                connection = connect(f"{uri}?mode=ro&immutable=1")
            connection.execute("PRAGMA query_only=ON")
        store = cls(folder, connection)
        if store.is_blank():
            connection.close()
            raise IndexMissing(f"no index in {folder} yet; run: {command(folder)}")
        store.check_format()
        return store

    def is_blank(self) -> bool:
        """Say whether nothing was ever committed: a first run may be killed before that."""
        with translated(self.folder):
            row = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bool(row[0] == 0)

    def check_format(self) -> None:
        """Refuse what we did not write.

        Raises:
            IndexBroken: the tables are missing or of another format.
        """
        found = self.manifest("format")
        if found != FORMAT:
            raise IndexBroken(
                f"the index in {self.folder} is of format {found}, this program's is {FORMAT}; "
                f"run: {rebuilding(self.folder)}"
            )

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is written inside, or nothing of it."""
        with translated(self.folder):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one and the same committed state throughout."""
        with translated(self.folder):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("COMMIT")

    def manifest(self, name: str) -> str | None:
        """Read a line of the manifest."""
        with translated(self.folder):
            row = self.connection.execute(
                "SELECT value FROM manifest WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else str(row[0])

    def set_manifest(self, name: str, value: str) -> None:
        """Write a line of the manifest, inside a transaction."""
        self.connection.execute(
            "INSERT INTO manifest VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = ?2",
            (name, value),
        )

    def generation(self) -> int:
        """Count the commits that changed passages."""
        return int(self.manifest("generation") or 0)

    def advance(self) -> int:
        """Begin the next generation, inside a transaction."""
        self.set_manifest("generation", str(self.generation() + 1))
        return self.generation()
