"""The stores that there are, and files to put into them."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
from stand_ins import HashingEncoder
from stores.memory import Shelf

from index.ingest.preparing import prepare
from index.store.opening import locked, open_store, writing
from index.store.protocol import Store
from index.store.writer import FilePart, Prepared, PreparedFile, Writer, text_key
from index.text import keywords
from index.text.as_read import titled
from index.types import Article, FileStamp

ROOT = "/articles"
STAMP = FileStamp(10, 20, 30)
BOATS = {
    "tug.txt": "The tug pulled the barge up the river.",
    "ferry.txt": "A ferry crossed the river at noon.",
    "canoe.txt": "Nobody saw the canoe on the lake.",
}
OUTLETS = {"tug.txt": "The Harbour Post", "ferry.txt": "Gazette", "canoe.txt": "Gazette"}
DAYS = {"tug.txt": "2024-03-01", "ferry.txt": "2024-03"}
WORDS = "oar sail mast keel rope tide buoy dock hull deck".split()


class Kind(Protocol):
    """A place for one store of a kind."""

    def writing(self) -> AbstractContextManager[Writer]: ...

    def open(self) -> Store: ...


class Embedded:
    def __init__(self, place: Path) -> None:
        self._place = place

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with locked(self._place), writing(self._place) as writer:
            yield writer

    def open(self) -> Store:
        return open_store(self._place)


def kind_called(name: str, folder: Path) -> Kind:
    return Embedded(folder / "index") if name == "embedded" else Shelf()


def article(path: str, text: str, **stated: str) -> Prepared:
    """An article of one passage, which has no title of its own."""
    return prepare(
        Article(
            path=path,
            text=text,
            title=path,
            sha256=f"sha of {path}",
            title_is_derived=True,
            root=ROOT,
            **stated,
        )
    )


def part(path: str, *articles: Prepared, stamp: FileStamp = STAMP, **more: bool) -> FilePart:
    read = PreparedFile(f"sha of {path}", "text", "utf-8", articles, ())
    return FilePart(path, stamp, read, articles, **more)


def keys_of(one: Prepared) -> list[bytes]:
    return [text_key(titled(passage, one.article)) for passage in one.passages]


def vectors_for(*parts: FilePart) -> Mapping[bytes, np.ndarray]:
    """By the words of each passage."""
    texts = {
        text_key(text): text
        for one in parts
        for prepared in one.articles
        for text in (titled(passage, prepared.article) for passage in prepared.passages)
    }
    return dict(zip(texts, HashingEncoder().encode_passages(list(texts.values())), strict=True))


def put(kind: Kind, texts: Mapping[str, str], **stated: Mapping[str, str]) -> None:
    """One file for each text; `stated` says outlet, day or address by path."""
    parts = [
        part(
            path, article(path, text, **{key: of[path] for key, of in stated.items() if path in of})
        )
        for path, text in texts.items()
    ]
    with kind.writing() as writer:
        writer.commit(ROOT, parts, vectors=vectors_for(*parts))


def loaded(kind: Kind) -> Store:
    store = kind.open()
    store.refresh()
    return store


def paths_of(store: Store, ranking: object) -> list[str]:
    found = store.passages([row for row, _ in ranking])
    return [found[row][0].path for row, _ in ranking]


def by_vector(store, asked: str, **how: object) -> list[str]:
    (vector,) = HashingEncoder().encode_queries([asked])
    return paths_of(store, store.nearest(vector, 10, **how))


def by_words(store, asked: str, **how: object) -> list[str]:
    return paths_of(store, store.matching(keywords.parse(asked), 10, **how))
