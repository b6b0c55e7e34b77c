"""File on disk -> Articles, or the reason why not."""

import io
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from index.errors import Unreadable
from index.readers.articles import Origin, article_of
from index.readers.documents import MAX_TEXT_CHARS, Document, Source
from index.readers.formats import documents, format_of
from index.types import Article, Skipped


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gave."""

    sha256: str
    """Of the file's bytes, in hexadecimal."""
    format: str
    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()
    """Members that could not be read; of a file that could not be read at all, itself."""


def is_supported(path: Path) -> bool:
    """Say whether the name ends like a kind of file that we read."""
    return format_of(path.name) is not None


def read_file(
    path: Path,
    *,
    root: Path,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> FileRead:
    """Read one file; `root` is the folder that it was found under, or the file itself.

    The `encoding` that was stored when the file was last read is used again, unless the file
    now states another. `columns` say which column of a table is the text, the title and so on.

    Raises:
        Unreadable: the file is gone, forbidden, empty, too large, or nothing of it can be read.
        ValueError: the file is not under the root.
    """
    name = _relative(path, root)
    try:
        source = replace(_source(path, name, encoding), columns=columns or {})
        sha256 = sha256_of(path)
        origin = Origin(name, str(root.resolve()), sha256, format_of(path.name) or "")
        articles: list[Article] = []
        skipped: list[Skipped] = []
        for one in _bounded(documents(source), name):
            if isinstance(one, Unreadable):
                skipped.append(Skipped(one.path, one.reason, one.kind))
                continue
            try:
                articles.append(article_of(one, origin))
            except Unreadable as error:
                skipped.append(Skipped(error.path, error.reason, error.kind))
    except FileNotFoundError:
        raise Unreadable(name, "the file is gone", "gone") from None
    except PermissionError:
        raise Unreadable(name, "no permission to read it", "forbidden") from None
    except OSError as error:
        raise Unreadable(name, error.strerror or "cannot be read", "forbidden") from error
    if not articles and len(skipped) == 1:
        raise Unreadable(name, skipped[0].reason, skipped[0].kind)
    if not articles and not skipped:
        raise Unreadable(name, "holds no article", "no words")
    return FileRead(sha256, origin.format, tuple(articles), tuple(skipped))


def read(path: Path, *, root: Path, encoding: str | None = None) -> Article:
    """Read a file that holds one article, or the first one of several.

    Raises:
        Unreadable: as `read_file` does, or no member can be read.
        ValueError: the file is not under the root.
    """
    done = read_file(path, root=root, encoding=encoding)
    if not done.articles:
        first = done.skipped[0]
        raise Unreadable(first.path, first.reason, first.kind)
    return done.articles[0]


def sha256_of(path: Path) -> str:
    """Give the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _bounded(found: Iterator[Document | Unreadable], name: str) -> Iterator[Document | Unreadable]:
    """Pass documents on, each under a name of its own, until they are too much for one file."""
    chars = 0
    seen: Counter[str] = Counter()
    for one in found:
        if isinstance(one, Unreadable):
            yield one
            continue
        chars += len(one.text)
        if chars > MAX_TEXT_CHARS:
            yield Unreadable(name, "the rest is too much text for one file", "too large")
            return
        seen[one.part] += 1
        again = f"~{seen[one.part]}" if seen[one.part] > 1 else ""
        yield replace(one, part=one.part + again)


def _source(path: Path, name: str, encoding: str | None) -> Source:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(name, "not a regular file", "other format")
    if not status.st_size:
        raise Unreadable(name, "empty", "empty")
    return Source(name, path.name, status.st_size, partial(_opened, path), encoding)


def _opened(path: Path) -> BinaryIO:
    return io.BufferedReader(path.open("rb", buffering=0))


def _relative(path: Path, root: Path) -> str:
    here, above = path.absolute(), root.absolute()
    if not here.is_relative_to(above):
        here, above = path.resolve(), root.resolve()
    return here.name if here == above else here.relative_to(above).as_posix()
