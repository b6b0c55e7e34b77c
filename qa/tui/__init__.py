"""The chat: a question is typed, the articles' own words come back."""

from datetime import date
from typing import TYPE_CHECKING

from index.types import Scope

if TYPE_CHECKING:
    from qa.tui.library import Library

THEMES = ("dark", "light")
EVERYTHING = Scope()


def run(
    library: "Library",
    *,
    theme: str | None = None,
    scope: Scope = EVERYTHING,
    asked_on: date | None = None,
    watch: bool = True,
) -> None:
    """Show the chat until the person leaves it; scope and day of asking can be changed there.

    With `watch`, what changes in the articles' folders can be asked about seconds later.

    Raises:
        ValueError: the theme is none of `THEMES`.
    """
    if theme is not None and theme not in THEMES:
        raise ValueError(f"no such theme: {theme}; there are {' and '.join(THEMES)}")
    from index.watching import changes  # noqa: PLC0415 - only the chat needs it
    from qa.tui.app import ChatApp  # noqa: PLC0415 - Textual takes a quarter of a second

    ChatApp(
        library,
        theme=theme or "dark",
        scope=scope,
        asked_on=asked_on,
        changes=changes if watch else None,
    ).run()
