"""Arguments -> Exit code: the command `qa`."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import click

from qa.cli.endings import disarm, endings
from qa.endings import has_settled, leave_at_once

COMMANDS = {
    "chat": "Open the chat; so does qa alone.",
    "index": "Add folders of articles, or refresh them.",
    "watch": "Keep the index up to date as the folders change.",
    "ask": "Ask one question, or many from standard input.",
    "show": "Print an article with its lines numbered.",
    "status": "Say what the index holds.",
    "list": "List every index.",
    "rm": "Delete indexes; the articles stay.",
    "doctor": "Check models, indexes, disk and terminal.",
    "eval": "Measure the replies on a folder of labelled questions.",
    "completion": "Print the script that completes commands in a shell.",
}
"""Each command's line in `qa --help`; its module has the same name."""


class Commands(click.Group):
    """Commands that are imported when they are called, so that `--help` stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        return [*COMMANDS]  # here `list` may be the module of that command

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"qa.cli.{cmd_name}").command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read what stands before the command; what is wrong with it is told."""
        with endings():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a person can fix becomes a sentence and an exit code."""
        with endings():
            return super().invoke(ctx)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  qa                                    chat about the last used folder
  qa index ~/clippings                  index a folder, or refresh it
  qa ask "How many drones were shot down?"
  qa ask --json - < questions.txt       one reply a line
  qa show 000_article.txt:17            read around a quote

\b
Exit codes: 0 answered, 1 nothing answers, 2 usage, 3 no index or a broken one,
4 a model is missing, 5 disk or permission, 70 a fault of ours ended the chat,
129, 130, 143 ended by a closed terminal, an interruption or a signal.""",
)
@click.version_option(None, "-V", "--version", package_name="pullquote", prog_name="qa")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Ask a folder of articles; get the articles' own words back, cited, or an honest no.

    Without a command, the chat opens on the last used folder, or on the example articles.
    """
    if ctx.invoked_subcommand is None:
        chat = cli.get_command(ctx, "chat")
        if chat is None:
            raise LookupError("the command chat is not listed")
        ctx.invoke(chat)


def main(entrance: object = None) -> NoReturn:
    """Run `qa` with the arguments of this process; None enters the real rooms (rooms.Entrance)."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    disarm()
    try:
        cli.main(prog_name="qa", obj=entrance)
    except SystemExit as end:
        if not has_settled():
            leave_at_once(end.code if isinstance(end.code, int) else 0)
        raise


def _open_streams() -> None:
    """Let a closed stream lead nowhere, so that no file of ours is given its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)
