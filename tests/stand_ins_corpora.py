"""Indexes that the chat may know of, and folders that change when a test says so."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event

from index.types import Skipped
from qa.library.places import Corpus
from qa.types import Status

STATUS = Status(
    folder="/data/indexes/clippings-1a2b3c4d5e",
    roots=("/articles/clippings",),
    articles=12,
    passages=96,
    model="all-MiniLM-L6-v2",
    indexed_at="2025-06-23T10:00:00+00:00",
    bytes_on_disk=1_234_567,
    encodings={"utf-8": 11, "cp1252": 1},
    recoded=(("news/old.txt", "cp1252"),),
    omitted_lines={"byline": 9, "cookie notice": 2},
    skipped=(
        Skipped("news/scan-1.pdf", "2 pages, and no text on any: a scan", "scanned"),
        Skipped("letter.docx", "a password is needed to open it", "encrypted"),
        Skipped("news/scan-2.pdf", "1 page, and no text on it: a scan", "scanned"),
        Skipped("a.txt\x1b[2J", "empty", "empty"),
    ),
    other_languages=("news/fr.txt",),
    files=15,
    formats={"text": 4, "pdf": 7, "html": 1},
    reprints=(("news/again.txt", "news/first.txt"),),
    other_kinds={".jpg": 3, ".mp4": 12},
)
CORPORA = (
    Corpus(
        "press",
        Path("/data/corpora/press"),
        roots=("/articles/clippings", "/articles/\x1bmore"),
        articles=12,
        bytes_on_disk=1_234_567,
        indexed_at="2025-06-23T10:00:00+00:00",
    ),
    Corpus(
        "seeds-0a1b2c3d4e",
        Path("/data/indexes/seeds-0a1b2c3d4e"),
        roots=("/articles/seeds",),
        articles=5,
        bytes_on_disk=312_000,
        indexed_at="2025-06-20T08:30:00+00:00",
        is_current=True,
    ),
    Corpus(
        "torn",
        Path("/data/corpora/torn"),
        bytes_on_disk=4_096,
        fault="the database is torn; run: qa index --rebuild PATH",
    ),
)


class StandInChanges:
    """Says that roots changed when a test says so; ends when the chat wants it to."""

    def __init__(self) -> None:
        self.watched: list[tuple[Path, ...]] = []
        self.ended = 0
        self._said: Queue[Path] = Queue()

    def say(self, root: str) -> None:
        self._said.put(Path(root))

    def __call__(self, roots: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
        self.watched.append(tuple(roots))
        try:
            while not stop.is_set():
                with suppress(Empty):
                    yield frozenset({self._said.get(timeout=0.01)})
        finally:
            self.ended += 1
