"""Citation -> its article, open at that place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from index.types import Span
from qa.showing.render import shown_title
from qa.tui.copying import CopyingScreen
from qa.tui.key_line import KeyLine
from qa.tui.line import Line
from qa.tui.source_text import SourceText
from qa.tui.wording import copied, origin, place
from qa.types import Citation
from qa.visible import visible_line


@dataclass(frozen=True, slots=True)
class Place:
    """One place to open an article at."""

    label: str
    """What stands there: `quote 2`."""
    citation: Citation
    highlights: tuple[Span, ...] = ()
    stale: str = ""
    """One sentence where these words may no longer stand there."""


def copy_quote(app: App[Any], shown: Place) -> None:
    """Put the quote with its citation on the clipboard, and say so."""
    app.copy_to_clipboard(copied(shown.citation, shown.stale))
    where = place(shown.citation)
    app.notify(f"Copied {shown.label} with its citation, {where}", markup=False)


class SourceScreen(CopyingScreen):
    """An article's canonical text with one place lit; the other places are a key away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "Back"),
        Binding("n", "step(1)", "Next"),
        Binding("p", "step(-1)", "Previous"),
        Binding("y", "copy", "Copy"),
    ]

    COPY: ClassVar[str] = "y"
    LETTERS: ClassVar[frozenset[str]] = frozenset("npqy")

    def __init__(self, places: Sequence[Place], start: int) -> None:
        super().__init__()
        self._places = places
        self._at = start

    def compose(self) -> ComposeResult:
        """Title and origin above, the text below."""
        yield Line("", "source-title")
        yield Line("", "source-place")
        yield Line("", "source-stale")
        yield SourceText()
        yield KeyLine()

    def on_mount(self) -> None:
        """Open at the place that was chosen."""
        self._show()

    def action_back(self) -> None:
        """Go back to the conversation."""
        self.dismiss()

    def action_step(self, step: int) -> None:
        """Go on to the next (1) or previous (-1) place."""
        self._at += step
        self._show()
        self.refresh_bindings()

    def action_copy(self) -> None:
        """Copy the lit quote with its citation."""
        copy_quote(self.app, self._places[self._at])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only places that there are."""
        if action != "step":
            return super().check_action(action, parameters)
        step = parameters[0]
        return isinstance(step, int) and 0 <= self._at + step < len(self._places)

    def _show(self) -> None:
        shown = self._places[self._at]
        article = shown.citation.article
        heading = self.query_one(".source-title", Line)
        heading.update(Content(shown_title(article)))
        heading.set_class(article.title_is_derived, "derived")
        parts = (shown.label, origin(article), place(shown.citation))
        line = " · ".join(part for part in parts if part)
        self.query_one(".source-place", Line).update(Content(line))
        warning = self.query_one(".source-stale", Line)
        warning.update(Content(visible_line(shown.stale)))
        warning.display = bool(shown.stale)
        self.query_one(SourceText).show(shown.citation, shown.highlights)
