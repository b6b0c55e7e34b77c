"""Marks -> Figures: what is reported, in the shape of `qa.eval/1`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.marks import Mark, Rank, TurnMark
from qa.evaluation.metrics import (
    Band,
    Bin,
    area_under_risk,
    auroc,
    calibrated_band,
    expected_calibration_error,
    mean_reciprocal_rank,
    percentile,
    reliability,
    risk_at_coverage,
    success_at,
)

Share = float | None
"""0 to 1; None where there is nothing to count."""
ShareAt = Mapping[str, Share]
"""By the number of the first ones looked at, such as `1` and `5`."""

RANKS, QUOTE_RANKS = (1, 3, 5), (1, 5)


@dataclass(frozen=True, slots=True)
class QuoteFigures:
    """Right quotes, as a share of the answerable questions."""

    shown: ShareAt
    """A declined question is a miss."""
    threshold_zero: ShareAt
    """As if no question were ever declined."""


@dataclass(frozen=True, slots=True)
class Words:
    """Mean number of words, over answerable questions with a quote."""

    first_quote: float
    one_sentence: float
    """If only the sentence of it that fits best were quoted."""
    ratio: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the threshold does."""

    answered: Share
    """Of the answerable questions."""
    declined: Share
    """Of the others."""
    answered_of_all: Share
    wrong_of_answered: Share
    """Answered questions without a right quote among the first five."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidence against "one of the first five quotes is right"."""

    ece: float
    band: Band
    """Of a perfectly calibrated model with these confidences."""
    position: str
    """Of the error: `below`, `inside` or `above` the band."""
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """Share wrong against share answered."""

    area: float
    curve: tuple[tuple[float, float], ...]
    """(coverage, risk), at most 101 points."""


