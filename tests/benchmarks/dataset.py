"""A labelled question set -> an index of its articles, and what counts as right.

A set is a folder with `articles.jsonl` and `questions.jsonl`; the README gives the format.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from index import derived
from index.boilerplate import omissions
from index.building import Builder, BuildOptions
from index.models import encoder_source
from index.passages import split
from index.storage import Entry, FileStamp, Store
from index.types import Article, Passage, Span
from qa.quotes import Window, folded

BATCH = 2_048
"""Passages in one commit."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands; no span where only the article is known."""

    article: str
    start: int | None
    end: int | None

    def meets(self, span: Span) -> bool:
        """Say whether a quote in this article overlaps it; any does where there is no span."""
        if self.start is None or self.end is None:
            return True
        return span.start < self.end and self.start < span.end


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question whose answer, or lack of one, is known."""

    id: str
    text: str
    is_answerable: bool
    evidence: tuple[Evidence, ...]
    answers: tuple[str, ...]
    silver: tuple[str, ...]
    group: str
    """Questions about one article share it, so that a fold never splits them."""
    asked_on: date | None

    def is_answered_by(self, window: Window) -> bool:
        """Say whether a quote overlaps the evidence, or holds an answer in a listed article."""
        path, span = window.hit.article.path, window.span
        listed = {e.article for e in self.evidence} | set(self.silver)
        if any(e.article == path and e.meets(span) for e in self.evidence):
            return True
        words = folded(window.text)
        return path in listed and any(folded(answer) in words for answer in self.answers)


def questions(folder: Path) -> list[LabelledQuestion]:
    """Read the questions of a set."""
    return [_question(fields) for fields in _lines(folder / "questions.jsonl")]


def index_set(folder: Path, target: Path, cache: Path, *, is_untitled: bool = False) -> Path:
    """Index the articles of a set under `target`, unless that was done; give the index.

    `is_untitled` takes the titles away, as from a folder of bare texts.
    """
    place = target / (f"{folder.name}-untitled" if is_untitled else folder.name)
    if (place / "done").is_file():
        return place
    store = Store.create(place)
    builder = Builder(encoder_source(None), BuildOptions(cache=cache), lambda _: None)
    builder.compile()
    encoder = builder.encoder(1 << 40)
    with store.transaction():
        root_id = store.root_id(str(folder))
        store.set_manifest("model", encoder_source(None).model)
        store.set_manifest("fingerprint", encoder_source(None).fingerprint)
    for batch in _batches(_lines(folder / "articles.jsonl"), is_untitled=is_untitled):
        texts = [p.with_title(article) for article, passages in batch for p in passages]
        vectors = iter(encoder.encode_passages(texts))
        with store.transaction():
            generation = store.advance()
            for article, passages in batch:
                rows = np.stack([next(vectors) for _ in passages])
                store.add(root_id, Entry(article, FileStamp(0, 0), passages, rows), generation)
    derived.rebuild(store)
    store.close()
    (place / "done").touch()
    return place


def _batches(
    lines: Iterator[dict[str, Any]], *, is_untitled: bool
) -> Iterator[Sequence[tuple[Article, tuple[Passage, ...]]]]:
    batch: list[tuple[Article, tuple[Passage, ...]]] = []
    for fields in lines:
        article = Article(
            path=fields["id"],
            text=fields["text"],
            title=fields["title"] or "untitled",
            title_is_derived=is_untitled or not fields["title"],
            sha256="",
            outlet=fields.get("source"),
            published=fields.get("published"),
            url=fields.get("url"),
            omissions=omissions(fields["text"]),
        )
        passages = split(article)
        if passages:
            batch.append((article, passages))
        if sum(len(passages) for _, passages in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _question(fields: dict[str, Any]) -> LabelledQuestion:
    evidence = tuple(Evidence(e["article"], e["start"], e["end"]) for e in fields["evidence"])
    about = fields.get("about_article") or (evidence[0].article if evidence else fields["id"])
    return LabelledQuestion(
        id=fields["id"],
        text=fields["question"],
        is_answerable=fields["answerable"],
        evidence=evidence,
        answers=tuple(fields["answers"]),
        silver=tuple(silver["article"] for silver in fields.get("silver", ())),
        group=about,
        asked_on=date.fromisoformat(fields["date"]) if fields.get("date") else None,
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
