"""Nouns <-> columns of the tables."""

import json
import os
from hashlib import blake2b
from typing import Any

from index.hyphens import joined
from index.types import Article, Omission, Passage, Place, Sentence, Span

ARTICLE_COLUMNS = """
    articles.path, articles.text, articles.title, files.sha256, articles.title_is_derived,
    articles.title_start, articles.title_end, articles.outlet, articles.author,
    articles.published, articles.modified, articles.url, articles.encoding, articles.offsets,
    articles.omissions, roots.path, files.path, articles.format, articles.places
"""
ARTICLE_TABLES = """
    articles JOIN files ON files.id = articles.file_id JOIN roots ON roots.id = articles.root_id
"""
"""What `article_of` needs, and where it comes from."""

FIRST_DAY = "substr(published || '-01-01', 1, 10)"
LAST_DAY = (
    "CASE length(published) WHEN 4 THEN published || '-12-31' "
    "WHEN 7 THEN published || '-31' ELSE substr(published, 1, 10) END"
)
"""The days that a date, possibly partial, may mean; they compare as text."""


def article_of(row: tuple[Any, ...], *, reprints: tuple[str, ...] = ()) -> Article:
    """Make an article from its ARTICLE_COLUMNS."""
    path, file = from_column(row[0]), from_column(row[16])
    return Article(
        path=path,
        text=row[1],
        title=row[2],
        sha256=row[3],
        title_is_derived=bool(row[4]),
        title_span=None if row[5] is None else Span(row[5], row[6]),
        outlet=row[7],
        author=row[8],
        published=row[9],
        modified=row[10],
        url=row[11],
        encoding=row[12],
        offsets=row[13],
        omissions=tuple(Omission(Span(a, b), why) for a, b, why in json.loads(row[14])),
        root=from_column(row[15]),
        file="" if file == path else file,
        format=row[17],
        places=tuple(Place(start, kind, name) for start, kind, name in json.loads(row[18])),
        reprints=reprints,
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
    title = "" if article.title_is_derived else article.called
    return joined(passage.span.of(article.text), article.text), title


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
