"""Nouns <-> columns of the tables."""

import json
import os
from hashlib import blake2b
from typing import Any

from index.types import Article, Omission, Passage, Sentence, Span

ARTICLE_COLUMNS = """
    articles.path, articles.text, articles.title, articles.sha256, articles.title_is_derived,
    articles.title_start, articles.title_end, articles.outlet, articles.author,
    articles.published, articles.url, articles.encoding, articles.offsets, articles.omissions,
    roots.path
"""
"""What `article_of` needs, from `articles JOIN roots ON roots.id = articles.root_id`."""

FIRST_DAY = "substr(published || '-01-01', 1, 10)"
LAST_DAY = (
    "CASE length(published) WHEN 4 THEN published || '-12-31' "
    "WHEN 7 THEN published || '-31' ELSE substr(published, 1, 10) END"
)
"""The days that a date, possibly partial, may mean; they compare as text."""


def article_of(row: tuple[Any, ...]) -> Article:
    """Make an article from its ARTICLE_COLUMNS."""
    return Article(
        path=from_column(row[0]),
        text=row[1],
        title=row[2],
        sha256=row[3],
        title_is_derived=bool(row[4]),
        title_span=None if row[5] is None else Span(row[5], row[6]),
        outlet=row[7],
        author=row[8],
        published=row[9],
        url=row[10],
        encoding=row[11],
        offsets=row[12],
        omissions=tuple(Omission(Span(a, b), why) for a, b, why in json.loads(row[13])),
        root=from_column(row[14]),
    )


def packed(passage: Passage) -> str:
    """Write a passage's sentences as one JSON list."""
    return json.dumps([[s.span.start, s.span.end, s.kind, s.is_cut] for s in passage.sentences])


def unpacked(sentences: str) -> Passage:
    """Undo `packed`."""
    return Passage(
        tuple(
            Sentence(Span(start, end), kind, bool(is_cut))
            for start, end, kind, is_cut in json.loads(sentences)
        )
    )


def keyword_columns(article: Article, passage: Passage) -> tuple[str, str]:
    """Give the body and title that the keyword index holds for a passage."""
    title = "" if article.title_is_derived else article.title
    return passage.span.of(article.text), title


def text_key(text: str) -> bytes:
    """Hash a text that was encoded, to find its vector again."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def as_column(path: str) -> str | bytes:
    """Give a path as SQLite can keep it: bytes where it is no valid Unicode."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def from_column(value: str | bytes) -> str:
    """Undo `as_column`."""
    return value if isinstance(value, str) else os.fsdecode(value)
