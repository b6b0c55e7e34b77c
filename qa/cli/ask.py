"""`qa ask`: Questions -> Replies on stdout."""

import sys
from contextlib import closing
from time import perf_counter

import click

from qa.cli.endings import harmless
from qa.cli.output import show_reply
from qa.cli.questions import BadQuestion, Terms, from_line, is_blank, typed
from qa.cli.rooms import Which, enter, open_index, settings, which_index
from qa.cli.terms import terms_options
from qa.library.workspace import Workspace
from qa.showing.replyjson import dump, error_as_json
from qa.types import Answer
from qa.visible import visible


@click.command("ask")
@click.argument("words", nargs=-1, required=True, metavar="QUESTION...")
@which_index
@click.option("--top", type=click.IntRange(1, 20), metavar="N", help="Most quotes in a reply.")
@click.option("--json", "in_json", is_flag=True, help="Print each reply as one line of JSON.")
@click.option("--explain", is_flag=True, help="Add the stages, their times, and why each quote.")
@terms_options
@click.pass_context
def command(  # noqa: PLR0913 -- click gives an argument for each option
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    which: Which,
    top: int | None,
    in_json: bool,
    explain: bool,
    terms: Terms,
) -> None:
    """Ask one question; several words without quotation marks are one question too.

    A single - reads standard input, one question a line, either in plain words or as JSON:
    {"question": "...", "context": ["an earlier question"], "asked_on": "YYYY-MM-DD"}, with "since",
    "until" and "source" if need be. Each line gets its reply, in order, as soon as it is known;
    blank ones are passed over.

    WHEN is a day (2025-06-23), a month (2025-06), a year (2025), or words such as "last week".

    Exits with 0 if the articles answer and 1 if nothing does; after -, with 0 if every line got a
    reply.
    """
    if explain and (in_json or words == ("-",)):
        raise click.UsageError("--explain is for one question; the JSON holds it already", ctx)
    config = settings(**which, top=top)
    if words != ("-",):
        try:
            question = typed(" ".join(words), terms)
        except BadQuestion as error:
            raise click.UsageError(str(error), ctx) from error
    with closing(open_index(enter(ctx, config), config)) as opened:
        began = perf_counter()
        opened.load()
        load_ms = 1000 * (perf_counter() - began)
        if words == ("-",):
            ctx.exit(0 if _ask_lines(opened, terms, in_json=in_json) else 2)
        reply = opened.answer(question)
        show_reply(reply, in_json=in_json)
        if explain:
            from qa.showing.explaining import explanation  # noqa: PLC0415 -- seldom wanted

            click.echo("\n".join(["", *explanation(reply, load_ms=load_ms)]))
        ctx.exit(0 if isinstance(reply, Answer) else 1)


def _ask_lines(opened: Workspace, terms: Terms, *, in_json: bool) -> bool:
    """Answer standard input line by line, and say whether every line was a question."""
    all_good = True
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if is_blank(line):
            continue
        try:
            question = from_line(line, terms)
        except BadQuestion as error:
            all_good = False
            if in_json:
                click.echo(dump(error_as_json(number, str(error))))
            else:
                click.echo(f"qa: line {number}: {harmless(str(error))}", err=True)
            continue
        if not in_json:
            click.echo(f"> {visible(question.text)}")
        show_reply(opened.answer(question), in_json=in_json)
        if not in_json:
            click.echo()
    return all_good
