"""Article -> Prepared: all that is known of it before its passages are encoded."""

from dataclasses import dataclass

from index import copies
from index.language import looks_english
from index.passages import split
from index.types import Article, Passage, Skipped


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be encoded and committed."""

    article: Article
    passages: tuple[Passage, ...]
    is_english: bool
    text_hash: bytes
    """Equal for articles of the same words."""
    signature: bytes
    """MinHash of its words; empty where there are too few to compare."""


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """What one file gave."""

    sha256: str
    format: str
    encoding: str
    """Of its first article; empty if there is none."""
    articles: tuple[Prepared, ...]
    skipped: tuple[Skipped, ...]
    """Members that could not be read, or the file itself."""


def prepare(article: Article) -> Prepared:
    """Split an article into passages and take its fingerprints."""
    words = copies.words_of(article)
    return Prepared(
        article=article,
        passages=split(article),
        is_english=looks_english(words),
        text_hash=copies.text_hash(words),
        signature=copies.signature(words),
    )
