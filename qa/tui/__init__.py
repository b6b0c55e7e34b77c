"""The chat: a question is typed, the articles' own words come back."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.tui.library import Library

THEMES = ("dark", "light")


def run(library: "Library", *, theme: str | None = None) -> None:
    """Show the chat until the person leaves it.

    Raises:
        ValueError: the theme is none of `THEMES`.
    """
    if theme is not None and theme not in THEMES:
        raise ValueError(f"no such theme: {theme}; there are {' and '.join(THEMES)}")
    from qa.tui.app import ChatApp  # noqa: PLC0415 - Textual takes a quarter of a second

    ChatApp(library, theme=theme or "dark").run()
