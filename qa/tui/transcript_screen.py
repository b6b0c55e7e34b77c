"""Keys -> from the prompt into the quotes, on into their articles, and back."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from qa.tui.chips import Chip
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import Place, SourceScreen, copy_quote
from qa.tui.transcript import Transcript
from qa.tui.turn import Turn
from qa.types import Quote


class TranscriptScreen(Screen[None]):
    """A screen with a transcript and a prompt, and the ways between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "into_quotes", "Quotes", show=False),
        Binding("escape", "to_prompt", "Back"),
    ]

    @on(Prompt.Paged)
    def _turn_pages(self, event: Prompt.Paged) -> None:
        transcript = self.query_one(Transcript)
        if event.pages < 0:
            transcript.scroll_page_up(animate=False)
        else:
            transcript.scroll_page_down(animate=False)

    def action_into_quotes(self) -> None:
        """Go from the prompt into the newest reply, else to what is next."""
        if not (self.query_one(Prompt).has_focus and self.query_one(Transcript).enter()):
            self.focus_next()

    @on(Chip.Moved)
    def _move_from_filter(self, event: Chip.Moved) -> None:
        if event.step > 0 or not self.query_one(Transcript).enter(at_end=True):
            self.action_to_prompt()

    @on(Transcript.Left)
    def action_to_prompt(self) -> None:
        """Go back to the prompt."""
        self.query_one(Prompt).focus()

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer the way back away from the prompt only."""
        return action != "to_prompt" or not isinstance(self.focused, Prompt)

    @on(QuoteCard.Copied)
    def _copy(self, event: QuoteCard.Copied) -> None:
        copy_quote(self.app, _place_of(event.quote))

    @on(QuoteCard.Opened)
    def _open(self, event: QuoteCard.Opened) -> None:
        turn = next(above for above in event.card.ancestors if isinstance(above, Turn))
        places = [_place_of(quote) for quote in turn.quotes]
        self.app.push_screen(SourceScreen(places, turn.quotes.index(event.card.quote)))

    @on(QuoteCard.AlsoOpened)
    def _open_also(self, event: QuoteCard.AlsoOpened) -> None:
        quote = event.card.quote
        places = [Place(f"much like quote {quote.n}", citation) for citation in quote.also]
        self.app.push_screen(SourceScreen(places, event.nth))


def _place_of(quote: Quote) -> Place:
    return Place(f"quote {quote.n}", quote.at, quote.highlights, quote.stale)
