"""Reply -> what a turn shows below its question."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from index.types import Article
from qa.showing.grouping import groups
from qa.showing.render import (
    NEAREST_HEADINGS,
    comparison_lines,
    missing_line,
    period_line,
    shown_title,
)
from qa.tui.chips import Chip, ChipRow
from qa.tui.line import Line
from qa.tui.quote_card import QuoteCard
from qa.tui.wording import (
    certainty,
    is_explained,
    origin,
    printed_also,
    read_of,
    shortened,
)
from qa.types import Abstention, Comparison, Quote, Reply
from qa.visible import visible_line


class ArticleHeading(Static):
    """Title, outlet, author, date and reprints of the article that the cards below quote."""

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
        known = [line for line in (origin(self._article), printed_also(self._article)) if line]
        return Content.assemble(
            (shown_title(self._article), self.get_visual_style(f"heading--{part}", partial=True)),
            (
                "".join(f"\n{line}" for line in known),
                self.get_visual_style("heading--origin", partial=True),
            ),
        )


class ComparisonBlock(Vertical):
    """What several articles say to one question: a disagreement stands out."""

    def __init__(self, comparison: Comparison, quotes: Sequence[Quote]) -> None:
        super().__init__(classes="differ" if comparison.differ else "agree")
        self._comparison = comparison
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        """Where they differ, the first line says so, and each other one is a finding."""
        for line in comparison_lines(self._comparison, self._quotes):
            yield Line(line, "finding")


def reply_widgets(reply: Reply) -> Iterator[Widget]:
    """Give what was searched for, the verdict, the remarks and the quotes, from top to bottom."""
    if reply.carried:
        yield ChipRow([Chip(word) for word in reply.carried], "carried over")
    if not is_explained(reply):
        yield Line(f"searched for: {shortened(reply.query, max_chars=160, max_lines=1)}", "remark")
    if isinstance(reply, Abstention):
        yield Line(visible_line(reply.message), "abstention")
        yield from _notices(reply)
        if reply.nearest:
            yield Line(NEAREST_HEADINGS[reply.level], "nearest-heading")
            yield Line(certainty(reply), "remark")
            yield from _grouped(reply.nearest, is_answer=False)
    else:
        yield Line(certainty(reply), "remark")
        yield from _notices(reply)
        if reply.comparison:
            yield ComparisonBlock(reply.comparison, reply.quotes)
        yield from _grouped(reply.quotes, is_answer=True)


def _notices(reply: Reply) -> Iterator[Widget]:
    searched = reply.searched
    if missing := missing_line(searched):
        yield Line(missing, "notice remark")
    elif searched.skipped and (left_out := read_of(searched.files, searched.skipped)):
        yield Line(f"{left_out}; F2 names the others", "notice remark")
    if reply.period:
        yield Line(period_line(reply.period), "notice remark")
    for notice in reply.notices:
        yield Line(visible_line(notice), "notice remark")


def _grouped(quotes: tuple[Quote, ...], *, is_answer: bool) -> Iterator[Widget]:
    for article, group in groups(quotes):
        yield ArticleHeading(article, is_answer=is_answer)
        for quote in group:
            yield QuoteCard(quote, is_answer=is_answer)
