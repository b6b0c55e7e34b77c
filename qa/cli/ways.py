"""The options of indexing -> Ways: which files are articles, how tables are read, what is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click

from index.rules import Rules

_Given = TypeVar("_Given")


@dataclass(frozen=True, slots=True)
class Ways:
    """How paths are indexed."""

    allow_download: bool = False
    rebuild: bool = False
    rules: Rules | None = None
    """Which files are read, and how; None for what held before."""


_OPTIONS = (
    click.option("--download", is_flag=True, help="Fetch the model if it is not on this machine."),
    click.option("--rebuild", is_flag=True, help="Make the index anew, whatever is there."),
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Only files that fit, as in a .gitignore. Repeatable.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Pass over files and folders that fit, as in a .gitignore. Repeatable.",
    ),
    click.option("--hidden/--no-hidden", default=None, help="Read hidden files and folders too."),
    click.option(
        "--ignore/--no-ignore",
        default=None,
        help="Obey .gitignore, .ignore and .qaignore, as is usual.",
    ),
    click.option(
        "--column",
        multiple=True,
        metavar="FIELD=NAME",
        help="Which column of CSV or JSONL is the text, the title and so on. Repeatable.",
    ),
)
_READING = ("include", "exclude", "hidden", "ignore", "column")


def ways_options(command: Callable[..., _Given]) -> Callable[..., _Given]:
    """Give a command the options; it receives them, checked, as `ways`."""

    @wraps(command)
    def with_ways(*args: object, download: bool, rebuild: bool, **others: Any) -> _Given:
        said = {name: others.pop(name) for name in _READING}
        ways = Ways(allow_download=download, rebuild=rebuild, rules=_rules(**said))
        return command(*args, ways=ways, **others)

    for option in reversed(_OPTIONS):
        with_ways = option(with_ways)
    return with_ways


def _rules(
    *,
    include: Sequence[str],
    exclude: Sequence[str],
    hidden: bool | None,
    ignore: bool | None,
    column: Sequence[str],
) -> Rules | None:
    """Put together what was said; None if nothing was."""
    if not (include or exclude or column) and hidden is None and ignore is None:
        return None
    _check_patterns((*include, *exclude))
    return Rules(
        include=tuple(include),
        exclude=tuple(exclude),
        hidden=bool(hidden),
        ignore_files=ignore is not False,
        columns=dict(_column(one) for one in column),
    )


def _check_patterns(patterns: Sequence[str]) -> None:
    from index.ingest.ignores import patterns_of  # noqa: PLC0415 -- seldom given

    try:
        patterns_of(patterns)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error


def _column(words: str) -> tuple[str, str]:
    """Part `text=Body` into the field and the column's name."""
    from index.readers.tables.columns import USUAL  # noqa: PLC0415 -- seldom given

    field, _, name = words.partition("=")
    if field not in USUAL or not name:
        raise click.UsageError(
            f"--column needs FIELD=NAME, not {words!r}; FIELD is one of {', '.join(USUAL)}",
            click.get_current_context(),
        )
    return field, name
