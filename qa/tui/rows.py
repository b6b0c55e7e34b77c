"""Lines -> a list to scroll through, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from qa.visible import visible_line


@dataclass(frozen=True, slots=True)
class Row:
    """One line of words, free of control characters once it is shown."""

    words: str
    is_heading: bool = False
    indent: int = 0


class Rows(ScrollView, can_focus=True):
    """Wrapped lines; only those in sight are drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--heading", "rows--line"}

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._wrapped: list[tuple[Row, Content]] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these lines from the first one on."""
        self._rows = rows
        self._lay_out()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Draw one row in the style of its kind."""
        base = self.visual_style
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._wrapped):
            return Strip.blank(width, base.rich_style)
        row, content = self._wrapped[number]
        style = base + self._part_style("heading" if row.is_heading else "line")
        strip = Strip(content.render_segments(style))
        return strip.adjust_cell_length(width, base.rich_style)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width:
            self._wrapped = list(chain.from_iterable(_wrapped(row, width) for row in self._rows))
            self.virtual_size = Size(width, len(self._wrapped))
            self.refresh()

    def _part_style(self, part: str) -> Style:
        return self.get_visual_style(f"rows--{part}", partial=True)


def _wrapped(row: Row, width: int) -> list[tuple[Row, Content]]:
    """Fold a row; what goes on in the next one stands two columns further in."""
    words = visible_line(row.words)
    content = Content(words)
    margin = " " * row.indent
    if content.cell_length + row.indent <= width:
        return [(row, Content(margin + words))]
    first, *rest = content.wrap(max(10, width - row.indent - 2))
    return [
        (row, Content(margin) + first),
        *((row, Content(f"{margin}  ") + line) for line in rest),
    ]
