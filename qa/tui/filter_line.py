"""Filters -> chips above the prompt."""

from dataclasses import dataclass
from typing import cast

from textual import on
from textual.message import Message

from qa.tui.chips import Chip, ChipRow
from qa.tui.filters import FilterName, Filters


class FilterLine(ChipRow):
    """What later questions are asked with; hidden while nothing is set."""

    @dataclass
    class Removed(Message):
        """The person takes one filter away."""

        name: FilterName

    def __init__(self, filters: Filters) -> None:
        super().__init__(self._chips_of(filters))
        self.set_class(bool(filters.words()), "set")

    async def show(self, filters: Filters) -> None:
        """Show these filters in place of the ones before; the focus goes on to the next one."""
        before = self.chips
        focused = self.screen.focused
        place = before.index(focused) if focused in before else None
        chips = self._chips_of(filters)
        self.set_class(bool(chips), "set")
        async with self.batch():
            await self.remove_children(Chip)
            await self.mount(*chips)
        if chips and place is not None:
            self.screen.set_focus(chips[min(place, len(chips) - 1)])

    @on(Chip.Removed)
    def _remove(self, event: Chip.Removed) -> None:
        event.stop()
        self.post_message(self.Removed(cast("FilterName", event.chip.meaning)))

    @staticmethod
    def _chips_of(filters: Filters) -> list[Chip]:
        return [Chip(name, words) for name, words in filters.words().items()]
