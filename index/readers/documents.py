"""What a reader of one format is given, and what it gives: Source -> Documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from index.errors import Unreadable
from index.types import OffsetsKind, Omission, Place

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused where it has to be read whole."""
MAX_TEXT_CHARS = 64 * 1024 * 1024
"""Of all documents of one file together; the rest is not read."""
MAX_UNPACKED = 2 * 1024**3
"""Bytes that all archives of one file together may unpack to; the rest is not read."""
MAX_MEMBERS = 100_000
"""Of all archives of one file together."""
MAX_DEPTH = 3
"""Containers inside one another: an archive in an e-mail in an archive."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an article states about itself; None where it does not."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    """ISO date, possibly partial."""
    modified: str | None = None
    """ISO date, possibly partial; never taken for the day of publication."""
    url: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names under which it may be asked for."""


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked, shared by all members of one file however deep they lie."""

    bytes_left: int = MAX_UNPACKED
    members_left: int = MAX_MEMBERS


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one member of a container, about to be read."""

    path: str
    """For messages: relative to the root, members with their container's path before them."""
    name: str
    """The last part of the path, of which the ending says the format."""
    size: int
    """Bytes, as far as the container or the file system knows."""
    open: Callable[[], BinaryIO]
    """Gives the bytes from the start, seekable; may be called again."""
    encoding: str | None = None
    """The one that was found when the file was last read."""
    depth: int = 0
    """Containers around it."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column of a table or record is the text, the title …; the rest is guessed."""
    allowance: Allowance = field(default_factory=Allowance)

    def raw(self, most: int = MAX_BYTES) -> bytes:
        """Read all of it.

        Raises:
            Unreadable: it is empty, or larger than `most` bytes.
        """
        if self.size > most:
            raise Unreadable(self.path, f"larger than {most // 1024**2} MB", "too large")
        with self.open() as file:
            raw = file.read(most + 1)
        if not raw:
            raise Unreadable(self.path, "empty", "empty")
        if len(raw) > most:
            raise Unreadable(self.path, f"larger than {most // 1024**2} MB", "too large")
        return raw


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one article and what its file states about it."""

    text: str
    r"""Canonical; only `\n` ends a line."""
    stated: Stated = Stated()
    part: str = ""
    """What tells it from the others of its file: `#3`, `/inner/a.txt`; empty if it is alone."""
    offsets: OffsetsKind = "extracted"
    encoding: str = "utf-8"
    format: str = ""
    """Empty for that of its file."""
    places: tuple[Place, ...] = ()
    omitted: tuple[Omission, ...] = ()
    """What the reader leaves out, in order, disjoint; found boilerplate is added to it."""
    is_plain: bool = False
    """Front matter and a title in the first lines are to be looked for, as in a plain text."""
