"""Damaged index -> a new one with all that is whole of it; the rest is read from its files again.

Whatever of the old database can't be read is passed over, row by row. A file comes along with all
its articles or not at all: one that is left out is unknown to the new index, so the next run reads
it like a new one.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.rules import Rules
from index.store.embedded import ledger
from index.store.embedded.database import DATABASE, connect
from index.store.embedded.rows import as_column, from_column, row_sum
from index.store.embedded.storage import Store
from index.store.embedded.wreck import Wreck, WreckedFile
from index.store.embedded.writing import RowWriter

COMMIT_FILES = 200
_MADE_ANEW = frozenset(
    {"format", "commits", "generation", "articles", "passages", "faiss", "words"}
)
"""Lines of the manifest that are not taken over."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came through."""

    roots: int
    files: int
    lost: int | None
    """Files that did not; None where nobody knows how many there were."""

    @property
    def in_words(self) -> str:
        """One sentence for the person."""
        if not self.roots:
            return (
                "the index was damaged beyond reading and is made anew; "
                "what else it held must be indexed again"
            )
        if self.lost is None:
            return (
                f"the index was damaged: {self.files:,} files came through, others are read again"
            )
        if not self.lost:
            return (
                f"the index was damaged and is mended; all of its {self.files:,} files came through"
            )
        all_files = self.files + self.lost
        return f"the index was damaged: {self.lost:,} of {all_files:,} files are read again"


@dataclass(frozen=True, slots=True)
class _Root:
    path: str
    rules: str
    other_kinds: str
    files: int | None
    """That there should be; None if nobody knows."""


def salvage(folder: Path, draft: Path) -> Salvaged:
    """Make an index in `draft` of what is whole in `folder`; the caller holds the writer's lock.

    Raises:
        StorageFailed: the disk is full or may not be written; the old index is as it was.
    """
    noted = ledger.read(folder)
    with closing(Store.create(draft)) as store, closing(Wreck(folder)) as wreck:
        lines = {**wreck.manifest(), **dict(noted.made_with if noted else ())}
        roots = _roots(wreck, noted, lines)
        with store.transaction():
            for name, value in lines.items():
                if name not in _MADE_ANEW:
                    store.set_manifest(name, value)
            for row, root in roots.items():
                said = (row, as_column(root.path), root.rules)
                store.connection.execute(
                    "INSERT INTO roots VALUES (?, ?, ?, ?, ?, 1)",
                    (*said, row_sum(*said), root.other_kinds),
                )
        kept = dict.fromkeys(roots, 0)
        if "model" in lines and "fingerprint" in lines:
            for some in _some(_files(wreck, roots)):
                _write(store, some)
                for file in some:
                    kept[file.root_id] += 1
        with store.transaction():
            whole = [(row,) for row, root in roots.items() if kept[row] == root.files]
            store.connection.executemany("UPDATE roots SET lost = 0 WHERE id = ?", whole)
    counted, files = _counted(noted, lines), sum(kept.values())
    lost = max(0, sum(counted.values()) - files) if counted.keys() == roots.keys() else None
    return Salvaged(len(roots), files, lost)


def known_roots(folder: Path) -> Sequence[tuple[Path, Rules]]:
    """Give the roots of an index with their rules, though it be damaged or of another format.

    All formats that we ever wrote have this table; where it has lost a root, the ledger knows it.
    """
    uri = (folder / DATABASE).absolute().as_uri()
    rows: list[dict[str, Any]] = []
    try:
        with closing(connect(f"{uri}?mode=ro")) as connection:
            found = connection.execute("SELECT * FROM roots ORDER BY id")
            names = [column for column, *_ in found.description]
            rows = [dict(zip(names, row, strict=True)) for row in found]
    except sqlite3.DatabaseError:
        rows = []
    noted = ledger.read(folder)
    if noted is not None and len(noted.roots) > len(rows):
        rows = [{"path": root.path, "rules": root.rules} for root in noted.roots]
    paths = [row for row in rows if isinstance(row["path"], str | bytes)]
    return [(Path(from_column(row["path"])), _rules_in(row)) for row in paths]


def _rules_in(row: Mapping[str, Any]) -> Rules:
    """Read the rules of a root; the usual ones where they are of a kind that we don't know."""
    try:
        return Rules.from_json(row.get("rules", "{}"))
    except (ValueError, TypeError, AttributeError):
        return Rules()


def _roots(wreck: Wreck, noted: ledger.Ledger | None, lines: Mapping[str, str]) -> dict[int, _Root]:
    """Give the roots by id; one that only the ledger has must be walked again."""
    counted = _counted(noted, lines)
    found = {
        row: _Root(path, rules, kinds, counted.get(row))
        for row, (path, rules, kinds) in wreck.roots().items()
        if isinstance(kinds, str) and _is_object(kinds)
    }
    commits = lines.get("commits", "0")
    is_ahead = noted is None or (commits.isdecimal() and int(commits) > noted.commits)
    if noted is None or (is_ahead and found):
        return found
    return {root.row: _Root(root.path, root.rules, "{}", None) for root in noted.roots} | found


def _counted(noted: ledger.Ledger | None, lines: Mapping[str, str]) -> dict[int, int]:
    """Give how many files of each root there should be; nothing if nobody knows."""
    if noted is None or lines.get("commits", str(noted.commits)) != str(noted.commits):
        return {}
    return {root.row: root.files for root in noted.roots if root.files is not None}


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _files(wreck: Wreck, roots: Mapping[int, _Root]) -> Iterator[WreckedFile]:
    """Read the files that are whole; a copy comes along only with its original."""
    kept: set[int] = set()
    paths = {row: root.path for row, root in roots.items()}
    for row in wreck.ids("files"):
        found = wreck.file(row, paths, kept)
        if found is not None:
            kept.update(found.rows)
            yield found


def _some(files: Iterator[WreckedFile]) -> Iterator[Sequence[WreckedFile]]:
    some: list[WreckedFile] = []
    for file in files:
        some.append(file)
        if len(some) == COMMIT_FILES:
            yield some
            some = []
    if some:
        yield some


def _write(store: Store, files: Sequence[WreckedFile]) -> None:
    writer = RowWriter(store)
    with store.transaction():
        store.advance()
        for file in files:
            row = writer.begin_file(file.root_id, file.path, None)
            writer.describe_file(row, file.read)
            for one in file.read.articles:
                writer.add(file.root_id, row, one, file.vectors)
            writer.finish_file(row, file.stamp)
