"""Quote -> a card in the transcript."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from qa.showing.render import items_line, shown_title
from qa.tui.lighting import lit
from qa.tui.wording import place
from qa.types import Quote
from qa.visible import visible_line


class QuoteCard(Static, can_focus=True):
    """One quote in its surroundings; Enter or a click opens its article."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "quote--number",
        "quote--place",
        "quote--context",
        "quote--text",
        "quote--highlight",
        "quote--stale",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Read"),
        Binding("y", "copy", "Copy"),
        Binding("a", "open_also", "Also in"),
        Binding("up", "move(-1)", "Previous quote", show=False),
        Binding("down", "move(1)", "Next quote", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The person wants to read the quote in its article."""

        card: "QuoteCard"

    @dataclass
    class AlsoOpened(Message):
        """The person wants to read one of the near-identical passages, counted from 0."""

        card: "QuoteCard"
        nth: int

    @dataclass
    class Copied(Message):
        """The person wants the quote with its citation on the clipboard."""

        quote: Quote

    @dataclass
    class Moved(Message):
        """The person goes on to the previous (-1) or next (1) quote."""

        card: "QuoteCard"
        step: int

    def __init__(self, quote: Quote, *, is_answer: bool) -> None:
        super().__init__(classes="answering" if is_answer else "nearest")
        self.quote = quote

    def render(self) -> Content:
        """Number and place, then the words in their context, then where else they stand.

        Words that may no longer stand there say so before they are read.
        """
        quote = self.quote
        text = quote.at.article.text
        number = self._part_style("number")
        where = self._part_style("place")
        marks = [(quote.at.span, self._part_style("text"))]
        marks += [(span, self._part_style("highlight")) for span in quote.highlights]
        goes_back = quote.context.start > 0 and text[quote.context.start - 1] != "\n"
        goes_on = quote.context.end < len(text) and text[quote.context.end] != "\n"
        context = lit(text, quote.context, marks)
        parts: list[str | Content | tuple[str, str | Style]] = [
            (f"{quote.n}  ", number),
            (f"{place(quote.at)}\n", where),
            (f"{visible_line(quote.stale)}\n" if quote.stale else "", self._part_style("stale")),
            Content.assemble(
                "… " if goes_back else "", context, " …" if goes_on else ""
            ).stylize_before(self._part_style("context")),
        ]
        if quote.items_left:
            parts.append((f"\n{items_line(quote)}", self._part_style("context")))
        for nth, citation in enumerate(quote.also):
            link = where + Style.from_meta({"also": nth})
            parts.append((f"\n↪ also in: {shown_title(citation.article)}, {place(citation)}", link))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked, unless the mouse was used to select text."""
        event.stop()
        if self.text_selection:
            return
        also = event.style.meta.get("also")
        self.post_message(self.Opened(self) if also is None else self.AlsoOpened(self, also))

    @property
    def letters(self) -> frozenset[str]:
        """Those that are keys of this card."""
        return frozenset("ya" if self.quote.also else "y")

    def action_open(self) -> None:
        """Read the quote in its article."""
        self.post_message(self.Opened(self))

    def action_open_also(self) -> None:
        """Read the near-identical words in the other article."""
        self.post_message(self.AlsoOpened(self, 0))

    def action_copy(self) -> None:
        """Copy the quote with its citation."""
        self.post_message(self.Copied(self.quote))

    def action_move(self, step: int) -> None:
        """Go on to the previous or next quote."""
        self.post_message(self.Moved(self, step))

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer other places only if there are any."""
        return action != "open_also" or bool(self.quote.also)

    def _part_style(self, part: str) -> Style:
        return self.get_visual_style(f"quote--{part}", partial=True)
