"""Settings -> Rooms: what the commands ask of the workspace and the chat."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

import click

from index.errors import IndexMissing, StorageFailed
from index.types import IngestReport, Progress, Scope, Skipped
from qa.cli.config import Config, read
from qa.cli.paths import TypedPath
from qa.cli.ways import Ways
from qa.endings import ProgramFailed
from qa.library import places, removal, workspace

if TYPE_CHECKING:
    from index.health import Check
    from qa.evaluation.bench import Bench
    from qa.evaluation.dataset import Dataset

_Given = TypeVar("_Given")
_USUAL = Ways()
Which = Mapping[str, object]
"""The settings that choose an index."""


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

    def home_of(self, path: Path) -> Path:
        """Say where this path is indexed under the settings."""
        return self._home() or self.folder_for(path)

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
        ways: Ways = _USUAL,
    ) -> list[IngestReport]:
        """Index paths, each on its own or all in the index that the settings name."""
        return workspace.build(
            paths,
            index_folder=self._home(),
            options=workspace.BuildOptions(
                model=self._config.model,
                allow_download=ways.allow_download,
                rebuild=ways.rebuild,
                rules=ways.rules,
            ),
            report=report,
            places=self._places,
        )

    def fetch(self, address: str, *, report: Callable[[Progress], None]) -> Path:
        """Save the page at an address, and give the folder of pages that is now to be indexed."""
        from index.readers.web.fetching import fetch  # noqa: PLC0415 -- nothing else uses the network

        folder = places.pages_folder(self._home(), places=self._places)
        fetch(address, folder, report=report)
        return folder

    def called(self, name: str) -> Path:
        """Find the index of this name.

        Raises:
            BadPath: several can be meant, or no index can have that name.
            IndexMissing: there is none.
        """
        return places.called(name, places=self._places)

    def corpora(self) -> tuple[places.Corpus, ...]:
        """Give every index that there is, by name."""
        return places.corpora(self._places)

    def check_removable(self, index_folder: Path) -> None:
        """Make sure that a folder holds an index of ours and nothing else."""
        removal.check_removable(index_folder, places=self._places)

    def remove(self, index_folder: Path) -> Path | None:
        """Delete an index, and give the folder of pages fetched for it, which stays."""
        return removal.remove(index_folder, places=self._places)

    def forget(self, index_folder: Path, root: Path) -> int:
        """Drop what was indexed from one path, and count its articles."""
        return removal.forget(index_folder, root)

    def checks(self) -> "Iterator[Check]":
        """Check all that answers depend on, one thing after another."""
        from qa.library.doctor import checks  # noqa: PLC0415 -- only the doctor loads models for nothing

        return checks(self._places, model=self._config.model)

    def repairs(self, *, report: Callable[[Progress], None]) -> "Iterator[Check]":
        """Mend every damaged index, and say what was done."""
        from qa.library.doctor import repairs  # noqa: PLC0415 -- only mending needs the readers

        return repairs(self._places, report=report)

    def _home(self) -> Path | None:
        """Say where the settings want articles to be indexed; None for each path's own index."""
        if self._config.name is not None:
            return places.index_folder_named(self._config.name, places=self._places)
        return self._config.index

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

    def updates(
        self,
        roots: Sequence[Path],
        stop: Event,
        update: Callable[[Path], IngestReport],
        known: Iterable[Skipped],
    ) -> Iterator[IngestReport | StorageFailed]:
        """Update each root that changes until the event is set, and give what came of it."""
        from index.ingest.watching import updates  # noqa: PLC0415 -- only who watches needs it

        return updates(roots, stop, update, known=known)

    def chat(
        self,
        opened: workspace.Workspace,
        *,
        scope: Scope,
        asked_on: date | None,
        typed_before: str = "",
    ) -> int:
        """Show the chat until the person leaves it, and give its exit code.

        Scope and day of asking are its first; what was typed before the chat was there goes
        to its prompt.

        Raises:
            ProgramFailed: a fault of ours ended it; what was asked and answered is kept.
        """
        from qa.faults import Faults  # noqa: PLC0415 -- only the chat keeps them
        from qa.tui import run  # noqa: PLC0415 -- only the chat needs a screen
        from qa.tui.sitting import Sitting  # noqa: PLC0415

        sitting = Sitting(typed_before, Faults(self._places.data / "faults"))
        config = self._config
        try:
            return run(
                opened,
                sitting,
                theme=config.theme,
                scope=scope,
                asked_on=asked_on,
                watch=config.watch,
            )
        except Exception as error:
            told = sitting.faults.told(error, sitting.record.text)
            raise ProgramFailed(f"the chat failed unexpectedly: {told}") from error


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
    named = rooms.called(config.name) if config.name else config.index
    folder = named or rooms.current()
    if folder is None:
        names = ", ".join(corpus.name for corpus in rooms.corpora())
        raise IndexMissing(
            f"no index was used last; name one with --name, there is {names}"
            if names
            else "nothing is indexed yet; run: qa index PATH"
        )
    return rooms.open(folder)


def which_index(command: Callable[..., _Given]) -> Callable[..., _Given]:
    """Give a command --index and --name; it receives them as `which`, ready for `settings`."""

    @wraps(command)
    def with_which(
        *args: object, index_folder: Path | None, corpus: str | None, **others: object
    ) -> _Given:
        if index_folder is not None and corpus is not None:
            context = click.get_current_context()
            raise click.UsageError("--index and --name exclude each other", context)
        return command(*args, which={"index": index_folder, "name": corpus}, **others)

    for option in (
        click.option("--name", "corpus", metavar="NAME", help="The corpus of this name."),
        click.option(
            "--index",
            "index_folder",
            metavar="DIR",
            type=TypedPath(file_okay=False),
            help="Folder of an index that you name yourself.",
        ),
    ):
        with_which = option(with_which)
    return with_which
