"""Question and reply -> one turn of the transcript."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from qa.tui.chips import Chip
from qa.tui.filters import Filters
from qa.tui.line import Line
from qa.tui.quote_card import QuoteCard
from qa.tui.reply import reply_widgets
from qa.tui.wording import shortened
from qa.types import Question, Quote, Reply
from qa.visible import visible_line


class Turn(Vertical):
    """A question, what is being done about it, and then its reply."""

    @dataclass
    class AskedAgain(Message):
        """The question, changed by now, wants another reply in place of the one it has."""

        turn: "Turn"

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        """As it is asked, or was."""
        self.reply: Reply | None = None
        self._replied_to = question
        self._state_line = Line("", "state")

    def compose(self) -> ComposeResult:
        """Show the question, and below it what is being done."""
        yield Line(shortened(self.question.text, max_chars=400, max_lines=4), "question")
        if words := Filters(self.question.scope, self.question.asked_on).words():
            yield Line(visible_line(" · ".join(words.values())), "remark")
        yield self._state_line

    @property
    def quotes(self) -> list[Quote]:
        """The quotes shown, in the order of the screen."""
        return [card.quote for card in self.query(QuoteCard)]

    @property
    def stops(self) -> Sequence[Widget]:
        """Where Tab halts: at the quotes, and after them at the words carried over."""
        return [*self.query(QuoteCard), *self.query(Chip)]

    @property
    def carried(self) -> Sequence[Chip]:
        """The words of earlier turns that can be taken away."""
        return [chip for chip in self.query(Chip) if not chip.is_going]

    def drop(self, chips: Sequence[Chip]) -> None:
        """Want the question asked again without these words."""
        words = tuple(chip.meaning.casefold() for chip in chips)
        self.question = replace(self.question, left_out=(*self.question.left_out, *words))
        for chip in chips:
            chip.add_class("-going")
        self.post_message(self.AskedAgain(self))

    @on(Chip.Removed)
    def _drop_one(self, event: Chip.Removed) -> None:
        event.stop()
        self.drop([event.chip])

    def show_state(self, state: str) -> None:
        """Say what the question waits for; a reply that it has already is dimmed."""
        self._state_line.update(Content(visible_line(state)))
        self._state_line.display = True
        self.set_class(self.reply is not None, "-asked-again")

    async def show_reply(self, reply: Reply) -> None:
        """Show what the articles say, or that they don't, in place of what was shown.

        The focus stays in the turn as long as there is something to hold it; of chips, on the
        one that stands next.
        """
        focused = self.screen.focused if self.has_focus_within else None
        chips = list(self.query(Chip))
        place = chips.index(focused) if focused in chips else None
        self.reply = reply
        self._replied_to = self.question
        async with self.batch():
            await self._clear()
            await self.mount(*reply_widgets(reply))
        if focused:
            self.screen.set_focus(self._successor(place), scroll_visible=False)

    def _successor(self, place: int | None) -> Widget | None:
        """Find what takes the focus after the chip in this place, or after a quote."""
        chips = list(self.query(Chip))
        if place is not None and chips:
            return chips[min(place, len(chips) - 1)]
        return next(iter(self.stops), None)

    async def show_error(self, reason: str) -> None:
        """Show why there is no reply, or no other one."""
        self._restore()
        await self.mount(Line(visible_line(reason), "error"), after=self._state_line)

    async def show_cancelled(self) -> None:
        """Show that the question was taken back; a reply that it has already stays."""
        self._restore()
        if self.reply is None:
            await self.mount(Line("cancelled", "remark"))

    async def _clear(self) -> None:
        self._end()
        above = self.children.index(self._state_line) + 1
        await self.remove_children(self.children[above:])

    def _restore(self) -> None:
        self._end()
        self.question = self._replied_to
        for chip in self.query(Chip):
            chip.remove_class("-going")

    def _end(self) -> None:
        self._state_line.display = False
        self.remove_class("-asked-again")
