"""Nouns -> tables: files, their articles, passages and vectors, and what could not be read.

Everything here runs inside a transaction of the store, except what only reads.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.rules import Rules
from index.store.embedded.database import broken, translated
from index.store.embedded.reprints import Reprints
from index.store.embedded.rows import (
    ARTICLE_COLUMNS,
    ARTICLE_FIELDS,
    ARTICLE_TABLES,
    FILE_FIELDS,
    PASSAGE_COLUMNS,
    PASSAGE_FIELDS,
    ROOT_FIELDS,
    article_of,
    article_values,
    as_column,
    from_column,
    is_whole,
    keyword_columns,
    packed,
    row_sum,
    unpacked,
)
from index.store.embedded.storage import Store
from index.store.writer import UNFINISHED, Prepared, PreparedFile, text_key
from index.text.as_read import titled
from index.types import Article, FileStamp, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = Mapping[bytes, NDArray[np.float32]]

_KNOWN = "SELECT path, id, sha256, encoding, bytes, mtime_ns, ctime_ns FROM files WHERE root_id = ?"


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A file that an earlier run has seen, and its row."""

    row: int
    stamp: FileStamp
    sha256: str
    encoding: str


class RowWriter:
    """Writes one store; the caller holds the writer's lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reprints = Reprints(store)

    def root_id(self, root: str) -> int:
        """Give the id of a root, making it if it is new."""
        sql = "INSERT INTO roots (path, sum) VALUES (?, x'') ON CONFLICT DO NOTHING RETURNING id"
        for (new,) in self._all(sql, as_column(root)):
            self._sum("roots", ROOT_FIELDS, new)
        ((row,),) = self._all("SELECT id FROM roots WHERE path = ?", as_column(root))
        return int(row)

    def known_root(self, root: str) -> int | None:
        """Give the id of a root; None if it is new."""
        rows = self._all("SELECT id FROM roots WHERE path = ?", as_column(root))
        return int(rows[0][0]) if rows else None

    def set_root(self, root_id: int, *, rules: str, other_kinds: Mapping[str, int]) -> None:
        """Note by which rules a root is read, and what lies there that is not read."""
        self._run(
            "UPDATE roots SET rules = ?, other_kinds = ? WHERE id = ?",
            rules,
            json.dumps(dict(other_kinds)),
            root_id,
        )
        self._sum("roots", ROOT_FIELDS, root_id)

    def found_again(self, root_id: int) -> None:
        """Note that a root was read through, so that nothing of it is lost any more."""
        self._run("UPDATE roots SET lost = 0 WHERE id = ?", root_id)

    def rules(self, root_id: int) -> Rules:
        """Give the rules by which a root was read, the usual ones if it never was."""
        ((line,),) = self._all("SELECT rules FROM roots WHERE id = ?", root_id)
        try:
            return Rules.from_json(line)
        except (ValueError, TypeError, AttributeError) as error:
            raise broken(self._store.folder, "the rules of a root are no JSON") from error

    def forget_root(self, root: str) -> int:
        """Drop a root and all that it gave.

        Returns:
            How many articles that were.
        """
        root_id = self.root_id(root)
        self._store.advance()
        dropped = sum(self.drop_file(known.row) for known in self.known_files(root_id).values())
        self.clear_spares()
        self._run("DELETE FROM roots WHERE id = ?", root_id)
        return dropped

    def known_files(self, root_id: int) -> dict[str, KnownRow]:
        """Give every file that an earlier run saw under a root, by relative path."""
        rows = self._all(_KNOWN, root_id)
        return {from_column(row[0]): _known(row) for row in rows}

    def known_file(self, root_id: int, path: str) -> KnownRow | None:
        """Give a file of a root; None if no run has seen it."""
        rows = self._all(f"{_KNOWN} AND path = ?", root_id, as_column(path))
        return _known(rows[0]) if rows else None

    def begin_file(self, root_id: int, path: str, known: KnownRow | None) -> int:
        """Make the row of a file that is about to be written, and drop what it gave before."""
        if known is not None:
            self.drop_file(known.row)
        row = self._next_id("files")
        self._run(
            "INSERT INTO files VALUES (?, ?, ?, -1, -1, -1, '', '', '', x'', 0)",
            row,
            root_id,
            as_column(path),
        )
        self._sum("files", FILE_FIELDS, row)
        return row

    def describe_file(self, row: int, done: PreparedFile) -> None:
        """Note what a file is and what of it could not be read."""
        self._run(
            "UPDATE files SET sha256 = ?, format = ?, encoding = ? WHERE id = ?",
            done.sha256,
            done.format,
            done.encoding,
            row,
        )
        self._sum("files", FILE_FIELDS, row)
        for skip in done.skipped:
            self._run(
                "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?)",
                row,
                as_column(skip.path),
                skip.reason,
                skip.kind,
            )

    def finish_file(self, row: int, stamp: FileStamp) -> None:
        """Note that all of a file is in: it is not due until its size or a time changes."""
        self._run(
            "UPDATE files SET bytes = ?, mtime_ns = ?, ctime_ns = ?, "
            "articles = (SELECT count(*) FROM articles WHERE file_id = ?4) WHERE id = ?4",
            stamp.bytes,
            stamp.mtime_ns,
            stamp.ctime_ns,
            row,
        )

    def drop_file(self, row: int) -> int:
        """Drop a file and all that it gave; its vectors are kept until the end of the run.

        Returns:
            How many articles it had given.
        """
        articles = self._all("SELECT id FROM articles WHERE file_id = ?", row)
        for (article,) in articles:
            self._drop_article(article)
        self._run("DELETE FROM skipped WHERE file_id = ?", row)
        self._run("DELETE FROM files WHERE id = ?", row)
        return len(articles)

    def add(self, root_id: int, file_row: int, one: Prepared, vectors: "Vectors") -> None:
        """Add an article with its passages; a copy has only those that its original lacks."""
        article = one.article
        original = self._reprints.original_of(one)
        kept = [
            passage
            for passage in one.passages
            if original is None or not original.holds(passage.span.of(article.text))
        ]
        article_id = self._next_id("articles")
        values = article_values(article_id, file_row, root_id, one, passages=len(kept))
        self._run(
            f"INSERT INTO articles ({', '.join(ARTICLE_FIELDS)}, sum, reprint_of) "  # noqa: S608
            f"VALUES ({', '.join('?' * (len(values) + 2))})",
            *values,
            row_sum(*values),
            original and original.row,
        )
        if original is None:
            self._reprints.remember(article_id, one)
        for passage in kept:
            self._add_passage(article_id, article, passage, vectors)
        self._count(articles=1, passages=len(kept))

    def _add_passage(
        self, article_id: int, article: Article, passage: Passage, vectors: "Vectors"
    ) -> None:
        key = text_key(titled(passage, article))
        vector = vectors[key].tobytes()
        row = self._next_id("passages")
        values = (
            row,
            passage.id_in(article),
            article_id,
            packed(passage),
            self._store.generation(),
            key,
            row_sum(key, vector),
        )
        self._run(
            f"INSERT INTO passages ({', '.join(PASSAGE_FIELDS)}, sum, vector) "  # noqa: S608
            f"VALUES ({', '.join('?' * (len(values) + 2))})",
            *values,
            row_sum(*values),
            vector,
        )
        self._run(
            "INSERT INTO keywords (rowid, body, title) VALUES (?, ?, ?)",
            row,
            *keyword_columns(article, passage),
        )

    def spare(self, vectors: "Vectors") -> None:
        """Keep vectors of passages that are not committed yet, or no longer."""
        self._store.connection.executemany(
            "INSERT OR IGNORE INTO spare_vectors VALUES (?1, row_sum(?1, ?2), ?2)",
            [(key, vector.tobytes()) for key, vector in vectors.items()],
        )

    def clear_spares(self) -> None:
        """Forget them, at the end of a run."""
        self._run("DELETE FROM spare_vectors")

    def _drop_article(self, article_id: int) -> None:
        """Drop an article; those that repeat it are dropped too, and their files are due."""
        found = self._all(
            f"SELECT {ARTICLE_COLUMNS} FROM {ARTICLE_TABLES} "  # noqa: S608 - constants
            "WHERE articles.id = ?",
            article_id,
        )
        rows = self._all(
            f"SELECT {PASSAGE_COLUMNS}, vector FROM passages "  # noqa: S608 - constants
            "WHERE article_id = ?",
            article_id,
        )
        are_whole = all(is_whole(row, PASSAGE_FIELDS) for row in rows)
        if not found or not are_whole or not is_whole(found[0], ARTICLE_FIELDS):
            raise broken(self._store.folder, "an article is not as it was written")
        article, generation = article_of(found[0]), self._store.generation()
        for row, _, _, sentences, _, key, vector_sum, _, vector in rows:
            self._run(
                "INSERT INTO keywords (keywords, rowid, body, title) VALUES ('delete', ?, ?, ?)",
                row,
                *keyword_columns(article, unpacked(sentences)),
            )
            self._run("INSERT INTO tombstones VALUES (?, ?)", row, generation)
            self._run(
                "INSERT OR IGNORE INTO spare_vectors VALUES (?, ?, ?)", key, vector_sum, vector
            )
        self._run("DELETE FROM passages WHERE article_id = ?", article_id)
        self._run("DELETE FROM bands WHERE article_id = ?", article_id)
        copies = self._all("SELECT id, file_id FROM articles WHERE reprint_of = ?", article_id)
        self._run("UPDATE articles SET reprint_of = NULL WHERE reprint_of = ?", article_id)
        self._run("DELETE FROM articles WHERE id = ?", article_id)
        self._count(articles=-1, passages=-len(rows))
        for _, file_row in copies:
            self.finish_file(file_row, UNFINISHED)

    def _count(self, *, articles: int, passages: int) -> None:
        for name, change in (("articles", articles), ("passages", passages)):
            self._store.set_manifest(name, str(self._store.number(name) + change))

    def _sum(self, table: str, fields: Sequence[str], row: int) -> None:
        """Note what a row is now."""
        sql = f"UPDATE {table} SET sum = row_sum({', '.join(fields)}) WHERE id = ?"  # noqa: S608
        self._run(sql, row)

    def _next_id(self, table: str) -> int:
        """Give the id of the next row; none that was given before is given again."""
        rows = self._all("SELECT seq + 1 FROM sqlite_sequence WHERE name = ?", table)
        return int(rows[0][0]) if rows else 1

    def _run(self, sql: str, *values: object) -> None:
        self._store.connection.execute(sql, values)

    def _all(self, sql: str, *values: object) -> Sequence[tuple[Any, ...]]:
        with translated(self._store.folder):
            return self._store.connection.execute(sql, values).fetchall()


def _known(row: Sequence[Any]) -> KnownRow:
    _, file_row, sha256, encoding, *stamp = row
    return KnownRow(file_row, FileStamp(*stamp), sha256, encoding)
