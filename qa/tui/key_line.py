"""Bindings of what has the focus -> the last line of a screen."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

MOST_KEYS = 5
"""Shown beside the one that leads to all of them."""
ALL_KEYS = "help"
"""Action of that one."""
ANY_TIME = ("filter", "index_folder", "quit")
"""Actions that give way to what can be done just now."""


class Key(Static):
    """A key and what it does; a click does the same."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key--name"}

    def __init__(self, binding: Binding, name: str, tooltip: str) -> None:
        super().__init__(markup=False)
        self.binding = binding
        self.tooltip = tooltip or None
        self._shown_name = name

    @property
    def columns(self) -> int:
        """Its width on the line, with one column of room after it."""
        return cell_len(f"{self._shown_name} {self.binding.description} ")

    def render(self) -> Content:
        """Tell the key from what it does, without colours too."""
        name = (self._shown_name, self.get_visual_style("key--name", partial=True))
        return Content.assemble(name, f" {self.binding.description}")

    def on_click(self) -> None:
        """Do what the key does."""
        self.app.simulate_key(self.binding.key)


class KeyLine(Horizontal):
    """The few keys that matter where the focus is, as many as there is room for."""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self) -> None:
        """See for how many there is room now."""
        self.call_after_refresh(self.recompose)

    def compose(self) -> ComposeResult:
        """Those of the focus, then those of the screen, and at the end the way to all others."""
        keys = list(self._keys())
        to_all = [key for key in keys if key.binding.action == ALL_KEYS]
        room = self.content_size.width - sum(key.columns for key in to_all)
        others = [key for key in keys if key not in to_all]
        for key in sorted(others, key=_precedence)[:MOST_KEYS]:
            room -= key.columns
            if room >= 0:
                yield key
        yield from to_all

    def _keys(self) -> Iterator[Key]:
        """Give what can be done now; of several keys for one thing, the first."""
        done = set()
        for _, binding, is_enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and is_enabled and binding.action not in done:
                done.add(binding.action)
                yield Key(binding, self.app.get_key_display(binding), tooltip)

    def _follow(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self.recompose)


def _precedence(key: Key) -> int:
    action = key.binding.action
    return ANY_TIME.index(action) + 1 if action in ANY_TIME else 0