@dataclass(frozen=True, slots=True)
class KindFigures:
    """What one kind of question got."""

    kind: str
    answerable: int
    unanswerable: int
    quote_at: QuoteFigures
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What the questions of a set got."""

    answerable: int
    unanswerable: int
    article_at: ShareAt
    passage_at: ShareAt
    sentence_at: ShareAt
    mrr_at_10: Share
    """Of the passages."""
    quote_at: QuoteFigures
    lenient_quote_at: QuoteFigures
    words: Words | None
    auroc: Share
    decisions: Decisions
    calibration: Calibration
    risk_coverage: Risk
    by_kind: tuple[KindFigures, ...]
    timings_ms: Mapping[str, Mapping[str, float]]
    """p50 and p95 by stage."""


@dataclass(frozen=True, slots=True)
class WayFigures:
    """What one way of asking got: the right passage among the first ones."""

    turns: int
    passage_at: ShareAt


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """What turns of conversations got, by the way of asking."""

    in_context: WayFigures
    alone: WayFigures
    rewritten: WayFigures
    """Only of turns that have a rewrite."""


@dataclass(frozen=True, slots=True)
class ConversationFigures:
    """What conversations got."""

    first_turns: TurnFigures
    follow_ups: TurnFigures


def question_figures(marks: Sequence[Mark]) -> QuestionFigures:
    """Sum up the marks of a set; there must be one."""
    answerable = [one for one in marks if one.is_answerable]
    others = [one for one in marks if not one.is_answerable]
    return QuestionFigures(
        answerable=len(answerable),
        unanswerable=len(others),
        article_at=_at(RANKS, [one.article for one in answerable]),
        passage_at=_at(RANKS, [one.passage for one in answerable]),
        sentence_at=_at(RANKS, [one.quote for one in answerable]),
        mrr_at_10=mean_reciprocal_rank([m.passage for m in answerable]) if answerable else None,
        quote_at=_quotes(answerable),
        lenient_quote_at=QuoteFigures(
            shown=_at(QUOTE_RANKS, [one.shown_lenient for one in answerable]),
            threshold_zero=_at(QUOTE_RANKS, [one.lenient for one in answerable]),
        ),
        words=_words([one for one in answerable if one.words]),
        auroc=auroc([m.confidence for m in answerable], [m.confidence for m in others])
        if answerable and others
        else None,
        decisions=_decisions(marks),
        calibration=_calibration(marks),
        risk_coverage=_risk(marks),
        by_kind=_by_kind(marks),
        timings_ms=_timings(marks),
    )


def conversation_figures(marks: Sequence[TurnMark]) -> ConversationFigures:
    """Sum up the marks of conversations, first turns and follow-ups apart."""
    return ConversationFigures(
        first_turns=_turns([one for one in marks if one.is_first]),
        follow_ups=_turns([one for one in marks if not one.is_first]),
    )


def _turns(marks: Sequence[TurnMark]) -> TurnFigures:
    def way(ranks: list[Rank]) -> WayFigures:
        return WayFigures(len(ranks), _at(QUOTE_RANKS, ranks))

    return TurnFigures(
        in_context=way([one.in_context for one in marks]),
        alone=way([one.alone for one in marks]),
        rewritten=way([one.rewritten for one in marks if one.has_rewrite]),
    )


def _at(places: Sequence[int], ranks: Sequence[Rank]) -> dict[str, Share]:
    return {str(k): success_at(k, ranks) if ranks else None for k in places}


def _quotes(answerable: Sequence[Mark]) -> QuoteFigures:
    return QuoteFigures(
        shown=_at(QUOTE_RANKS, [one.shown for one in answerable]),
        threshold_zero=_at(QUOTE_RANKS, [one.quote for one in answerable]),
    )


def _words(quoted: Sequence[Mark]) -> Words | None:
    if not quoted:
        return None
    full = sum(one.words for one in quoted) / len(quoted)
    alone = sum(one.words_alone for one in quoted) / len(quoted)
    return Words(full, alone, full / alone)


def _decisions(marks: Sequence[Mark]) -> Decisions:
    return Decisions(
        answered=_share(marks, lambda m: m.is_answered, among=lambda m: m.is_answerable),
        declined=_share(marks, lambda m: not m.is_answered, among=lambda m: not m.is_answerable),
        answered_of_all=_share(marks, lambda m: m.is_answered, among=lambda _: True),
        wrong_of_answered=_share(marks, lambda m: not m.is_right, among=lambda m: m.is_answered),
    )


def _share(
    marks: Sequence[Mark], claim: Callable[[Mark], bool], *, among: Callable[[Mark], bool]
) -> Share:
    counted = [claim(one) for one in marks if among(one)]
    return sum(counted) / len(counted) if counted else None


def _calibration(marks: Sequence[Mark]) -> Calibration:
    confidences, right = _confidences(marks)
    error, band = expected_calibration_error(confidences, right), calibrated_band(confidences)
    return Calibration(error, band, band.position(error), tuple(reliability(confidences, right)))


def _risk(marks: Sequence[Mark]) -> Risk:
    curve = risk_at_coverage(*_confidences(marks))
    per_cent = {round(100 * coverage): (coverage, risk) for coverage, risk in curve}
    return Risk(area_under_risk(curve), tuple(per_cent.values()))


def _confidences(marks: Sequence[Mark]) -> tuple[list[float], list[bool]]:
    return [one.confidence for one in marks], [one.is_right for one in marks]


def _by_kind(marks: Sequence[Mark]) -> tuple[KindFigures, ...]:
    kinds: dict[str, list[Mark]] = {}
    for one in marks:
        kinds.setdefault(one.kind, []).append(one)
    return tuple(
        KindFigures(
            kind=kind,
            answerable=sum(one.is_answerable for one in members),
            unanswerable=sum(not one.is_answerable for one in members),
            quote_at=_quotes([one for one in members if one.is_answerable]),
            decisions=_decisions(members),
        )
        for kind, members in sorted(kinds.items())
    )


def _timings(marks: Sequence[Mark]) -> dict[str, dict[str, float]]:
    stages: dict[str, list[float]] = {}
    for one in marks:
        for stage, took in one.timings_ms.items():
            stages.setdefault(stage, []).append(took)
    return {
        stage: {"p50": percentile(took, 0.5), "p95": percentile(took, 0.95)}
        for stage, took in stages.items()
    }
