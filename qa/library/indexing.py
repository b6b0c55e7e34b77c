"""Paths -> indexes: where each belongs, and which one is used afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import seeds
from index.errors import BadPath
from index.types import IngestReport, Progress
from qa.library.places import Places, index_folder_for, make_current

if TYPE_CHECKING:
    from index.models.encoder import Encoder
    from index.rules import Rules

Report = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How an index is made."""

    model: str | None = None
    """Name or folder of a sentence-transformers model; None for the index's own or the default."""
    allow_download: bool = False
    rebuild: bool = False
    rules: "Rules | None" = None
    """Which files are read, and how; None for what held before."""
    encoder: "Encoder | None" = None
    """One that is loaded already, for small changes."""


def build(
    paths: Sequence[Path],
    *,
    index_folder: Path | None,
    options: BuildOptions,
    report: Report,
    is_cancelled: IsCancelled = lambda: False,
    places: Places,
) -> list[IngestReport]:
    """Index paths: each on its own, or all of them in `index_folder`; the last one is current.

    Raises:
        PassageIndexError: what went wrong with the first path that failed.
    """
    reports = []
    for path in paths:
        folder = index_folder or index_folder_for(path, places=places)
        done = update(
            path, folder, options=options, report=report, is_cancelled=is_cancelled, places=places
        )
        reports.append(done)
        make_current(folder, places=places)
    return reports


def update(
    path: Path,
    folder: Path,
    *,
    options: BuildOptions,
    report: Report,
    is_cancelled: IsCancelled,
    places: Places,
) -> IngestReport:
    """Bring the index in a folder up to date with one path; which index is current stays.

    Raises:
        PassageIndexError: what went wrong.
    """
    from index.ingest import building  # noqa: PLC0415 - asking needs no readers
    from index.rules import Rules  # noqa: PLC0415

    if not path.expanduser().exists():
        raise BadPath(f"{path} is not there; nothing that was indexed from it is dropped")
    is_example = path.expanduser().resolve() == seeds.folder().resolve()
    settings = building.BuildOptions(
        cache=places.cache,
        model=options.model,
        allow_download=options.allow_download,
        rebuild=options.rebuild,
        rules=options.rules or (Rules(include=("*.txt",)) if is_example else None),
        encoder=options.encoder,
    )
    return building.build(path, folder, settings, report=report, is_cancelled=is_cancelled)


def reread(
    folder: Path, files: Mapping[Path, Sequence[str]], *, encoder: "Encoder", places: Places
) -> None:
    """Read some files of an index again, by root and path under it.

    Raises:
        PassageIndexError: it can't be written now.
    """
    from index.ingest import building  # noqa: PLC0415 - only where a file has changed

    building.reread(folder, files, building.BuildOptions(cache=places.cache, encoder=encoder))
