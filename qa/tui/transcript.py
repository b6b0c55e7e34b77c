"""Turns -> the conversation, scrolling."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from qa.tui.chips import Chip
from qa.tui.line import Line
from qa.tui.quote_card import QuoteCard
from qa.tui.turn import Turn

WELCOME = (
    "Ask the articles a question.\n\n"
    "The reply is made of their own words, each quote with the place where it stands. If they"
    " don’t answer, it says so.\n\n"
    "Tab goes into the quotes, Enter reads one in its article, Ctrl+O indexes another folder."
)
NOTHING_INDEXED = (
    "No articles are indexed yet. Press Ctrl+O and name a folder of articles to index it."
)

DROPPED = "Earlier turns are no longer shown."


class Transcript(VerticalScroll, can_focus=False):
    """The conversation so far; its oldest turns make room for new ones."""

    class Left(Message):
        """The person goes on below the last quote."""

    MAX_TURNS: ClassVar[int] = 60
    """Beyond a hundred, changing the theme takes seconds."""

    left_at: Widget | None = None
    """The quote that was last read in its article."""

    def compose(self) -> ComposeResult:
        """Start with a word of welcome."""
        yield Line(WELCOME, "welcome")

    def add(self, widget: Widget) -> None:
        """Put a turn, or a remark, at the end and show it."""
        self.query(".welcome").remove()
        if surplus := list(self.query(Turn))[: 1 - self.MAX_TURNS]:
            self.remove_children(surplus)
            if not self.query(".dropped"):
                self.mount(Line(DROPPED, "aside remark dropped"), before=0)
        self.mount(widget)
        self.show_end()

    def say(self, *lines: str, style: str = "remark") -> None:
        """Add a remark of ours that belongs to no question."""
        self.add(Line("\n".join(lines), f"aside {style}"))

    def start_again(self) -> None:
        """Start again with the word of welcome."""
        self.remove_children()
        self.mount(Line(WELCOME, "welcome"))

    def show_end(self) -> None:
        """Scroll to the end once the newest widgets have their size."""
        self.call_after_refresh(self.scroll_end, animate=False, immediate=True)

    def show_top_of(self, turn: Turn) -> None:
        """Scroll so that the turn's question is the first line."""
        self.call_after_refresh(
            self.scroll_to_widget, turn, top=True, animate=False, immediate=True
        )

    def enter(self, *, at_end: bool = False) -> bool:
        """Go into the newest turn that has quotes: to the first one, or to what stands last.

        Who has read one of them in its article goes on from there.

        Returns:
            Whether there is such a turn.
        """
        for turn in reversed(self.query(Turn)):
            if stops := turn.stops:
                first = next((stop for stop in stops if stop is self.left_at), stops[0])
                (_stops(turn)[-1] if at_end else first).focus()
                return True
        return False

    def round_trip(self) -> list[Widget]:
        """Everything that can be gone to, turn by turn, quotes before chips."""
        return [stop for turn in self.query(Turn) for stop in turn.stops]

    @on(QuoteCard.Moved)
    def _move_from_card(self, event: QuoteCard.Moved) -> None:
        event.stop()
        self._move(event.card, event.step)

    @on(Chip.Moved)
    def _move_from_chip(self, event: Chip.Moved) -> None:
        event.stop()
        row = event.chip.parent
        first = next(chip for chip in self.query(Chip) if chip.parent is row)
        self._move(first, event.step)

    def _move(self, stop: Widget, step: int) -> None:
        stops = _stops(self)
        place = stops.index(stop) + step
        if place >= len(stops):
            self.post_message(self.Left())
        elif place >= 0:
            stops[place].focus()


def _stops(within: Widget) -> list[Widget]:
    """Where Up and Down halt: every quote, and the first chip of a row."""
    stops = within.query("QuoteCard, Chip").results(Widget)
    return [stop for stop in stops if isinstance(stop, QuoteCard) or _is_first(stop)]


def _is_first(chip: Widget) -> bool:
    siblings = chip.parent.query_children(Chip) if chip.parent else ()
    return next(iter(siblings), None) is chip
