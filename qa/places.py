"""Where indexes and compiled encoders are kept, and which index was used last."""

import os
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import platformdirs

from index.errors import StorageFailed


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


def index_folder_for(path: Path, *, places: Places) -> Path:
    """Say where the index of a path alone lies, keyed by the path resolved."""
    resolved = path.expanduser().resolve()
    key = blake2b(str(resolved).encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    name = re.sub(r"[^A-Za-z0-9]+", "-", resolved.name).strip("-")[:32]
    return places.data / "indexes" / f"{name or 'root'}-{key}"


def current_index(*, places: Places) -> Path | None:
    """Give the last used index; None if there is none, or it is gone."""
    try:
        line = os.fsdecode((places.data / "current").read_bytes()).strip()
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
        draft.replace(places.data / "current")
    except OSError as error:
        raise StorageFailed(f"cannot write {places.data}: {error.strerror}") from error
