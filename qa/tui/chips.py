"""Words that hold for a question -> chips that one key takes away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Label, Static

from qa.tui.wording import shortened
from qa.visible import visible_line

MAX_CHARS = 40
"""Of one chip's words; longer ones are cut on the screen only."""


class Flow(Layout):
    """From left to right, and on a new row where one is full; every widget is one row high."""

    name = "flow"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 - Textual's signature
    ) -> ArrangeResult:
        """Give each child the width of its words, and one column of room after it."""
        parent.pre_layout(self)
        viewport = parent.app.viewport_size
        placements = []
        x = y = 0
        for child in children:
            width = min(child.get_content_width(size, viewport) + child.gutter.width, size.width)
            if x and x + width > size.width:
                x, y = 0, y + 1
            place = Region(x, y, width, 1)
            placements.append(WidgetPlacement(place, NULL_OFFSET, NULL_SPACING, child))
            x += width + 1
        return placements


class Chip(Static, can_focus=True):
    """A few words with a cross; a key, or a click on the cross, takes them away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete,backspace", "remove", "Remove"),
        Binding("left", "step(-1)", "Previous chip", show=False),
        Binding("right", "step(1)", "Next chip", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
    ]

    letters: ClassVar[frozenset[str]] = frozenset("x")
    """Those that are keys of a chip."""

    @dataclass
    class Removed(Message):
        """The person takes the words away."""

        chip: "Chip"

    @dataclass
    class Stepped(Message):
        """The person goes on to the chip before (-1) or after (1) it."""

        chip: "Chip"
        step: int

    @dataclass
    class Moved(Message):
        """The person goes on to what stands above (-1) or below (1) the row."""

        chip: "Chip"
        step: int

    def __init__(self, meaning: str, words: str | None = None) -> None:
        """Show the words, or else the meaning itself."""
        super().__init__(markup=False)
        self.meaning = meaning
        self._words = shortened(visible_line(words or meaning), max_chars=MAX_CHARS, max_lines=1)

    def render(self) -> Content:
        """The words and their cross."""
        return Content.assemble(f" {self._words} ", ("× ", Style.from_meta({"remove": True})))

    @property
    def is_going(self) -> bool:
        """The words are being taken away."""
        return self.has_class("-going")

    def on_click(self, event: events.Click) -> None:
        """Take the words away if the cross was hit."""
        event.stop()
        if event.style.meta.get("remove"):
            self.action_remove()

    def action_remove(self) -> None:
        """Take the words away."""
        if not self.is_going:
            self.post_message(self.Removed(self))

    def action_step(self, step: int) -> None:
        """Go on to the chip before or after."""
        self.post_message(self.Stepped(self, step))

    def action_move(self, step: int) -> None:
        """Leave the row, up or down."""
        self.post_message(self.Moved(self, step))


class ChipRow(Widget):
    """Chips, on as many rows as they need; a word of explanation may stand before them."""

    _FLOW = Flow()

    def __init__(self, chips: Sequence[Chip], label: str = "") -> None:
        super().__init__()
        self._first = chips
        self._label = label

    @property
    def layout(self) -> Layout:
        """One after another."""
        return self._FLOW

    def compose(self) -> ComposeResult:
        """Start with the explanation."""
        if self._label:
            yield Label(self._label, markup=False)
        yield from self._first

    @property
    def chips(self) -> list[Chip]:
        """The chips, in their order."""
        return list(self.query(Chip))

    @on(Chip.Stepped)
    def _step(self, event: Chip.Stepped) -> None:
        event.stop()
        chips = self.chips
        place = chips.index(event.chip) + event.step
        if 0 <= place < len(chips):
            chips[place].focus()
