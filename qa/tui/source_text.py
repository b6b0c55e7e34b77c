"""Article -> numbered lines, with a quote lit and omissions dimmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
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
    own: str
    """The article's part of it, as shown: not why something was left out."""
    gap: str = "\n"
    """What parts it from the row above: a line feed, or the space at which the line was folded."""


def rows_of(line: Content, number: int, width: int, own_chars: int) -> Iterator[Row]:
    """Fold one line of the article; what follows its own characters is ours."""
    shown = line.expand_tabs()
    own_end = len(line[:own_chars].expand_tabs())
    end = 0
    for nth, row in enumerate(shown.wrap(width) or [Content()]):
        start = shown.plain.index(row.plain, end)
        own = row.plain[: max(0, own_end - start)]
        yield Row("" if nth else str(number), row, own, shown.plain[end:start] if nth else "\n")
        end = start + len(row.plain)


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
        segments += self._selected(row.content, row_number).render_segments(base)
        strip = Strip(segments).apply_offsets(0, row_number)
        return strip.adjust_cell_length(width, base.rich_style)

    @property
    def _margin(self) -> int:
        """Columns before the text."""
        return self._number_width + 2

    def _selected(self, row: Content, row_number: int) -> Content:
        """Light what the mouse has selected of a row."""
        span = self.text_selection.get_span(row_number) if self.text_selection else None
        if span is None:
            return row
        start, end = span
        style = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        stop = len(row) if end == -1 else max(0, end - self._margin)
        return row.stylize(style, max(0, start - self._margin), stop)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give what is selected as it stands in the article: without numbers, unfolded."""
        words: list[str] = []
        for row_number, row in enumerate(self._rows):
            if (span := selection.get_span(row_number)) is not None:
                start, end = span
                stop = None if end == -1 else max(0, end - self._margin)
                words += [row.gap if words else "", row.own[max(0, start - self._margin) : stop]]
        return "".join(words), "\n"

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self._shown is None or width == 0:
            return
        lines = self._shown.article.text.split("\n")
        self._number_width = max(4, len(str(len(lines))) + 1)
        text_width = max(10, width - self._margin - 1)
        marks = self._marks(self._shown)
        quote_start = self._shown.span.start
        self._rows = []
        start = 0
        for number, line in enumerate(lines, 1):
            end = start + len(line)
            if start <= quote_start <= end:
                above = Content(visible(line[: quote_start - start])).wrap(text_width)
                self._row_of_quote = len(self._rows) + max(0, len(above) - 1)
            own, reasons = self._line(start, end, marks)
            self._rows += rows_of(own + reasons, number, text_width, len(own))
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

    def _line(self, start: int, end: int, marks: Sequence[Mark]) -> tuple[Content, Content]:
        """One line of the article, and why something that begins in it was left out."""
        if self._shown is None or start == end:
            return Content(), Content()
        line = Span(start, end)
        article = self._shown.article
        content = lit(article.text, line, [mark for mark in marks if mark[0].overlaps(line)])
        reasons = (
            f"  ‹{omission.reason}, left out›"
            for omission in article.omissions
            if start <= omission.span.start < end
        )
        return content, Content.styled("".join(reasons), self._part_style("reason"))

    def _part_style(self, part: str) -> Style:
        return self.get_visual_style(f"source--{part}", partial=True)
