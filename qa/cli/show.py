"""`qa show`: Article -> numbered lines on stdout."""

import re
from collections.abc import Iterator
from contextlib import closing

import click

from index.errors import BadPath
from index.types import Article
from qa.cli.output import is_styled
from qa.cli.rooms import Which, enter, open_index, settings, which_index
from qa.library.workspace import Workspace
from qa.visible import visible


@click.command("show")
@click.argument("article", metavar="ARTICLE[:LINE]")
@which_index
@click.pass_context
def command(ctx: click.Context, article: str, *, which: Which) -> None:
    """Print an article's canonical text, each line with its number, from LINE on.

    ARTICLE is a path as replies print it, a file name, or any part of a path that only one article
    has. What was left out of the index is dimmed, or marked with ~ where there are no colours.
    """
    config = settings(**which)
    with closing(open_index(enter(ctx, config), config)) as opened:
        found, first_line = _find(opened, article)
    lines = found.text.removesuffix("\n").split("\n")
    if first_line > len(lines):
        raise click.UsageError(f"the article ends at line {len(lines)}", ctx)
    for line in _numbered(found, lines, first_line, colour=is_styled()):
        click.echo(line)


def _find(opened: Workspace, name: str) -> tuple[Article, int]:
    """Find an article and the line to start at; a name may itself end in a colon and digits."""
    place = re.fullmatch(r"(.+):([1-9][0-9]{0,8})", name, re.DOTALL)
    if place is None:
        return opened.article(name), 1
    try:
        return opened.article(place[1]), int(place[2])
    except BadPath:
        return opened.article(name), 1


def _numbered(
    article: Article, lines: list[str], first_line: int, *, colour: bool
) -> Iterator[str]:
    width = len(str(len(lines)))
    start = 0
    for number, line in enumerate(lines, start=1):
        if number >= first_line:
            pieces = list(_pieces(article, start, start + len(line)))
            mark = "~" if any(is_left_out for _, is_left_out in pieces) and not colour else " "
            words = "".join(
                click.style(visible(words), dim=True) if is_left_out and colour else visible(words)
                for words, is_left_out in pieces
            )
            yield f"{number:>{width}}{mark} {words}".rstrip(" ")
        start += len(line) + 1


def _pieces(article: Article, start: int, end: int) -> Iterator[tuple[str, bool]]:
    """Cut a line where something left out begins or ends: (words, whether left out)."""
    at = start
    for omission in article.omissions:
        left, right = max(omission.span.start, at), min(omission.span.end, end)
        if left < right:
            yield article.text[at:left], False
            yield article.text[left:right], True
            at = right
    yield article.text[at:end], False
