"""`qa chat`: an index -> the chat on the screen."""

import os
import sys
from pathlib import Path

import click

import seeds
from index.errors import IndexMissing
from qa.cli.config import THEMES, Config
from qa.cli.keyboard import held_keyboard
from qa.cli.output import can_draw, progress_bar, show_notices
from qa.cli.paths import TypedPath
from qa.cli.questions import Terms
from qa.cli.rooms import Rooms, Which, enter, open_index, settings, which_index
from qa.cli.terms import terms_options
from qa.endings import PATIENCE_S, has_settled
from qa.library.workspace import Workspace


@click.command("chat")
@click.argument("path", required=False, type=TypedPath())
@which_index
@click.option("--theme", type=click.Choice(THEMES), help="Colours of the chat.")
@click.option(
    "--watch/--no-watch", default=None, help="Follow what changes in the folders, or don't."
)
@terms_options
@click.pass_context
def command(
    ctx: click.Context,
    path: Path | None,
    *,
    which: Which,
    theme: str | None,
    watch: bool | None,
    terms: Terms,
) -> None:
    """Open the chat about PATH, which is indexed first if it never was.

    Without PATH, the chat opens on the last used index, or on the example articles if there is
    none. The filters that it starts with can be changed there.

    WHEN is a day (2025-06-23), a month (2025-06), a year (2025), or words such as "last week".
    """
    _require_screen(ctx)
    config = settings(**which, theme=theme, watch=watch)
    rooms = enter(ctx, config)
    with held_keyboard() as typed:
        opened = open_or_build(rooms, config, path)
        try:
            code = rooms.chat(
                opened, scope=terms.scope, asked_on=terms.asked_on, typed_before=typed
            )
        finally:
            if has_settled(PATIENCE_S):
                opened.close()
    ctx.exit(code)


def _require_screen(ctx: click.Context) -> None:
    """Refuse to draw where nobody could read it."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError("the chat needs a terminal; without one, use: qa ask", ctx)
    if not can_draw():
        kind = os.environ.get("TERM") or "not set"
        raise click.UsageError(
            f"the chat needs a terminal that can draw, and TERM is {kind}; here, use: qa ask", ctx
        )


def open_or_build(rooms: Rooms, config: Config, path: Path | None) -> Workspace:
    """Open what was asked for, building it first where it may be missing."""
    if config.index is not None or config.name is not None:
        if path is not None:
            _build(rooms, path)
        return open_index(rooms, config)
    last_used = None if path else rooms.current()
    examples = seeds.folder()
    folder = last_used or rooms.folder_for(path or examples)
    try:
        opened = rooms.open(folder)
    except IndexMissing:
        _build(rooms, path or examples)
        return rooms.open(rooms.folder_for(path or examples))
    if path is not None:
        rooms.make_current(folder)
    return opened


def _build(rooms: Rooms, path: Path) -> None:
    try:
        with progress_bar() as report:
            reports = rooms.build([path], report=report)
    except KeyboardInterrupt:
        show_notices([f"what was indexed is kept; to go on from there: qa index {path}"])
        raise
    for done in reports:
        from qa.cli.index import show_report  # noqa: PLC0415 - there is an index, as a rule

        show_report(done, as_result=False)
