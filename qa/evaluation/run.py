"""Dataset + bench -> Evaluation: asks every question and sums up."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from queue import SimpleQueue
from random import Random
from time import perf_counter
from typing import Any

from index.types import Progress
from qa.evaluation.bench import Bench
from qa.evaluation.dataset import SEED, Dataset, Fault, sample
from qa.evaluation.figures import (
    ConversationFigures,
    QuestionFigures,
    conversation_figures,
    question_figures,
)
from qa.evaluation.marks import Mark, TurnMark, mark, mark_turn
from qa.types import Searched

Report = Callable[[Progress], None]
Job = Callable[[Bench], Mark | TurnMark]

TIMED = 20
"""Questions asked one by one, as a person would; beside others, a stage takes longer."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured on a set."""

    searched: Searched
    threshold: float
    """Confidence from which a question is answered."""
    faults: tuple[Fault, ...]
    """Lines that were left out."""
    limit: int | None
    questions: QuestionFigures | None
    """None where the set has none."""
    conversations: ConversationFigures | None
    """None where the set has none with evidence."""
    seconds: float
    """Of asking alone."""


def evaluate(
    dataset: Dataset, benches: Sequence[Bench], *, limit: int | None = None, report: Report
) -> Evaluation:
    """Ask the questions of a set, or a sample of them, and say how right the replies are.

    The first bench asks TIMED questions alone, and the stages are timed on those; the others, if
    there are any, share the rest.
    """
    started = perf_counter()
    asked = dataset.questions if limit is None else sample(dataset.questions, limit)
    turns = list(dataset.scored_turns)
    if limit is not None and limit < len(turns):
        chosen = sorted(Random(SEED).sample(range(len(turns)), limit))  # noqa: S311 - no secret
        turns = [turns[at] for at in chosen]
    jobs: list[Job] = [partial(mark, labelled) for labelled in asked]
    jobs += [partial(mark_turn, conversation, at) for conversation, at in turns]
    marks, turn_marks = list[Mark](), list[TurnMark]()
    for done, got in enumerate(_side_by_side(jobs, benches), start=1):
        report(Progress("reading", done, len(jobs), "asking"))
        if isinstance(got, Mark):
            marks.append(got)
        else:
            turn_marks.append(got)
    bench = benches[0]
    return Evaluation(
        searched=bench.searched,
        threshold=bench.judge.threshold,
        faults=dataset.faults,
        limit=limit,
        questions=question_figures(marks) if marks else None,
        conversations=conversation_figures(turn_marks) if turn_marks else None,
        seconds=perf_counter() - started,
    )


def _side_by_side(jobs: Sequence[Job], benches: Sequence[Bench]) -> Iterator[Mark | TurnMark]:
    """Do all jobs and give what they give, in order."""
    alone, *others = benches
    timed = TIMED if others else len(jobs)
    yield from (job(alone) for job in jobs[:timed])
    if not jobs[timed:]:
        return
    free: SimpleQueue[Bench] = SimpleQueue()
    for bench in others:
        free.put(bench)

    def do(job: Job) -> Mark | TurnMark:
        bench = free.get()
        try:
            got = job(bench)
        finally:
            free.put(bench)
        return replace(got, timings_ms={}) if isinstance(got, Mark) else got

    pool = ThreadPoolExecutor(len(others))
    try:
        yield from pool.map(do, jobs[timed:])
    finally:
        pool.shutdown(cancel_futures=True)


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Give the figures in the shape of `qa.eval/1`, as plain values; fractions to four places."""
    fields = {
        "schema": "qa.eval/1",
        "dataset": evaluation.searched.root,
        "articles": evaluation.searched.articles,
        "passages": evaluation.searched.passages,
        "threshold": evaluation.threshold,
        "limit": evaluation.limit,
        "skipped": [asdict(fault) for fault in evaluation.faults],
        "questions": asdict(evaluation.questions) if evaluation.questions else None,
        "conversations": asdict(evaluation.conversations) if evaluation.conversations else None,
        "seconds": evaluation.seconds,
    }
    return {name: _rounded(value) for name, value in fields.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
