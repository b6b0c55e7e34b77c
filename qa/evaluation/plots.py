"""Figures -> curves of braille dots; the one door of plotille."""

from typing import Any

from qa.evaluation.figures import QuestionFigures

WIDTH, HEIGHT = 50, 10
EDGE = 1.02
"""A little above 1, so that a mark at 1 has a cell to stand in."""


def plots(figures: QuestionFigures) -> str:
    """Draw the risk-coverage curve and the reliability diagram."""
    return f"{_risk(figures)}\n\n{_reliability(figures)}"


def _risk(figures: QuestionFigures) -> str:
    curve = figures.risk_coverage.curve
    figure = _square("answered", "wrong")
    figure.plot([coverage for coverage, _ in curve], [risk for _, risk in curve])
    reached = figures.decisions.answered_of_all, figures.decisions.wrong_of_answered
    if None not in reached:
        figure.scatter([reached[0]], [reached[1]], marker="×")
    return f"Risk-coverage: share wrong by share answered; × as shipped\n\n{figure.show()}"


def _reliability(figures: QuestionFigures) -> str:
    bins = figures.calibration.bins
    figure = _square("confidence", "right")
    figure.plot([0, 1], [0, 1])
    figure.scatter([one.confidence for one in bins], [one.right for one in bins], marker="●")
    return f"Reliability: share right by confidence; the line is perfect\n\n{figure.show()}"


def _square(across: str, up: str) -> Any:
    import plotille  # noqa: PLC0415 - seldom needed

    figure = plotille.Figure()
    figure.width, figure.height = WIDTH, HEIGHT
    figure.with_colors = False
    figure.x_label, figure.y_label = across, up
    figure.set_x_limits(0, EDGE)
    figure.set_y_limits(0, EDGE)
    for axis in (float, int):
        figure.register_label_formatter(axis, _tick)
    return figure


def _tick(value: float, chars: int, delta: float, left: bool = False) -> str:  # noqa: ARG001
    words = f"{value:.1f}"
    return words.ljust(chars) if left else words.rjust(chars)
