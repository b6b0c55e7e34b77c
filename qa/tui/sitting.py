"""One sitting at the chat: what was typed before it, and what outlives it if it fails."""

from dataclasses import dataclass, field

from qa.faults import Faults
from qa.showing.render import plain
from qa.types import Reply
from qa.visible import visible


class Record:
    """What was asked and answered, as it can be kept in a file."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._open: list[str] = []
        """Questions that have no reply yet."""

    @property
    def text(self) -> str:
        """All of it, in the order of the replies; empty if nothing was asked."""
        unanswered = [f"> {visible(question)}\n\n(no reply)\n" for question in self._open]
        return "\n".join([*self._told, *unanswered])

    def asked(self, question: str) -> None:
        """Take in a question that was sent."""
        self._open.append(question)

    def replied(self, reply: Reply) -> None:
        """Take in what the articles say to a question."""
        question = reply.question.text
        if question in self._open:
            self._open.remove(question)
        self._told.append(f"> {visible(question)}\n\n{plain(reply)}\n")


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the chat is given to take keys from, and to leave things with."""

    typed_before: str = ""
    """Keys that were pressed before anybody read them."""
    faults: Faults = field(default_factory=Faults)
    record: Record = field(default_factory=Record)
