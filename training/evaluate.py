"""A reader -> how well it tells answers from near misses, on questions that it was not trained on.

    python -m training.evaluate SETS [RUN] [--pairs N]

SETS is a folder of labelled sets; RUN a run's folder, of which every kept checkpoint is measured
and `curve.jsonl` written: the learning curve. Without RUN the reader that ships is measured. Each
question is read with its own paragraph alone (squad2-dev), or with all of a short article
(clapnq-dev), so that this is about reading and not about finding.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from index.models.reader import Reader
from index.text.as_read import to_read
from index.text.passages import split
from index.types import Article, Passage, Reading, Span
from qa.evaluation.metrics import auroc
from training.export import export

SETS = ("squad2-dev", "clapnq-dev")
LONGEST = 6_000
"""Letters of an article that are read where no paragraph is named."""
_SEED = 7
_ARTICLES = re.compile(r"\b(?:an?|the)\b")
_WORD = re.compile(r"\w+")

Read = tuple[Passage, Reading]


def measured(reader: Reader, folder: Path, pairs: int) -> dict[str, float]:
    """Give the figures of one set.

    Returns:
        AUROC of answerability and of relevance between questions that have an answer and near
        misses; the share of the former whose likeliest sentence overlaps the evidence; and F1 of
        the likeliest words, where the set states answers.
    """
    articles = {one["id"]: one for one in _lines(folder / "articles.jsonl")}
    asked = list(_lines(folder / "questions.jsonl"))
    Random(_SEED).shuffle(asked)
    told: dict[bool, list[Reading]] = {True: [], False: []}
    first, shared = [], []
    for is_answerable in (True, False):
        for one in [one for one in asked if one["answerable"] is is_answerable][:pairs]:
            article, within = _where(one, articles)
            read = _read(reader, one["question"], article, within)
            if not read:
                continue
            best = max(read, key=lambda pair: pair[1].answers)
            told[is_answerable].append(best[1])
            if is_answerable:
                spans = [Span(e["start"], e["end"]) for e in one["evidence"] if "start" in e]
                first.append(_is_first(best, spans))
                shared.append(
                    max((_f1(_words(best, article), a) for a in one["answers"]), default=0)
                )
    return {
        "answers": _apart(told, "answers"),
        "relevance": _apart(told, "relevance"),
        "sentence": round(float(np.mean(first)), 3),
        "f1": round(float(np.mean(shared)), 3),
    }


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _where(asked: dict[str, Any], articles: dict[str, Any]) -> tuple[Article, Span]:
    about = asked.get("about_article") or asked["evidence"][0]["article"]
    found = articles[about]
    article = Article(
        path=about,
        text=found["text"],
        title=found["title"],
        sha256="",
        title_is_derived=not found["title"],
    )
    if "about_paragraph" in asked and found.get("paragraphs"):
        return article, Span(*found["paragraphs"][asked["about_paragraph"]])
    return article, Span(0, min(len(article.text), LONGEST))


def _read(reader: Reader, question: str, article: Article, within: Span) -> list[Read]:
    passages = [one for one in split(article) if one.span.overlaps(within)]
    texts = [to_read(article, passage) for passage in passages]
    return list(zip(passages, reader.read(question, texts), strict=True))


def _is_first(best: Read, evidence: Sequence[Span]) -> bool:
    passage, reading = best
    held = [start * end for start, end in zip(reading.starts, reading.ends, strict=True)]
    sentence = passage.sentences[int(np.argmax(held))].span
    return any(span.overlaps(sentence) for span in evidence)


def _words(best: Read, article: Article) -> str:
    passage, reading = best
    return reading.words.of(to_read(article, passage).words) if reading.words else ""


def _f1(given: str, wanted: str) -> float:
    """Word overlap as SQuAD counts it: small letters, without articles and punctuation."""
    ours, theirs = (Counter(_WORD.findall(_ARTICLES.sub(" ", t.lower()))) for t in (given, wanted))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def _apart(told: dict[bool, list[Reading]], head: str) -> float:
    logits = {key: [getattr(one, head) for one in readings] for key, readings in told.items()}
    return round(auroc(logits[True], logits[False]), 3)


def curve(sets: Path, run: Path, pairs: int) -> None:
    """Measure every checkpoint of a run, the earliest first."""
    kept = sorted(run.glob("reader-*.pt"), key=lambda file: int(file.stem.rpartition("-")[2]))
    with (run / "curve.jsonl").open("w", encoding="utf-8") as lines:
        for file in kept:
            folder = run / file.stem
            export(file, folder)
            figures = {name: measured(Reader(folder=folder), sets / name, pairs) for name in SETS}
            line = {"examples": int(file.stem.rpartition("-")[2]), **figures}
            lines.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description="Measure a reader.")
    parser.add_argument("sets", type=Path, help="folder of labelled sets")
    parser.add_argument("run", type=Path, nargs="?", help="folder of a run")
    parser.add_argument("--pairs", type=int, default=300, help="of each kind and set")
    chosen = parser.parse_args()
    if chosen.run:
        curve(chosen.sets, chosen.run, chosen.pairs)
        return
    for name in SETS:
        print(name, json.dumps(measured(Reader(), chosen.sets / name, chosen.pairs)))


if __name__ == "__main__":
    main()
