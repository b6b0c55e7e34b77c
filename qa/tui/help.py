"""The keys, and how to read a reply."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from qa.tui.key_line import KeyLine
from qa.tui.line import Line

KEYS = {
    "At the prompt": {
        "Enter": "ask",
        "Shift+Enter, Ctrl+J": "new line",
        "Up, Down": "earlier questions, later questions",
        "Page Up, Page Down": "scroll the conversation",
        "Tab": "into the newest reply: its quotes, then its chips",
        "Ctrl+R": "ask again without the words carried over",
        "Escape": "cancel the question that is being answered",
    },
    "On a quote": {
        "Up, Down": "previous quote, next quote",
        "Enter, click": "read it in its article",
        "a": "read where else nearly the same words stand",
        "y": "copy it with its citation",
        "any word": "typing one goes on at the prompt",
        "Escape": "back to the prompt",
    },
    "On a chip": {
        "Left, Right": "previous chip, next chip",
        "Up, Down": "previous quote, next quote",
        "x, Delete, Backspace": "take it away; a carried word: ask again",
        "Escape": "back to the prompt",
    },
    "In an article": {
        "n, p": "next quote, previous quote of the reply",
        "y": "copy the quote with its citation",
        "Escape": "back to the conversation",
    },
    "In the health of the index": {
        "Up, Down": "scroll by lines",
        "Page Up, Page Down": "scroll by pages",
        "Escape": "back to the conversation",
    },
    "Among the indexes": {
        "Up, Down": "previous index, next index",
        "Enter": "ask this one from now on",
        "Escape": "stay with the one before",
    },
    "Anywhere": {
        "Ctrl+F": "filter by date and source",
        "Ctrl+O": "index a folder",
        "Ctrl+G": "stop indexing",
        "Ctrl+L": "new conversation",
        "Ctrl+C": "copy what the mouse has selected",
        "Ctrl+T": "light or dark",
        "Ctrl+P": "all commands",
        "F1": "this help",
        "F2": "health: what was read, and what was not",
        "F3": "switch to another index",
        "Ctrl+Q": "quit",
    },
}
READING = (
    "Every quote is cut from an article, word for word; the words around it are dimmed. The"
    " numbers say which quote fits best. The percentage says how sure we are that at least one"
    " of the quotes answers. If these articles don’t answer, the reply says so; the nearest"
    " passages below it are no answer. Words carried over from earlier questions stand as chips"
    " above the reply, filters above the prompt. Text selected with the mouse is copied by Ctrl+C,"
    " if your terminal lets programs write to the clipboard."
)


class HelpScreen(ModalScreen[None]):
    """The table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q", "leave", "Back")]

    def compose(self) -> ComposeResult:
        """Keys first, then how to read a reply."""
        with VerticalScroll(id="help-box"):
            for heading, keys in KEYS.items():
                yield Line(heading, "box-title")
                rows = [
                    Content.assemble((f"{key:<21}", "bold"), meaning)
                    for key, meaning in keys.items()
                ]
                line = Line("", "keys")
                line.update(Content("\n").join(rows))
                yield line
            yield Line("Reading a reply", "box-title")
            yield Line(READING, "keys")
        yield KeyLine()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
