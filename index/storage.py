"""index <-> disk: one SQLite file is the truth, written in transactions.

A process killed at any instant leaves the last committed state; readers see whole commits only
(write-ahead log, `synchronous=FULL`).
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.database import DATABASE, connect, restore, translated
from index.errors import IndexBroken, IndexMissing, StorageFailed
from index.rows import as_column, from_column, keyword_columns, packed, text_key, unpacked
from index.schema import CREATION, FORMAT
from index.types import Article, Passage, Skipped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells that a file is the one we read, without reading it."""

    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that an earlier run has seen."""

    stamp: FileStamp | None = None
    """None if the file was skipped: it is tried again."""
    article_id: int | None = None
    """None if the file was skipped."""
    sha256: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be committed: its passages and their unit vectors, row by row."""

    article: Article
    stamp: FileStamp
    passages: tuple[Passage, ...]
    vectors: "NDArray[np.float32]"
    is_english: bool = True


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
            raise IndexMissing(f"no index in {folder} yet; run: qa index PATH")
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
            raise IndexMissing(f"no index in {folder} yet; run: qa index PATH")
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
                "run: qa index --rebuild PATH"
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

    def root_id(self, root: str) -> int:
        """Give the id of a root, making it if it is new; inside a transaction."""
        self.connection.execute(
            "INSERT INTO roots (path) VALUES (?) ON CONFLICT DO NOTHING", (as_column(root),)
        )
        row = self.connection.execute("SELECT id FROM roots WHERE path = ?", (as_column(root),))
        return int(row.fetchone()[0])

    def known_files(self, root_id: int) -> dict[str, KnownFile]:
        """Give every file that an earlier run saw under a root, by relative path."""
        articles = self.connection.execute(
            "SELECT path, bytes, mtime_ns, id, sha256, encoding FROM articles WHERE root_id = ?",
            (root_id,),
        )
        known = {
            from_column(path): KnownFile(FileStamp(size, mtime), row, sha256, encoding)
            for path, size, mtime, row, sha256, encoding in articles
        }
        skipped = self.connection.execute("SELECT path FROM skipped WHERE root_id = ?", (root_id,))
        known.update((from_column(path), KnownFile()) for (path,) in skipped)
        return known

    def add(self, root_id: int, entry: Entry, generation: int) -> None:
        """Add an article with its passages and vectors, inside a transaction."""
        article = entry.article
        title_span = article.title_span
        cursor = self.connection.execute(
            f"INSERT INTO articles VALUES (NULL{', ?' * 18})",  # noqa: S608 - only placeholders
            (
                root_id,
                as_column(article.path),
                entry.stamp.bytes,
                entry.stamp.mtime_ns,
                article.sha256,
                article.encoding,
                article.offsets,
                article.title,
                article.title_is_derived,
                title_span and title_span.start,
                title_span and title_span.end,
                article.outlet,
                article.author,
                article.published,
                article.url,
                json.dumps([[o.span.start, o.span.end, o.reason] for o in article.omissions]),
                entry.is_english,
                article.text,
            ),
        )
        article_id = cursor.lastrowid
        for passage, vector in zip(entry.passages, entry.vectors, strict=True):
            row = self.connection.execute(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (
                    passage.id_in(article),
                    article_id,
                    packed(passage),
                    generation,
                    text_key(passage.with_title(article)),
                    vector.tobytes(),
                ),
            )
            self.connection.execute(
                "INSERT INTO keywords (rowid, body, title) VALUES (?, ?, ?)",
                (row.lastrowid, *keyword_columns(article, passage)),
            )

    def remove(self, article_id: int, article: Article, generation: int) -> None:
        """Drop an article and all that was derived from it, inside a transaction."""
        rows = self.connection.execute(
            "SELECT id, sentences FROM passages WHERE article_id = ?", (article_id,)
        ).fetchall()
        for row, sentences in rows:
            self.connection.execute(
                "INSERT INTO keywords (keywords, rowid, body, title) VALUES ('delete', ?, ?, ?)",
                (row, *keyword_columns(article, unpacked(sentences))),
            )
        self.connection.executemany(
            "INSERT INTO tombstones VALUES (?, ?)", [(row, generation) for row, _ in rows]
        )
        self.connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
        self.connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def restamp(self, article_id: int, stamp: FileStamp) -> None:
        """Note that a file was touched and holds the same bytes, inside a transaction."""
        self.connection.execute(
            "UPDATE articles SET bytes = ?, mtime_ns = ? WHERE id = ?",
            (stamp.bytes, stamp.mtime_ns, article_id),
        )

    def skip(self, root_id: int, skipped: Skipped) -> None:
        """Remember a file that gave no article, inside a transaction."""
        self.connection.execute(
            "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?)",
            (root_id, as_column(skipped.path), skipped.reason),
        )

    def unskip(self, root_id: int, path: str) -> None:
        """Forget that a file was skipped, inside a transaction."""
        self.connection.execute(
            "DELETE FROM skipped WHERE root_id = ? AND path = ?", (root_id, as_column(path))
        )
