"""Typed dates and a source -> Filters."""

from datetime import date
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from qa.tui.entry import Entry
from qa.tui.filters import FilterName, FilterRefused, Filters, filters_of
from qa.tui.key_line import KeyLine
from qa.tui.line import Line
from qa.visible import visible_line

EXPLAINED = "Later questions are answered from these days and this source only."
MAX_DATE_CHARS = 40
"""No date needs more, and what is no date is repeated in a small box."""
_EXAMPLES: dict[FilterName, str] = {
    "since": "2025-06-23, 2025-06, 2025, yesterday",
    "until": "the same; a month is meant to its end",
    "source": "part of an outlet’s name or of a path",
    "as of": "today; “this week” is reckoned from it",
}


class FilterInput(Entry):
    """One filter; Enter sets them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Set"),
        Binding("up", "app.focus_previous", "Previous field", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
    ]

    def __init__(self, name: FilterName, value: str) -> None:
        longest = 0 if name == "source" else MAX_DATE_CHARS
        super().__init__(value, placeholder=_EXAMPLES[name], compact=True, max_length=longest)
        self.filter = name


class FilterScreen(ModalScreen[Filters | None]):
    """Asks for the filters; gives them, or None if the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, filters: Filters, today: date) -> None:
        super().__init__()
        self._filters = filters
        self._today = today

    def compose(self) -> ComposeResult:
        """A line to type in for each filter, filled with what is set."""
        values = self._filters.values()
        with VerticalScroll(id="filter-box", can_focus=False):
            yield Line("Filter the articles", "box-title")
            yield Line(EXPLAINED, "remark")
            for name in get_args(FilterName):
                with Horizontal(classes="field"):
                    yield Label(name.capitalize(), markup=False)
                    yield FilterInput(name, values.get(name, ""))
            yield Line("", "problem")
        yield KeyLine()

    @on(Input.Submitted)
    def _set(self) -> None:
        fields = {field.filter: field for field in self.query(FilterInput)}
        try:
            filters = filters_of({name: field.value for name, field in fields.items()}, self._today)
        except FilterRefused as refused:
            line = self.query_one(".problem", Line)
            line.add_class("error")
            line.update(Content(visible_line(f"{refused.name.capitalize()}: {refused}")))
            fields[refused.name].focus()
            self.call_after_refresh(line.scroll_visible, animate=False)
        else:
            self.dismiss(filters)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
