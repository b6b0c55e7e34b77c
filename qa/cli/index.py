"""`qa index`: folders, or pages fetched now -> Index."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from index.errors import IndexMissing
from index.types import IngestReport, Unfinished
from qa.cli.output import progress_bar, show_notices
from qa.cli.paths import TypedPath
from qa.cli.rooms import Rooms, Which, enter, settings, which_index
from qa.cli.ways import Ways, ways_options
from qa.showing.render import count
from qa.visible import visible_line


class Source(TypedPath):
    """A path, or the address of a page, which stays a string."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Leave an address alone; anything else is a path."""
        if isinstance(value, str) and value.lower().startswith(("http://", "https://")):
            return value
        return super().convert(value, param, ctx)


@click.command("index")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL...", type=Source())
@which_index
@click.option(
    "--model", metavar="NAME", help="A sentence-transformers model, by folder or by name."
)
@ways_options
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[Path | str, ...],
    *,
    which: Which,
    model: str | None,
    ways: Ways,
) -> None:
    """Add folders or files of articles, or refresh them: only what changed is read again.

    Each PATH is an index of its own in your data folder, and the last one becomes the current
    one. With --name or --index they accumulate in that one index. A page at a URL is fetched now,
    saved, and indexed with those that were fetched before.

    Which files are read is kept with each PATH. Later runs repeat it, unless --include, --exclude,
    --hidden, --ignore or --column say anew.

    Files that can't be read are listed on standard error and skipped; the last line, on standard
    output, sums up.
    """
    config = settings(**which, model=model)
    rooms = enter(ctx, config)
    paths = _paths(rooms, sources)
    accumulates = config.index is not None or config.name is not None
    for path in paths:
        is_new = path == paths[0] or not accumulates
        how = replace(ways, rebuild=ways.rebuild and is_new)
        try:
            with progress_bar() as report:
                reports = rooms.build([path], report=report, ways=how)
        except KeyboardInterrupt:
            show_kept(rooms, path, is_rebuild=how.rebuild)
            raise
        for done in reports:
            show_report(done, name_root=len(paths) > 1)


def _paths(rooms: Rooms, sources: Sequence[Path | str]) -> list[Path]:
    """Fetch what is an address; all pages lie in one folder, which is named once."""
    paths = []
    for source in sources:
        if isinstance(source, Path):
            paths.append(source)
            continue
        with progress_bar() as report:
            paths.append(rooms.fetch(source, report=report))
    return list(dict.fromkeys(paths))


def show_kept(rooms: Rooms, path: Path, *, is_rebuild: bool = False) -> None:
    """Say how far an interrupted run came, what of it is kept, and how to go on."""
    folder = rooms.home_of(path)
    try:
        with closing(rooms.open(folder)) as opened:
            searched = opened.searched()
    except IndexMissing:
        show_notices(["nothing was indexed yet; the same command begins again"])
        return
    if rooms.current() is None:
        rooms.make_current(folder)
    root = str(path.expanduser().resolve())
    mine = [one for one in searched.unfinished if one.root == root] if searched else []
    if is_rebuild:
        show_notices(["the index is as it was before; the same command makes it anew"])
    else:
        show_notices([_kept(one) for one in mine] or [f"all of {path} is indexed"])


def _kept(one: Unfinished) -> str:
    kept = "what was indexed before is kept"
    if one.files is not None and one.left is not None:
        kept = f"what was indexed is kept: {one.files - one.left:,} of {count(one.files, 'file')}"
    return f"{kept}; to go on run: {one.command}"


def show_report(done: IngestReport, *, name_root: bool = False, as_result: bool = True) -> None:
    """Print what one run did: skipped files and remarks to stderr, then the summary."""
    for skipped in done.skipped:
        line = f"skipped {skipped.path}: {skipped.reason}"
        click.echo(visible_line(line), err=True)
    show_notices(done.notices)
    if not done.articles:
        show_notices([f"there is no readable article in {done.root}"])
    root = f"{visible_line(done.root)}: " if name_root else ""
    click.echo(root + summary(done), err=not as_result)


def summary(done: IngestReport) -> str:
    """Sum up one run in a line."""
    return (
        f"Indexed {count(done.articles, 'article')}, {count(done.passages, 'passage')} "
        f"in {done.seconds:.1f} s ({done.added} added, {done.changed} changed, "
        f"{done.removed} removed, {len(done.skipped)} skipped)"
    )
