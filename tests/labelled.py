"""A small labelled set, written as a user would write it, and its index with stand-in models."""

import json

from stand_ins import HashingEncoder, StandInRetriever, ignore

from index.ingest.given import add_articles
from index.store.opening import writing
from qa.answering.judge import FEATURES, Judge
from qa.evaluation.bench import Bench
from qa.evaluation.dataset import read
from qa.types import Searched

COINS = "The emperor minted copper coins in Ravenna. Nobody else dared to mint them that year."
DYE = "Purple dye came from snails of Tyre. The emperor alone wore the purple cloak."
ROADS = "The roads were paved with basalt stones. Carts rolled along the roads to market."


def article(name, text, **more):
    return {"id": name, "title": "", "text": text, "source": "", "url": "", "published": "", **more}


def place(name, text, words):
    start = text.index(words)
    return {"article": name, "start": start, "end": start + len(words), "text": words}


def question(name="q1", **more):
    return {
        "id": name,
        "question": "What did the emperor have minted in Ravenna?",
        "answers": ["copper coins"],
        "evidence": [place("coins", COINS, "copper coins")],
        "answerable": True,
        "kind": "what",
        **more,
    }


UNANSWERABLE = question(
    "q2",
    question="Who sank the fleet of Carthage?",
    answers=[],
    evidence=[],
    answerable=False,
    kind="who",
)
ARTICLES = [article("coins", COINS), article("dye", DYE), article("roads", ROADS)]


def write_set(folder, *, articles=ARTICLES, questions=None, conversations=None):
    """Write a set; a line is an object, or bytes that are written as they are."""
    folder.mkdir(exist_ok=True)
    files = {"articles": articles, "questions": questions, "conversations": conversations}
    for name, lines in files.items():
        if lines is not None:
            written = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
            (folder / f"{name}.jsonl").write_bytes(b"".join(line + b"\n" for line in written))
    return folder


def unsure_judge(threshold):
    """Whatever it sees, it is half sure."""
    nothing = (0.0,) * len(FEATURES)
    return Judge(
        weights=nothing,
        means=nothing,
        scales=(1.0,) * len(FEATURES),
        bias=0.0,
        threshold=threshold,
    )


def bench_of(folder, index_folder, *, threshold=0.0):
    """Index a set with stand-in models and open it; a threshold of 1 declines everything."""
    dataset = read(folder)
    with writing(index_folder) as writer:
        add_articles(writer, dataset.articles, HashingEncoder(), report=ignore)
    retriever = StandInRetriever(index_folder)
    counts = retriever.passages.store.counts()
    return Bench(
        retriever,
        Searched(str(folder), counts.articles, counts.passages),
        judge=unsure_judge(threshold),
        close=retriever.passages.close,
    )
