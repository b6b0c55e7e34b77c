"""Article -> Prepared: all that is known of it before its passages are encoded."""

from index.store.writer import Prepared
from index.text import copies
from index.text.language import looks_english
from index.text.passages import split
from index.types import Article


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
