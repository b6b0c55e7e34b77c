"""The chat: a question is typed, the articles' own words come back."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from index.types import Scope

if TYPE_CHECKING:
    from qa.tui.library import Library

THEMES = ("dark", "light")
EVERYTHING = Scope()
SETTLE_S = 1.5
"""After loading, before the folders are looked through: a first question may be waiting."""


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
    from qa.tui.app import ChatApp  # noqa: PLC0415 - Textual takes a quarter of a second

    ChatApp(
        library,
        theme=theme or "dark",
        scope=scope,
        asked_on=asked_on,
        changes=_changes if watch else None,
    ).run()


def _changes(roots: Sequence[Path], stop: Event) -> "Iterator[frozenset[Path]]":
    """Begin to watch when the first question has had its turn."""
    if stop.wait(SETTLE_S):
        return
    from index.watching import changes  # noqa: PLC0415 - only the chat needs it

    yield from changes(roots, stop)
