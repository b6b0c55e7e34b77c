"""Folder of JSONL files -> Dataset: what can be measured on, and what was wrong with the rest.

The README documents the format. A line that can't be used is named and left out whole, and so is
a question that relies on an article which was left out: nothing is counted by half.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from index.readers.dates import iso_date
from index.readers.lines import one_line
from index.text.boilerplate import omissions
from index.types import Article, Span
from qa.evaluation.fields import (
    BadLine,
    claim,
    listed_words,
    object_in,
    objects,
    optional_day,
    optional_offset,
    optional_words,
    shown,
    words,
)
from qa.evaluation.labels import Conversation, Evidence, LabelledQuestion, Turn

ARTICLES, QUESTIONS, CONVERSATIONS = "articles.jsonl", "questions.jsonl", "conversations.jsonl"
SEED = 7
"""Of the sample that a limit takes."""

Articles = Mapping[str, Article]
_Parsed = TypeVar("_Parsed")


class BadDataset(Exception):
    """A folder that nothing can be measured on; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was left out."""

    file: str
    line: int
    """From 1."""
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """Articles, and questions whose answers in them are known."""

    folder: Path
    articles: tuple[Article, ...]
    questions: tuple[LabelledQuestion, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def scored_turns(self) -> tuple[tuple[Conversation, int], ...]:
        """Turns with evidence, by conversation and place in it (from 0)."""
        return tuple(
            (conversation, at)
            for conversation in self.conversations
            for at, turn in enumerate(conversation.turns)
            if turn.evidence
        )


def read(folder: Path) -> Dataset:
    """Read a set; lines that can't be used are its faults.

    Raises:
        BadDataset: a file is missing, or nothing usable is left.
    """
    if not (folder / ARTICLES).is_file():
        raise BadDataset(f"{folder} holds no {ARTICLES}")
    if not any((folder / name).is_file() for name in (QUESTIONS, CONVERSATIONS)):
        raise BadDataset(f"{folder} holds neither {QUESTIONS} nor {CONVERSATIONS}")
    faults: list[Fault] = []
    articles = {one.path: one for one in _parsed(folder / ARTICLES, article_from, faults)}
    asked = _parsed(folder / QUESTIONS, lambda fields: _question(fields, articles), faults)
    talks = _parsed(folder / CONVERSATIONS, lambda fields: _conversation(fields, articles), faults)
    dataset = Dataset(folder, tuple(articles.values()), tuple(asked), tuple(talks))
    if not dataset.questions and not dataset.scored_turns:
        reasons = "; ".join(map(str, faults[:3])) or "none is there"
        raise BadDataset(f"{folder} holds no question that can be used: {reasons}")
    return replace(dataset, faults=tuple(faults))


def questions(folder: Path) -> list[LabelledQuestion]:
    """Give the questions of a set.

    Raises:
        BadDataset: a file is missing, or a line can't be used.
    """
    dataset = read(folder)
    if dataset.faults:
        raise BadDataset(f"{folder}: {dataset.faults[0]}")
    return list(dataset.questions)


def sample(asked: tuple[LabelledQuestion, ...], limit: int) -> tuple[LabelledQuestion, ...]:
    """Take up to `limit` questions in the set's own order, the same ones every time.

    Answerable and other questions are in the set's proportion, and there is at least one of each
    if the set has both and the limit allows it.
    """
    if limit >= len(asked):
        return asked
    answerable = [at for at, one in enumerate(asked) if one.is_answerable]
    others = [at for at, one in enumerate(asked) if not one.is_answerable]
    share = round(limit * len(answerable) / len(asked))
    if answerable and others and limit > 1:
        share = min(max(share, 1), limit - 1)
    order = Random(SEED)  # noqa: S311 - a sample, not a secret
    chosen = order.sample(answerable, share) + order.sample(others, limit - share)
    return tuple(asked[at] for at in sorted(chosen))


def _parsed(
    file: Path, parse: Callable[[dict[str, Any]], _Parsed], faults: list[Fault]
) -> Iterator[_Parsed]:
    """Parse a file's lines, if it is there; blank ones are passed over."""
    if not file.is_file():
        return
    lines_of: dict[str, int] = {}
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                fields = object_in(line)
                _note_id(words(fields, "id"), number, lines_of)
                parsed = parse(fields)
            except BadLine as error:
                faults.append(Fault(file.name, number, str(error)))
                continue
            yield parsed


