"""Damaged database -> its rows, as far as they can be read and are as they were written."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from index.errors import SkipKind
from index.store.embedded.database import DATABASE, connect
from index.store.embedded.rows import (
    ARTICLE_FIELDS,
    FILE_FIELDS,
    PASSAGE_COLUMNS,
    PASSAGE_FIELDS,
    ROOT_FIELDS,
    article_of,
    from_column,
    is_whole,
    row_sum,
    unpacked,
)
from index.store.writer import Prepared, PreparedFile, text_key
from index.text.as_read import titled
from index.types import Article, FileStamp, Passage, Skipped

_FILE = (
    f"SELECT {', '.join(FILE_FIELDS)}, sum, articles, "  # noqa: S608 - constants
    "bytes, mtime_ns, ctime_ns FROM files WHERE id = ?"
)
_ROOTS = f"SELECT {', '.join(ROOT_FIELDS)}, sum, other_kinds FROM roots"  # noqa: S608 - constants
_ARTICLE = (
    f"SELECT {', '.join(ARTICLE_FIELDS)}, sum, reprint_of "  # noqa: S608 - constants
    "FROM articles WHERE id = ?"
)
_PASSAGES = (
    f"SELECT {PASSAGE_COLUMNS}, vector FROM passages "  # noqa: S608 - constants
    "WHERE article_id = ? ORDER BY id"
)

Vectors = dict[bytes, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class WreckedFile:
    """A file of which everything is whole."""

    root_id: int
    path: str
    stamp: FileStamp
    read: PreparedFile
    """Its articles, and what of it could not be read."""
    rows: tuple[int, ...]
    """Ids of its articles."""
    vectors: Vectors
    """Of its passages, by the key of their text."""


class Wreck:
    """Reads a database that may be damaged anywhere: what can't be read is not there."""

    def __init__(self, folder: Path) -> None:
        path = folder / DATABASE
        uri = f"{path.absolute().as_uri()}?mode=ro" if path.is_file() else "file::memory:"
        self._connection = connect(uri)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Give rows up to the first that can't be read."""
        found: list[tuple[Any, ...]] = []
        try:
            found.extend(self._connection.execute(sql, values))
        except sqlite3.Error:
            return found
        return found

    def ids(self, table: str) -> list[int]:
        """Give the ids of a table, read from both ends."""
        sql = f"SELECT id FROM {table} NOT INDEXED ORDER BY id"  # noqa: S608 - a constant
        return sorted({row for end in ("", " DESC") for (row,) in self.rows(sql + end)})

    def manifest(self) -> dict[str, str]:
        """Give the lines of the manifest."""
        lines = self.rows("SELECT name, value FROM manifest")
        return {n: v for n, v in lines if isinstance(n, str) and isinstance(v, str)}

    def roots(self) -> dict[int, tuple[str, str, object]]:
        """Give path, rules and other kinds of each root, by id; those kinds may be torn."""
        return {
            found[0]: (from_column(found[1]), found[2], found[4])
            for found in self.rows(_ROOTS)
            if is_whole(found, ROOT_FIELDS)
        }

    def file(
        self, row: int, roots: Mapping[int, str], originals: Collection[int]
    ) -> WreckedFile | None:
        """Give a file; None if anything of it is not whole, or repeats what is not at hand.

        Args:
            row: Its id.
            roots: Paths of the roots by id.
            originals: Ids of the articles that others may repeat.
        """
        found = self.rows(_FILE, row)
        if not found or not is_whole(found[0], FILE_FIELDS):
            return None
        _, root_id, path, sha256, kind, encoding, _, count, *stamp = found[0]
        if not all(isinstance(number, int) for number in stamp):
            return None
        file = from_column(path)
        skipped = self._skipped(row)
        rows = [id_ for (id_,) in self.rows("SELECT id FROM articles WHERE file_id = ?", row)]
        is_finished = stamp[0] >= 0
        if root_id not in roots or skipped is None or (is_finished and count != len(rows)):
            return None
        vectors: Vectors = {}
        articles = []
        at_hand = {*originals, *rows}
        for article_row in sorted(rows):
            one = self._article(article_row, (sha256, file, roots[root_id]), at_hand, vectors)
            if one is None:
                return None
            articles.append(one)
        if is_finished and not articles and not skipped:
            return None  # a file that gives nothing says why
        read = PreparedFile(sha256, kind, encoding, tuple(articles), skipped)
        return WreckedFile(root_id, file, FileStamp(*stamp), read, tuple(rows), vectors)

    def _skipped(self, row: int) -> tuple[Skipped, ...] | None:
        found = self.rows("SELECT path, reason, kind FROM skipped WHERE file_id = ?", row)
        for path, reason, kind in found:
            if not isinstance(path, str | bytes) or not isinstance(reason, str):
                return None
            if kind not in get_args(SkipKind):
                return None
        return tuple(Skipped(from_column(path), reason, kind) for path, reason, kind in found)

    def _article(
        self,
        row: int,
        of_file: tuple[str, str, str],
        originals: Collection[int],
        vectors: Vectors,
    ) -> Prepared | None:
        """Give an article with its passages, and add their vectors to the others."""
        found = self.rows(_ARTICLE, row)
        if not found or not is_whole(found[0], ARTICLE_FIELDS):
            return None
        *columns, original = found[0]
        if original is not None and original not in originals:
            return None
        value = dict(zip(ARTICLE_FIELDS, columns, strict=False))
        article = article_of((*columns, *of_file))
        passages = [
            self._passage(article, passage, vectors) for passage in self.rows(_PASSAGES, row)
        ]
        whole = tuple(passage for passage in passages if passage is not None)
        if not len(whole) == len(passages) == value["passages"]:
            return None
        return Prepared(
            article,
            whole,
            is_english=bool(value["is_english"]),
            text_hash=value["text_hash"],
            signature=value["signature"],
        )

    def _passage(
        self, article: Article, columns: tuple[Any, ...], vectors: Vectors
    ) -> Passage | None:
        if not is_whole(columns, PASSAGE_FIELDS):
            return None
        value = dict(zip(PASSAGE_FIELDS, columns, strict=False))
        vector, key = columns[-1], value["text_key"]
        passage = unpacked(value["sentences"])
        if value["vector_sum"] != row_sum(key, vector):
            return None
        if passage.span.end > len(article.text) or text_key(titled(passage, article)) != key:
            return None  # the key is of another way to read the words
        vectors[key] = np.frombuffer(vector, np.float32)
        return passage
