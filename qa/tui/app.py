"""Keys and messages -> workers and screens."""

from collections.abc import Iterable
from pathlib import Path, PurePath
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import HelpPanel

from index.types import Progress
from qa.tui import messages
from qa.tui.chat import ChatScreen
from qa.tui.corpora import CorporaScreen
from qa.tui.filters import UNFILTERED, Filters
from qa.tui.folder import FolderScreen
from qa.tui.health import HealthScreen
from qa.tui.help import HelpScreen
from qa.tui.library import Library
from qa.tui.prompt import Prompt
from qa.tui.sitting import Sitting
from qa.tui.terminal import ChatTerminal
from qa.tui.themes import DARK, LIGHT
from qa.tui.typed import TypedApp
from qa.visible import visible_line

if TYPE_CHECKING:
    from index.ingest.watching import Changes


TO_NOTE_DOWN_S = 20.0
"""How long a path is shown."""

UNFINISHED = "qa: indexing stops here; what was indexed is kept, and Ctrl+O goes on from there"


class ChatApp(TypedApp):
    """The chat: what its keys and its palette do."""

    TITLE = "Pullquote"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "chat.tcss",
        "reply.tcss",
        "source.tcss",
        "boxes.tcss",
        "health.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hide_help_panel", "Hide the keys", priority=True),
        Binding("ctrl+g", "stop_indexing", "Stop", tooltip="Stop indexing"),
        Binding("ctrl+o", "index_folder", "Folder", tooltip="Index a folder", priority=True),
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("f1", "help", "All keys"),
        Binding("f2", "health", "Health", show=False),
        Binding("f3", "corpora", "Switch", show=False),
        Binding("ctrl+t", "toggle_theme", "Theme", show=False),
        Binding("ctrl+z", "suspend_process", "Pause", show=False, priority=True),
    ]

    def __init__(
        self,
        library: Library,
        *,
        theme: str = "dark",
        refresh_s: float | None = 2.0,
        filters: Filters = UNFILTERED,
        changes: "Changes | None" = None,
        sitting: Sitting | None = None,
    ) -> None:
        """Without `refresh_s` what other processes commit goes unnoticed until a question."""
        self._sitting = sitting or Sitting()
        super().__init__(library, filters=filters, changes=changes, faults=self._sitting.faults)
        self._refresh_s = refresh_s
        self._stop_indexing: Event | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = LIGHT.name if theme == "light" else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Start with the conversation."""
        return self.chat

    def on_mount(self) -> None:
        """Load behind the first frame: imports would hold it up."""
        self.call_after_refresh(self._listen)
        self.call_after_refresh(self.load)
        if self._refresh_s is not None:
            self.set_interval(self._refresh_s, self._look_again)

    def _listen(self) -> None:
        """Take keys, now that the prompt has the focus."""
        if isinstance(self._driver, ChatTerminal):
            self._driver.listen(self._sitting.typed_before)

    @on(ChatScreen.LoadWanted)
    def _load(self) -> None:
        self.load()

    # What the conversation wants, and what it was told

    @on(ChatScreen.Asked)
    def _ask(self, event: ChatScreen.Asked) -> None:
        self.find_answer(event.ticket, event.question)

    @on(Prompt.Sent)
    def _note_question(self, event: Prompt.Sent) -> None:
        self._sitting.record.asked(event.text)

    @on(messages.Replied)
    def _note_reply(self, event: messages.Replied) -> None:
        self._sitting.record.replied(event.reply)

    @on(ChatScreen.Withdrawn)
    def _withdraw(self) -> None:
        self.workers.cancel_group(self, "answer")

    def _look_again(self) -> None:
        is_looking = any(worker.group == "look" for worker in self.workers)
        if self.is_running and self.chat.is_idle and not is_looking:
            self.look()

    @on(messages.Current)
    def _follow(self, event: messages.Current) -> None:
        """Watch what is asked from now on; a commit to the same roots changes nothing."""
        self.follow(event.searched.root if event.searched else "")

    @on(messages.ScreenshotSaved)
    def _tell_screenshot(self, event: messages.ScreenshotSaved) -> None:
        told = visible_line(f"The screenshot is saved as {event.path}")
        self.notify(told, timeout=TO_NOTE_DOWN_S, markup=False)

    @on(messages.ScreenshotFailed)
    def _tell_no_screenshot(self, event: messages.ScreenshotFailed) -> None:
        self.notify(visible_line(event.reason), severity="error", markup=False)

    @on(messages.WatchFailed)
    def _unwatch(self) -> None:
        self.stop_following()  # the next commit of somebody else may have mended it

    # Actions

    def action_index_folder(self) -> None:
        """Ask for a folder and index it behind the conversation."""
        self.push_screen(FolderScreen(), self._index_chosen)

    def _index_chosen(self, folder: Path | None) -> None:
        if folder is None:
            return
        self._stop_indexing = Event()
        self.chat.post_message(messages.Indexing(Progress("preparing", 0, 0, str(folder))))
        self.index(folder, self._stop_indexing)
        self.refresh_bindings()

    def action_stop_indexing(self) -> None:
        """Stop at the next commit; what was committed stays."""
        if self._stop_indexing:
            self._stop_indexing.set()
            self.notify("Stopping at the next safe place…", markup=False)

    def action_health(self) -> None:
        """Show what was read, and what was not."""
        screen = HealthScreen()
        self.push_screen(screen)
        self.read_status(screen)

    def action_corpora(self) -> None:
        """Offer every index; what is asked later is answered from the one that is chosen."""
        screen = CorporaScreen()
        self.push_screen(screen, self._corpus_chosen)
        self.list_corpora(screen)

    def _corpus_chosen(self, folder: Path | None) -> None:
        if folder is not None:
            self.stop_following()  # an update begun later would go into the other index
            self.switch(folder)

    def action_toggle_theme(self) -> None:
        """Light if it was dark, dark if it was light."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        """Leave; an indexing run stops at its next commit."""
        self._let_go()
        self.exit(message=UNFINISHED if self._is_indexing else None)

    def on_unmount(self) -> None:
        """Leave behind no thread that goes on, however it came to this."""
        self._let_go()

    def _let_go(self) -> None:
        self.stop_following()
        if self._stop_indexing:
            self._stop_indexing.set()

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer indexing while there is none, and stopping while there is."""
        if action in {"index_folder", "help", "health", "corpora"} and self.screen.is_modal:
            return False
        if action == "hide_help_panel":
            return bool(self.screen.query_children(HelpPanel))
        if action == "index_folder":
            return not self._is_indexing
        if action == "stop_indexing":
            return self._is_indexing
        return True

    @property
    def _is_indexing(self) -> bool:
        return any(worker.group == "index" and worker.is_running for worker in self.workers)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the chat's commands in the palette, before Textual's own."""
        if self._is_indexing:
            yield SystemCommand("Stop indexing", "Keep what was done", self.action_stop_indexing)
        else:
            yield SystemCommand(
                "Index a folder…", "Answer from other articles", self.action_index_folder
            )
        yield SystemCommand(
            "Filter…", "Answer from some days or one source only", self.chat.action_filter
        )
        yield SystemCommand(
            "New conversation", "Clear the transcript", self.chat.action_start_again
        )
        yield SystemCommand("Health", "What was read, and what was not", self.action_health)
        yield SystemCommand("Switch…", "Ask other articles", self.action_corpora)
        yield SystemCommand("Light or dark", "Toggle the theme", self.action_toggle_theme)
        yield SystemCommand("Help", "Keys, and how to read a reply", self.action_help)
        yield SystemCommand("Screenshot", "Save the screen as a drawing (SVG)", self._draw_screen)
        for command in super().get_system_commands(screen):
            if command.title != "Screenshot":
                yield command

    def _draw_screen(self) -> None:
        """Draw what stands below the palette, once that has gone."""
        self.call_after_refresh(lambda: self.keep_drawing(self.export_screenshot()))
