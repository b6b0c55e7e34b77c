"""A run that has begun and not come to its end -> what is known of it, by anybody and at any time.

Each root has a line in the manifest from the beginning of a run to its whole end. A run that was
killed leaves it behind; whether one is still under way is told by the writer's lock.
"""

import json
from pathlib import Path

from index import advice
from index.rules import READING
from index.store.embedded.database import translated
from index.store.embedded.locking import is_locked
from index.store.embedded.rows import from_column
from index.store.embedded.schema import READ_BY
from index.store.embedded.storage import Store
from index.types import Unfinished

_OF_ROOT = "run:"
"""With the id of a root: how far the run over it has come, as JSON; nothing before it counted."""
_LATEST = "run"
"""The id of the root over which a run began last."""


def begin(store: Store, root_id: int) -> None:
    """Note that a run over a root begins, inside a transaction.

    If its files were read by other rules than today's, all of them are due.
    """
    if store.manifest(f"{READ_BY}{root_id}") != READING:
        store.connection.execute(
            "UPDATE files SET bytes = -1, mtime_ns = -1, ctime_ns = -1 WHERE root_id = ?",
            (root_id,),
        )
        note_reading(store, root_id)
    if store.manifest(f"{_OF_ROOT}{root_id}") is None:
        store.set_manifest(f"{_OF_ROOT}{root_id}", "{}")
    store.set_manifest(_LATEST, str(root_id))


def note_reading(store: Store, root_id: int) -> None:
    """Note that a root is read by today's rules, inside a transaction."""
    store.set_manifest(f"{READ_BY}{root_id}", READING)


def outdated(store: Store) -> tuple[str, ...]:
    """Give the roots of which files were read by other rules than today's."""
    with translated(store.folder):
        rows = store.connection.execute(
            "SELECT path FROM roots LEFT JOIN manifest ON name = ?1 || roots.id "
            "WHERE value IS NOT ?2 AND EXISTS (SELECT 1 FROM files WHERE root_id = roots.id) "
            "ORDER BY roots.id",
            (READ_BY, READING),
        ).fetchall()
    return tuple(from_column(path) for (path,) in rows)


def forget(store: Store, root_id: int) -> None:
    """Forget what is noted of a root that goes, inside a transaction."""
    end(store, root_id)
    store.connection.execute("DELETE FROM manifest WHERE name = ?", (f"{READ_BY}{root_id}",))


def count(store: Store, root_id: int, *, files: int, due: int) -> None:
    """Note how many files were found, and how many of them are to be read, inside a transaction."""
    store.set_manifest(f"{_OF_ROOT}{root_id}", json.dumps({"files": files, "left": due}))


def step(store: Store, root_id: int, files: int) -> None:
    """Note that so many files are in, inside the transaction that brings them in."""
    known = _read(store.manifest(f"{_OF_ROOT}{root_id}"))
    if known:
        left = max(0, known["left"] - files)
        count(store, root_id, files=known["files"], due=left)


def end(store: Store, root_id: int) -> None:
    """Note that the run came to its whole end, in a transaction."""
    store.connection.execute("DELETE FROM manifest WHERE name = ?", (f"{_OF_ROOT}{root_id}",))


def unfinished(store: Store) -> tuple[Unfinished, ...]:
    """Give the roots over which the last run has not come to its end, in the order of their ids."""
    with translated(store.folder):
        rows = store.connection.execute(
            "SELECT roots.id, path, value, (SELECT count(*) FROM files WHERE root_id = roots.id) "
            "FROM roots JOIN manifest ON manifest.name = ? || roots.id ORDER BY roots.id",
            (_OF_ROOT,),
        ).fetchall()
    latest = store.manifest(_LATEST)
    is_written = bool(rows) and is_locked(store.folder)
    found = (
        _unfinished(store.folder, row, is_under_way=is_written and str(row[0]) == latest)
        for row in rows
    )
    return tuple(one for one in found if one is not None)


def _unfinished(
    folder: Path, row: tuple[int, str | bytes, str, int], *, is_under_way: bool
) -> Unfinished | None:
    """Say what a run has still to do; None where it is looking, and has found nothing to do yet."""
    _, path, value, seen = row
    root, known = from_column(path), _read(value)
    if is_under_way and not (known["left"] if known else not seen):
        return None
    return Unfinished(
        root=root,
        files=max(known["files"], seen) if known else None,
        left=known["left"] if known else None,
        unseen=max(0, known["files"] - seen) if known else 0,
        is_under_way=is_under_way,
        command=advice.command(folder, root),
    )


def _read(value: str | None) -> dict[str, int]:
    """Read how far a run has come; nothing where it has not counted its files yet."""
    try:
        known = json.loads(value or "{}")
        return {name: int(known[name]) for name in ("files", "left")}
    except (ValueError, TypeError, KeyError):
        return {}
