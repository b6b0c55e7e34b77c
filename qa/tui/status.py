"""What is searched and how far the work has come -> the lines above the prompt."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Label, ProgressBar

from index.types import Progress
from qa.tui.wording import progress_line, searched_line
from qa.types import Searched
from qa.visible import visible_line


class StatusLine(Horizontal):
    """What is searched on the left, what is being done on the right."""

    NOTE_S: ClassVar[float] = 30.0
    """How long a note stays."""

    searched: reactive[Searched | None] = reactive(None)
    otherwise = reactive("opening the articles…")
    """What is said in its place while nothing is searched."""
    activity = reactive("")
    """What is being done; while that is nothing, the note is seen."""
    note = reactive("")
    """What happened lately, without anybody asking for it."""
    _end_of_note: Timer | None = None

    def compose(self) -> ComposeResult:
        """Leave both sides empty until something is known."""
        yield Label(id="searched", markup=False)
        yield Label(id="activity", markup=False)

    def watch_searched(self) -> None:
        """Show what is searched."""
        self._show_searched()

    def watch_otherwise(self) -> None:
        """Show why nothing is searched."""
        self._show_searched()

    def _show_searched(self) -> None:
        shown = searched_line(self.searched) if self.searched else self.otherwise
        self.query_one("#searched", Label).update(Content(shown))

    def watch_activity(self) -> None:
        """Show what is being done."""
        self._show()

    def watch_note(self, note: str) -> None:
        """Show what happened, for a while."""
        if self._end_of_note:
            self._end_of_note.stop()
        self._end_of_note = self.set_timer(self.NOTE_S, self._forget) if note else None
        self._show()

    def _forget(self) -> None:
        self.note = ""

    def _show(self) -> None:
        shown = visible_line(self.activity or self.note)
        self.query_one("#activity", Label).update(Content(shown))


class IndexingLine(Horizontal):
    """How far the indexing run has come; hidden while there is none."""

    progress: reactive[Progress | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """A bar and what is being worked on."""
        yield Label("Indexing ", markup=False)
        yield ProgressBar(show_eta=False)
        yield Label(id="stage", markup=False)

    def watch_progress(self, progress: Progress | None) -> None:
        """Move the bar, or hide the line."""
        self.set_class(progress is not None, "running")
        bar = self.query_one(ProgressBar)
        if progress is None:
            bar.update(total=1, progress=0)
            return
        bar.update(total=progress.total or None, progress=progress.done)
        self.query_one("#stage", Label).update(Content(progress_line(progress)))
