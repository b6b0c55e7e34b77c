"""A corpus of any size that is like a real one: passages and vectors of real indexes, varied.

Each passage takes its words from a real one, a quarter of them from anywhere in the corpus, in
any order, and some that hardly any other passage has: so document frequencies fall as in real
text. Its vector lies between those of the real passage and of a near one, with some noise.
"""

import itertools
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store.embedded.database import DATABASE
from index.store.embedded.rows import unpacked
from index.store.embedded.storage import Store
from index.store.embedded.writing import RowWriter
from index.store.writer import Prepared, text_key
from index.text.as_read import titled
from index.types import Article, Passage, Sentence, Span

PASSAGES_IN_ARTICLE = 20
SENTENCES_IN_PASSAGE = 4
FROM_ANYWHERE = 0.25
"""Share of a passage's words that come from anywhere in the corpus."""
RARE = 0.03
"""Share of its words that are drawn from a million rare ones."""
NEAR = 20
"""Nearest real passages among which the other one is chosen."""
NOISE = 0.3
"""Length of the noise, of a vector of length 1."""


@dataclass(frozen=True, slots=True)
class Real:
    """Passages of real indexes: their words and unit vectors, row by row."""

    words: list[NDArray[np.object_]]
    vectors: NDArray[np.float32]
    near: NDArray[np.int64]
    """Shape (passages, NEAR): the rows of the most similar others."""
    anywhere: NDArray[np.object_]
    """All words, as often as they stand in the passages."""


def read(folders: Sequence[Path]) -> Real:
    """Read the passages of these indexes; nothing is encoded."""
    words, vectors = [], []
    for folder in folders:
        connection = sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)
        rows = connection.execute(
            "SELECT text, sentences, vector FROM passages JOIN articles ON articles.id = article_id"
        )
        for text, sentences, vector in rows:
            words.append(np.array(unpacked(sentences).span.of(text).split(), object))
            vectors.append(np.frombuffer(vector, np.float32))
        connection.close()
    stacked = np.stack(vectors)
    return Real(words, stacked, _nearest(stacked), np.concatenate(words))


def _nearest(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    blocks = []
    for first in range(0, len(vectors), 1_000):
        similar = vectors[first : first + 1_000] @ vectors.T
        blocks.append(np.argpartition(-similar, NEAR, axis=1)[:, :NEAR])
    return np.concatenate(blocks)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, its passages, and their unit vectors row by row."""

    article: Article
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]


def put(store: Store, root: str, entry: Entry) -> None:
    """Write an article that is no copy of another, inside a transaction."""
    writer, article = RowWriter(store), entry.article
    root_id = writer.root_id(root)
    one = Prepared(article, entry.passages, True, text_hash=article.path.encode(), signature=b"")
    keys = [text_key(titled(passage, article)) for passage in entry.passages]
    file = writer.begin_file(root_id, article.path, None)
    writer.add(root_id, file, one, dict(zip(keys, entry.vectors, strict=True)))


def entries(real: Real, passages: int, *, first: int = 0, seed: int = 1) -> Iterator[Entry]:
    """Give articles with that many passages in all; `first` numbers their paths from there."""
    rng = np.random.default_rng(seed)
    left = passages
    for number in itertools.count(first):
        if left <= 0:
            return
        count = min(left, PASSAGES_IN_ARTICLE)
        left -= count
        rows = rng.integers(0, len(real.words), count)
        texts = [_sentences(real, row, rng) for row in rows]
        yield _entry(f"{number:07}.txt", texts, _varied(real, rows, rng))


def _varied(real: Real, rows: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float32]:
    others = real.near[rows, rng.integers(0, NEAR, len(rows))]
    share = rng.uniform(0.5, 1, (len(rows), 1))
    between = share * real.vectors[rows] + (1 - share) * real.vectors[others]
    noise = rng.normal(size=between.shape) * NOISE / np.sqrt(between.shape[1])
    varied = between / np.linalg.norm(between, axis=1, keepdims=True) + noise
    return (varied / np.linalg.norm(varied, axis=1, keepdims=True)).astype(np.float32)


def _sentences(real: Real, row: int, rng: np.random.Generator) -> list[str]:
    words = rng.permutation(real.words[row])
    drawn = rng.random(len(words))
    anywhere = np.flatnonzero(drawn < FROM_ANYWHERE)
    words[anywhere] = real.anywhere[rng.integers(0, len(real.anywhere), len(anywhere))]
    for place in np.flatnonzero(drawn > 1 - RARE):
        words[place] = f"Qu{int(1_000_000 ** rng.random()):x}ax"
    parts = np.array_split(words, SENTENCES_IN_PASSAGE)
    return [" ".join(part) for part in parts if len(part)]


def _entry(path: str, texts: Sequence[Sequence[str]], vectors: NDArray[np.float32]) -> Entry:
    lines, passages, at = [], [], 0
    for sentences in texts:
        spans = []
        for sentence in sentences:
            spans.append(Sentence(Span(at, at + len(sentence))))
            at += len(sentence) + 1
            lines.append(sentence)
        passages.append(Passage(tuple(spans)))
    text = "\n".join(lines)
    day = f"20{random.Random(path).randrange(10, 26)}-06-15"
    article = Article(
        path, text, path, sha256=path, title_is_derived=True, published=day, root="/tiled"
    )
    return Entry(article, tuple(passages), vectors)
