"""Keys -> from the prompt into the quotes, on into their articles, and back."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from qa.tui.chips import Chip
from qa.tui.copying import CopyingScreen
from qa.tui.filter_line import FilterLine
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import Place, SourceScreen, copy_quote
from qa.tui.transcript import Transcript
from qa.tui.turn import Turn
from qa.types import Quote


class TranscriptScreen(CopyingScreen):
    """A screen with a transcript and a prompt, and the ways between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "into_quotes", "Quotes"),
        Binding("tab", "go_on(1)", "Next", show=False),
        Binding("shift+tab", "go_on(-1)", "Previous", show=False),
        Binding("escape", "to_prompt", "Back"),
    ]

    @on(Prompt.Paged)
    def _turn_pages(self, event: Prompt.Paged) -> None:
        transcript = self.query_one(Transcript)
        if event.pages < 0:
            transcript.scroll_page_up(animate=False)
        else:
            transcript.scroll_page_down(animate=False)

    def on_screen_suspend(self) -> None:
        """Whoever comes back from an article or a box finds the prompt ready to be typed in."""
        self.set_focus(self.query_one(Prompt), scroll_visible=False)

    def action_into_quotes(self) -> None:
        """Go from the prompt to the first quote of the newest reply."""
        self.query_one(Transcript).enter()

    def action_go_on(self, step: int) -> None:
        """Go round: the quotes of each turn, then its chips; the filters; the prompt."""
        prompt = self.query_one(Prompt)
        stops = [*self.query_one(Transcript).round_trip(), *self.query_one(FilterLine).chips]
        places: list[Widget] = [prompt, *stops]
        at = places.index(self.focused) if self.focused in places else 0
        places[(at + step) % len(places)].focus()

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
        parameters: tuple[object, ...],
    ) -> bool | None:
        """Offer the way back away from the prompt only, and the way there only where it leads."""
        if action == "to_prompt":
            return not isinstance(self.focused, Prompt)
        if action == "into_quotes":
            return isinstance(self.focused, Prompt) and bool(
                self.query("Turn QuoteCard, Turn Chip")
            )
        return super().check_action(action, parameters)

    @on(QuoteCard.Copied)
    def _copy(self, event: QuoteCard.Copied) -> None:
        copy_quote(self.app, _place_of(event.quote))

    @on(QuoteCard.Opened)
    def _open(self, event: QuoteCard.Opened) -> None:
        self.query_one(Transcript).left_at = event.card
        turn = next(above for above in event.card.ancestors if isinstance(above, Turn))
        places = [_place_of(quote) for quote in turn.quotes]
        self.app.push_screen(SourceScreen(places, turn.quotes.index(event.card.quote)))

    @on(QuoteCard.AlsoOpened)
    def _open_also(self, event: QuoteCard.AlsoOpened) -> None:
        self.query_one(Transcript).left_at = event.card
        quote = event.card.quote
        places = [Place(f"much like quote {quote.n}", citation) for citation in quote.also]
        self.app.push_screen(SourceScreen(places, event.nth))


def _place_of(quote: Quote) -> Place:
    return Place(f"quote {quote.n}", quote.at, quote.highlights, quote.stale)
