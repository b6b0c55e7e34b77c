"""Files that hold many articles, written to a folder and read again as the program does."""

from pathlib import Path

from index.readers import FileRead, read_file
from index.text.passages import split
from index.types import Article

BRIDGE = "The ministers met on Tuesday in Lisbon to speak about the new bridge over the river."
TUNNEL = "Engineers told them that a tunnel would cost twice as much and take nine years to build."


def read_bytes(folder: Path, name: str, raw: bytes, **how) -> FileRead:
    """What a file of this name with these bytes gives."""
    path = folder / name
    path.write_bytes(raw)
    return read_file(path, root=folder, **how)


def quotable(article: Article) -> list[str]:
    """Every sentence of an article that may be quoted, as it stands in the text."""
    return [s.span.of(article.text) for passage in split(article) for s in passage.sentences]


def left_out(article: Article) -> list[tuple[str, str]]:
    """What is never quoted, with the reasons."""
    return [(o.reason, o.span.of(article.text)) for o in article.omissions]
