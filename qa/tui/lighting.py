"""Span of an article -> styled text."""

from collections.abc import Sequence
from itertools import pairwise

from textual.content import Content
from textual.style import Style

from index.types import Span
from qa.visible import visible

Mark = tuple[Span, Style]


def lit(text: str, span: Span, marks: Sequence[Mark]) -> Content:
    """Cut the span out of the text and style what each mark covers; later marks win.

    The text is cut at every mark before its hidden characters are made visible, so that a mark
    stays on its words however much longer they are shown.
    """
    cuts = {span.start, span.end}
    for mark, _ in marks:
        cuts.update(cut for cut in (mark.start, mark.end) if span.start < cut < span.end)
    pieces: list[tuple[str, str | Style]] = []
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        piece = Span(start, end)
        styles = [style for mark, style in marks if mark.contains(piece)]
        pieces.append((visible(piece.of(text)), Style.combine(styles) if styles else ""))
    return Content.assemble(*pieces)
