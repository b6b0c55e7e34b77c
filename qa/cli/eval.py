"""`qa eval`: Labelled questions -> figures on stdout."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import click

from qa.cli.output import is_styled, progress_bar, show_notices
from qa.cli.paths import TypedPath
from qa.cli.rooms import enter, settings
from qa.evaluation.dataset import BadDataset, Dataset, read
from qa.evaluation.run import Evaluation, as_json, evaluate
from qa.evaluation.tables import Table, tables
from qa.showing.render import count
from qa.showing.replyjson import dump
from qa.visible import visible_line


@click.command("eval")
@click.argument(
    "dataset",
    metavar="DATASET",
    type=TypedPath(exists=True, file_okay=False),
)
@click.option("--json", "in_json", is_flag=True, help="Print one line of JSON (qa.eval/1).")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Ask only N questions, drawn in the set's proportion, the same ones every time.",
)
@click.option("--plot", is_flag=True, help="Draw risk against coverage, and the calibration.")
@click.pass_context
def command(
    ctx: click.Context, dataset: Path, *, in_json: bool, limit: int | None, plot: bool
) -> None:
    """Measure the replies on a folder of labelled questions.

    DATASET holds articles.jsonl and questions.jsonl, conversations.jsonl or both; the README gives
    their format. The articles are indexed once and kept in the cache. Lines that can't be used are
    listed on standard error and left out.
    """
    if plot and in_json:
        raise click.UsageError("--plot draws; it does not go with --json", ctx)
    rooms = enter(ctx, settings())
    try:
        labelled = read(dataset)
    except BadDataset as error:
        raise click.UsageError(str(error), ctx) from error
    for fault in labelled.faults:
        click.echo(f"skipped {visible_line(str(fault))}", err=True)
    with progress_bar() as report, ExitStack() as opened:
        benches = rooms.benches(labelled, report=report)
        for bench in benches:
            opened.callback(bench.close)
        done = evaluate(labelled, benches, limit=limit, report=report)
    show_notices(benches[0].notices)
    if in_json:
        click.echo(dump(as_json(done)))
        return
    _show(done, labelled)
    if plot and done.questions is not None:
        from qa.evaluation.plots import plots  # noqa: PLC0415 - seldom needed

        click.echo(f"\n{plots(done.questions)}")


def _show(done: Evaluation, labelled: Dataset) -> None:
    show = _styled if is_styled() else _plain
    holds = (
        f"{count(done.searched.articles, 'article')}, {count(done.searched.passages, 'passage')}"
    )
    click.echo(
        f"{visible_line(done.searched.root)}: {holds}, {count(len(labelled.faults), 'line')} "
        f"skipped; asked in {done.seconds:.1f} s"
    )
    show(tables(done))


def _plain(shown: Iterable[Table]) -> None:
    for table in shown:
        rows = [table.columns, *table.rows] if any(table.columns) else table.rows
        widths = [max(len(row[at]) for row in rows) for at in range(len(table.columns))]
        click.echo(f"\n{table.heading}")
        for row in rows:
            named, *figures = (visible_line(cell) for cell in row)
            cells = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
            click.echo("  ".join([f"  {named.ljust(widths[0])}", *cells]).rstrip())


def _styled(shown: Iterable[Table]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe needs no rich
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(markup=False, emoji=False, highlight=False)
    for table in shown:
        drawn = Drawn(
            title=Text(table.heading), title_justify="left", show_header=any(table.columns)
        )
        for at, column in enumerate(table.columns):
            drawn.add_column(Text(column), justify="right" if at else "left", no_wrap=at > 0)
        for row in table.rows:
            drawn.add_row(*(Text(visible_line(cell)) for cell in row))
        console.print(drawn)
