"""Library -> messages: what takes time happens here, in threads."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from index.errors import BadPath, IndexMissing, PassageIndexError, StorageFailed
from index.types import IngestReport, Progress
from qa.endings import at_work
from qa.faults import Faults
from qa.tui import messages
from qa.tui.chat import ChatScreen
from qa.tui.corpora import CorporaScreen
from qa.tui.ending import EndingApp
from qa.tui.filters import Filters
from qa.tui.health import HealthScreen
from qa.tui.library import ChatLeft, Library
from qa.tui.terminal import ChatTerminal
from qa.types import Question, Searched

if TYPE_CHECKING:
    from index.ingest.watching import Changes

MANY_FILES = 50
"""As many files that changed at once take long enough to show how far we are."""


class LibraryApp(EndingApp):
    """An app of which the workers ask the library and tell the screens."""

    def __init__(
        self,
        library: Library,
        *,
        filters: Filters,
        faults: Faults,
        changes: "Changes | None" = None,
    ) -> None:
        """Without `changes` the folders are not watched."""
        super().__init__(driver_class=ChatTerminal)
        self._library = library
        self._faults = faults
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

        def attempt() -> Message:
            try:
                self.chat.post_message(messages.Known(library.searched()))
                library.load(announce)
            except IndexMissing:
                return messages.Loaded(None)  # the chat says how to index a folder from here
            return messages.Loaded(library.searched())

        self._tell(self._outcome("loading", attempt, messages.LoadFailed))

    @work(thread=True, exclusive=True, group="answer")
    def find_answer(self, ticket: int, question: Question) -> None:
        """Find the reply that is to have this ticket."""

        def attempt() -> Message:
            return messages.Replied(ticket, self._library.answer(question))

        def fail(reason: str) -> Message:
            return messages.AnswerFailed(ticket, reason)

        self._tell(self._outcome("answering", attempt, fail))

    @work(thread=True, exclusive=True, group="look")
    def look(self) -> None:
        """See whether somebody committed to the index."""

        def attempt() -> Message | None:
            is_new = self._library.refreshed()
            return messages.Refreshed(self._library.searched()) if is_new else None

        self._tell(self._outcome("looking at the index", attempt, messages.RefreshFailed))

    @work(thread=True, group="index")
    def index(self, folder: Path, stop: Event) -> None:
        """Index a folder until it is done, or the event is set."""
        worker = get_current_worker()

        def is_cancelled() -> bool:
            return stop.is_set() or worker.is_cancelled

        def report(progress: Progress) -> None:
            self._tell(messages.Indexing(progress))

        def attempt() -> Message:
            done = self._library.index_folder(folder, report, is_cancelled)
            return messages.Indexed(self._library.searched(), done, stop.is_set())

        self._tell(self._outcome(f"indexing {folder}", attempt, messages.IndexingFailed))

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
        from index.ingest.watching import updates  # noqa: PLC0415 - the first frame needs no readers

        library = self._library

        def report(progress: Progress) -> None:
            if progress.total >= MANY_FILES and not stop.is_set():
                self._tell(messages.Updating(progress))

        def update(root: Path) -> IngestReport:
            if root not in library.roots():
                raise BadPath(f"{root} is none of what is asked now")
            return library.update(root, report, stop.is_set)

        def attempt() -> Message | None:
            known = library.status().skipped
            for outcome in updates(library.roots(), stop, update, known=known, changed=changes):
                if stop.is_set():
                    return None
                self._tell_update(outcome)
            return None

        failure = self._outcome("following the folders", attempt, messages.WatchFailed)
        if not stop.is_set():
            self._tell(failure)

    def _tell_update(self, outcome: IngestReport | StorageFailed) -> None:
        if isinstance(outcome, StorageFailed):
            self._tell(messages.RefreshFailed(str(outcome)))
        elif outcome.added or outcome.changed or outcome.removed:
            self._tell(messages.Updated(outcome, self._library.searched()))

    @work(thread=True, exclusive=True, group="health")
    def read_status(self, screen: HealthScreen) -> None:
        """Read what the index holds, for the screen that shows it."""

        def attempt() -> Message:
            return HealthScreen.Known(self._library.status())

        self._tell(self._outcome("reading the index", attempt, HealthScreen.Failed), screen)

    @work(thread=True, exclusive=True, group="corpora")
    def list_corpora(self, screen: CorporaScreen) -> None:
        """List every index, for the screen that offers them."""

        def attempt() -> Message:
            return CorporaScreen.Known(self._library.corpora())

        self._tell(self._outcome("listing the indexes", attempt, CorporaScreen.Failed), screen)

    @work(thread=True, exclusive=True, group="switch")
    def switch(self, folder: Path) -> None:
        """Open another index."""
        before: Searched | None = None

        def attempt() -> Message:
            nonlocal before
            before = self._library.searched()
            self._library.switch(folder)
            return messages.Switched(self._library.searched())

        def fail(reason: str) -> Message:
            return messages.SwitchFailed(before, reason)

        self._tell(self._outcome("switching", attempt, fail))

    @work(thread=True, group="screenshot")
    def keep_drawing(self, drawing: str) -> None:
        """Keep a drawing of the screen in a file."""

        def attempt() -> Message:
            from qa.tui.screenshot import save  # noqa: PLC0415 - seldom wanted

            return messages.ScreenshotSaved(save(drawing))

        self._tell(self._outcome("drawing the screen", attempt, messages.ScreenshotFailed))

    def _outcome(
        self,
        work: str,
        attempt: Callable[[], Message | None],
        failed: Callable[[str], Message],
    ) -> Message | None:
        """Do a worker's work; whatever goes wrong with it is told, and the chat goes on."""
        try:
            with at_work():
                return attempt()
        except (PassageIndexError, ChatLeft) as error:
            return failed(str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours, or of a library
            return failed(f"{work} failed unexpectedly: {self._faults.told(error)}")

    def _tell(self, outcome: Message | None, screen: Screen[Any] | None = None) -> None:
        """Post to a screen, from a worker, unless its outcome is no longer wanted."""
        if outcome and self.is_running and not get_current_worker().is_cancelled:
            (screen or self.chat).post_message(outcome)
