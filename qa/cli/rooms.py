"""Settings -> Rooms: what the commands ask of the workspace and the chat."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import IndexMissing
from index.types import IngestReport, Progress, Scope
from qa import places, workspace
from qa.config import Config, read

if TYPE_CHECKING:
    from qa.evaluation.bench import Bench
    from qa.evaluation.dataset import Dataset


class Rooms:
    """The workspace and the chat under one person's settings; tests pass a stand-in."""

    def __init__(self, config: Config) -> None:
        usual = places.Places.default()
        self._config = config
        self._places = places.Places(
            data=config.data_dir or usual.data, cache=config.cache_dir or usual.cache
        )

    def folder_for(self, path: Path) -> Path:
        """Say where the index of this path alone lies, or would lie."""
        return places.index_folder_for(path, places=self._places)

    def current(self) -> Path | None:
        """Give the last used index folder; None if nothing was ever indexed."""
        return places.current_index(places=self._places)

    def make_current(self, index_folder: Path) -> None:
        """Let this be the last used index folder."""
        places.make_current(index_folder, places=self._places)

    def build(
        self,
        paths: Sequence[Path],
        *,
        report: Callable[[Progress], None],
        allow_download: bool = False,
        rebuild: bool = False,
    ) -> list[IngestReport]:
        """Index paths, each on its own or all in the index that the settings name."""
        return workspace.build(
            paths,
            index_folder=self._config.index,
            options=workspace.BuildOptions(
                model=self._config.model, allow_download=allow_download, rebuild=rebuild
            ),
            report=report,
            places=self._places,
        )

    def open(self, index_folder: Path) -> workspace.Workspace:
        """Open an index, without its models.

        Raises:
            IndexMissing: nothing was indexed there.
            IndexBroken: what is there can't be used.
        """
        return workspace.Workspace(
            index_folder,
            settings=workspace.Settings(top=self._config.top),
            places=self._places,
        )

    def benches(
        self, dataset: "Dataset", *, report: Callable[[Progress], None]
    ) -> "tuple[Bench, ...]":
        """Index a labelled set's articles, or find them indexed, and load the models."""
        from qa.evaluation.bench import open_benches  # noqa: PLC0415 -- only measuring needs it

        return open_benches(dataset, self._places, model=self._config.model, report=report)

    def chat(self, opened: workspace.Workspace, *, scope: Scope, asked_on: date | None) -> None:
        """Show the chat until the person leaves it; scope and day of asking are its first."""
        from qa.tui import run  # noqa: PLC0415 -- only the chat needs a screen

        run(opened, theme=self._config.theme, scope=scope, asked_on=asked_on)


Entrance = Callable[[Config], Rooms]
"""How a command gets its rooms; `ctx.obj` of the root may hold another one."""


def settings(**flags: object) -> Config:
    """Read the settings that hold for this command.

    Raises:
        BadConfig: one of them can't be.
    """
    return read(flags, environ=os.environ)


def enter(ctx: click.Context, config: Config) -> Rooms:
    """Give the rooms under these settings."""
    entrance: Entrance = ctx.find_root().obj or Rooms
    return entrance(config)


def open_index(rooms: Rooms, config: Config) -> workspace.Workspace:
    """Open the index that the settings name, or the last used one.

    Raises:
        IndexMissing: there is neither.
    """
    folder = config.index or rooms.current()
    if folder is None:
        raise IndexMissing("nothing is indexed yet; run: qa index PATH")
    return rooms.open(folder)


index_option = click.option(
    "--index",
    "index_folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of an index that you name yourself.",
)
