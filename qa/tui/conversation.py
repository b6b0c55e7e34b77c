"""Turns -> whose question is asked next, and what goes along with it."""

from collections import deque
from dataclasses import replace

from qa.tui.turn import Turn

MAX_CONTEXT = 5
"""Earlier questions that go along with a new one."""


class Conversation:
    """The turn that is being answered, those that wait, and what was asked before."""

    def __init__(self) -> None:
        self.running: Turn | None = None
        self.waiting: deque[Turn] = deque()
        self.ticket = 0
        """Of the latest asking: a turn that is asked again gets another one."""
        self._asked: list[str] = []

    @property
    def is_busy(self) -> bool:
        """Say whether a question has no reply yet."""
        return bool(self.running or self.waiting)

    def start_next(self) -> Turn | None:
        """Let the turn that waits longest run, unless one runs already.

        A question that is asked for the first time takes the ones before along. One that is
        asked again keeps what it had.
        """
        if self.running or not self.waiting:
            return None
        self.running = turn = self.waiting.popleft()
        if turn.reply is None:
            turn.question = replace(turn.question, context=tuple(self._asked[-MAX_CONTEXT:]))
            self._asked.append(turn.question.text)
        self.ticket += 1
        return turn

    def ask_again(self, turn: Turn) -> None:
        """Put the turn before all that wait; if it runs, with the question that it had."""
        if self.running is turn:
            self.running = None
        if turn not in self.waiting:
            self.waiting.appendleft(turn)

    def end(self, ticket: int) -> Turn | None:
        """The turn that ran under this ticket and is now over; None if it was withdrawn."""
        if ticket != self.ticket:
            return None
        turn, self.running = self.running, None
        return turn

    def forget(self, turn: Turn) -> None:
        """Let no later question take along what came to nothing."""
        if turn.reply is None:
            self._asked.pop()

    def take_back(self) -> Turn | None:
        """The turn that runs, else the last that waits; it is no longer asked."""
        if self.running:
            turn, self.running = self.running, None
            self.forget(turn)
            return turn
        return self.waiting.pop() if self.waiting else None

    def start_again(self) -> None:
        """Forget everything."""
        self.running = None
        self.waiting.clear()
        self._asked.clear()
