"""Folder of an index -> its files: which are ours, and how many bytes they take."""

import re
from pathlib import Path

_OURS = re.compile(
    r"index\.sqlite3(-wal|-shm|-journal)?|\.?vectors-.*|\.?words-\d+|\.?ledger\.json"
)
"""What lies in the folder of an index."""

_WHILE_OPEN = "-shm"


def strangers(folder: Path) -> list[str]:
    """Name what in a folder is not of an index, so that no file of a person's is deleted."""
    return sorted(one.name for one in folder.iterdir() if not _OURS.fullmatch(one.name))


def bytes_of(folder: Path) -> int:
    """Add up the files of an index, at whatever depth; one that goes meanwhile counts nothing.

    What SQLite keeps only while the database is open is not of it.
    """
    return sum(_bytes_in(path) for path in _listed(folder) if not path.name.endswith(_WHILE_OPEN))


def _bytes_in(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return bytes_of(path)
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []  # its fault is told with the index
