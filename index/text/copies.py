"""Article -> what its copies have in common: a hash of its words, and a sketch of them.

Near-copies are told by MinHash over runs of five words: Broder, "On the resemblance and
containment of documents", 1997. The sketch keeps 16 bits a value: Li & Koenig, WWW 2010.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.types import Article

if TYPE_CHECKING:
    from datasketch import MinHash

NEAR = 0.7
"""Likeness from which two texts are copies. One paragraph in seven may be another. The sketch errs
by 0.04, so that nearly all pairs with a true likeness of 0.8 lie above."""
MIN_WORDS = 30
"""A shorter text has no near-copies, only exact ones."""
SHINGLE_WORDS = 5
PERMUTATIONS = 128
BANDS, BAND_VALUES = 16, 4
"""Two texts with a likeness of 0.8 share a key with p = 0.9998, of 0.7 with p = 0.988, of 0.2 with
p = 0.03."""
MAX_CHARS = 1_000_000
"""A longer text is sketched by its beginning."""

_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = 0x9E3779B97F4A7C15


def words_of(article: Article) -> str:
    """Give the article's text without its title and without what was left out.

    Where nothing remains, the whole text.
    """
    kept = "\n".join(_kept(article))
    return kept if _WORD.search(kept) else article.text


def text_hash(text: str) -> bytes:
    """Hash the words: equal for texts that differ in case, white space and punctuation only.

    Returns:
        16 bytes.
    """
    return blake2b(" ".join(_words(text)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def signature(text: str) -> bytes:
    """Sketch the words, so that two sketches agree in as many places as the texts are alike.

    Returns:
        Two bytes a permutation; empty for a text of fewer than `MIN_WORDS` words.
    """
    words = _words(text[:MAX_CHARS])
    if len(words) < MIN_WORDS:
        return b""
    sketch = _empty_sketch().copy()
    sketch.update_batch(_shingles(words).tolist())
    values: NDArray[np.uint16] = (sketch.hashvalues & 0xFFFF).astype("<u2")
    return values.tobytes()


def band_keys(sketch: bytes) -> tuple[bytes, ...]:
    """Give keys of which near-copies share at least one; none for an empty sketch.

    Returns:
        9 bytes each: the band's number, and the values in it.
    """
    if not sketch:
        return ()
    size = 2 * BAND_VALUES
    return tuple(bytes([band]) + sketch[band * size : (band + 1) * size] for band in range(BANDS))


def likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of five-word runs that two sketched texts have in common, 0 to 1.

    0 where one of them is empty.
    """
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u2") == np.frombuffer(other, "<u2")))


def _kept(article: Article) -> Iterator[str]:
    spans = [omission.span for omission in article.omissions]
    if article.title_span:
        spans.append(article.title_span)
    start = 0
    for span in sorted(spans):
        yield article.text[start : span.start]
        start = max(start, span.end)
    yield article.text[start:]


@cache
def _empty_sketch() -> "MinHash":
    """A sketch to copy: drawing its permutations takes longer than using them."""
    from datasketch import MinHash  # brings scipy along

    return MinHash(PERMUTATIONS, seed=1, scheme="affine32", hashfunc=int)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingles(words: list[str]) -> NDArray[np.uint32]:
    """Hash each run of words: the hashes of its words, joined as digits are in a number."""
    encoded = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    hashes = np.fromiter(map(crc32, encoded), dtype=np.uint64, count=len(words))
    runs = np.zeros(len(words) - SHINGLE_WORDS + 1, dtype=np.uint64)
    for at in range(SHINGLE_WORDS):
        runs = runs * np.uint64(_MULTIPLIER) + hashes[at : at + len(runs)] + np.uint64(at + 1)
    return (runs >> np.uint64(32)).astype(np.uint32)
