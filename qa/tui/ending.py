"""What nobody foresaw -> the end of the chat, with nothing drawn over the terminal."""

from rich.console import RenderableType
from textual.app import App


class EndingApp(App[None]):
    """An app that leaves quietly when it fails, and keeps what failed for whoever started it."""

    fault: Exception | None = None
    """What ended the app, unless somebody wanted it to end."""

    def _handle_exception(self, error: Exception) -> None:
        """Remember the first fault; the others may follow from it."""
        self.fault = self.fault or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave, without Textual's picture of the traceback."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Leave, without the pictures that Textual would leave behind."""
        pictures = (segment.text for one in renderables for segment in self.console.render(one))
        self.fault = self.fault or RuntimeError("".join(pictures))
        self._close_messages_no_wait()
