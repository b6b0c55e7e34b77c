"""Messages -> what the conversation shows."""

from collections import deque
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from qa.tui import messages
from qa.tui.prompt import Prompt
from qa.tui.quote_card import QuoteCard
from qa.tui.source import Place, SourceScreen, copy_quote
from qa.tui.status import IndexingLine, StatusLine
from qa.tui.transcript import NOTHING_INDEXED, Transcript
from qa.tui.turn import Turn
from qa.tui.wording import counted, indexed_lines
from qa.types import Question, Searched
from qa.visible import visible_line

MAX_CONTEXT = 5
"""Earlier questions that go along with a new one."""


class ChatScreen(Screen[None]):
    """The transcript above, the prompt below; questions are answered one after another."""

    AUTO_FOCUS = "#prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "into_quotes", "Quotes", show=False),
        Binding("escape", "to_prompt", "Back"),
        Binding("ctrl+l", "start_again", "New conversation", show=False),
    ]

    @dataclass
    class Asked(Message):
        """A question is due; its reply belongs to the turn with this number."""

        number: int
        question: Question

    class Withdrawn(Message):
        """The reply to the running question is no longer wanted."""

    class LoadWanted(Message):
        """A question came after loading had failed: try again."""

    def __init__(self) -> None:
        super().__init__()
        self._models: Literal["loading", "ready", "failed"] = "loading"
        self._stage = "loading the models…"
        self._waiting: deque[Turn] = deque()
        self._answering: Turn | None = None
        self._asked: list[str] = []
        self._turns = 0
        self._is_indexing = False

    def compose(self) -> ComposeResult:
        """Stack the transcript, the prompt and the lines of state."""
        yield Transcript()
        yield IndexingLine()
        yield Prompt()
        yield StatusLine()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Say that the models are loading."""
        self._show_activity()

    @property
    def is_idle(self) -> bool:
        """The models are loaded, and nothing is being answered or indexed."""
        return self._models == "ready" and self._answering is None and not self._is_indexing

    async def _on_message(self, message: Message) -> None:
        """Take in no more news once the app is leaving: the widgets go before this screen does."""
        if self.app.is_running or not isinstance(message, messages.News):
            await super()._on_message(message)

    # Asking

    @on(Prompt.Sent)
    def _take_question(self, event: Prompt.Sent) -> None:
        self._turns += 1
        turn = Turn(self._turns, event.text)
        self.query_one(Transcript).add(turn)
        self._waiting.append(turn)
        if self._models == "failed":
            self._models = "loading"
            self.post_message(self.LoadWanted())
        self._ask_next()

    def _ask_next(self) -> None:
        if self._models == "ready" and self._answering is None and self._waiting:
            self._answering = turn = self._waiting.popleft()
            turn.show_state("searching…")
            context = tuple(self._asked[-MAX_CONTEXT:])
            self._asked.append(turn.question)
            self.post_message(self.Asked(turn.number, Question(turn.question, context)))
        for turn in self._waiting:
            reason = self._stage if self._models == "loading" else "after the question before"
            turn.show_state(f"waiting · {reason}")
        self._show_activity()

    def _show_activity(self) -> None:
        prompt = self.query_one(Prompt)
        prompt.is_cancellable = bool(self._answering or self._waiting)
        self.refresh_bindings()
        activity = {"loading": self._stage, "ready": "", "failed": "not ready"}[self._models]
        if self._answering:
            activity = "searching…"
        self.query_one(StatusLine).activity = activity

    def _take_running(self, number: int) -> Turn | None:
        """The running turn, which is now over, or None if the number is of a withdrawn one."""
        turn = self._answering
        if turn is None or turn.number != number:
            return None
        self._answering = None
        return turn

    @on(messages.Replied)
    async def _show_reply(self, event: messages.Replied) -> None:
        if turn := self._take_running(event.number):
            await turn.show_reply(event.reply)
            self.query_one(StatusLine).searched = event.reply.searched
            self.query_one(Transcript).show_top_of(turn)
            self._ask_next()

    @on(messages.AnswerFailed)
    async def _show_failure(self, event: messages.AnswerFailed) -> None:
        if turn := self._take_running(event.number):
            await turn.show_error(event.reason)
            self._asked.pop()
            self.query_one(Transcript).show_end()
            self._ask_next()

    @on(Prompt.Cancelled)
    async def _cancel(self) -> None:
        if self._answering:
            turn, self._answering = self._answering, None
            self._asked.pop()
            self.post_message(self.Withdrawn())
        elif self._waiting:
            turn = self._waiting.pop()
        else:
            return
        await turn.show_cancelled()
        self._ask_next()

    def action_start_again(self) -> None:
        """Forget the conversation: an empty transcript, no earlier questions."""
        if self._answering:
            self.post_message(self.Withdrawn())
        self._answering = None
        self._waiting.clear()
        self._asked.clear()
        self.query_one(Transcript).start_again()
        self._show_activity()
        self.query_one(Prompt).focus()

    # Loading

    @on(messages.Loading)
    def _show_stage(self, event: messages.Loading) -> None:
        if self._models == "loading" and event.stage != self._stage:
            self._stage = event.stage
            self._ask_next()

    @on(messages.Known)
    def _show_known(self, event: messages.Known) -> None:
        if event.searched:
            self.query_one(StatusLine).searched = event.searched

    @on(messages.Loaded)
    def _show_loaded(self, event: messages.Loaded) -> None:
        self._become_ready(event.searched)
        if event.searched is None:
            self.query_one(Transcript).say(NOTHING_INDEXED, style="hint")

    @on(messages.LoadFailed)
    async def _show_load_failure(self, event: messages.LoadFailed) -> None:
        self._models = "failed"
        waiting, self._waiting = self._waiting, deque()
        for turn in waiting:
            await turn.show_error(event.reason)
        if not waiting:
            self.query_one(Transcript).say(visible_line(event.reason), style="error")
        self._show_activity()

    def _become_ready(self, searched: Searched | None) -> None:
        self._models = "ready"
        self.query_one(StatusLine).searched = searched
        self._ask_next()

    # Indexing

    @on(messages.Indexing)
    def _show_progress(self, event: messages.Indexing) -> None:
        self._is_indexing = True
        self.query_one(IndexingLine).progress = event.progress

    @on(messages.Indexed)
    def _show_indexed(self, event: messages.Indexed) -> None:
        self._is_indexing = False
        self.query_one(IndexingLine).progress = None
        lines = indexed_lines(event.report, was_stopped=event.was_stopped)
        self.query_one(Transcript).say(*lines, style="done")
        self._become_ready(event.searched)

    @on(messages.IndexingFailed)
    def _show_indexing_failure(self, event: messages.IndexingFailed) -> None:
        self._is_indexing = False
        self.query_one(IndexingLine).progress = None
        self.query_one(Transcript).say(visible_line(event.reason), style="error")
        self._show_activity()

    @on(messages.Refreshed)
    def _show_refreshed(self, event: messages.Refreshed) -> None:
        status = self.query_one(StatusLine)
        status.searched = event.searched
        count = event.searched.articles if event.searched else 0
        status.activity = f"index refreshed: {counted(count, 'article')}"

    @on(messages.RefreshFailed)
    def _show_refresh_failure(self, event: messages.RefreshFailed) -> None:
        self.query_one(StatusLine).activity = event.reason

    # Moving about

    @on(Prompt.Paged)
    def _turn_pages(self, event: Prompt.Paged) -> None:
        transcript = self.query_one(Transcript)
        if event.pages < 0:
            transcript.scroll_page_up(animate=False)
        else:
            transcript.scroll_page_down(animate=False)

    def action_into_quotes(self) -> None:
        """Go from the prompt to the newest reply's first quote, else to what is next."""
        card = self.query_one(Transcript).newest_card()
        if card and self.query_one(Prompt).has_focus:
            card.focus()
        else:
            self.focus_next()

    def action_to_prompt(self) -> None:
        """Go back to the prompt."""
        self.query_one(Prompt).focus()

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002 - Textual's signature
    ) -> bool | None:
        """Offer the way back to the prompt only away from it."""
        return action != "to_prompt" or not self.query_one(Prompt).has_focus

    @on(QuoteCard.Moved)
    def _move(self, event: QuoteCard.Moved) -> None:
        beside = self.query_one(Transcript).card_beside(event.card, event.step)
        if beside:
            beside.focus()
        elif event.step > 0:
            self.query_one(Prompt).focus()

    @on(QuoteCard.Copied)
    def _copy(self, event: QuoteCard.Copied) -> None:
        copy_quote(self.app, f"quote {event.quote.n}", event.quote.at)

    @on(QuoteCard.Opened)
    def _open(self, event: QuoteCard.Opened) -> None:
        turn = next(above for above in event.card.ancestors if isinstance(above, Turn))
        places = [Place(f"quote {quote.n}", quote.at, quote.highlights) for quote in turn.quotes]
        self.app.push_screen(SourceScreen(places, turn.quotes.index(event.card.quote)))

    @on(QuoteCard.AlsoOpened)
    def _open_also(self, event: QuoteCard.AlsoOpened) -> None:
        quote = event.card.quote
        places = [Place(f"much like quote {quote.n}", citation) for citation in quote.also]
        self.app.push_screen(SourceScreen(places, event.nth))
