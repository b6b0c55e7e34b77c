"""`qa watch`: folders -> an index that follows them, until Ctrl+C."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import click

from index.errors import IndexBusy, StorageFailed
from index.types import IngestReport
from qa.cli.config import Config
from qa.cli.index import show_kept, show_report
from qa.cli.output import progress_bar, show_notices
from qa.cli.paths import TypedPath
from qa.cli.rooms import Rooms, Which, enter, open_index, settings, which_index
from qa.library.workspace import Workspace
from qa.visible import visible_line

BUSY_S = 2.0
"""Between two attempts while another process indexes."""
Owners = dict[Path, Workspace]
"""Each root that is watched, and the index that follows it."""


@click.command("watch")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=TypedPath())
@which_index
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], *, which: Which) -> None:
    """Bring the index up to date, and keep it so until Ctrl+C.

    Each PATH is indexed as by qa index; without PATH, all that is in the last used index is
    watched. A line tells of each update, and each file that can't be read is named once. What
    another process is indexing is waited for.
    """
    config = settings(**which)
    rooms = enter(ctx, config)
    stop = threading.Event()
    with ExitStack() as open_indexes:
        try:
            owners = _owners(rooms, config, paths, open_indexes)
            _show_start(list(owners))
            _follow(rooms, owners, stop)
        except KeyboardInterrupt:
            stop.set()
            click.echo("stopped watching", err=True)


def _owners(rooms: Rooms, config: Config, paths: Sequence[Path], open_indexes: ExitStack) -> Owners:
    """Index the paths, and open what follows them; without paths, what there is.

    Raises:
        IndexMissing: there is no path, and no index.
        PassageIndexError: a path could not be indexed.
    """
    if not paths:
        opened = open_indexes.enter_context(closing(open_index(rooms, config)))
        return dict.fromkeys(opened.roots(), opened)
    is_shared = config.name is not None or config.index is not None
    owners: Owners = {}
    for path in paths:
        root = Path(_indexed(rooms, path).root)
        if is_shared and owners:
            owners[root] = next(iter(owners.values()))
        else:
            opened = open_index(rooms, config) if is_shared else rooms.open(rooms.folder_for(path))
            owners[root] = open_indexes.enter_context(closing(opened))
    return owners


def _indexed(rooms: Rooms, path: Path) -> IngestReport:
    while True:
        try:
            with progress_bar() as report:
                (done,) = rooms.build([path], report=report)
        except KeyboardInterrupt:
            show_kept(rooms, path)
            raise
        except IndexBusy:
            threading.Event().wait(BUSY_S)
        else:
            show_report(done, as_result=False)
            return done


def _show_start(roots: Sequence[Path]) -> None:
    missing = [f"{root} is not there; it is waited for" for root in roots if not root.exists()]
    show_notices(missing)
    names = ", ".join(map(str, roots))
    click.echo(visible_line(f"watching {names}; Ctrl+C ends"), err=True)


def _follow(rooms: Rooms, owners: Owners, stop: threading.Event) -> None:
    known = [skipped for opened in set(owners.values()) for skipped in opened.status().skipped]

    def update(root: Path) -> IngestReport:
        with progress_bar() as report:
            return owners[root].update(root, report, stop.is_set)

    for outcome in rooms.updates(list(owners), stop, update, known):
        if isinstance(outcome, StorageFailed):
            show_notices([str(outcome)])
            continue
        for skipped in outcome.skipped:
            click.echo(visible_line(f"skipped {skipped.path}: {skipped.reason}"), err=True)
        if changed := _changes(outcome):
            where = f" in {outcome.root}" if len(owners) > 1 else ""
            line = f"{datetime.now():%H:%M:%S} {changed}{where} ({outcome.seconds:.1f} s)"
            click.echo(visible_line(line))


def _changes(report: IngestReport) -> str:
    """Write `2 added, 1 changed`; nothing if nothing is different."""
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
