"""Folder of an index -> the command that indexes into it, as a person types it."""

import shlex
from hashlib import blake2b
from pathlib import Path

UNNAMED, NAMED = "indexes", "corpora"
"""Folders of the data folder: of indexes that belong to one path, and of those with a name."""
DATA = "pullquote"
CURRENT = "current"
"""File of the data folder."""


def key_of(root: Path) -> str:
    """Give what tells the index of this path from those of others with the same last part."""
    return blake2b(str(root).encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()


def command(folder: Path, root: str | None = None, *, options: str = "") -> str:
    """Write the command that brings the index in a folder up to date with a root, or with PATH.

    >>> command(Path("/home/me/.local/share/pullquote/corpora/news"), "/home/me/my clippings")
    "qa index --name news '/home/me/my clippings'"
    """
    path = "PATH" if root is None else shlex.quote(root)
    parts = ("qa index", _whose(folder.absolute(), root), options, path)
    return " ".join(part for part in parts if part)


def rebuilding(folder: Path) -> str:
    """Write the command that makes the index in a folder anew."""
    return command(folder, options="--rebuild")


def _whose(folder: Path, root: str | None) -> str:
    """Write the option that names the index; none where the path alone leads there."""
    name = folder.name
    if name.startswith(".") and name.endswith(".draft"):
        name = name.removeprefix(".").removesuffix(".draft")
    if not _is_kept_by_us(folder.parent):
        return f"--index {shlex.quote(str(folder.with_name(name)))}"
    belongs = root is None or name.endswith(f"-{key_of(Path(root))}")
    return "" if folder.parent.name == UNNAMED and belongs else f"--name {name}"


def _is_kept_by_us(parent: Path) -> bool:
    data = parent.parent
    return parent.name in (UNNAMED, NAMED) and (data.name == DATA or (data / CURRENT).exists())
