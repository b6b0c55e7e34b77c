"""Messages -> what the conversation shows."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from qa.tui import messages
from qa.tui.chips import Chip
from qa.tui.conversation import Conversation
from qa.tui.filter_box import FilterScreen
from qa.tui.filter_line import FilterLine
from qa.tui.filters import Filters
from qa.tui.key_line import KeyLine
from qa.tui.prompt import Prompt
from qa.tui.status import IndexingLine, StatusLine
from qa.tui.transcript import NOTHING_INDEXED, Transcript
from qa.tui.transcript_screen import TranscriptScreen
from qa.tui.turn import Turn
from qa.tui.wording import counted, indexed_lines, progress_line, searched_line, updated_line
from qa.types import Question, Searched
from qa.visible import visible_line


class ChatScreen(TranscriptScreen):
    """The transcript above, the prompt below; questions are answered one after another."""

    AUTO_FOCUS = "#prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "drop_carried", "Drop carried", tooltip="Drop the words carried over"),
        Binding("ctrl+f", "filter", "Filter", tooltip="Filter by date and source", priority=True),
        Binding("ctrl+l", "start_again", "New conversation", show=False),
    ]

    @dataclass
    class Asked(Message):
        """A question is due; its reply is to have this ticket."""

        ticket: int
        question: Question

    class Withdrawn(Message):
        """The reply to the running question is no longer wanted."""

    class LoadWanted(Message):
        """A question came after loading had failed: try again."""

    def __init__(self, filters: Filters) -> None:
        super().__init__()
        self._models: Literal["loading", "ready", "failed"] = "loading"
        self._stage = "loading the models…"
        self._conversation = Conversation()
        self._filters = filters

    def compose(self) -> ComposeResult:
        """Stack the transcript, the prompt and the lines of state."""
        yield Transcript()
        yield IndexingLine()
        yield FilterLine(self._filters)
        yield Prompt()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say that the models are loading."""
        self._show_activity()

    @property
    def is_idle(self) -> bool:
        """The models are loaded, and nothing is being answered."""
        return self._models == "ready" and self._conversation.running is None

    async def _on_message(self, message: Message) -> None:
        """Take in nothing more once the app is leaving: the widgets go before this screen does."""
        if self.app.is_running or not isinstance(message, messages.News | Prompt.Sent):
            await super()._on_message(message)

    # Asking

    @on(Prompt.Sent)
    def _take_question(self, event: Prompt.Sent) -> None:
        filters = self._filters
        turn = Turn(Question(event.text, scope=filters.scope, asked_on=filters.asked_on))
        self.query_one(Transcript).add(turn)
        self._conversation.waiting.append(turn)
        if self._models == "failed":
            self._models = "loading"
            self.post_message(self.LoadWanted())
        self._ask_next()

    @on(Turn.AskedAgain)
    def _ask_again(self, event: Turn.AskedAgain) -> None:
        self._conversation.ask_again(event.turn)
        self._ask_next()

    def _ask_next(self) -> None:
        if self._models == "ready" and (turn := self._conversation.start_next()):
            turn.show_state("searching…")
            self.post_message(self.Asked(self._conversation.ticket, turn.question))
        for turn in self._conversation.waiting:
            reason = self._stage if self._models == "loading" else "after the question before"
            turn.show_state(f"waiting · {reason}")
        self._show_activity()

    def _show_activity(self) -> None:
        self.query_one(Prompt).is_cancellable = self._conversation.is_busy
        self.refresh_bindings()
        activity = {"loading": self._stage, "ready": "", "failed": "not ready"}[self._models]
        if self._conversation.running:
            activity = "searching…"
        self.query_one(StatusLine).activity = activity

    @on(messages.Replied)
    async def _show_reply(self, event: messages.Replied) -> None:
        if turn := self._conversation.end(event.ticket):
            await turn.show_reply(event.reply)
            if self.focused is None:
                self.query_one(Prompt).focus()
            self.query_one(StatusLine).searched = event.reply.searched
            self.query_one(Transcript).show_top_of(turn)
            self._ask_next()

    @on(messages.AnswerFailed)
    async def _show_failure(self, event: messages.AnswerFailed) -> None:
        if turn := self._conversation.end(event.ticket):
            self._conversation.forget(turn)
            await turn.show_error(event.reason)
            self.query_one(Transcript).show_top_of(turn)
            self._ask_next()

    @on(Prompt.Cancelled)
    async def _cancel(self) -> None:
        was_running = self._conversation.running
        if turn := self._conversation.take_back():
            if turn is was_running:
                self.post_message(self.Withdrawn())
            await turn.show_cancelled()
            self._ask_next()

    def action_drop_carried(self) -> None:
        """Ask the newest question again without the words of earlier turns."""
        turn = self.query(Turn).last()
        turn.drop(turn.carried)

    def action_start_again(self) -> None:
        """Forget the conversation: an empty transcript, no earlier questions."""
        if self._conversation.running:
            self.post_message(self.Withdrawn())
        self._conversation.start_again()
        self.query_one(Transcript).start_again()
        self._show_activity()
        self.query_one(Prompt).focus()

    # Filtering

    def action_filter(self) -> None:
        """Ask which days and which source later questions are answered from."""
        self.app.push_screen(FilterScreen(self._filters, date.today()), self._filters_chosen)

    async def _filters_chosen(self, filters: Filters | None) -> None:
        if filters is not None:
            self._filters = filters
            await self.query_one(FilterLine).show(filters)

    @on(FilterLine.Removed)
    async def _remove_filter(self, event: FilterLine.Removed) -> None:
        await self._filters_chosen(self._filters.without(event.name))
        if not isinstance(self.focused, Chip):
            self.set_focus(self.query_one(Prompt))

    # Loading

    @on(messages.Loading)
    def _show_stage(self, event: messages.Loading) -> None:
        if self._models == "loading" and event.stage != self._stage:
            self._stage = event.stage
            self._ask_next()

    @on(messages.Known)
    def _show_known(self, event: messages.Known) -> None:
        status = self.query_one(StatusLine)
        status.searched = event.searched or status.searched
        status.otherwise = "nothing indexed"

    @on(messages.Loaded)
    def _show_loaded(self, event: messages.Loaded) -> None:
        self._become_ready(event.searched)
        if event.searched is None:
            self.query_one(Transcript).say(NOTHING_INDEXED, style="hint")

    @on(messages.LoadFailed)
    async def _show_load_failure(self, event: messages.LoadFailed) -> None:
        self._models = "failed"
        self.query_one(StatusLine).otherwise = "no articles opened"
        waiting = list(self._conversation.waiting)
        self._conversation.waiting.clear()
        for turn in waiting:
            await turn.show_error(event.reason)
        if not waiting:
            self.query_one(Transcript).say(visible_line(event.reason), style="error")
        self._show_activity()

    def _become_ready(self, searched: Searched | None) -> None:
        self._models = "ready"
        status = self.query_one(StatusLine)
        status.searched = searched
        status.otherwise = "nothing indexed"
        self._ask_next()

    # Indexing

    @on(messages.Indexing)
    def _show_progress(self, event: messages.Indexing) -> None:
        self.query_one(IndexingLine).progress = event.progress

    @on(messages.Indexed)
    def _show_indexed(self, event: messages.Indexed) -> None:
        self.query_one(IndexingLine).progress = None
        lines = indexed_lines(event.report, was_stopped=event.was_stopped)
        self.query_one(Transcript).say(*lines, style="done")
        self._become_ready(event.searched)

    @on(messages.IndexingFailed)
    def _show_indexing_failure(self, event: messages.IndexingFailed) -> None:
        self.query_one(IndexingLine).progress = None
        self.query_one(Transcript).say(visible_line(event.reason), style="error")
        self._show_activity()

    # Keeping up

    @on(messages.Refreshed)
    def _show_refreshed(self, event: messages.Refreshed) -> None:
        count = event.searched.articles if event.searched else 0
        self._note(f"index refreshed: {counted(count, 'article')}", event.searched)

    @on(messages.Updating)
    def _show_updating(self, event: messages.Updating) -> None:
        self._note(f"updating: {progress_line(event.progress)}")

    @on(messages.Updated)
    def _show_updated(self, event: messages.Updated) -> None:
        self._note(updated_line(event.report), event.searched)

    @on(messages.RefreshFailed)
    def _show_refresh_failure(self, event: messages.RefreshFailed) -> None:
        self._note(event.reason)

    @on(messages.WatchFailed)
    def _show_watch_failure(self, event: messages.WatchFailed) -> None:
        self.query_one(Transcript).say(visible_line(event.reason), style="error")

    @on(messages.Switched)
    def _show_switched(self, event: messages.Switched) -> None:
        searched = event.searched
        line = searched_line(searched) if searched else "nothing that is indexed"
        self.query_one(Transcript).say(f"Now searching {line}", style="done")
        self._become_ready(searched)

    @on(messages.SwitchFailed)
    def _show_switch_failure(self, event: messages.SwitchFailed) -> None:
        self.query_one(Transcript).say(visible_line(event.reason), style="error")

    def _note(self, words: str, searched: Searched | None = None) -> None:
        status = self.query_one(StatusLine)
        status.note = words
        status.searched = searched or status.searched

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to drop only what was carried."""
        if action == "drop_carried":
            return any(turn.carried for turn in [*self.query(Turn)][-1:])
        return super().check_action(action, parameters)
