"""Zip file that is one document (DOCX, ODT, EPUB) -> archive that is safe to parse."""

import io
from zipfile import BadZipFile, ZipFile, ZipInfo

from index.errors import Unreadable
from index.readers.documents import MAX_BYTES, Source

MAX_UNPACKED = 4 * MAX_BYTES
"""Bytes of all members together."""
MAX_TREE = MAX_BYTES // 2
"""Bytes of one member with markup; a tree of its elements takes ten times as much."""
MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Of unpacked to packed size, for a member of more than `SMALL_MEMBER` bytes."""
SMALL_MEMBER = 8 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx")
_ENTITY = b"<!ENTITY"


def package(source: Source) -> tuple[ZipFile, bytes]:
    """Open a document that is a zip file, and give its bytes too.

    Sizes are those that the archive states; reading a member never goes beyond its own.

    Raises:
        Unreadable: it is no zip file, is encrypted, would unpack to too much, or a member
            declares XML entities, which no such document needs.
    """
    raw = source.raw()
    if raw.startswith(_OLE):
        if _OLE_ENCRYPTED in raw:
            raise Unreadable(source.path, "encrypted: it needs a password", "encrypted")
        raise Unreadable(source.path, "an old Office file under a new name", "other format")
    try:
        archive = ZipFile(io.BytesIO(raw))
        _check(archive.infolist(), source.path)
        for member in archive.infolist():
            if _ENTITY in archive.read(member).replace(b"\0", b""):
                raise Unreadable(source.path, "damaged: it declares XML entities")
    except (BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(source.path, "damaged: it is no whole zip file") from error
    return archive, raw


def _check(members: list[ZipInfo], path: str) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(path, "encrypted: it needs a password", "encrypted")
    is_bomb = any(
        member.file_size > max(SMALL_MEMBER, MAX_RATIO * member.compress_size) for member in members
    )
    unpacked = sum(member.file_size for member in members)
    if is_bomb or unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise Unreadable(path, "would unpack to far more than its size", "too large")
    trees = (one for one in members if one.filename.lower().endswith(_MARKUP))
    if any(member.file_size > MAX_TREE for member in trees):
        raise Unreadable(path, f"a part is larger than {MAX_TREE // 1024**2} MB", "too large")
