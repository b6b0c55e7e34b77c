"""root -> the files to read under it; nothing outside the root is ever followed."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from index import readers
from index.storage import FileStamp


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold an article."""

    file: Path
    path: str
    """Relative to the root, with forward slashes."""
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies under a root."""

    files: tuple[Found, ...]
    """By path."""
    notices: tuple[str, ...]


def walk(root: Path, include: Sequence[str] = ()) -> Walked:
    """List the readable kinds of files under a root; a root may be one file.

    Hidden files and folders are passed over, and so are links that lead out of the root.
    `include` keeps the relative paths that match one of its patterns.
    """
    if root.is_file():
        found = _found(root, root.parent)
        return Walked((found,) if found else (), ())
    kept: list[Found] = []
    other_kinds: Counter[str] = Counter()
    unlisted: list[str] = []
    for folder, subfolders, names in os.walk(root, onerror=lambda e: unlisted.append(e.filename)):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in names:
            file = Path(folder) / name
            if name.startswith(".") or not _is_wanted(file, root, include):
                continue
            if not readers.is_supported(file):
                other_kinds[file.suffix.lower() or "no ending"] += 1
                continue
            found = _found(file, root)
            if found is not None:
                kept.append(found)
    return Walked(
        tuple(sorted(kept, key=lambda found: found.path)), _notices(other_kinds, unlisted)
    )


def _is_wanted(file: Path, root: Path, include: Sequence[str]) -> bool:
    path = file.relative_to(root).as_posix()
    if include and not any(fnmatch(path, pattern) for pattern in include):
        return False
    return not file.is_symlink() or file.resolve().is_relative_to(root)


def _found(file: Path, base: Path) -> Found | None:
    """Stamp a file; None if it vanished or is no regular file."""
    try:
        seen = file.stat()
    except OSError:
        return None
    if not file.is_file():
        return None
    path = file.relative_to(base).as_posix()
    return Found(file, path, FileStamp(seen.st_size, seen.st_mtime_ns))


def _notices(other_kinds: Counter[str], unlisted: Sequence[str]) -> tuple[str, ...]:
    notices = []
    if other_kinds:
        kinds = ", ".join(f"{count} {kind}" for kind, count in other_kinds.most_common(6))
        total = sum(other_kinds.values())
        notices.append(f"{total} files of other kinds were not read ({kinds})")
    notices += [f"the folder {folder} may not be opened" for folder in unlisted]
    return tuple(notices)
