"""Place on disk -> the store of the index that lies there, and what surrounds it on the disk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.advice import command
from index.errors import IndexDamaged, IndexMissing
from index.rules import Rules
from index.store.embedded import ledger
from index.store.embedded.database import DATABASE, restore
from index.store.embedded.folder import bytes_of, strangers
from index.store.embedded.locking import draft_of, going, locked, swap
from index.store.protocol import Store
from index.store.writer import Writer

if TYPE_CHECKING:
    from index.store.embedded.salvage import Salvaged

__all__ = [
    "bytes_of",
    "draft_of",
    "going",
    "identity",
    "is_there",
    "known_roots",
    "locked",
    "open_store",
    "restore",
    "salvage",
    "strangers",
    "swap",
    "writing",
]


def open_store(place: Path) -> Store:
    """Open an index for asking; writes nothing, and works on a disk that may not be written.

    Raises:
        IndexMissing: there is none.
        IndexBroken: it is not an index of this format.
        IndexDamaged: it is ours, and can't be read.
    """
    from index.store.embedded.store import EmbeddedStore  # noqa: PLC0415 - finding a place needs no tables

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


def is_there(place: Path) -> bool:
    """Say whether an index was ever made there, whole or not."""
    return (place / DATABASE).exists() or ledger.read(place) is not None


@contextmanager
def writing(place: Path) -> Iterator[Writer]:
    """Open an index for writing, making what isn't there; the caller holds its lock.

    Raises:
        StorageFailed: the place can't be made or written.
        IndexBroken: what lies there is not an index of this format.
        IndexDamaged: it is ours, and not as it was last committed; it is remembered to be.
    """
    from index.store.embedded.storage import Store as Database  # noqa: PLC0415
    from index.store.embedded.writer import EmbeddedWriter  # noqa: PLC0415 - who asks writes nothing

    database = Database.create(place)
    try:
        yield EmbeddedWriter(database)
    except IndexDamaged:
        database.condemn()
        raise
    finally:
        database.close()


def salvage(place: Path, draft: Path) -> "Salvaged":
    """Make an index in `draft` of what is whole in another; the caller holds the writer's lock.

    Raises:
        StorageFailed: the disk is full or may not be written; the old index is as it was.
    """
    from index.store.embedded import salvage as salvaging  # noqa: PLC0415 - as a rule nothing is damaged

    return salvaging.salvage(place, draft)


def known_roots(place: Path) -> Sequence[tuple[Path, Rules]]:
    """Give the roots of an index with their rules, though it be damaged or of another format."""
    from index.store.embedded import salvage as salvaging  # noqa: PLC0415

    return salvaging.known_roots(place)
