"""`qa rm`: indexes -> gone; articles stay."""

import sys
from pathlib import Path

import click

from qa.cli.output import show_notices
from qa.cli.paths import TypedPath
from qa.cli.rooms import Rooms, enter, settings
from qa.showing.render import count
from qa.visible import visible_line


@click.command("rm")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--path",
    type=TypedPath(),
    help="Drop only what was indexed from this path.",
)
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], *, path: Path | None, yes: bool) -> None:
    """Delete indexes by the names that `qa list` gives, or drop one path from an index.

    Only what we made is deleted: the articles stay where they are. An index that another process
    is writing is left alone.
    """
    if path is not None and len(names) > 1:
        raise click.UsageError("--path goes with one NAME", ctx)
    rooms = enter(ctx, settings())
    folders = [rooms.called(name) for name in dict.fromkeys(names)]
    if path is None:
        for folder in folders:
            rooms.check_removable(folder)
    what = ", ".join(visible_line(folder.name) for folder in folders)
    if path is not None:
        what = f"what {what} has from {visible_line(str(path))}"
    if not yes:
        _confirm(ctx, f"Delete {what}? The articles themselves stay.")
    if path is not None:
        _forget(rooms, folders[0], path)
        return
    for folder in folders:
        pages = rooms.remove(folder)
        click.echo(f"Deleted {visible_line(folder.name)}")
        if pages is not None:
            show_notices([f"the pages that were fetched for it stay in {pages}"])


def _confirm(ctx: click.Context, question: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask on; to delete all the same: --yes", ctx)
    if not click.confirm(question, err=True):
        show_notices(["nothing was deleted"])
        ctx.exit(1)


def _forget(rooms: Rooms, folder: Path, path: Path) -> None:
    dropped = rooms.forget(folder, path)
    click.echo(f"Dropped {count(dropped, 'article')} of {visible_line(str(path))}")
