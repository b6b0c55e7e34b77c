"""Archive -> Documents of its members; nothing is unpacked to the disk, names are only names."""

import io
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from gzip import GzipFile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import Unreadable
from index.readers.documents import MAX_BYTES, Allowance, Document, Source
from index.readers.formats import format_of
from index.readers.lines import one_line
from index.readers.members import clean_name, read_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

MAX_RATIO = 250
"""Of a member's bytes to its packed bytes; texts reach 20, logs 100, a bomb 1000."""
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
"""Of an archive's list of members, which is held whole."""

_STREAMED = frozenset({"csv", "jsonl", "mbox", "gzip"})
"""Read from front to back; any other member has to be held whole."""
_TAIL_BYTES = 65_557
"""The end record and the longest comment after it."""
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give the documents of a gzipped file, or of the members of a zip archive in their order.

    Raises:
        Unreadable: the archive is damaged, encrypted, or too large in any way.
    """
    if format_of(source.name) == "zip":
        yield from _zipped(source)
    else:
        yield from _gzipped(source)


def _gzipped(source: Source) -> Iterator[Document | Unreadable]:
    def unpacked() -> BinaryIO:
        opened = cast("BinaryIO", _Gzipped(fileobj=source.open()))
        return metered(opened, source.allowance, source.path, packed=source.size)

    name = PurePosixPath(source.name).stem
    opener = _opener(unpacked, name, source.path)
    yield from read_member(replace(source, name=name, open=opener, depth=source.depth + 1), "")


def _zipped(source: Source) -> Iterator[Document | Unreadable]:
    with source.open() as file:
        _check_directory(file, source.path)
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not _is_hidden(one)]
            if members and all(one.flag_bits & _ENCRYPTED for one in members):
                raise Unreadable(source.path, "encrypted: it needs a password", "encrypted")
            yield from _members(archive, members, source)


def _members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: Source
) -> Iterator[Document | Unreadable]:
    others: Counter[str] = Counter()
    allowance = source.allowance
    for member in members:
        if allowance.bytes_left <= 0 or allowance.members_left <= 0:
            yield Unreadable(source.path, "the rest of it is too much to unpack", "too large")
            return
        allowance.members_left -= 1
        name = clean_name(_name(member))
        if format_of(name) is None:
            others[PurePosixPath(name).suffix.lower() or "none"] += 1
            continue
        try:
            inner = _inner(archive, member, name, source)
        except Unreadable as error:
            yield error
            continue
        yield from read_member(inner, f"/{name}")
    if others:
        yield Unreadable(source.path, _passed_over(others), "other format")


def _inner(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, source: Source) -> Source:
    """The member as a source of its own.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    path = f"{source.path}/{name}"
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable(path, "encrypted: it needs a password", "encrypted")

    def unpacked() -> BinaryIO:
        opened = cast("BinaryIO", archive.open(member))
        return metered(opened, source.allowance, path, packed=member.compress_size)

    return replace(
        source,
        path=path,
        name=PurePosixPath(name).name,
        size=member.compress_size,
        open=_opener(unpacked, name, path),
        encoding=None,
        depth=source.depth + 1,
    )


def _opener(unpacked: "Callable[[], BinaryIO]", name: str, path: str) -> "Callable[[], BinaryIO]":
    """Open a member as it is unpacked, or held in memory if its reader goes to and fro in it."""

    def opened() -> BinaryIO:
        with unpacked() as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise Unreadable(path, f"larger than {MAX_BYTES // 1024**2} MB", "too large")
        return io.BytesIO(raw)

    return unpacked if format_of(name) in _STREAMED else opened


def _check_directory(file: BinaryIO, path: str) -> None:
    """Refuse an archive whose list of members would not fit into memory.

    Raises:
        Unreadable: it would not, or there is no such list.
    """
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - _TAIL_BYTES))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Unreadable(path, "damaged: the list of its members is missing")
    (size,) = struct.unpack_from("<I", tail, at + 12)
    at_64 = tail.rfind(_END_64, 0, at)
    if size == 0xFFFFFFFF and 0 <= at_64 <= at - 56:
        (size,) = struct.unpack_from("<Q", tail, at_64 + 40)
    if size > MAX_DIRECTORY_BYTES:
        raise Unreadable(path, "lists more members than can be read", "too large")


def _name(member: zipfile.ZipInfo) -> str:
    """The member's path; many programs write UTF-8 without saying so."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    steps = _name(member).replace("\\", "/").split("/")
    return (
        member.is_dir()
        or "__MACOSX" in steps
        or any(step.startswith(".") and step.strip(".") for step in steps)
    )


def _passed_over(others: Counter[str]) -> str:
    count = sum(others.values())
    shown = ", ".join(ending for ending, _ in others.most_common(8))
    files = "1 file of a kind that is" if count == 1 else f"{count} files of kinds that are"
    return f"holds {files} not read ({one_line(shown)})"


class _Gzipped(GzipFile):
    """Closes the file that it reads, too."""

    def close(self) -> None:
        packed = cast("BinaryIO | None", self.fileobj)
        super().close()
        if packed is not None:
            packed.close()


class _Meter(io.RawIOBase):
    """Bytes on their way out of an archive, counted."""

    def __init__(self, file: BinaryIO, allowance: Allowance, path: str, packed: int | None) -> None:
        self._file = file
        self._allowance = allowance
        self._path = path
        self._most = None if packed is None else MAX_BYTES // 4 + MAX_RATIO * packed
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        raw = self._file.read(len(view))
        self._read += len(raw)
        self._allowance.bytes_left -= len(raw)
        if self._allowance.bytes_left < 0:
            raise Unreadable(self._path, "too much to unpack", "too large")
        if self._most is not None and self._read > self._most:
            raise Unreadable(self._path, "packed too tightly to be articles", "too large")
        view[: len(raw)] = raw
        return len(raw)

    def close(self) -> None:
        self._file.close()
        super().close()


def metered(
    file: BinaryIO, allowance: Allowance, path: str, *, packed: int | None = None
) -> BinaryIO:
    """Give the same bytes as long as the allowance lasts, and `packed` times `MAX_RATIO`.

    Raises:
        Unreadable: while it is read, as soon as there are more.
    """
    return io.BufferedReader(_Meter(file, allowance, path, packed), 64 * 1024)
