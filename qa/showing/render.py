"""Reply -> Lines, for a terminal or for a pipe."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from index.text.days import days_in_words
from index.types import Article, LeftOut, Period, Span, Unfinished
from qa.showing.grouping import groups
from qa.types import Abstention, Citation, Comparison, Finding, Quote, Reply, Searched
from qa.visible import visible, visible_line

if TYPE_CHECKING:
    from rich.console import RenderableType

NEAREST_HEADINGS = {
    "none": "Nearest passages (not an answer)",
    "maybe": "Closest passages (worth a look, not a sure answer)",
}
"""By the level of a reply that does not answer."""
MAX_ANSWER_CHARS = 160
"""Of a finding's words; the quote itself is shown whole."""
MAX_REPRINTS = 3
"""Named under a quote."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words with their styles; long ones are folded by whoever shows them."""

    parts: tuple[tuple[str, str], ...] = ()
    """(words, rich style), free of control characters; several `\\n` are possible."""
    indent: int = 0

    @property
    def plain(self) -> str:
        """The words alone, indented; a line feed of a quote starts a new indented line."""
        margin = " " * self.indent
        words = "".join(words for words, _ in self.parts)
        return "\n".join((margin + line).rstrip() for line in words.split("\n"))


def plain(reply: Reply) -> str:
    """Write the reply for a pipe: unfolded, unstyled, quotes alone without their surroundings."""
    return "\n".join(line.plain for line in _lines(reply, with_context=False))


def styled(reply: Reply) -> "RenderableType":
    """Write the reply for a terminal: folded, each quote lit inside its surroundings."""
    from rich.console import Group  # noqa: PLC0415 -- a pipe needs no rich
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    return Group(
        *(
            Padding(Text.assemble(*line.parts), (0, 0, 0, line.indent), expand=False)
            for line in _lines(reply, with_context=True)
        )
    )


def shown_title(article: Article) -> str:
    """Give the title for people; one that we derived ends in an ellipsis."""
    shown = visible_line(article.title)
    return f"{shown.rstrip('.… ')}…" if article.title_is_derived else shown


def source_of(article: Article) -> str:
    """Name title, outlet and date of an article in one line, as far as they are known."""
    known = [shown_title(article), article.outlet, article.published]
    return visible_line(" · ".join(part for part in known if part))


def left_out_line(page: LeftOut) -> str:
    """Say of a page that most of it was not taken for its article, and how to see the rest."""
    return (
        f"{page.path}: {count(page.read, 'word')} read, {page.left_out:,} in other sentences left "
        f"out; qa show prints them"
    )


def place_of(citation: Citation) -> str:
    """Name path and line of the first word, and its page or chapter where there is one."""
    where = f"{citation.article.path}:{citation.line}"
    return f"{where}, {citation.place}" if citation.place else where


def items_line(quote: Quote) -> str:
    """Say how much of a list is not quoted; there must be more of it."""
    return f"… and {count(quote.items_left, 'more item')} of this list"


def reprints_line(article: Article) -> str:
    """Name the first few articles with nearly the same text; there must be one."""
    shown = ", ".join(article.reprints[:MAX_REPRINTS])
    more = len(article.reprints) - MAX_REPRINTS
    return visible_line(f"also printed in {shown}" + (f" and {more} more" if more > 0 else ""))


def comparison_lines(comparison: Comparison, quotes: Sequence[Quote]) -> list[str]:
    """Say in plain sentences whether the articles agree, free of control characters.

    Returns:
        One line where they agree; else a heading, and below it a line for each finding.
    """
    by_number = {quote.n: quote for quote in quotes}
    told = [[by_number[n] for n in finding.quotes] for finding in comparison.findings]
    if not comparison.differ:
        return [_agreement(comparison.findings[0], told[0])]
    is_dated = any(quote.at.article.published for group in told for quote in group)
    heading = "These articles differ; they may tell of different events or reports"
    return [
        f"{heading}, newest first:" if is_dated else f"{heading}:",
        *(
            visible_line(f"{_answer_of(finding)}: {'; '.join(_sources_of(group))}")
            for finding, group in zip(comparison.findings, told, strict=True)
        ),
    ]


def period_line(period: Period) -> str:
    """Say which days moved articles up or down."""
    days = days_in_words(period)
    if period.words:
        return visible_line(f"“{period.words}” taken as {days}; articles of other days come later")
    return visible_line(f"articles of the days around the asking come first: {days}")


def _agreement(finding: Finding, quotes: Sequence[Quote]) -> str:
    articles = {_key(place.article) for quote in quotes for place in (quote.at, *quote.also)}
    if finding.outlets > 1:
        are_named = all(quote.at.article.outlet for quote in quotes)
        who = "outlets" if are_named else "independent articles"
        head = f"{finding.outlets} {who} say the same"
    else:
        head = f"{count(len(articles), 'article')} of one outlet or one text say the same"
    return visible_line(f"{head}: {_answer_of(finding)}")


def _answer_of(finding: Finding) -> str:
    words = textwrap.shorten(finding.words, MAX_ANSWER_CHARS, placeholder=" …")
    return " ".join([words, *(f"[{n}]" for n in finding.quotes)])


def _sources_of(quotes: Sequence[Quote]) -> list[str]:
    """Name outlet and date of each article once, or its path where it has no outlet."""
    articles = {_key(quote.at.article): quote.at.article for quote in quotes}
    return [
        ", ".join(known for known in (one.outlet or one.path, one.published) if known)
        for one in articles.values()
    ]


def _key(article: Article) -> tuple[str, str]:
    return article.root, article.path


