"""What the workers tell the chat."""

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from index.types import IngestReport, Progress
from qa.types import Reply, Searched


class News(Message):
    """What a worker tells."""


@dataclass
class Current(News):
    """What is searched from now on."""

    searched: Searched | None


@dataclass
class Loading(News):
    """The models have come one stage further."""

    stage: str

    def can_replace(self, message: Message) -> bool:
        """Only the latest stage matters."""
        return isinstance(message, Loading)


@dataclass
class Known(News):
    """What is indexed is known, though the models may still be loading."""

    searched: Searched | None


class Loaded(Current):
    """Questions can be answered."""


@dataclass
class LoadFailed(News):
    """The models or the index can't be opened."""

    reason: str


@dataclass
class Replied(News):
    """The question with this ticket has its reply."""

    ticket: int
    reply: Reply


@dataclass
class AnswerFailed(News):
    """The question with this ticket can't be answered."""

    ticket: int
    reason: str


class Refreshed(Current):
    """Another process changed the index, or an indexing run has come a step further."""


@dataclass
class RefreshFailed(News):
    """The index can't be looked at, or not be kept up to date."""

    reason: str


@dataclass
class WatchFailed(News):
    """The index can't be kept up to date any more."""

    reason: str


@dataclass
class Updating(News):
    """Many files changed at once, and so much of them is in the index."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the latest progress matters."""
        return isinstance(message, Updating)


@dataclass
class Updated(News):
    """Files that changed are in the index."""

    report: IngestReport
    """With only those skipped files that were not skipped before."""
    searched: Searched | None


@dataclass
class ScreenshotSaved(News):
    """The drawing of the screen lies there."""

    path: Path


@dataclass
class ScreenshotFailed(News):
    """The drawing of the screen could not be saved."""

    reason: str


class Switched(Current):
    """Questions are answered from another index."""


@dataclass
class SwitchFailed(Current):
    """The other index can't be opened; the one before goes on."""

    reason: str


@dataclass
class Indexing(News):
    """The indexing run has come this far."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the latest progress matters."""
        return isinstance(message, Indexing)


@dataclass
class Indexed(Current):
    """The indexing run has ended."""

    report: IngestReport
    was_stopped: bool


@dataclass
class IndexingFailed(News):
    """The indexing run came to nothing."""

    reason: str
