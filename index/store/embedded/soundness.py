"""Database -> what of it is not as it was written: all rows are read, nothing is changed."""

import sqlite3
from collections.abc import Iterator

from index.store.embedded.database import broken, is_large, translated
from index.store.embedded.rows import ARTICLE_FIELDS, FILE_FIELDS, PASSAGE_FIELDS, ROOT_FIELDS
from index.store.embedded.storage import Store

_SUMMED = {
    "roots": ROOT_FIELDS,
    "files": FILE_FIELDS,
    "articles": ARTICLE_FIELDS,
    "passages": PASSAGE_FIELDS,
}
_COUNTS = {
    **{
        f"{table} that are not as they were written": (
            f"SELECT count(*) FROM {table} "  # noqa: S608 - constants
            f"WHERE sum IS NOT row_sum({', '.join(fields)})"
        )
        for table, fields in _SUMMED.items()
    },
    "vectors that are not as they were written": (
        "SELECT count(*) FROM passages WHERE vector_sum IS NOT row_sum(text_key, vector)"
    ),
    "files of which articles are missing": (
        "SELECT count(*) FROM files WHERE bytes >= 0 AND articles IS NOT "
        "(SELECT count(*) FROM articles WHERE file_id = files.id)"
    ),
    "articles of which passages are missing": (
        "SELECT count(*) FROM articles WHERE passages IS NOT "
        "(SELECT count(*) FROM passages WHERE article_id = articles.id)"
    ),
}
"""What there may be none of."""


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Say what is damaged, one clause each; sqlite3.DatabaseError if it can't even be read."""
    ((first,), *_) = connection.execute("PRAGMA quick_check(1)")
    if first != "ok":
        yield f"the database is damaged ({first})"
    foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
    if foreign:
        yield f"{len(foreign):,} rows belong to nothing"
    for says, sql in _COUNTS.items():
        (count,) = connection.execute(sql).fetchone()
        if count:
            yield f"{count:,} {says}"
    yield from _miscounts(connection)


def _miscounts(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the tables that are written together."""
    counts = "SELECT (SELECT count(*) FROM {}), (SELECT value FROM manifest WHERE name = '{}')"
    for table in ("articles", "passages"):
        held, believed = connection.execute(counts.format(table, table)).fetchone()
        if str(held) != (believed or "0"):
            yield f"it holds {held:,} {table} and believes to hold others"
    (strange,) = connection.execute(
        "SELECT (SELECT count(*) FROM passages WHERE id NOT IN (SELECT id FROM keywords_docsize)) "
        "+ (SELECT count(*) FROM keywords_docsize WHERE id NOT IN (SELECT id FROM passages))"
    ).fetchone()
    if strange:
        yield f"words and passages do not agree on {strange:,} passages"


def vouch(store: Store, *, whatever_size: bool = False) -> None:
    """Look through a database that nobody vouches for, as after a kill, before it is written to.

    A large one is not looked through unless that is wanted.

    Raises:
        IndexDamaged: it is not whole.
    """
    with translated(store.folder):
        if not whatever_size and is_large(store.connection):
            return
        fault = next(faults(store.connection), None)
        if fault is not None:
            raise broken(store.folder, fault)
        store.connection.execute("INSERT INTO keywords (keywords) VALUES ('integrity-check')")
    store.vouch()
