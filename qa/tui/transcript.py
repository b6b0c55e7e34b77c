"""Turns -> the conversation, scrolling."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from qa.tui.quote_card import QuoteCard
from qa.tui.turn import Line, Turn

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

    MAX_TURNS: ClassVar[int] = 60
    """Beyond a hundred, changing the theme takes seconds."""

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

    def newest_card(self) -> QuoteCard | None:
        """The first quote of the newest turn that has quotes."""
        for turn in reversed(self.query(Turn)):
            for card in turn.query(QuoteCard):
                return card
        return None

    def card_beside(self, card: QuoteCard, step: int) -> QuoteCard | None:
        """The card before (-1) or after (1) this one, in any turn."""
        cards = list(self.query(QuoteCard))
        place = cards.index(card) + step
        return cards[place] if 0 <= place < len(cards) else None
