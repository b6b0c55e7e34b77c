"""Reply -> Lines, for a terminal or for a pipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Article, Span
from qa.grouping import groups
from qa.types import Abstention, Quote, Reply, Searched
from qa.visible import visible, visible_line

if TYPE_CHECKING:
    from rich.console import RenderableType

NEAREST_HEADING = "Nearest passages (not an answer)"


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


def _lines(reply: Reply, *, with_context: bool) -> Iterator[Line]:
    quotes: Sequence[Quote]
    if isinstance(reply, Abstention):
        yield Line(((visible(reply.message), "bold yellow"),))
        quotes = reply.nearest
        if quotes:
            yield Line()
            yield Line(((NEAREST_HEADING, "bold"),))
    else:
        quotes = reply.quotes
    for article, group in groups(quotes):
        if article is not quotes[0].at.article or isinstance(reply, Abstention):
            yield Line()
        yield Line(((source_of(article), "bold cyan"),))
        for quote in group:
            yield from _quote(quote, with_context=with_context)
    yield Line()
    yield Line(((_searched(reply.searched, reply.confidence), "dim"),))


def _quote(quote: Quote, *, with_context: bool) -> Iterator[Line]:
    where = f"{quote.at.article.path}:{quote.at.line}"
    yield Line(((f"[{quote.n}] ", "bold"), (visible_line(where), "green")), indent=2)
    words = tuple(_lit(quote))
    if with_context:
        words = (*_around(quote, before=True), *words, *_around(quote, before=False))
    yield Line(words, indent=6)
    for citation in quote.also:
        place = f"also {citation.article.path}:{citation.line}"
        yield Line(((visible_line(place), "green"),), indent=6)


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
    skipped = f", {searched.skipped} skipped" if searched.skipped else ""
    return visible_line(
        f"Searched {count(searched.articles, 'article')} and "
        f"{count(searched.passages, 'passage')} of {searched.root}{skipped}; "
        f"confidence {confidence:.2f}"
    )


def count(number: int, noun: str) -> str:
    """Write "1 article", "2 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
