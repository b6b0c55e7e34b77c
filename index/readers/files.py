"""File on disk -> Article, or the reason why not."""

import stat
from hashlib import sha256
from pathlib import Path

from index.errors import Unreadable
from index.readers.articles import parse
from index.readers.decoding import decode
from index.readers.pages import PAGE_SUFFIXES
from index.types import Article

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused."""


def is_supported(path: Path) -> bool:
    """Say whether the name ends like a kind of file that we read."""
    return path.suffix.lower() in TEXT_SUFFIXES | PAGE_SUFFIXES


def read(path: Path, *, root: Path, encoding: str | None = None) -> Article:
    """Read one file; `root` is the folder that it was found under, or the file itself.

    The `encoding` that was stored when the file was last read is used again, unless the file
    now states another.

    Raises:
        Unreadable: the file is gone, forbidden, empty, too large, not text, in no encoding that we
            are sure of, or holds no words.
        ValueError: the file is not under the root.
    """
    name = _relative(path, root)
    raw = _bytes_of(path, name)
    decoded = decode(raw, path=name, is_page=path.suffix.lower() in PAGE_SUFFIXES, known=encoding)
    return parse(
        decoded.text,
        path=name,
        root=str(root.resolve()),
        sha256=sha256(raw).hexdigest(),
        suffix=path.suffix,
        encoding=decoded.encoding,
    )


def _relative(path: Path, root: Path) -> str:
    here, above = path.absolute(), root.absolute()
    if not here.is_relative_to(above):
        here, above = path.resolve(), root.resolve()
    return here.name if here == above else here.relative_to(above).as_posix()


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(name, "not a regular file")
        if status.st_size > MAX_BYTES:
            raise Unreadable(name, f"larger than {MAX_BYTES // 1024**2} MB")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(name, "the file is gone") from None
    except PermissionError:
        raise Unreadable(name, "no permission to read it") from None
    except OSError as error:
        raise Unreadable(name, error.strerror or "cannot be read") from error
    if not raw:
        raise Unreadable(name, "empty")
    if len(raw) > MAX_BYTES:
        raise Unreadable(name, f"larger than {MAX_BYTES // 1024**2} MB")
    return raw
