"""Index -> gone: only folders that are ours, never an article, and not while somebody writes."""

import shutil
from pathlib import Path

from index.errors import BadPath, StorageFailed
from qa.library.places import Places, current_index, pages_folder


def check_removable(index_folder: Path, *, places: Places) -> None:
    """Make sure that a folder holds an index of ours and nothing else.

    Raises:
        BadPath: it lies outside the data folder, or holds other files.
        StorageFailed: it can't be read.
    """
    from index.store.opening import strangers  # noqa: PLC0415 - only deleting needs it

    kept = {places.data / "indexes", places.data / "corpora"}
    if index_folder.parent not in kept or index_folder.is_symlink():
        raise BadPath(f"{index_folder} is not in our data folder; delete it yourself")
    try:
        others = strangers(index_folder)
    except OSError as error:
        raise StorageFailed(f"cannot read {index_folder}: {error.strerror}") from error
    if others:
        raise BadPath(
            f"{index_folder} also holds {', '.join(others[:3])}, which is not ours; "
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
    from index.store.opening import going, locked  # noqa: PLC0415 - only deleting needs them

    check_removable(index_folder, places=places)
    was_current = current_index(places=places) == index_folder
    with locked(index_folder):
        rest = going(index_folder)
        try:
            index_folder.rename(rest)
            if was_current:
                (places.data / "current").unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(f"cannot delete {index_folder}: {error.strerror}") from error
        try:
            shutil.rmtree(rest)
        except OSError as error:
            raise StorageFailed(
                f"{index_folder} is no index any more, but not all of it could be deleted "
                f"({error.strerror}); delete {rest} yourself"
            ) from error
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
    from index.ingest.building import forget_root  # noqa: PLC0415 - only deleting needs it

    return forget_root(index_folder, root)
