"""Evaluation -> tables of words: the same for a terminal and for a pipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.evaluation.figures import (
    ConversationFigures,
    Decisions,
    QuestionFigures,
    Share,
    ShareAt,
    TurnFigures,
)
from qa.evaluation.run import Evaluation

NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under a heading; the first column names, the others hold figures."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(evaluation: Evaluation) -> Iterator[Table]:
    """Give the figures, the most important ones first."""
    if evaluation.questions is not None:
        yield _quotes(evaluation.questions)
        yield _found(evaluation.questions)
        yield _decisions(evaluation.questions, evaluation.threshold)
        yield _kinds(evaluation.questions)
        yield _timings(evaluation.questions)
    if evaluation.conversations is not None:
        yield _conversations(evaluation.conversations)


def _quotes(figures: QuestionFigures) -> Table:
    quote, lenient = figures.quote_at, figures.lenient_quote_at
    return Table(
        f"Right quotes, of {figures.answerable} answerable questions",
        ("", "first", "in five"),
        (
            ("as shown (a declined question is a miss)", *_shares(quote.shown)),
            ("threshold at zero", *_shares(quote.threshold_zero)),
            ("as shown, the answer's words from any article", *_shares(lenient.shown)),
            ("threshold at zero, from any article", *_shares(lenient.threshold_zero)),
        ),
    )


def _found(figures: QuestionFigures) -> Table:
    return Table(
        "Right ones among the first",
        ("", "1", "3", "5"),
        (
            ("article", *_shares(figures.article_at)),
            ("passage", *_shares(figures.passage_at)),
            ("sentence (quote, threshold at zero)", *_shares(figures.sentence_at)),
        ),
    )


def _decisions(figures: QuestionFigures, threshold: float) -> Table:
    calibration, words, decided = figures.calibration, figures.words, figures.decisions
    band = f"{calibration.band.low:.3f} to {calibration.band.high:.3f}"
    long = (
        f"{words.first_quote:.1f} / {words.one_sentence:.1f} = {words.ratio:.2f}" if words else ""
    )
    rows = (
        ("MRR@10 of passages", _number(figures.mrr_at_10)),
        ("words: first quote / one sentence of it", long or NONE),
        ("AUROC, answerable against not", _number(figures.auroc)),
        ("answered of the answerable", _number(decided.answered)),
        (f"declined of the other {figures.unanswerable}", _number(decided.declined)),
        ("answered of all", _number(decided.answered_of_all)),
        ("wrong of the answered", _number(decided.wrong_of_answered)),
        ("area under the risk-coverage curve", _number(figures.risk_coverage.area)),
        ("calibration error (ECE, 10 bins)", _number(calibration.ece)),
        ("  95 % band if perfectly calibrated", f"{band}: {calibration.position}"),
    )
    return Table(f"Decisions at the threshold {threshold:.2f}", ("", ""), rows)


def _kinds(figures: QuestionFigures) -> Table:
    def row(kind: str, sizes: tuple[int, int], at: ShareAt, decided: Decisions) -> tuple[str, ...]:
        counts = (str(size) for size in sizes)
        return (
            kind or "(none stated)",
            *counts,
            *_shares(at),
            _number(decided.answered),
            _number(decided.declined),
        )

    return Table(
        "By kind of question (quotes with the threshold at zero)",
        ("", "answerable", "others", "quote@1", "quote@5", "answered", "declined"),
        tuple(
            row(one.kind, (one.answerable, one.unanswerable), at, one.decisions)
            for one in figures.by_kind
            for at in (one.quote_at.threshold_zero,)
        ),
    )


def _timings(figures: QuestionFigures) -> Table:
    return Table(
        "Milliseconds by stage",
        ("", "p50", "p95"),
        tuple(
            (stage, f"{took['p50']:.0f}", f"{took['p95']:.0f}")
            for stage, took in figures.timings_ms.items()
        ),
    )


def _conversations(figures: ConversationFigures) -> Table:
    def rows(name: str, turns: TurnFigures) -> Sequence[tuple[str, ...]]:
        ways = (
            ("as asked, after the earlier questions", turns.in_context),
            ("as asked, alone", turns.alone),
            ("as a person rewrote it", turns.rewritten),
        )
        return [(f"{name}: {way}", str(got.turns), *_shares(got.passage_at)) for way, got in ways]

    return Table(
        "Conversations: right passage",
        ("", "turns", "first", "in five"),
        (*rows("first turns", figures.first_turns), *rows("follow-ups", figures.follow_ups)),
    )


def _shares(at: ShareAt) -> tuple[str, ...]:
    return tuple(_number(share) for share in at.values())


def _number(share: Share) -> str:
    return NONE if share is None else f"{share:.3f}"
