"""Place on disk -> the store of the index that lies there, and what surrounds it on the disk."""

from pathlib import Path

from index.advice import command
from index.database import DATABASE, restore
from index.errors import IndexMissing
from index.folder import bytes_of, strangers
from index.locking import draft_of, going, locked, swap
from index.protocol import Store

__all__ = [
    "bytes_of",
    "draft_of",
    "going",
    "identity",
    "locked",
    "open_store",
    "restore",
    "strangers",
    "swap",
]


def open_store(place: Path) -> Store:
    """Open an index for asking; writes nothing, and works on a disk that may not be written.

    Raises:
        IndexMissing: there is none.
        IndexBroken: it is not an index of this format.
        IndexDamaged: it is ours, and can't be read.
    """
    from index.embedded import EmbeddedStore  # noqa: PLC0415 - finding a place needs no tables

    return EmbeddedStore(place)


def identity(place: Path) -> int:
    """Tell the index that lies there now from one that was made anew in its place.

    Raises:
        IndexMissing: it is gone.
    """
    try:
        return (place / DATABASE).stat().st_ino
    except FileNotFoundError as error:
        raise IndexMissing(f"the index in {place} is gone; run: {command(place)}") from error
