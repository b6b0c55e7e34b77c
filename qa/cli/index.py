"""`qa index`: Folders -> Index."""

from pathlib import Path

import click

from index.types import IngestReport
from qa.cli.output import progress_bar, show_notices
from qa.cli.rooms import enter, index_option, settings
from qa.render import count
from qa.visible import visible_line


@click.command("index")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@index_option
@click.option(
    "--model", metavar="NAME", help="A sentence-transformers model, by folder or by name."
)
@click.option("--download", is_flag=True, help="Fetch the model if it is not on this machine.")
@click.option("--rebuild", is_flag=True, help="Make the index anew, whatever is there.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    *,
    index_folder: Path | None,
    model: str | None,
    download: bool,
    rebuild: bool,
) -> None:
    """Add folders or files of articles, or refresh them: only what changed is read again.

    Each PATH is an index of its own in your data folder, and the last one becomes the current
    one. With --index they accumulate in that one index.

    Files that can't be read are listed on standard error and skipped; the last line, on standard
    output, sums up.
    """
    config = settings(index=index_folder, model=model)
    rooms = enter(ctx, config)
    for path in paths:
        is_new = path == paths[0] or config.index is None
        with progress_bar() as report:
            reports = rooms.build(
                [path], report=report, allow_download=download, rebuild=rebuild and is_new
            )
        for done in reports:
            show_report(done, name_root=len(paths) > 1)


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
