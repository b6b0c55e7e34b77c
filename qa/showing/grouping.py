"""Quotes -> Quotes by article."""

from collections.abc import Sequence

from index.types import Article
from qa.types import Quote


def groups(quotes: Sequence[Quote]) -> tuple[tuple[Article, tuple[Quote, ...]], ...]:
    """Put quotes of one article together; the article with the best quote comes first.

    Inside a group, and between the groups' first quotes, the rank of fit decides. Every quote
    keeps its number.
    """
    by_article: dict[tuple[str, str], list[Quote]] = {}
    for quote in sorted(quotes, key=lambda quote: quote.n):
        article = quote.at.article
        by_article.setdefault((article.root, article.path), []).append(quote)
    return tuple((group[0].at.article, tuple(group)) for group in by_article.values())
