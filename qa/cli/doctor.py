"""`qa doctor`: the machine -> what is well and what is not, on stdout."""

import locale
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from index.health import Check, Part
from qa.cli.output import is_styled, progress_bar
from qa.cli.rooms import enter, settings
from qa.showing.replyjson import dump
from qa.visible import visible_line

LEAST_COLUMNS = 60
"""That the chat needs."""
_CODES: dict[Part, int] = {"index": 3, "model": 4, "program": 4, "disk": 5}
_COLOURS = {"ok": "green", "warning": "yellow", "failed": "red"}


@click.command("doctor")
@click.option("--json", "in_json", is_flag=True, help="Print one line of JSON (qa.doctor/1).")
@click.option(
    "--repair",
    "must_repair",
    is_flag=True,
    help="First mend each damaged index: keep what is whole, read the rest again.",
)
@click.pass_context
def command(ctx: click.Context, *, in_json: bool, must_repair: bool) -> None:
    """Check versions, models, every index, the disk and the terminal.

    Nothing is changed, but with --repair. Then what is whole of a damaged index is kept, and what
    is not is read from its files again, as far as they are still there.

    Exits with 0 if nothing failed, otherwise with the code of the first failure: 3 an index, 4 a
    model or a package, 5 the disk.
    """
    done = []
    for check in _checks(ctx, must_repair=must_repair):
        done.append(check)
        if not in_json:
            for line in _lines(check):
                click.echo(line)
    if in_json:
        click.echo(dump(as_json(done)))
    ctx.exit(next((_CODES.get(one.part, 1) for one in done if one.verdict == "failed"), 0))


def _checks(ctx: click.Context, *, must_repair: bool) -> Iterator[Check]:
    rooms = enter(ctx, settings())
    if must_repair:
        with progress_bar() as report:
            done = list(rooms.repairs(report=report))
        yield from done
    yield from rooms.checks()
    yield _check_terminal()


def as_json(done: Sequence[Check]) -> dict[str, Any]:
    """Give the checks in the shape of `qa.doctor/1`, as plain values."""
    return {
        "schema": "qa.doctor/1",
        "is_well": all(check.verdict != "failed" for check in done),
        "checks": [
            {
                "name": check.name,
                "part": check.part,
                "verdict": check.verdict,
                "says": check.says,
                "advice": check.advice,
            }
            for check in done
        ],
    }


def _lines(check: Check) -> Iterator[str]:
    verdict = f"{check.verdict:<8}"
    if is_styled():
        verdict = click.style(verdict, fg=_COLOURS[check.verdict])
    yield f"{verdict} {visible_line(check.name)}: {visible_line(check.says)}"
    if check.advice:
        yield f"{'':<8}   {visible_line(check.advice)}"


def _check_terminal() -> Check:
    """Look at where this is printed; the chat needs a little more."""
    encoding = locale.getencoding()
    if encoding.lower().replace("-", "") != "utf8":
        says = f"your locale's encoding is {encoding}, so names of files may look odd"
        return Check("terminal", "warning", says, "set LANG=C.UTF-8", "terminal")
    if not sys.stdout.isatty():
        return Check("terminal", "ok", "none here; the chat needs one", part="terminal")
    columns, lines = shutil.get_terminal_size()
    if columns < LEAST_COLUMNS:
        says = f"{columns} columns are too few for the chat"
        return Check("terminal", "warning", says, f"make it {LEAST_COLUMNS} wide", "terminal")
    colours = os.environ.get("COLORTERM") or os.environ.get("TERM", "")
    says = f"{columns} by {lines}, UTF-8, {colours if is_styled() else 'without colours'}"
    return Check("terminal", "ok", says, part="terminal")
