"""Question and reply -> one turn of the transcript."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from index.types import Article
from qa.grouping import groups
from qa.render import shown_title
from qa.tui.quote_card import QuoteCard
from qa.tui.wording import certainty, origin, shortened
from qa.types import Abstention, Quote, Reply
from qa.visible import visible_line


class Line(Static):
    """Words of ours or of an article, never markup; its class says how they look."""

    def __init__(self, text: str, classes: str) -> None:
        super().__init__(text, markup=False, classes=classes)


class ArticleHeading(Static):
    """Title, outlet, author and date of the article that the cards below quote."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heading--title",
        "heading--derived",
        "heading--origin",
    }

    def __init__(self, article: Article, *, is_answer: bool) -> None:
        super().__init__(classes="answering" if is_answer else "nearest")
        self._article = article

    def render(self) -> Content:
        """Give the title, in italics if it is derived, and below it what else is known."""
        part = "derived" if self._article.title_is_derived else "title"
        known = origin(self._article)
        return Content.assemble(
            (shown_title(self._article), self.get_visual_style(f"heading--{part}", partial=True)),
            (
                f"\n{known}" if known else "",
                self.get_visual_style("heading--origin", partial=True),
            ),
        )


class Turn(Vertical):
    """A question, what is being done about it, and then its reply."""

    def __init__(self, number: int, question: str) -> None:
        super().__init__()
        self.number = number
        self.question = question
        self._state_line = Line("", "state")

    def compose(self) -> ComposeResult:
        """Show the question, and below it what is being done."""
        yield Line(shortened(self.question, max_chars=400, max_lines=4), "question")
        yield self._state_line

    @property
    def quotes(self) -> list[Quote]:
        """The quotes shown, in the order of the screen."""
        return [card.quote for card in self.query(QuoteCard)]

    def show_state(self, state: str) -> None:
        """Say what the question waits for."""
        self._state_line.update(Content(visible_line(state)))

    async def show_reply(self, reply: Reply) -> None:
        """Show what the articles say, or that they don't."""
        await self._end(*_reply_widgets(reply))

    async def show_error(self, reason: str) -> None:
        """Show why there is no reply."""
        await self._end(Line(visible_line(reason), "error"))

    async def show_cancelled(self) -> None:
        """Show that the question was taken back."""
        await self._end(Line("cancelled", "remark"))

    async def _end(self, *widgets: Widget) -> None:
        self._state_line.display = False
        await self.mount(*widgets)


def _reply_widgets(reply: Reply) -> Iterator[Widget]:
    if reply.query.strip() != reply.question.text.strip():
        yield Line(f"searched for: {shortened(reply.query, max_chars=300, max_lines=2)}", "remark")
    if isinstance(reply, Abstention):
        yield Line(visible_line(reply.message), "abstention")
        if reply.nearest:
            yield Line("Nearest passages (not an answer)", "nearest-heading")
            yield Line(certainty(reply), "remark")
            yield from _grouped(reply.nearest, is_answer=False)
    else:
        yield Line(certainty(reply), "remark")
        yield from _grouped(reply.quotes, is_answer=True)
    for notice in reply.notices:
        yield Line(visible_line(notice), "remark")


def _grouped(quotes: tuple[Quote, ...], *, is_answer: bool) -> Iterator[Widget]:
    for article, group in groups(quotes):
        yield ArticleHeading(article, is_answer=is_answer)
        for quote in group:
            yield QuoteCard(quote, is_answer=is_answer)
