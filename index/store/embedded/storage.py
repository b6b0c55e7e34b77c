"""index <-> disk: one SQLite file is the truth, written in transactions.

A process killed at any instant leaves the last committed state; readers see whole commits only
(write-ahead log, `synchronous=FULL`). Each commit is counted, and the count noted in the ledger
beside the database, so that commits that a damaged log swallowed are missed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.advice import command, rebuilding
from index.errors import IndexBroken, IndexMissing, StorageFailed
from index.store.embedded import ledger
from index.store.embedded.database import DATABASE, broken, connect, digest_of, restore, translated
from index.store.embedded.ledger import Ledger, NotedRoot
from index.store.embedded.rows import from_column
from index.store.embedded.schema import CREATION, FORMAT, READ_BY

CONDEMNED = "damaged"
"""In place of a digest: no database has that one."""
_ATTEMPTS = 3
"""Times that a ledger is read again because somebody has just written it."""


class Store:
    """One index folder's database; a connection belongs to one thread at a time."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, noted: Ledger | None) -> None:
        self.folder = folder
        self.connection = connection
        self._noted = noted
        """What the ledger says; None if there is none, or none to be read."""
        self._is_vouched = False
        self._is_condemned = False

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Open for writing, making what isn't there.

        Raises:
            StorageFailed: the folder can't be made or written.
            IndexBroken: the file there is not an index of this format.
            IndexDamaged: it is ours, and not as it was last committed.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(f"cannot make {folder}: {error.strerror}") from error
        noted, path = ledger.read(folder), folder / DATABASE
        if noted is not None and not path.is_file():
            raise broken(folder, "its database is gone")
        with translated(folder):
            store = cls(folder, connect(f"{path.absolute().as_uri()}?mode=rwc"), noted)
        try:
            store._begin_writing()
        except BaseException:
            store.connection.close()
            raise
        return store

    def _begin_writing(self) -> None:
        with translated(self.folder):
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
            if self.is_blank() and self._noted is None:
                self.connection.executescript(CREATION)
                self._is_vouched = True
        self.check_format()
        fault = self.fault()
        if fault is not None:
            raise broken(self.folder, fault)
        self._is_vouched = self._is_vouched or self.is_sealed()

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open for asking; writes nothing, and works on a disk that may not be written.

        Raises:
            IndexMissing: there is none.
            IndexBroken: it is not an index of this format.
            IndexDamaged: it is ours, and can't be read.
        """
        restore(folder)
        noted, path = ledger.read(folder), folder / DATABASE
        if not path.is_file():
            if noted is not None:
                raise broken(folder, "its database is gone")
            raise IndexMissing(f"no index in {folder} yet; run: {command(folder)}")
        uri = path.absolute().as_uri()
        with translated(folder):
            if os.access(path, os.W_OK) and os.access(folder, os.W_OK):
                connection = connect(f"{uri}?mode=rw")
            else:
                connection = connect(f"{uri}?mode=ro&immutable=1")
            store = cls(folder, connection, noted)
        try:
            store._begin_reading()
        except BaseException:
            connection.close()
            raise
        return store

    def _begin_reading(self) -> None:
        with translated(self.folder):
            self.connection.execute("PRAGMA query_only=ON")
        if self._noted is None and self.is_blank():
            raise IndexMissing(f"no index in {self.folder} yet; run: {command(self.folder)}")
        self.check_format()

    def is_blank(self) -> bool:
        """Say whether nothing was ever committed: a first run may be killed before that."""
        with translated(self.folder):
            row = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bool(row[0] == 0)

    def check_format(self) -> None:
        """Refuse what we did not write.

        Raises:
            IndexBroken: the tables are missing or of another format.
            IndexDamaged: the ledger says that they were of ours.
        """
        found = self.manifest("format") if not self.is_blank() else None
        if found == FORMAT:
            return
        if self._noted is not None and self._noted.format == FORMAT:
            raise broken(self.folder, "its tables are gone")
        raise IndexBroken(
            f"the index in {self.folder} is of format {found}, this program's is {FORMAT}; "
            f"run: {rebuilding(self.folder)}"
        )

    def fault(self) -> str | None:
        """Say what shows that the database is not what was committed; None if nothing does."""
        for _ in range(_ATTEMPTS):
            noted = self._noted
            if noted is None:
                return None
            with self.snapshot():
                commits = self.commits()
                if commits > noted.commits:
                    return None
                is_level = commits == noted.commits
                if is_level and (not noted.digest or noted.digest == digest_of(self.connection)):
                    return None
            self._noted = ledger.read(self.folder)
            if self._noted == noted:
                is_behind = commits < noted.commits
                return (
                    "it lost what was written last" if is_behind else "it is not as it was written"
                )
        return None

    def is_sealed(self) -> bool:
        """Say whether the ledger knows a hash of what is committed."""
        noted = self._noted
        return noted is not None and bool(noted.digest) and noted.commits == self.commits()

    def vouch(self) -> None:
        """Say that all rows were looked at and are whole, so that the ledger may know them."""
        self._is_vouched = True

    def condemn(self) -> None:
        """Say that damage was met, so that the ledger warns of it until it is mended."""
        self._is_condemned = True

    def close(self) -> None:
        """Let go of the file; what was written is noted in the ledger.

        Raises:
            StorageFailed: it can't be noted; what was committed stays.
        """
        is_due = self._is_condemned or bool(self.connection.total_changes)
        self.connection.close()
        if is_due:
            with translated(self.folder):
                reading = connect(f"{(self.folder / DATABASE).absolute().as_uri()}?mode=rw")
            try:
                self.connection = reading
                with self.snapshot():
                    if self._is_condemned:
                        self._note(CONDEMNED, count_files=False)
                    else:
                        self._note(digest_of(reading) if self._is_vouched else "", count_files=True)
            finally:
                reading.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is written inside, or nothing of it."""
        with translated(self.folder):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                before = self.generation()
                yield
                self.set_manifest("commits", str(self.commits() + 1))
                has_advanced = self.generation() != before
                self.connection.execute("COMMIT")
            except BaseException:
                self._is_vouched = False
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            if has_advanced:
                self._note("", count_files=False)

    def _note(self, digest: str, *, count_files: bool) -> None:
        """Write the ledger, of what is committed already."""
        rows = self.connection.execute(
            "SELECT id, path, rules, (SELECT count(*) FROM files WHERE root_id = roots.id AND ?) "
            "FROM roots ORDER BY id",
            (count_files,),
        ).fetchall()
        names = ("model", "fingerprint", *(f"{READ_BY}{row}" for row, *_ in rows))
        said = [(name, line) for name in names if (line := self.manifest(name)) is not None]
        roots = [
            NotedRoot(row, from_column(path), rules, files if count_files else None)
            for row, path, rules, files in rows
        ]
        self._noted = Ledger(FORMAT, self.commits(), tuple(said), tuple(roots), digest)
        ledger.write(self.folder, self._noted)

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
        return self.number("generation")

    def commits(self) -> int:
        """Count all commits."""
        return self.number("commits")

    def number(self, name: str) -> int:
        """Read a line of the manifest that counts something; 0 if there is none."""
        line = self.manifest(name) or "0"
        if not line.isdecimal():
            raise broken(self.folder, f"its {name} is no number")
        return int(line)

    def advance(self) -> int:
        """Begin the next generation, inside a transaction."""
        self.set_manifest("generation", str(self.generation() + 1))
        return self.generation()
