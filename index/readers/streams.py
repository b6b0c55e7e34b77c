"""File too large to be held -> its encoding, and its text, strictly decoded a line at a time."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import Unreadable
from index.readers.decoding import decode
from index.readers.documents import MAX_BYTES, Source

BLOCK_BYTES = 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(source: Source) -> str:
    """Name the encoding that the first `MAX_BYTES` are in.

    A mark at the start, UTF-8, the one that was found when the file was last read, or the
    detector's guess over the first block that is not UTF-8.

    Raises:
        Unreadable: the file is empty, not text, or in no encoding that we are sure of.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        block = file.read(BLOCK_BYTES)
        if not block:
            raise Unreadable(source.path, "empty", "empty")
        marked = next((codec for bom, codec in _BOMS if block.startswith(bom)), None)
        if marked:
            return marked
        decode(block[: block.rfind(b"\n") + 1] or block, path=source.path, is_page=False)
        seen = 0
        while block and seen < MAX_BYTES:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return _guessed(block, source)
            seen += len(block)
            block = file.read(BLOCK_BYTES)
    return "utf-8"


def _guessed(block: bytes, source: Source) -> str:
    """The encoding of whole lines of a block that is not UTF-8."""
    first, last = block.find(b"\n") + 1, block.rfind(b"\n") + 1
    whole = block[first:last] if first < last else block
    guess = decode(whole, path=source.path, is_page=False, known=source.encoding)
    if guess.encoding == "utf-8":  # the odd bytes were in the lines cut off
        guess = decode(block, path=source.path, is_page=False, known=source.encoding)
    return guess.encoding


@contextmanager
def opened_text(source: Source, encoding: str) -> Iterator[io.TextIOWrapper]:
    r"""Open the file as text of which no line end is changed; `\r`, `\n` and both end lines.

    Raises:
        Unreadable: what is read inside the block is not in this encoding.
    """
    with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        try:
            yield text
        except UnicodeError:
            reason = f"from there on it is not {encoding}; save it as UTF-8"
            raise Unreadable(source.path, reason, "encoding") from None
