"""A typed path -> a folder to index."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input

from qa.tui.entry import Entry
from qa.tui.key_line import KeyLine
from qa.tui.line import Line
from qa.visible import visible_line


def completions(typed: str) -> Sequence[str]:
    """Complete a path to the folders that it may mean, in alphabetical order, each ending in `/`.

    What was typed stays as it was, `~` included. Hidden folders come only when asked for by a dot,
    and those never whose names can't be shown as they are.
    """
    parent, slash, beginning = typed.rpartition("/")
    try:
        entries = sorted(Path(parent + slash).expanduser().iterdir())
        return [
            f"{parent}{slash}{entry.name}/"
            for entry in entries
            if entry.name.startswith(beginning)
            and (beginning.startswith(".") or not entry.name.startswith("."))
            and visible_line(entry.name) == entry.name
            and entry.is_dir()
        ]
    except (OSError, RuntimeError, ValueError):
        return []  # nothing can be offered there; why, is said when the path is sent


def problem_with(typed: str) -> str:
    """Why this is no folder to index, as one sentence; nothing if it is one."""
    if not typed.strip():
        return "Type the path of a folder first."
    try:
        folder = Path(typed.strip()).expanduser()
        if folder.is_dir():
            return ""
        if folder.exists():
            return f"{folder} is a file; give the folder that it is in."
    except RuntimeError:
        return "There is no such user; type the folder’s whole path."
    except OSError as error:
        return f"{typed.strip()} can’t be opened: {error.strerror}."
    return f"There is no folder {folder}; check the spelling."


class FolderSuggester(Suggester):
    """Offers the first folder that the path may mean."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Look in another thread: a network folder may take its time."""
        if not value:
            return None
        found = await asyncio.to_thread(completions, value)
        return found[0] if found else None


class FolderInput(Entry):
    """A path; Tab completes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Index"),
        Binding("tab", "complete", "Complete"),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="~/clippings", suggester=FolderSuggester())

    def action_complete(self) -> None:
        """Take what is suggested."""
        self.cursor_position = len(self.value)
        self.action_cursor_right()


class FolderScreen(ModalScreen[Path | None]):
    """Asks for a folder; gives it, or None if the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def compose(self) -> ComposeResult:
        """A path to type in a small box."""
        with Vertical(id="folder-box"):
            yield Line("Index a folder", "box-title")
            yield Line(
                "Text, web pages, PDF, office files, e-books, e-mail, feeds and tables; subfolders"
                " too. You can go on asking meanwhile.",
                "remark",
            )
            yield FolderInput()
            yield Line("", "problem")
        yield KeyLine()

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        if problem := problem_with(event.value):
            line = self.query_one(".problem", Line)
            line.add_class("error")
            line.update(Content(visible_line(problem)))
        else:
            self.dismiss(Path(event.value.strip()).expanduser())

    def action_leave(self) -> None:
        """Index nothing."""
        self.dismiss(None)
