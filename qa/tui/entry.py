"""One line that is typed or pasted; what a terminal would obey in it is shown, not sent."""

from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from qa.visible import masked


class _Masked(Highlighter):
    """Puts a picture in the place of each character that is not to be seen."""

    def highlight(self, text: Text) -> None:
        """Replace them one for one, so that the cursor stays where it is."""
        text.plain = masked(text.plain)


class Entry(Input):
    """A line to type in; its value stays as it was typed."""

    def __init__(self, value: str | None = None, **options: Any) -> None:
        super().__init__(value, highlighter=_Masked(), **options)
        self.cursor_blink = False
