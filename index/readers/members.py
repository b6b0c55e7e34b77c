"""Member of a container -> Documents that carry its name."""

from collections.abc import Iterator
from dataclasses import replace

from index.errors import Unreadable
from index.readers.documents import Document, Source
from index.readers.formats import documents, format_of
from index.readers.lines import one_line


def read_member(inner: Source, part: str) -> Iterator[Document | Unreadable]:
    """Read a member by the reader of its own format; `part` goes before what its documents say.

    A member that cannot be read is given as an Unreadable, so that the next one can follow.
    """
    kind = format_of(inner.name) or ""
    try:
        for one in documents(inner):
            if isinstance(one, Unreadable):
                yield one
                continue
            yield replace(one, part=part + one.part, offsets="extracted", format=one.format or kind)
    except Unreadable as error:
        yield error


def clean_name(name: str) -> str:
    """Give a member's path as one clean line that leads nowhere outside of its container."""
    steps = (one_line(step) for step in name.replace("\\", "/").split("/"))
    return "/".join(step for step in steps if step and step not in (".", "..")) or "member"
