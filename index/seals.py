"""Is this derived file the one that we wrote? Told without reading much of it.

A file is synced before it gets its name, and its name is recorded in the database only then, so
a kill or a power cut can't leave half of one behind a record. What is left to fear is a file
that somebody cut, copied or replaced, or a disk that forgot a bit of it. Files that are hashed in
no time are compared whole. Of a larger one size, time of change and 64 pages are; if the time
alone differs, as after copying the folder, all of it.
"""

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path

WHOLE_BYTES = 32_000_000
"""Of a file, or of all files of a folder, up to which they are always compared whole."""
_SETTLED_NS = 1_000_000_000
"""Since the last change of a file, until another one is sure to have another time."""
_PAGES = 64
_PAGE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when we wrote it."""

    bytes: int
    mtime_ns: int
    sample: str
    """Hash of pages spread over the file, the first and the last among them."""
    sha256: str
    """Of all of it."""


Seals = Mapping[str, Seal]
"""Of the files of a folder, by name."""


def sealed(path: Path) -> Seal:
    """Read a file that is complete and synced; OSError if it can't be read."""
    stat = path.stat()
    return Seal(stat.st_size, stat.st_mtime_ns, _sample(path, stat.st_size), digest_of(path))


def sealed_folder(folder: Path, known: Seals) -> dict[str, Seal]:
    """Read the files of a folder, but for those that were sealed before and never change."""
    return {
        path.name: known[path.name]
        if path.name in known and looks_intact(path, known[path.name])
        else sealed(path)
        for path in sorted(folder.iterdir())
        if not is_lock(path)
    }


def looks_intact(path: Path, seal: Seal) -> bool:
    """Say whether size and time are those of the seal; nothing is read."""
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (seal.bytes, seal.mtime_ns)


def is_intact(path: Path, seal: Seal, *, whole_up_to: int = WHOLE_BYTES) -> bool:
    """Say whether it is the sealed file; False too if it is gone or can't be read.

    A file with more bytes than `whole_up_to` is known by its pages.
    """
    try:
        if path.stat().st_size != seal.bytes:
            return False
        if seal.bytes <= whole_up_to:
            return digest_of(path) == seal.sha256
        if _sample(path, seal.bytes) != seal.sample:
            return False
        return looks_intact(path, seal) or digest_of(path) == seal.sha256
    except OSError:
        return False


def is_intact_folder(folder: Path, seals: Seals, *, whole_up_to: int = WHOLE_BYTES) -> bool:
    """Say whether a folder holds the sealed files and no others, locks aside."""
    try:
        names = {path.name for path in folder.iterdir() if not is_lock(path)}
    except OSError:
        return False
    is_large = sum(seal.bytes for seal in seals.values()) > whole_up_to
    most = 0 if is_large else whole_up_to
    return names == set(seals) and all(
        is_intact(folder / name, seal, whole_up_to=most) for name, seal in seals.items()
    )


def is_lock(path: Path) -> bool:
    """Say whether a file only tells that somebody is writing."""
    return path.suffix == ".lock"


def sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Delete a file or folder that nobody needs; what can't be deleted waits for a later run."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # no reason to give up what is whole


def digest(path: Path) -> str:
    """Give the sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def digest_of(path: Path) -> str:
    """Give the sha256 of a file; one that nobody has touched since is not read twice."""
    stat = path.stat()
    if time.time_ns() - stat.st_ctime_ns < _SETTLED_NS:
        return digest(path)
    return _digest_of(path, (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))


@lru_cache(maxsize=256)
def _digest_of(path: Path, _stamp: tuple[int, ...]) -> str:
    return digest(path)


def _sample(path: Path, size: int) -> str:
    last = max(0, size - _PAGE_BYTES)
    hashed = blake2b(digest_size=16)
    with path.open("rb") as file:
        for place in sorted({last * n // (_PAGES - 1) for n in range(_PAGES)}):
            hashed.update(os.pread(file.fileno(), _PAGE_BYTES, place))
    return hashed.hexdigest()
