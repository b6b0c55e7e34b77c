"""Library -> messages: what takes time happens here, in threads."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from index.errors import BadPath, IndexMissing, PassageIndexError, StorageFailed
from index.types import IngestReport, Progress
from qa.tui import messages
from qa.tui.chat import ChatScreen
from qa.tui.corpora import CorporaScreen
from qa.tui.filters import Filters
from qa.tui.health import HealthScreen
from qa.tui.library import ChatLeft, Library
from qa.types import Question

if TYPE_CHECKING:
    from index.watching import Changes

MANY_FILES = 50
"""As many files that changed at once take long enough to show how far we are."""


class LibraryApp(App[None]):
    """An app of which the workers ask the library and tell the screens."""

    def __init__(
        self, library: Library, *, filters: Filters, changes: "Changes | None" = None
    ) -> None:
        """Without `changes` the folders are not watched."""
        super().__init__()
        self._library = library
        self._changes = changes
        self._stop_watching = Event()
        self._watched = ""
        """Roots that are watched, as `Searched` names them; empty while none are."""
        self.chat = ChatScreen(filters)

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Load the models."""
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
    def find_answer(self, ticket: int, question: Question) -> None:
        """Find the reply that is to have this ticket."""
        try:
            outcome: Message = messages.Replied(ticket, self._library.answer(question))
        except PassageIndexError as error:
            outcome = messages.AnswerFailed(ticket, str(error))
        self._tell(outcome)

    @work(thread=True, exclusive=True, group="look")
    def look(self) -> None:
        """See whether somebody committed to the index."""
        try:
            if not self._library.refreshed():
                return
            outcome: Message = messages.Refreshed(self._library.searched())
        except PassageIndexError as error:
            outcome = messages.RefreshFailed(str(error))
        self._tell(outcome)

    @work(thread=True, group="index")
    def index(self, folder: Path, stop: Event) -> None:
        """Index a folder until it is done, or the event is set."""
        worker = get_current_worker()

        def is_cancelled() -> bool:
            return stop.is_set() or worker.is_cancelled

        def report(progress: Progress) -> None:
            self._tell(messages.Indexing(progress))

        try:
            done = self._library.index_folder(folder, report, is_cancelled)
            outcome: Message = messages.Indexed(self._library.searched(), done, stop.is_set())
        except PassageIndexError as error:
            outcome = messages.IndexingFailed(str(error))
        self._tell(outcome)

    def follow(self, roots: str) -> None:
        """Watch the roots of the open index, which are called so, and no other ones."""
        if roots != self._watched:
            self.stop_following()
        if self._changes is not None and roots and not self._watched:
            self._watched = roots
            self._stop_watching = Event()
            self._keep_up(self._changes, self._stop_watching)

    def stop_following(self) -> None:
        """Let an update that is under way be the last one."""
        self._stop_watching.set()
        self._watched = ""

    @work(thread=True, group="watch")
    def _keep_up(self, changes: "Changes", stop: Event) -> None:
        """Take in what changes under the roots until the event is set."""
        from index.watching import updates  # noqa: PLC0415 - the first frame needs no readers

        library = self._library

        def report(progress: Progress) -> None:
            if progress.total >= MANY_FILES and not stop.is_set():
                self._tell(messages.Updating(progress))

        def update(root: Path) -> IngestReport:
            if root not in library.roots():
                raise BadPath(f"{root} is none of what is asked now")
            return library.update(root, report, stop.is_set)

        try:
            known = library.status().skipped
            for outcome in updates(library.roots(), stop, update, known=known, changed=changes):
                if stop.is_set():
                    return
                self._tell_update(outcome)
        except PassageIndexError as error:
            if not stop.is_set():
                self._tell(messages.WatchFailed(str(error)))

    def _tell_update(self, outcome: IngestReport | StorageFailed) -> None:
        if isinstance(outcome, StorageFailed):
            self._tell(messages.RefreshFailed(str(outcome)))
        elif outcome.added or outcome.changed or outcome.removed:
            self._tell(messages.Updated(outcome, self._library.searched()))

    @work(thread=True, exclusive=True, group="health")
    def read_status(self, screen: HealthScreen) -> None:
        """Read what the index holds, for the screen that shows it."""
        try:
            outcome: Message = HealthScreen.Known(self._library.status())
        except PassageIndexError as error:
            outcome = HealthScreen.Failed(str(error))
        self._tell(outcome, screen)

    @work(thread=True, exclusive=True, group="corpora")
    def list_corpora(self, screen: CorporaScreen) -> None:
        """List every index, for the screen that offers them."""
        try:
            outcome: Message = CorporaScreen.Known(self._library.corpora())
        except PassageIndexError as error:
            outcome = CorporaScreen.Failed(str(error))
        self._tell(outcome, screen)

    @work(thread=True, exclusive=True, group="switch")
    def switch(self, folder: Path) -> None:
        """Open another index."""
        try:
            self._library.switch(folder)
            outcome: Message = messages.Switched(self._library.searched())
        except PassageIndexError as error:
            outcome = messages.SwitchFailed(self._library.searched(), str(error))
        self._tell(outcome)

    @work(thread=True, group="screenshot")
    def keep_drawing(self, drawing: str) -> None:
        """Keep a drawing of the screen in a file."""
        from qa.tui.screenshot import save  # noqa: PLC0415 - seldom wanted

        try:
            outcome: Message = messages.ScreenshotSaved(save(drawing))
        except PassageIndexError as error:
            outcome = messages.ScreenshotFailed(str(error))
        self._tell(outcome)

    def _tell(self, outcome: Message, screen: Screen[Any] | None = None) -> None:
        """Post to a screen, from a worker, unless its outcome is no longer wanted."""
        if self.is_running and not get_current_worker().is_cancelled:
            (screen or self.chat).post_message(outcome)
