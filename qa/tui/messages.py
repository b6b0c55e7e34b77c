"""What the workers tell the chat."""

from dataclasses import dataclass

from textual.message import Message

from index.types import IngestReport, Progress
from qa.types import Reply, Searched


@dataclass
class Loading(Message):
    """The models have come one stage further."""

    stage: str

    def can_replace(self, message: Message) -> bool:
        """Only the latest stage matters."""
        return isinstance(message, Loading)


@dataclass
class Known(Message):
    """What is indexed is known, though the models may still be loading."""

    searched: Searched | None


@dataclass
class Loaded(Message):
    """Questions can be answered."""

    searched: Searched | None


@dataclass
class LoadFailed(Message):
    """The models or the index can't be opened."""

    reason: str


@dataclass
class Replied(Message):
    """The question of the turn with this number has its reply."""

    number: int
    reply: Reply


@dataclass
class AnswerFailed(Message):
    """The question of the turn with this number can't be answered."""

    number: int
    reason: str


@dataclass
class Refreshed(Message):
    """Another process changed the index."""

    searched: Searched | None


@dataclass
class RefreshFailed(Message):
    """The index can't be looked at."""

    reason: str


@dataclass
class Indexing(Message):
    """The indexing run has come this far."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the latest progress matters."""
        return isinstance(message, Indexing)


@dataclass
class Indexed(Message):
    """The indexing run has ended."""

    report: IngestReport
    searched: Searched | None
    was_stopped: bool


@dataclass
class IndexingFailed(Message):
    """The indexing run came to nothing."""

    reason: str
