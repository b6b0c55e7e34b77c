"""Real stand-ins for the models: the same words give near vectors and high scores."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.ingest.run import Ingest
from index.search.passage_index import EVERYTHING, PassageIndex
from index.store.opening import writing
from index.text.as_read import ToRead
from index.types import (
    Article,
    IngestReport,
    Passage,
    Period,
    Progress,
    Reading,
    Retrieved,
    Scope,
    Span,
)
from qa.answering.judge import FEATURES, Judge

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


def read_by(score: Callable[[str], float], passages: Sequence[ToRead]) -> list[Reading]:
    """Readings by a logit for words: of all that is read, and of its sentences among each other."""
    return [_read_by(score, one) for one in passages]


def _read_by(score: Callable[[str], float], passage: ToRead) -> Reading:
    raised = [math.exp(score(one.of(passage.words))) for one in passage.sentences]
    shares = tuple(one / sum(raised) for one in raised)
    whole = score(passage.whole)
    return Reading(whole, whole / 3, words=None, sure=0.0, starts=shares, ends=shares)


class OverlapReader:
    """Logit from the share of the query's words that a text holds."""

    def read(self, query: str, passages: Sequence[ToRead]) -> list[Reading]:
        asked = set(words(query))

        def score(text: str) -> float:
            return 12 * len(asked & set(words(text))) / max(1, len(asked)) - 6

        return read_by(score, passages)


class StandInRetriever:
    """A real index with stand-in models."""

    def __init__(self, folder: Path) -> None:
        self.passages = PassageIndex.open(folder)

    @classmethod
    def over(cls, passages: PassageIndex) -> Self:
        """The same with an index that is open already."""
        retriever = cls.__new__(cls)
        retriever.passages = passages
        return retriever

    def spelled(self, query: str) -> str:
        return self.passages.spelled(query, lambda word: word in ENGLISH)

    def search(
        self, query: str, *, scope: Scope = EVERYTHING, near: Period | None = None
    ) -> Retrieved:
        return self.passages.search(query, HashingEncoder(), scope=scope, near=near)

    def mentions(self, words: Sequence[str], *, scope: Scope = EVERYTHING) -> bool:
        return self.passages.mentions(words, scope=scope)

    def count(self, scope: Scope) -> int:
        return len(self.passages.store.articles_in(scope))

    def undated(self) -> int:
        return self.passages.store.undated()

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        return self.passages.store.beside(article, span)

    def read(self, query: str, passages: Sequence[ToRead]) -> list[Reading]:
        return OverlapReader().read(query, passages)


def ingest(root: Path, folder: Path, *, encoder: HashingEncoder | None = None) -> IngestReport:
    """Bring an index up to date with stand-in models."""
    with writing(folder) as writer:
        return Ingest(writer, lambda _: encoder or HashingEncoder()).run(
            root, report=ignore, is_cancelled=lambda: False
        )


def dated(published: str, text: str, **stated: str) -> str:
    """A file that states its date, if there is one, and perhaps its outlet or address."""
    lines = [
        f"{key}: {value}" for key, value in {"published": published, **stated}.items() if value
    ]
    return "\n".join(["---", *lines, "---", text, ""]) if lines else f"{text}\n"


def corpus(base: Path, files: Mapping[str, str]) -> StandInRetriever:
    """Files of these names and texts, indexed under a folder."""
    for name, text in files.items():
        path = base / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ingest(base / "articles", base / "index")
    return StandInRetriever(base / "index")


def passage_judge() -> Judge:
    """Answers as soon as the best passage holds more than half of the query's words."""
    zeros = (0.0,) * len(FEATURES)
    weights = tuple(float(name == "bare_relevance") for name in FEATURES)
    return Judge(weights, zeros, (1.0,) * len(FEATURES), bias=0.0, threshold=0.5)


def ignore(_: Progress) -> None:
    """Report to nobody."""