def _understood(reply: Reply) -> Iterator[str]:
    """Say what the question was taken to mean beyond its words."""
    if reply.carried:
        yield visible_line(f"carried over from earlier: {', '.join(reply.carried)}")
    if reply.period:
        yield period_line(reply.period)


def _lines(reply: Reply, *, with_context: bool) -> Iterator[Line]:
    opening = list(_opening(reply))
    yield from opening
    quotes = reply.nearest if isinstance(reply, Abstention) else reply.quotes
    for at, (article, group) in enumerate(groups(quotes)):
        if at or opening:
            yield Line()
        yield Line(((source_of(article), "bold cyan"),))
        for quote in group:
            yield from _quote(quote, with_context=with_context)
    yield Line()
    yield Line(((_searched(reply.searched, reply.confidence), "dim"),))


def _opening(reply: Reply) -> Iterator[Line]:
    """Write what stands before the quotes."""
    understood = [Line(((words, "dim"),)) for words in _understood(reply)]
    if isinstance(reply, Abstention):
        yield Line(((visible(reply.message), "bold yellow"),))
        if missing := missing_line(reply.searched):
            yield Line(((missing, "yellow"),))
        yield from understood
        if reply.nearest:
            yield Line()
            yield Line(((NEAREST_HEADINGS[reply.level], "bold"),))
    else:
        yield from understood
        if reply.comparison:
            heading, *findings = comparison_lines(reply.comparison, reply.quotes)
            yield Line(((heading, "bold"),))
            yield from (Line(((found, ""),), indent=2) for found in findings)


def _quote(quote: Quote, *, with_context: bool) -> Iterator[Line]:
    yield Line(((f"[{quote.n}] ", "bold"), (visible_line(place_of(quote.at)), "green")), indent=2)
    if quote.stale:
        yield Line(((visible_line(f"out of date: {quote.stale}"), "bold red"),), indent=6)
    words = tuple(_lit(quote))
    if with_context:
        words = (*_around(quote, before=True), *words, *_around(quote, before=False))
    yield Line(words, indent=6)
    if quote.items_left:
        yield Line(((items_line(quote), "dim"),), indent=6)
    for citation in quote.also:
        yield Line(((visible_line(f"also {place_of(citation)}"), "green"),), indent=6)
    if quote.at.article.reprints:
        yield Line(((reprints_line(quote.at.article), "green"),), indent=6)


def _lit(quote: Quote) -> Iterator[tuple[str, str]]:
    """Cut the quote at its highlights; the pieces together are the whole quote."""
    text, at = quote.at.article.text, quote.at.span.start
    for lit in sorted(quote.highlights):
        if lit.start > at:
            yield visible(text[at : lit.start]), "bold"
        if lit.end > at:
            yield visible(text[max(at, lit.start) : lit.end]), "bold underline"
            at = lit.end
    if at < quote.at.span.end:
        yield visible(text[at : quote.at.span.end]), "bold"


def _around(quote: Quote, *, before: bool) -> Iterator[tuple[str, str]]:
    span, context, text = quote.at.span, quote.context, quote.at.article.text
    start, end = (context.start, span.start) if before else (span.end, context.end)
    if start < end:
        words = Span(start, end).of(text)
        yield visible(words.lstrip() if before else words.rstrip()), "dim"


def _searched(searched: Searched, confidence: float) -> str:
    return visible_line(
        f"Searched {count(searched.articles, 'article')} and "
        f"{count(searched.passages, 'passage')} of {searched.root}{left_out(searched)}; "
        f"confidence {confidence:.2f}"
    )


def left_out(searched: Searched) -> str:
    """Say how many files were searched where some were not, and why; empty where all were."""
    if not searched.skipped and not searched.unfinished:
        return ""
    if searched.skipped and not searched.files:
        return f", {searched.skipped} skipped"
    read = max(0, searched.files - searched.skipped - searched.unread)
    why = unfinished_line(searched.unfinished) or "qa status lists the others"
    return f" ({read:,} of {count(searched.files, 'file')}; {why})"


def missing_line(searched: Searched) -> str:
    """Say that what was not found may stand in files that are not read yet; empty where all are."""
    if not searched.unfinished:
        return ""
    told = "not all files may have been read"
    if searched.unread:
        read = max(0, searched.files - searched.skipped - searched.unread)
        told = f"only {read:,} of {count(searched.files, 'file')} were searched"
    return visible_line(f"{told}: {unfinished_line(searched.unfinished)}")


def unfinished_line(unfinished: Sequence[Unfinished]) -> str:
    """Say why articles may be missing, and what to do; empty where there is no such root."""
    commands = [one.command for one in unfinished if not one.is_under_way]
    if commands:
        return f"indexing was interrupted, to go on run: {' and '.join(commands)}"
    return "indexing is under way" if unfinished else ""


def root_line(one: Unfinished) -> str:
    """Say how far indexing one root has come, and what to do: for where its name stands beside."""
    told = "its files are not counted yet"
    if one.files is not None and one.left is not None:
        told = f"{one.files - one.left:,} of {count(one.files, 'file')} read"
    return f"{one.root}: {told}; {unfinished_line([one])}"


def rate(per_second: float) -> str:
    """`120/s`, `2.5/s`, `12/min`: never so coarse that it contradicts the time left."""
    for unit, seconds in (("s", 1), ("min", 60)):
        if per_second * seconds >= 1:
            return f"{per_second * seconds:,.{0 if per_second * seconds >= 10 else 1}f}/{unit}"
    return f"{per_second * 3600:.1f}/h"


def day_and_time(moment: str) -> str:
    """Write an ISO time by this machine's clock, `2025-06-23 12:00`; what is none, as it is."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return moment


def count(number: int, noun: str) -> str:
    """Write "1 article", "2 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
