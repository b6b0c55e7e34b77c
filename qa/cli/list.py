"""`qa list`: every index on this machine -> stdout."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from qa.cli.output import show_notices
from qa.cli.rooms import enter, settings
from qa.library.places import Corpus
from qa.showing.render import count, day_and_time, root_line
from qa.showing.replyjson import dump, unfinished_as_json
from qa.visible import visible_line


@click.command("list")
@click.option("--json", "in_json", is_flag=True, help="Print one line of JSON (qa.list/1).")
@click.pass_context
def command(ctx: click.Context, *, in_json: bool) -> None:
    """List every index: its name, what was indexed into it, articles, size, last change.

    The current one, which commands without --name or --index use, has a star.
    """
    corpora = enter(ctx, settings()).corpora()
    if in_json:
        click.echo(dump(as_json(corpora)))
        return
    if not corpora:
        show_notices(["nothing is indexed yet; run: qa index PATH"])
    for line in _lines(corpora):
        click.echo(line)


def as_json(corpora: Sequence[Corpus]) -> dict[str, Any]:
    """Give the indexes in the shape of `qa.list/1`, as plain values."""
    return {
        "schema": "qa.list/1",
        "indexes": [
            {
                "name": corpus.name,
                "folder": str(corpus.folder),
                "is_current": corpus.is_current,
                "roots": list(corpus.roots),
                "articles": corpus.articles,
                "bytes_on_disk": corpus.bytes_on_disk,
                "indexed_at": corpus.indexed_at or None,
                "fault": corpus.fault,
                "unfinished": unfinished_as_json(corpus.unfinished),
            }
            for corpus in corpora
        ],
    }


def _lines(corpora: Sequence[Corpus]) -> Iterator[str]:
    for corpus in corpora:
        mark = "*" if corpus.is_current else " "
        yield f"{mark} {visible_line(corpus.name)}"
        if corpus.fault is not None:
            yield f"    broken: {visible_line(corpus.fault)}"
            continue
        held = f"{count(corpus.articles, 'article')}, {corpus.bytes_on_disk / 1e6:.1f} MB"
        changed = day_and_time(corpus.indexed_at)
        yield f"    {held}, " + (f"last changed {changed}" if changed else "not indexed whole yet")
        yield from (f"    {visible_line(root_line(one))}" for one in corpus.unfinished)
        yield from (f"    {visible_line(root)}" for root in corpus.roots)
