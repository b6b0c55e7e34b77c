"""Words of the command line -> a path that can be."""

import os
from pathlib import Path
from typing import Any

import click


class TypedPath(click.Path):
    """A path; `~` is the home folder also where the shell has left it, as in `--index=~/i`."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True) -> None:
        super().__init__(exists=exists, file_okay=file_okay, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Refuse what is no path: nothing at all would mean this folder to the system."""
        typed = os.fspath(value)
        if not typed.strip() or "\0" in typed:
            self.fail("it names nothing; this folder is a dot", param, ctx)
        try:
            return super().convert(Path(typed).expanduser(), param, ctx)
        except RuntimeError:
            self.fail(f"{typed} begins with a user who is not there", param, ctx)
