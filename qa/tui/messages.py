"""What the workers tell the chat."""

from dataclasses import dataclass

from textual.message import Message

from index.types import IngestReport, Progress
from qa.types import Reply, Searched


class News(Message):
    """What a worker tells."""


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


@dataclass
class Loaded(News):
    """Questions can be answered."""

    searched: Searched | None


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


@dataclass
class Refreshed(News):
    """Another process changed the index."""

    searched: Searched | None


@dataclass
class RefreshFailed(News):
    """The index can't be looked at."""

    reason: str


@dataclass
class Indexing(News):
    """The indexing run has come this far."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the latest progress matters."""
        return isinstance(message, Indexing)


@dataclass
class Indexed(News):
    """The indexing run has ended."""

    report: IngestReport
    searched: Searched | None
    was_stopped: bool


@dataclass
class IndexingFailed(News):
    """The indexing run came to nothing."""

    reason: str
