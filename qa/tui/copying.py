"""Text that the mouse has selected -> the clipboard."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen


class CopyingScreen(Screen[None]):
    """A screen of text; what is selected on it can be copied, and the screen says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,super+c", "copy_text", "Copy selected"),
    ]

    def on_text_selected(self) -> None:
        """Offer to copy it."""
        self.refresh_bindings()

    def action_copy_text(self) -> None:
        """Copy what is selected."""
        if selected := self.get_selected_text():
            self.app.copy_to_clipboard(selected)
            self.notify("Copied what is selected", markup=False)

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer to copy only what is selected."""
        return action != "copy_text" or bool(self.selections)
