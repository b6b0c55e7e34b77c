"""Key or paste -> whose it is: the question's, or a key of what has the focus."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.timer import Timer
from textual.widgets import Input, TextArea

from qa.tui.chips import Chip
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import SourceScreen
from qa.tui.workers import LibraryApp


class TypedApp(LibraryApp):
    """An app in which a letter alone may be a key, and letters in a row are words.

    It decides before any widget has the letter: of letters that wait in the queues of several
    widgets nobody knows in which order they were typed.
    """

    ALONE_S: ClassVar[float] = 0.35
    """A letter that another one follows sooner is no key."""

    _held: events.Key | None = None
    """A letter that will be a key if it stays alone."""
    _end_of_hold: Timer | None = None
    _word_until = 0.0
    """Time up to which a letter belongs to the word that is typed in an article, to no avail."""

    @property
    def is_holding(self) -> bool:
        """Say whether a letter was typed that may be a key or begin a word."""
        return self._held is not None

    async def on_event(self, event: events.Event) -> None:
        """Hand on each key and paste to whom it belongs, in the order of typing."""
        is_input = isinstance(event, events.InputEvent | events.Paste)
        if not is_input or event.is_forwarded or isinstance(event, events.MouseMove):
            await super().on_event(event)
            return
        for due in self._due(event, self._release()):
            await super().on_event(due)

    def _due(self, event: events.Event, held: events.Key | None) -> Sequence[events.Event]:
        """Turn to whom an event belongs, and give what is to be handed on now."""
        before = [held] if held else []
        if isinstance(event, events.Paste):
            self._turn_to_prompt_for_paste()
        elif isinstance(event, events.Key) and event.is_printable:
            if self.screen is self.chat:
                return self._due_in_chat(event, before)
            if isinstance(self.screen, SourceScreen):
                return self._due_in_article(event, before)
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

    def _turn_to_prompt_for_paste(self) -> None:
        if isinstance(self.focused, Input | TextArea):
            return
        while self.screen is not self.chat:
            self.pop_screen()
        self.chat.set_focus(self.chat.query_one(Prompt))

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
