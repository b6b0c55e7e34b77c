"""Key or paste -> whose it is: the question's, or a key of what has the focus."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.timer import Timer
from textual.widgets import Input, TextArea

from qa.tui.chips import Chip
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import SourceScreen
from qa.tui.workers import LibraryApp

ESCAPED = "alt+"
"""Begins the key as which a terminal tells Escape and a letter typed right after it."""

LOOKS = 15
"""How often it is seen in `CHANGE_S` whether a box has come or gone."""


class TypedApp(LibraryApp):
    """An app in which a letter alone may be a key, and letters in a row are words.

    It decides before any widget has the letter: of letters that wait in the queues of several
    widgets nobody knows in which order they were typed.
    """

    ALONE_S: ClassVar[float] = 0.35
    """A letter that another one follows sooner is no key."""
    CHANGE_S: ClassVar[float] = 0.3
    """How long keys wait, after one that may open or leave a box, for it to come or go."""

    _held: events.Key | None = None
    """A letter that will be a key if it stays alone."""
    _end_of_hold: Timer | None = None
    _behind: list[events.Event] | None = None
    """What came after a key that opens or leaves a box; None while all is quiet."""
    _look: Timer | None = None
    _word_until = 0.0
    """Time up to which a letter belongs to the word that is typed in an article, to no avail."""

    @property
    def is_holding(self) -> bool:
        """Say whether something was typed of which it is not yet decided whose it is."""
        return self._held is not None or self._behind is not None

    async def on_event(self, event: events.Event) -> None:
        """Hand on each key and paste to whom it belongs, in the order of typing."""
        is_input = isinstance(event, events.InputEvent | events.Paste)
        if not is_input or event.is_forwarded or isinstance(event, events.MouseMove):
            await super().on_event(event)
        elif self._behind is not None and _is_typed(event):
            self._behind.append(event)
        else:
            await self._hand_on_what_waits()
            for due in self._due(event, self._release()):
                await super().on_event(due)
            if isinstance(event, events.Key) and self.screen is not self.chat:
                self._wait_for_a_change(event.key)

    def _due(self, event: events.Event, held: events.Key | None) -> Sequence[events.Event]:
        """Turn to whom an event belongs, and give what is to be handed on now."""
        before = [held] if held else []
        letter = event if isinstance(event, events.Key) and event.is_printable else None
        if isinstance(event, events.Paste) or (letter and letter.key.startswith(ESCAPED)):
            self._turn_to_prompt()
        if letter and self.screen is self.chat:
            return self._due_in_chat(letter, before)
        if letter and isinstance(self.screen, SourceScreen):
            return self._due_in_article(letter, before)
        return [*before, event]

    def _due_in_chat(
        self, letter: events.Key, before: Sequence[events.Key]
    ) -> Sequence[events.Event]:
        holder = self.focused
        prompt = self.chat.query_one(Prompt)
        is_key = isinstance(holder, QuoteCard | Chip) and letter.key in holder.letters
        if is_key and not before and not prompt.text:
            self._hold(letter)
            return []
        self.chat.set_focus(prompt)
        return [*before, letter]

    def _due_in_article(
        self, letter: events.Key, before: Sequence[events.Key]
    ) -> Sequence[events.Event]:
        """Copy nothing in the middle of a word; there is no prompt here that could take it."""
        if letter.key not in SourceScreen.LETTERS:
            self._word_until = letter.time + self.ALONE_S
            return []
        if letter.key != SourceScreen.COPY:
            return [*before, letter]
        if letter.time >= self._word_until:
            self._hold(letter)
        return before

    def _turn_to_prompt(self) -> None:
        """Leave what has no field of its own to be typed in."""
        if isinstance(self.focused, Input | TextArea):
            return
        while self.screen is not self.chat:
            self.pop_screen()
        self.chat.set_focus(self.chat.query_one(Prompt))

    # A letter that may be a key

    def _hold(self, letter: events.Key) -> None:
        self._held = letter
        self._end_of_hold = self.set_timer(self.ALONE_S, self._hand_on_alone)

    async def _hand_on_alone(self) -> None:
        if held := self._release():
            await super().on_event(held)

    def _release(self) -> events.Key | None:
        if self._end_of_hold:
            self._end_of_hold.stop()
        held, self._held = self._held, None
        return held

    # Keys that open and leave boxes

    def _wait_for_a_change(self, key: str) -> None:
        """Keep what is typed next for the box that opens, or for the prompt if this one goes."""
        if key in {"enter", "escape"}:
            self._see_again(LOOKS, lambda: self.screen is self.chat)
        elif self.focused is None:
            self._see_again(LOOKS, lambda: self.focused is not None)

    def _see_again(self, looks: int, has_changed: Callable[[], bool]) -> None:
        self._behind = self._behind or []
        self._look = self.set_timer(
            self.CHANGE_S / LOOKS, partial(self._see, looks - 1, has_changed)
        )

    async def _see(self, looks: int, has_changed: Callable[[], bool]) -> None:
        if looks and not has_changed():
            self._see_again(looks, has_changed)
        else:
            await self._hand_on_what_waits()

    async def _hand_on_what_waits(self) -> None:
        if self._look:
            self._look.stop()
        behind, self._behind = self._behind or [], None
        for event in behind:
            await self.on_event(event)


def _is_typed(event: events.Event) -> bool:
    """Say whether an event is part of a text; Enter ends one."""
    is_written = isinstance(event, events.Key) and (event.is_printable or event.key == "enter")
    return is_written or isinstance(event, events.Paste)