def _note_id(name: str, number: int, lines_of: dict[str, int]) -> None:
    if lines_of.setdefault(name, number) != number:
        raise BadLine(f"“{shown(name)}” is also the id of line {lines_of[name]}")


def article_from(fields: Mapping[str, Any]) -> Article:
    """Make an article of its fields.

    Raises:
        BadLine: one of them can't be.
    """
    text = words(fields, "text")
    if not any(character.isalnum() for character in text):
        raise BadLine('"text" holds no words')
    stated = optional_words(fields, "published")
    published = iso_date(stated)
    if stated.strip() and published is None:
        raise BadLine(f'"published" is no date: “{shown(stated)}”')
    title = one_line(optional_words(fields, "title"))
    return Article(
        path=words(fields, "id"),
        text=text,
        title=title or "untitled",
        title_is_derived=title is None,
        sha256="",
        outlet=one_line(optional_words(fields, "source")),
        published=published,
        url=optional_words(fields, "url") or None,
        omissions=omissions(text),
    )


def _question(fields: Mapping[str, Any], articles: Articles) -> LabelledQuestion:
    name = words(fields, "id")
    is_answerable = claim(fields, "answerable")
    evidence = _evidence(fields, "evidence", articles)
    silver = _evidence(fields, "silver", articles)
    if is_answerable and not evidence:
        raise BadLine("an answerable question needs evidence")
    if not is_answerable and (evidence or silver):
        raise BadLine("a question with evidence or silver can't be unanswerable")
    about = optional_words(fields, "about_article") or (evidence[0].article if evidence else name)
    return LabelledQuestion(
        id=name,
        text=words(fields, "question"),
        is_answerable=is_answerable,
        evidence=evidence,
        answers=listed_words(fields, "answers"),
        silver=silver,
        kind=optional_words(fields, "kind"),
        group=about,
        asked_on=optional_day(fields, "date"),
    )


def _conversation(fields: Mapping[str, Any], articles: Articles) -> Conversation:
    turns = []
    for number, turn in enumerate(objects(fields, "turns"), start=1):
        try:
            turns.append(
                Turn(
                    text=words(turn, "question"),
                    rewrite=optional_words(turn, "rewrite").strip(),
                    evidence=_evidence(turn, "evidence", articles),
                )
            )
        except BadLine as error:
            raise BadLine(f"turn {number}: {error}") from error
    if not turns:
        raise BadLine('"turns" is missing or empty')
    return Conversation(words(fields, "id"), tuple(turns), optional_day(fields, "date"))


def _evidence(fields: Mapping[str, Any], name: str, articles: Articles) -> tuple[Evidence, ...]:
    places = []
    for entry in objects(fields, name):
        path = words(entry, "article")
        if path not in articles:
            raise BadLine(f"{name}: no usable article has the id “{shown(path)}”")
        places.append(Evidence(path, _span(entry, name, articles[path].text)))
    return tuple(places)


def _span(entry: Mapping[str, Any], name: str, text: str) -> Span | None:
    start, end = optional_offset(entry, "start"), optional_offset(entry, "end")
    stated = optional_words(entry, "text")
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise BadLine(f'{name}: "start" and "end" go together')
    if start >= end:
        raise BadLine(f"{name}: {start} to {end} is no span")
    if end > len(text):
        raise BadLine(f"{name}: ends at {end}, past the article's end at {len(text)}")
    if stated and text[start:end] != stated:
        raise BadLine(f'{name}: "text" is not what stands at {start} to {end}')
    return Span(start, end)
