"""The options of asking -> Terms: which articles may be quoted, and from which day it is asked."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import click

from qa.cli.questions import BadQuestion, terms_of

_Given = TypeVar("_Given")

_OPTIONS = (
    click.option("--since", metavar="WHEN", help="Only articles published on this day or later."),
    click.option("--until", metavar="WHEN", help="Only articles published on this day or earlier."),
    click.option("--source", metavar="WORDS", help="Only this outlet, or paths that hold this."),
    click.option(
        "--as-of", "as_of", metavar="DATE", help="The day of asking, for “this week” and the like."
    ),
)


def terms_options(command: Callable[..., _Given]) -> Callable[..., _Given]:
    """Give a command the four options; it receives them, read, as `terms`."""

    @wraps(command)
    def with_terms(
        *args: object,
        since: str | None,
        until: str | None,
        source: str | None,
        as_of: str | None,
        **others: object,
    ) -> _Given:
        typed = {"since": since, "until": until, "source": source, "as-of": as_of}
        try:
            terms = terms_of(typed)
        except BadQuestion as error:
            raise click.UsageError(str(error), click.get_current_context()) from error
        return command(*args, terms=terms, **others)

    for option in reversed(_OPTIONS):
        with_terms = option(with_terms)
    return with_terms
