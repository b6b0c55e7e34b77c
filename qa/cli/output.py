"""Replies and progress -> Streams: results on stdout, everything else on stderr."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from index.types import Progress
from qa.showing.render import plain, rate, styled
from qa.showing.replyjson import as_json, dump
from qa.types import Reply
from qa.visible import visible_line


def is_styled() -> bool:
    """Say whether stdout takes colours: a terminal that nobody has asked to be plain."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and can_draw()


def can_draw() -> bool:
    """Say whether the terminal, if there is one, can do more than print one line after another."""
    return os.environ.get("TERM", "") not in {"", "dumb", "unknown"}


def show_reply(reply: Reply, *, in_json: bool) -> None:
    """Print one reply and flush it; remarks go to stderr, or into the JSON."""
    if in_json:
        click.echo(dump(as_json(reply)))
        return
    if is_styled():
        from rich.console import Console  # noqa: PLC0415 -- a pipe needs no rich

        Console(markup=False, emoji=False, highlight=False).print(styled(reply))
    else:
        click.echo(plain(reply))
    show_notices(reply.notices)


def show_notices(notices: Sequence[str]) -> None:
    """Print remarks to stderr, one a line."""
    for notice in notices:
        click.echo(f"qa: {visible_line(notice)}", err=True)


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """Draw a bar on stderr while the block runs, if that is a terminal; it leaves no trace.

    It has the stage, how far that is, its rate and time left, and the file that is being read.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 -- a pipe needs no rich
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import Progress as Bar  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    with Bar(
        TextColumn("{task.fields[stage]}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, stage="preparing", pace="")

        def report(progress: Progress) -> None:
            bar.update(
                task,
                stage=progress.stage,
                pace=pace_of(progress),
                description=visible_line(progress.note),
                completed=progress.done,
                total=progress.total or None,
                refresh=progress.stage != "reading",  # the work that follows holds the screen up
            )

        yield report


def pace_of(progress: Progress) -> str:
    """Write rate and time left, as far as they are known: `12.5/s, 3:05 left`."""
    known = []
    if progress.per_second is not None:
        known.append(rate(progress.per_second))
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        known.append(f"{clock} left")
    return ", ".join(known)
