"""Index -> gone: only folders that are ours, never an article, and not while somebody writes."""

import re
import shutil
from pathlib import Path

from index.errors import BadPath, StorageFailed
from qa.places import Places, current_index, pages_folder

_OUR_FILES = re.compile(r"index\.sqlite3(-wal|-shm|-journal)?|\.?vectors-.*|\.?ledger\.json")
_OUR_FOLDERS = re.compile(r"\.?words-\d+")
"""Of an index."""


def check_removable(index_folder: Path, *, places: Places) -> None:
    """Make sure that a folder holds an index of ours and nothing else.

    Raises:
        BadPath: it lies outside the data folder, or holds other files.
        StorageFailed: it can't be read.
    """
    kept = {places.data / "indexes", places.data / "corpora"}
    if index_folder.parent not in kept or index_folder.is_symlink():
        raise BadPath(f"{index_folder} is not in our data folder; delete it yourself")
    try:
        strangers = sorted(one.name for one in index_folder.iterdir() if not _is_ours(one))
    except OSError as error:
        raise StorageFailed(f"cannot read {index_folder}: {error.strerror}") from error
    if strangers:
        raise BadPath(
            f"{index_folder} also holds {', '.join(strangers[:3])}, which is not ours; "
            "move that away, then try again"
        )


def remove(index_folder: Path, *, places: Places) -> Path | None:
    """Delete an index; if it was the current one, there is none any more.

    Returns:
        The folder of pages that were fetched for it, which stays; None if there is none.

    Raises:
        BadPath: it lies outside the data folder, or holds other files.
        IndexBusy: another process is writing it.
        StorageFailed: it can't be deleted.
    """
    from index.building import draft_of, locked  # noqa: PLC0415 - only deleting needs them
    from index.database import aside  # noqa: PLC0415

    check_removable(index_folder, places=places)
    was_current = current_index(places=places) == index_folder
    going = index_folder.parent / f".{index_folder.name}.removed"
    with locked(index_folder):
        try:
            draft_of(index_folder)
            for litter in (aside(index_folder), going):
                shutil.rmtree(litter, ignore_errors=True)
            index_folder.rename(going)
            shutil.rmtree(going)
            if was_current:
                (places.data / "current").unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(f"cannot delete {index_folder}: {error.strerror}") from error
    pages = pages_folder(index_folder, places=places)
    return pages if pages.is_dir() else None


def forget(index_folder: Path, root: Path) -> int:
    """Drop what was indexed from one path; the path itself is left alone.

    Returns:
        How many articles that were.

    Raises:
        BadPath: nothing was indexed from there.
        IndexBusy: another process is writing it.
    """
    from index.building import forget_root  # noqa: PLC0415 - only deleting needs it

    return forget_root(index_folder, root)


def _is_ours(file: Path) -> bool:
    names = _OUR_FOLDERS if file.is_dir() else _OUR_FILES
    return not file.is_symlink() and names.fullmatch(file.name) is not None
