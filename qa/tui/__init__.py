"""The chat: a question is typed, the articles' own words come back."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from index.types import Scope

if TYPE_CHECKING:
    from qa.tui.app import ChatApp
    from qa.tui.library import Library
    from qa.tui.sitting import Sitting

THEMES = ("dark", "light")
EVERYTHING = Scope()
SETTLE_S = 1.5
"""After loading, before the folders are looked through: a first question may be waiting."""


def run(
    library: "Library",
    sitting: "Sitting | None" = None,
    *,
    theme: str | None = None,
    scope: Scope = EVERYTHING,
    asked_on: date | None = None,
    watch: bool = True,
) -> int:
    """Show the chat until the person leaves it; scope and day of asking can be changed there.

    With `watch`, what changes in the articles' folders can be asked about seconds later.

    Returns:
        The exit code: 0, or 128 and the number of the signal that ended the chat.

    Raises:
        ValueError: the theme is none of `THEMES`.
        Exception: whatever fault ended the chat; the terminal is as it was before.
    """
    if theme is not None and theme not in THEMES:
        raise ValueError(f"no such theme: {theme}; there are {' and '.join(THEMES)}")
    from index.ingest.processes import get_ready  # noqa: PLC0415 - only who reads files needs it
    from qa.tui.app import ChatApp  # noqa: PLC0415 - Textual takes a quarter of a second
    from qa.tui.filters import Filters  # noqa: PLC0415

    get_ready()
    app = ChatApp(
        library,
        theme=theme or "dark",
        filters=Filters(scope, asked_on),
        changes=_changes if watch else None,
        sitting=sitting,
    )
    _run(app)
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _run(app: "ChatApp") -> None:
    """Run the app, and don't wait for its threads: one may be in the middle of something long."""
    import asyncio  # noqa: PLC0415 - comes with Textual

    async def until_left() -> None:
        await app.run_async()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(until_left())
    finally:
        loop.close()


def _changes(roots: Sequence[Path], stop: Event) -> "Iterator[frozenset[Path]]":
    """Begin to watch when the first question has had its turn."""
    if stop.wait(SETTLE_S):
        return
    from index.ingest.watching import changes  # noqa: PLC0415 - only the chat needs it

    yield from changes(roots, stop)
