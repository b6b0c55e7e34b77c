"""Nouns <-> columns of the tables."""

import json
import os
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from index.text.as_read import words_to_read
from index.types import Article, Omission, Passage, Place, Sentence, Span

if TYPE_CHECKING:
    from index.store.writer import Prepared

ROOT_FIELDS = ("id", "path", "rules")
"""Of a root, all that its row's sum is made of."""
FILE_FIELDS = ("id", "root_id", "path", "sha256", "format", "encoding")
"""Of a file; one whose stamp is damaged is only read again."""
ARTICLE_FIELDS = (
    "id",
    "file_id",
    "root_id",
    "path",
    "format",
    "encoding",
    "offsets",
    "title",
    "title_is_derived",
    "title_start",
    "title_end",
    "outlet",
    "author",
    "published",
    "modified",
    "url",
    "omissions",
    "places",
    "is_english",
    "text_hash",
    "signature",
    "passages",
    "text",
)
"""Of an article, all that its row's sum is made of; with its id, none is taken for another."""
PASSAGE_FIELDS = (
    "id",
    "public_id",
    "article_id",
    "sentences",
    "generation",
    "text_key",
    "vector_sum",
)
"""Of a passage; its vector has a sum of its own, which goes with it from row to row."""

ARTICLE_COLUMNS = (
    ", ".join(f"articles.{field}" for field in ARTICLE_FIELDS)
    + ", articles.sum, files.sha256, files.path, roots.path"
)
PASSAGE_COLUMNS = ", ".join((*PASSAGE_FIELDS, "sum"))
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


def row_sum(*values: object) -> bytes:
    """Hash the values of a row, as SQLite gives them back; one changed bit changes it."""
    hashed = blake2b(digest_size=8)
    for value in values:
        if isinstance(value, str):
            raw = b"s" + value.encode("utf-8", "surrogatepass")
        elif isinstance(value, bytes):
            raw = b"b" + value
        elif isinstance(value, int):
            raw = b"i%d" % value
        else:
            raw = repr(value).encode()  # None, or what nobody writes
        hashed.update(b"%d:" % len(raw))
        hashed.update(raw)
    return hashed.digest()


def is_whole(row: Sequence[Any], fields: Sequence[str]) -> bool:
    """Say whether a row that begins with these fields and their sum is as it was written."""
    return bool(row_sum(*row[: len(fields)]) == row[len(fields)])


def article_values(
    row: int, file_row: int, root_id: int, one: "Prepared", *, passages: int
) -> tuple[str | bytes | int | None, ...]:
    """Give the values of an article's ARTICLE_FIELDS."""
    article = one.article
    span = article.title_span
    return (
        row,
        file_row,
        root_id,
        as_column(article.path),
        article.format,
        article.encoding,
        article.offsets,
        article.title,
        article.title_is_derived,
        span.start if span else None,
        span.end if span else None,
        article.outlet,
        article.author,
        article.published,
        article.modified,
        article.url,
        json.dumps([[o.span.start, o.span.end, o.reason] for o in article.omissions]),
        json.dumps([[p.start, p.kind, p.name] for p in article.places]),
        one.is_english,
        one.text_hash,
        one.signature,
        passages,
        article.text,
    )


def article_of(row: Sequence[Any], *, reprints: tuple[str, ...] = ()) -> Article:
    """Make an article from its ARTICLE_COLUMNS."""
    value = dict(zip(ARTICLE_FIELDS, row, strict=False))
    sha256, file, root = row[len(ARTICLE_FIELDS) + 1 :][:3]
    path, file = from_column(value["path"]), from_column(file)
    has_span = value["title_start"] is not None
    return Article(
        path=path,
        text=value["text"],
        title=value["title"],
        sha256=sha256,
        title_is_derived=bool(value["title_is_derived"]),
        title_span=Span(value["title_start"], value["title_end"]) if has_span else None,
        outlet=value["outlet"],
        author=value["author"],
        published=value["published"],
        modified=value["modified"],
        url=value["url"],
        encoding=value["encoding"],
        offsets=value["offsets"],
        omissions=tuple(Omission(Span(a, b), why) for a, b, why in json.loads(value["omissions"])),
        root=from_column(root),
        file="" if file == path else file,
        format=value["format"],
        places=tuple(Place(start, kind, name) for start, kind, name in json.loads(value["places"])),
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
    """Give the body, and what stands above it, that the keyword index holds for a passage.

    Whoever changes what it gives raises the format: words are deleted by giving them again.
    """
    read = words_to_read(article, passage.span)
    return read.words, read.head.replace("\n", " ")


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
