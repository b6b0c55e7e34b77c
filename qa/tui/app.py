"""Library -> screens: what takes time happens here, in threads."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePath
from threading import Event
from typing import ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from index.errors import IndexMissing, PassageIndexError
from index.types import Progress, Scope
from qa.tui import EVERYTHING, messages
from qa.tui.chat import ChatScreen
from qa.tui.filters import Filters
from qa.tui.folder import FolderScreen
from qa.tui.help import HelpScreen
from qa.tui.library import ChatLeft, Library
from qa.tui.themes import DARK, LIGHT
from qa.types import Question


class ChatApp(App[None]):
    """The chat; its workers ask the library and tell the conversation's screen."""

    TITLE = "Pullquote"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "chat.tcss",
        "reply.tcss",
        "source.tcss",
        "boxes.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help"),
        Binding("ctrl+o", "index_folder", "Folder", tooltip="Index a folder"),
        Binding("ctrl+g", "stop_indexing", "Stop", tooltip="Stop indexing"),
        Binding("ctrl+t", "toggle_theme", "Theme", tooltip="Light or dark"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - typed by Textual
        (0, "-narrow"),
        (80, "-wide"),
    ]

    def __init__(
        self,
        library: Library,
        *,
        theme: str = "dark",
        refresh_s: float | None = 2.0,
        scope: Scope = EVERYTHING,
        asked_on: date | None = None,
    ) -> None:
        """Without `refresh_s` other processes' changes go unnoticed."""
        super().__init__()
        self._library = library
        self._refresh_s = refresh_s
        self._stop_indexing: Event | None = None
        self.chat = ChatScreen(Filters(scope, asked_on))
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = LIGHT.name if theme == "light" else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Start with the conversation."""
        return self.chat

    def on_mount(self) -> None:
        """Load behind the first frame: imports would hold it up."""
        self.call_after_refresh(self._load)
        if self._refresh_s is not None:
            self.set_interval(self._refresh_s, self._look_again)

    # Workers

    @on(ChatScreen.LoadWanted)
    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        library = self._library
        worker = get_current_worker()

        def announce(stage: str) -> None:
            if worker.is_cancelled:
                raise ChatLeft
            self._tell(messages.Loading(stage))

        try:
            self.chat.post_message(messages.Known(library.searched()))
            library.load(announce)
            outcome: Message = messages.Loaded(library.searched())
        except IndexMissing:
            outcome = messages.Loaded(None)  # the chat says how to index a folder from here
        except PassageIndexError as error:
            outcome = messages.LoadFailed(str(error))
        except ChatLeft:
            return
        self._tell(outcome)

    @work(thread=True, exclusive=True, group="answer")
    def _find_answer(self, ticket: int, question: Question) -> None:
        try:
            outcome: Message = messages.Replied(ticket, self._library.answer(question))
        except PassageIndexError as error:
            outcome = messages.AnswerFailed(ticket, str(error))
        self._tell(outcome)

    @work(thread=True, exclusive=True, group="look")
    def _look(self) -> None:
        try:
            if not self._library.refreshed():
                return
            outcome: Message = messages.Refreshed(self._library.searched())
        except PassageIndexError as error:
            outcome = messages.RefreshFailed(str(error))
        self._tell(outcome)

    @work(thread=True, group="index")
    def _index(self, folder: Path, stop: Event) -> None:
        worker = get_current_worker()

        def is_cancelled() -> bool:
            return stop.is_set() or worker.is_cancelled

        def report(progress: Progress) -> None:
            self._tell(messages.Indexing(progress))

        try:
            done = self._library.index_folder(folder, report, is_cancelled)
            outcome: Message = messages.Indexed(done, self._library.searched(), stop.is_set())
        except PassageIndexError as error:
            outcome = messages.IndexingFailed(str(error))
        self._tell(outcome)

    def _tell(self, outcome: Message) -> None:
        """Post to the conversation, from a worker, unless its outcome is no longer wanted."""
        if self.is_running and not get_current_worker().is_cancelled:
            self.chat.post_message(outcome)

    # What the conversation wants

    @on(ChatScreen.Asked)
    def _ask(self, event: ChatScreen.Asked) -> None:
        self._find_answer(event.ticket, event.question)

    @on(ChatScreen.Withdrawn)
    def _withdraw(self) -> None:
        self.workers.cancel_group(self, "answer")

    def _look_again(self) -> None:
        is_looking = any(worker.group == "look" for worker in self.workers)
        if self.is_running and self.chat.is_idle and not is_looking:
            self._look()

    # Actions

    def action_index_folder(self) -> None:
        """Ask for a folder and index it behind the conversation."""
        self.push_screen(FolderScreen(), self._index_chosen)

    def _index_chosen(self, folder: Path | None) -> None:
        if folder is None:
            return
        self._stop_indexing = Event()
        self.chat.post_message(messages.Indexing(Progress("preparing", 0, 0, str(folder))))
        self._index(folder, self._stop_indexing)
        self.refresh_bindings()

    def action_stop_indexing(self) -> None:
        """Stop at the next commit; what was committed stays."""
        if self._stop_indexing:
            self._stop_indexing.set()
            self.notify("Stopping at the next safe place…", markup=False)

    def action_toggle_theme(self) -> None:
        """Light if it was dark, dark if it was light."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        """Leave; an indexing run stops at its next commit."""
        if self._stop_indexing:
            self._stop_indexing.set()
        self.exit()

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer indexing while there is none, and stopping while there is."""
        if action in {"index_folder", "help"} and self.screen.is_modal:
            return False
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
        yield SystemCommand("Light or dark", "Toggle the theme", self.action_toggle_theme)
        yield SystemCommand("Help", "Keys, and how to read a reply", self.action_help)
        yield from super().get_system_commands(screen)
