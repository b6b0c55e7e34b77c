"""Where indexes and compiled encoders are kept, what they are called, and which was used last."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from index.advice import CURRENT, NAMED, UNNAMED, key_of
from index.errors import BadPath, IndexMissing, PassageIndexError, StorageFailed
from index.types import Unfinished

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Of a corpus."""
MOST_NAMED = 8
"""Indexes that an error names."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders that are ours to write."""

    data: Path
    """Indexes, and which one was used last."""
    cache: Path
    """Compiled encoders: can be deleted at any time."""

    @classmethod
    def default(cls) -> "Places":
        """Give the folders that the platform has for this."""
        return cls(
            data=Path(platformdirs.user_data_dir("pullquote", appauthor=False)),
            cache=Path(platformdirs.user_cache_dir("pullquote", appauthor=False)),
        )


@dataclass(frozen=True, slots=True)
class Corpus:
    """One index, as `qa list` tells of it."""

    name: str
    """Given by the person, or the name of the index's folder."""
    folder: Path
    """Where the index lies."""
    roots: tuple[str, ...] = ()
    """What was indexed into it."""
    articles: int = 0
    bytes_on_disk: int = 0
    indexed_at: str = ""
    """ISO time of the last commit, UTC."""
    is_current: bool = False
    fault: str | None = None
    """One sentence where it can't be used; roots and articles are then unknown."""
    unfinished: tuple[Unfinished, ...] = ()
    """Roots that indexing has not come to the end of."""


def index_folder_for(path: Path, *, places: Places) -> Path:
    """Say where the index of a path alone lies, keyed by the path resolved."""
    resolved = path.expanduser().resolve()
    name = re.sub(r"[^A-Za-z0-9]+", "-", resolved.name).strip("-")[:32]
    return places.data / UNNAMED / f"{name or 'root'}-{key_of(resolved)}"


def current_index(*, places: Places) -> Path | None:
    """Give the last used index; None if there is none, or it is gone."""
    try:
        line = os.fsdecode((places.data / CURRENT).read_bytes()).strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageFailed(f"cannot read {places.data / 'current'}: {error.strerror}") from error
    return Path(line) if line and Path(line).is_dir() else None


def make_current(index_folder: Path, *, places: Places) -> None:
    """Let this be the last used index."""
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        draft = places.data / ".current-draft"
        draft.write_bytes(os.fsencode(f"{index_folder.absolute()}\n"))
        draft.replace(places.data / CURRENT)
    except OSError as error:
        raise StorageFailed(f"cannot write {places.data}: {error.strerror}") from error


def index_folder_named(name: str, *, places: Places) -> Path:
    """Say where the index of this name lies, or where a new corpus of that name would.

    Raises:
        BadPath: no corpus can have that name.
    """
    if not NAME.fullmatch(name):
        raise BadPath(
            f"no corpus can be called {name!r}; a name is up to 64 of the letters a to z, digits, "
            "- _ and . and begins with a letter or a digit"
        )
    unnamed = places.data / UNNAMED / name
    return unnamed if unnamed.is_dir() else places.data / NAMED / name


def pages_folder(index_folder: Path | None, *, places: Places) -> Path:
    """Say where pages fetched for an index are kept; None for one that is made of pages alone.

    These folders lie beside one another, so that none is indexed with another one.
    """
    if index_folder is None:
        return places.data / "pages" / "_web"
    if index_folder.parent == places.data / NAMED:
        return places.data / "pages" / index_folder.name
    return places.data / "pages" / f"_{index_folder_for(index_folder, places=places).name}"


def corpora(places: Places) -> tuple[Corpus, ...]:
    """Give every index in the data folder and the current one, by name; broken ones, too.

    Raises:
        StorageFailed: the data folder can't be read.
    """
    current = current_index(places=places)
    try:
        folders = {*_index_folders(places), *([current] if current else [])}
    except OSError as error:
        raise StorageFailed(f"cannot read {places.data}: {error.strerror}") from error
    found = [_corpus(folder, is_current=folder == current) for folder in folders]
    return tuple(sorted(found, key=lambda corpus: (corpus.name.casefold(), str(corpus.folder))))


def _index_folders(places: Places) -> Iterator[Path]:
    from index.store.opening import restore  # noqa: PLC0415 - seldom asked for

    for kept in (places.data / UNNAMED, places.data / NAMED):
        if kept.is_dir():
            for old in kept.glob(".*.old"):
                restore(kept / old.name.removeprefix(".").removesuffix(".old"))
            yield from (
                one for one in kept.iterdir() if one.is_dir() and not one.name.startswith(".")
            )


def _corpus(folder: Path, *, is_current: bool) -> Corpus:
    from index.store.opening import bytes_of, open_store  # noqa: PLC0415 - seldom asked for

    size = bytes_of(folder)
    try:
        with closing(open_store(folder)) as store:
            return Corpus(
                name=folder.name,
                folder=folder,
                roots=store.roots(),
                articles=store.counts().articles,
                bytes_on_disk=size,
                indexed_at=store.manifest().indexed_at,
                is_current=is_current,
                unfinished=store.unfinished(),
            )
    except PassageIndexError as error:
        return Corpus(
            folder.name, folder, bytes_on_disk=size, is_current=is_current, fault=str(error)
        )


def called(name: str, *, places: Places) -> Path:
    """Find the index that a person calls so: a corpus, a folder's name, or that without its key.

    Raises:
        BadPath: several can be meant.
        IndexMissing: there is none.
    """
    folder = index_folder_named(name, places=places)
    if folder.is_dir():
        return folder
    unnamed = places.data / UNNAMED
    alike = sorted(unnamed.glob(f"{name}-??????????")) if unnamed.is_dir() else []
    if len(alike) > 1:
        names = ", ".join(one.name for one in alike)
        raise BadPath(f"{len(alike)} indexes are called {name}; give the whole name: {names}")
    if not alike:
        raise IndexMissing(f"no index is called {name}; {_named_instead(places)}")
    return alike[0]


def _named_instead(places: Places) -> str:
    """Name the indexes that there are."""
    names = sorted(one.name for one in _index_folders(places))
    if len(names) < 2:
        return f"there is only {names[0]}" if names else "nothing is indexed yet"
    more = len(names) - MOST_NAMED
    told = ", ".join(names[:MOST_NAMED])
    return f"there are {told} and {more} more; run: qa list" if more > 0 else f"there are {told}"
