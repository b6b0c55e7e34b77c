"""Article -> numbered lines, with a quote lit and omissions dimmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from index.types import Span
from qa.tui.lighting import Mark, lit
from qa.types import Citation
from qa.visible import visible


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen."""

    number: str
    """The line's number on its first row, else nothing."""
    content: Content


class SourceText(ScrollView, can_focus=True):
    """The whole canonical text, wrapped; opens with the quote in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source--number",
        "source--text",
        "source--highlight",
        "source--omission",
        "source--reason",
    }

    def __init__(self) -> None:
        super().__init__()
        self._shown: Citation | None = None
        self._lit_words: tuple[Span, ...] = ()
        self._rows: list[Row] = []
        self._row_of_quote = 0
        self._number_width = 4

    def show(self, citation: Citation, highlights: tuple[Span, ...]) -> None:
        """Show the citation's article with its span lit and in sight."""
        self._shown = citation
        self._lit_words = highlights
        self._lay_out()

    def on_mount(self) -> None:
        """Follow the theme: its colours are laid into the rows."""
        self.watch(self.app, "theme", self._lay_out, init=False)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Draw one row: the line's number, then its text."""
        base = self.visual_style
        width = self.scrollable_content_region.width
        row_number = y + self.scroll_offset.y
        if row_number >= len(self._rows):
            return Strip.blank(width, base.rich_style)
        row = self._rows[row_number]
        gutter = base + self._part_style("number")
        number = row.number.rjust(self._number_width)
        segments = [Segment(f"{number} ", gutter.rich_style), Segment(" ", base.rich_style)]
        segments += row.content.render_segments(base)
        return Strip(segments).adjust_cell_length(width, base.rich_style)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self._shown is None or width == 0:
            return
        lines = self._shown.article.text.split("\n")
        self._number_width = max(4, len(str(len(lines))) + 1)
        text_width = max(10, width - self._number_width - 3)
        marks = self._marks(self._shown)
        quote_start = self._shown.span.start
        self._rows = []
        start = 0
        for number, line in enumerate(lines, 1):
            end = start + len(line)
            if start <= quote_start <= end:
                above = Content(visible(line[: quote_start - start])).wrap(text_width)
                self._row_of_quote = len(self._rows) + max(0, len(above) - 1)
            rows = self._line(start, end, marks).wrap(text_width) or [Content()]
            self._rows += [Row("" if nth else str(number), row) for nth, row in enumerate(rows)]
            start = end + 1
        self.virtual_size = Size(width, len(self._rows))
        lead = max(1, self.scrollable_content_region.height // 3)
        self.scroll_to(y=max(0, self._row_of_quote - lead), animate=False)
        self.refresh()

    def _marks(self, shown: Citation) -> list[Mark]:
        omission = self._part_style("omission")
        marks = [(omitted.span, omission) for omitted in shown.article.omissions]
        marks.append((shown.span, self._part_style("text")))
        return marks + [(span, self._part_style("highlight")) for span in self._lit_words]

    def _line(self, start: int, end: int, marks: Sequence[Mark]) -> Content:
        """One line of the article, followed by why something that begins in it was left out."""
        if self._shown is None or start == end:
            return Content()
        line = Span(start, end)
        article = self._shown.article
        content = lit(article.text, line, [mark for mark in marks if mark[0].overlaps(line)])
        for omission in article.omissions:
            if start <= omission.span.start < end:
                reason = Content.styled(
                    f"  ‹{omission.reason}, left out›", self._part_style("reason")
                )
                content += reason
        return content

    def _part_style(self, part: str) -> Style:
        return self.get_visual_style(f"source--{part}", partial=True)
