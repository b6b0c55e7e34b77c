"""Plain text and Markdown -> the file's own text, strictly decoded."""

from collections.abc import Iterator

from index.readers.decoding import decode
from index.readers.documents import Document, Source


def documents(source: Source) -> Iterator[Document]:
    """Give the file's text, of which each offset is one into the decoded file.

    Raises:
        Unreadable: empty, too large, not text, or in no encoding that we are sure of.
    """
    decoded = decode(source.raw(), path=source.path, is_page=False, known=source.encoding)
    yield Document(decoded.text, offsets="file", encoding=decoded.encoding, is_plain=True)
