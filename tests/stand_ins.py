"""Real stand-ins for the models: the same words give near vectors and high scores."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.ingest import Ingest
from index.search import PassageIndex
from index.storage import Store
from index.types import IngestReport, Progress, Retrieved

DIM = 64
ENGLISH = {"emperor", "minted", "copper", "coins", "purple", "lorem"}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class HashingEncoder:
    """Bag of hashed words, scaled to length 1."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(DIM, 1e-3, np.float32)
        for word in words(text):
            digest = blake2b(word.encode(), digest_size=4).digest()
            vector[int.from_bytes(digest) % DIM] += 1
        return vector / np.linalg.norm(vector)


class OverlapReranker:
    """Logit from the share of the query's words that a text holds."""

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        asked = set(words(query))
        return [12 * len(asked & set(words(text))) / max(1, len(asked)) - 6 for text in texts]


class StandInRetriever:
    """A real index with stand-in models."""

    def __init__(self, folder: Path) -> None:
        self.passages = PassageIndex(folder)

    def spelled(self, query: str) -> str:
        return self.passages.spelled(query, lambda word: word in ENGLISH)

    def search(self, query: str) -> Retrieved:
        return self.passages.search(query, HashingEncoder())

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        return OverlapReranker().score(query, texts)


def ingest(root: Path, folder: Path, *, encoder: HashingEncoder | None = None) -> IngestReport:
    """Bring an index up to date with stand-in models."""
    store = Store.create(folder)
    try:
        return Ingest(store, lambda _: encoder or HashingEncoder()).run(
            root, report=ignore, is_cancelled=lambda: False
        )
    finally:
        store.close()


def ignore(_: Progress) -> None:
    """Report to nobody."""
