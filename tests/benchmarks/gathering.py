"""Labelled questions -> what retrieval and reading saw of them, kept between runs."""

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

from index.models.loading import query_encoder
from index.models.reader import Reader
from index.models.sources import ENCODER
from index.search.passage_index import PassageIndex
from qa.answering import answerer
from qa.answering.answerer import Answerer
from qa.answering.finding import Effort, Found
from qa.answering.judge import FEATURES, Judge
from qa.answering.quotes import doubted, held
from qa.evaluation.dataset import questions
from qa.evaluation.indexing import index_set
from qa.evaluation.labels import LabelledQuestion
from qa.library.searcher import Models, Searcher
from qa.types import Question

UNTITLED = "-untitled"
SETS = (
    "clapnq-dev",
    "clapnq-dev" + UNTITLED,
    "realtimeqa-2022a",
    "squad2-dev",
    "squad2-dev" + UNTITLED,
)
"""All articles of the sets have titles, and many in a person's folder have none: so two of the
sets are measured a second time, with the titles taken away."""
NO_JUDGE = Judge(
    weights=(0.0,) * len(FEATURES),
    means=(0.0,) * len(FEATURES),
    scales=(1.0,) * len(FEATURES),
    bias=0.0,
    threshold=0.0,
)
"""Gathering needs none; the one that ships may be of other features."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question with what was seen, and whether one of its first five quotes is right."""

    set_name: str
    group: str
    is_answerable: bool
    first_right: int | None
    seen: dict[str, float]
    words: int
    quotable: list[list[float]]
    """Of each passage that was read: see `candidates`."""


def gathered(name: str, data: Path, work: Path, limit: int) -> list[Example]:
    """Give what `gather` gave for these features before, or gather it now."""
    kept = work / f"examples-{name}-{limit}.json"
    if kept.is_file():
        examples = [Example(**fields) for fields in json.loads(kept.read_text("utf-8"))]
        if all(set(FEATURES) <= set(one.seen) for one in examples):
            return examples
    examples = gather(name, data, work, limit)
    kept.write_text(json.dumps([asdict(one) for one in examples]), "utf-8")
    return examples


def gather(name: str, data: Path, work: Path, limit: int) -> list[Example]:
    """Run the pipeline over a sample of a set's questions."""
    base = name.removesuffix(UNTITLED)
    place = index_set(data / base, work / "cache", is_untitled=base != name)
    encoder, _ = query_encoder(ENCODER.model, ENCODER.sha256, work / "cache", lambda _: None)
    models = Models(encoder, Reader(), (ENCODER.model, ENCODER.sha256))
    retriever = Searcher(PassageIndex.open(place), models)
    pipeline = Answerer(retriever, judge=NO_JUDGE)
    widely = Answerer(retriever, judge=NO_JUDGE, effort=Effort(quote_from=Effort().read))
    examples = []
    for labelled in sample(questions(data / base), limit):
        asked = Question(labelled.text, asked_on=labelled.asked_on)
        found = pipeline.find(asked)
        right = (n for n, w in enumerate(found.windows[:5], 1) if labelled.is_answered_by(w))
        examples.append(
            Example(
                set_name=name,
                group=f"{base}/{labelled.group}",
                is_answerable=labelled.is_answerable,
                first_right=next(right, None),
                seen=seen(found),
                words=len(found.windows[0].text.split()) if found.windows else 0,
                quotable=candidates(widely.find(asked), labelled),
            )
        )
    return examples


def candidates(found: Found, labelled: LabelledQuestion) -> list[list[float]]:
    """Give for the best sentences of each passage what may rank them, and whether they are right.

    Relevance, answerability, the logarithm of what is held, doubt, timeliness, relevance and
    answerability of the sentences by themselves, right or not.
    """
    return [
        [
            window.hit.reading.relevance,
            window.hit.reading.answers,
            held(window),
            doubted(window),
            window.hit.timeliness,
            window.alone.relevance,
            window.alone.answers,
            float(labelled.is_answered_by(window)),
        ]
        for window in found.windows
        if window.hit.reading and window.alone
    ]


def seen(found: Found) -> dict[str, float]:
    """Give the features; the lowest values where there was nothing to quote."""
    if found.windows:
        return answerer.seen(found)
    return {name: -12.0 if name.endswith(("relevance", "answers")) else 0.0 for name in FEATURES}


def sample(asked: list[LabelledQuestion], limit: int) -> list[LabelledQuestion]:
    """Take up to `limit` answerable and `limit` other questions, the same ones every time."""
    order = random.Random(7)
    chosen: list[LabelledQuestion] = []
    for is_answerable in (True, False):
        kind = [one for one in asked if one.is_answerable is is_answerable]
        order.shuffle(kind)
        chosen += kind[:limit]
    return chosen
