"""Keys and pastes -> a question."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from qa.visible import visible


class Prompt(TextArea):
    """Several lines to type in; Enter sends them, Up and Down recall what was sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "Ask"),
        Binding("shift+enter,ctrl+j", "break_line", "New line", show=False),
        Binding("escape", "cancel", "Cancel"),
        Binding("ctrl+underscore", "undo", "Undo", show=False),
    ]

    ALLOW_MAXIMIZE = False
    is_cancellable = False
    """Something was asked that has no reply yet."""

    @dataclass
    class Sent(Message):
        """The person asks this."""

        text: str

    class Cancelled(Message):
        """The person takes the last question back."""

    @dataclass
    class Paged(Message):
        """The person turns the transcript's pages, up (-1) or down (1)."""

        pages: int

    def __init__(self) -> None:
        super().__init__(
            id="prompt",
            compact=True,
            highlight_cursor_line=False,
            placeholder="Ask the articles…",
        )
        self.cursor_blink = False
        self._earlier: list[str] = []
        self._recalled = 0
        """How many questions back we are; 0 is the draft."""
        self._draft = ""

    def action_send(self) -> None:
        """Ask what stands here, unless it is blank."""
        question = self.text.strip()
        if not question:
            return
        if not self._earlier or self._earlier[-1] != question:
            self._earlier.append(question)
        self._recalled = 0
        self.text = ""
        self.post_message(self.Sent(question))

    def action_break_line(self) -> None:
        """Start a new line inside the question."""
        start, end = self.selection
        self._replace_via_keyboard("\n", start, end)

    def action_cancel(self) -> None:
        """Take the last question back."""
        self.post_message(self.Cancelled())

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer to cancel only while there is something to cancel."""
        return action != "cancel" or self.is_cancellable

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the first line, to the question before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        else:
            self._recall(self._recalled + 1)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; from the last line, to the question after, and at last to the draft."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self._recall(self._recalled - 1)

    def action_cursor_page_up(self) -> None:
        """Turn the transcript back."""
        self.post_message(self.Paged(-1))

    def action_cursor_page_down(self) -> None:
        """Turn the transcript on."""
        self.post_message(self.Paged(1))

    async def _on_key(self, event: events.Key) -> None:
        """Send in the order of typing: a binding's action may overtake letters still queued."""
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.action_send()
        elif event.key in {"shift+enter", "ctrl+j"}:
            event.prevent_default()
            event.stop()
            self.action_break_line()

    async def _on_paste(self, event: events.Paste) -> None:
        """Take pasted lines in without sending them, their control characters made visible."""
        event.prevent_default()
        event.stop()
        pasted = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        if edit := self._replace_via_keyboard(pasted, *self.selection):
            self.move_cursor(edit.end_location)

    def _recall(self, back: int) -> None:
        if not 0 <= back <= len(self._earlier):
            return
        if self._recalled == 0:
            self._draft = self.text
        self._recalled = back
        self.text = self._earlier[-back] if back else self._draft
        self.move_cursor(self.document.end)
