"""What an index holds: counts, and all that could not be read; never writes."""

import json
from collections import Counter
from typing import Any

from index.errors import SkipKind
from index.store.embedded.database import broken, translated
from index.store.embedded.folder import bytes_of
from index.store.embedded.rows import from_column
from index.store.embedded.storage import Store
from index.store.protocol import Counts, Holdings, Manifest
from index.types import FileStamp, LeftOut, Skipped


def manifest(store: Store) -> Manifest:
    """Read what an index says of itself."""
    names = ("model", "fingerprint", "indexed_at")
    lines = dict(
        _all(
            store,
            "SELECT name, value FROM manifest WHERE name IN (SELECT value FROM json_each(?))",
            json.dumps(names),
        )
    )
    return Manifest(lines.get("model"), lines.get("fingerprint"), lines.get("indexed_at", ""))


def everything(store: Store) -> Holdings:
    """Say all that an index holds."""
    return Holdings(
        bytes_on_disk=bytes_of(store.folder),
        formats=formats(store),
        encodings=encodings(store),
        recoded=recoded(store),
        omitted=omitted(store),
        mostly_left_out=mostly_left_out(store),
        skipped=skipped(store),
        other_languages=other_languages(store),
        other_kinds=other_kinds(store),
        reprints=reprints(store),
    )


def counts(store: Store) -> Counts:
    """Count articles, passages, skipped files, all files and those that gave nothing."""
    (row,) = _all(
        store,
        "SELECT (SELECT count(*) FROM skipped), (SELECT count(*) FROM files), "
        "(SELECT count(*) FROM files WHERE NOT EXISTS "
        "(SELECT 1 FROM articles WHERE file_id = files.id))",
    )
    return Counts(store.number("articles"), store.number("passages"), *row)


def root_counts(store: Store, root_id: int) -> Counts:
    """Count what one root gave."""
    (row,) = _all(
        store,
        "SELECT (SELECT count(*) FROM articles WHERE root_id = ?1), (SELECT count(*) FROM "
        "passages JOIN articles ON articles.id = article_id WHERE root_id = ?1), "
        "(SELECT count(*) FROM skipped JOIN files ON files.id = file_id WHERE root_id = ?1), "
        "(SELECT count(*) FROM files WHERE root_id = ?1)",
        root_id,
    )
    return Counts(*row)


def roots(store: Store) -> tuple[str, ...]:
    """Give the paths of the roots, in the order in which they came."""
    rows = _all(store, "SELECT path FROM roots ORDER BY id")
    return tuple(from_column(path) for (path,) in rows)


def lost_roots(store: Store) -> tuple[str, ...]:
    """Give the roots of which damage took articles that were not read again yet."""
    rows = _all(store, "SELECT path FROM roots WHERE lost ORDER BY id")
    return tuple(from_column(path) for (path,) in rows)


def stamp_of(store: Store, root: str, file: str) -> tuple[FileStamp, str] | None:
    """Give stamp and sha256 of a file when it was read; None if it is not in the index."""
    from index.store.embedded.rows import as_column  # noqa: PLC0415

    rows = _all(
        store,
        "SELECT bytes, mtime_ns, ctime_ns, sha256 FROM files JOIN roots ON roots.id = root_id "
        "WHERE roots.path = ? AND files.path = ?",
        as_column(root),
        as_column(file),
    )
    return (FileStamp(*rows[0][:3]), rows[0][3]) if rows else None


def skipped(store: Store, root_id: int | None = None) -> tuple[Skipped, ...]:
    """Give what gave no article, by path; of one root or of all."""
    rows = _all(
        store,
        "SELECT skipped.path, reason, kind FROM skipped JOIN files ON files.id = file_id "
        "WHERE ?1 IS NULL OR root_id = ?1 ORDER BY skipped.path",
        root_id,
    )
    return tuple(Skipped(from_column(path), reason, kind) for path, reason, kind in rows)


def troubles(store: Store, root_id: int) -> dict[int, frozenset[SkipKind]]:
    """Give the kinds of trouble of the files of a root that had any, by the file's id."""
    rows = _all(
        store,
        "SELECT file_id, group_concat(DISTINCT kind) FROM skipped "
        "JOIN files ON files.id = file_id WHERE root_id = ? GROUP BY file_id",
        root_id,
    )
    return {row: frozenset(kinds.split(",")) for row, kinds in rows}


def formats(store: Store) -> dict[str, int]:
    """Count articles by format, the most frequent first."""
    sql = "SELECT format, count(*) FROM articles GROUP BY format ORDER BY 2 DESC, 1"
    return dict(_all(store, sql))


def other_kinds(store: Store) -> dict[str, int]:
    """Count files of kinds that are not read, by ending, the most frequent first."""
    found: Counter[str] = Counter()
    for (line,) in _all(store, "SELECT other_kinds FROM roots"):
        try:
            found.update(json.loads(line))
        except (ValueError, TypeError) as error:
            raise broken(store.folder, "what it says of a root is no JSON") from error
    return dict(found.most_common())


def reprints(store: Store) -> tuple[tuple[str, str], ...]:
    """Give (path, path of the article that it repeats) of every copy, by path."""
    rows = _all(
        store,
        "SELECT copy.path, original.path FROM articles AS copy "
        "JOIN articles AS original ON original.id = copy.reprint_of ORDER BY copy.path",
    )
    return tuple((from_column(path), from_column(original)) for path, original in rows)


def encodings(store: Store) -> dict[str, int]:
    """Count articles by text encoding, the most frequent first."""
    sql = "SELECT encoding, count(*) FROM articles GROUP BY encoding ORDER BY 2 DESC, 1"
    return dict(_all(store, sql))


def recoded(store: Store) -> tuple[tuple[str, str], ...]:
    """Give (path, encoding) of every article that is not UTF-8."""
    rows = _all(
        store,
        "SELECT path, encoding FROM articles "
        "WHERE lower(encoding) NOT IN ('utf-8', 'utf-8-sig', 'ascii') ORDER BY path",
    )
    return tuple((from_column(path), encoding) for path, encoding in rows)


def omitted(store: Store) -> dict[str, int]:
    """Count the stretches that were left out as boilerplate, by reason."""
    rows = _all(
        store,
        "SELECT json_extract(each.value, '$[2]'), count(*) "
        "FROM articles, json_each(articles.omissions) AS each GROUP BY 1 ORDER BY 2 DESC, 1",
    )
    return dict(rows)


def mostly_left_out(store: Store) -> tuple[LeftOut, ...]:
    """Give the pages of which more sentences were left out than were read, by path."""
    rows = _all(
        store,
        "SELECT path, substr(text, 1, first), substr(text, first + 1, last - first) FROM ("
        " SELECT articles.path, text, json_extract(each.value, '$[0]') AS first,"
        " json_extract(each.value, '$[1]') AS last"
        " FROM articles, json_each(articles.omissions) AS each"
        " WHERE json_extract(each.value, '$[2]') = 'rest of the page')"
        " WHERE last - first > first ORDER BY path",
    )
    return tuple(
        LeftOut(from_column(path), len(read.split()), len(rest.partition("]")[2].split()))
        for path, read, rest in rows
    )


def other_languages(store: Store) -> tuple[str, ...]:
    """Give the paths of articles that do not look English."""
    rows = _all(store, "SELECT path FROM articles WHERE NOT is_english ORDER BY path")
    return tuple(from_column(path) for (path,) in rows)


def _all(store: Store, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with translated(store.folder):
        return store.connection.execute(sql, values).fetchall()
