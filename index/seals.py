"""Is this derived file the one that we wrote? Told without reading it whole.

A file is synced before it gets its name, and its name is recorded in the database only then, so
a kill or a power cut can't leave half of one behind a record. What is left to fear is a file
that somebody cut, copied or replaced. Size, time of change and 64 pages of it show that; if the
time alone differs, as after copying the folder, the whole file is compared.
"""

import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from index.models import digest

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


def sealed(path: Path) -> Seal:
    """Read a file that is complete and synced; OSError if it can't be read."""
    stat = path.stat()
    return Seal(stat.st_size, stat.st_mtime_ns, _sample(path, stat.st_size), digest(path))


def looks_intact(path: Path, seal: Seal) -> bool:
    """Say whether size and time are those of the seal; nothing is read."""
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (seal.bytes, seal.mtime_ns)


def is_intact(path: Path, seal: Seal) -> bool:
    """Say whether it is the sealed file; False too if it is gone or can't be read."""
    try:
        if path.stat().st_size != seal.bytes or _sample(path, seal.bytes) != seal.sample:
            return False
        return looks_intact(path, seal) or digest(path) == seal.sha256
    except OSError:
        return False


def _sample(path: Path, size: int) -> str:
    last = max(0, size - _PAGE_BYTES)
    hashed = blake2b(digest_size=16)
    with path.open("rb") as file:
        for place in sorted({last * n // (_PAGES - 1) for n in range(_PAGES)}):
            hashed.update(os.pread(file.fileno(), _PAGE_BYTES, place))
    return hashed.hexdigest()
