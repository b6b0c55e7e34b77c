"""The n-th write, fsync, rename, open, link or unlink of an index's files fails."""

import builtins
import io
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CALLS = {
    "open": ("open", "mkdir"),
    "write": ("sendfile",),
    "fsync": ("fsync",),
    "rename": ("rename", "replace"),
    "link": ("link",),
    "unlink": ("unlink", "remove", "rmdir"),
}
"""What is counted as one kind, by the names that `os` has for it."""


@dataclass(slots=True)
class Shim:
    """Counts calls that concern a folder, and lets one of them fail."""

    folder: Path
    kind: str = ""
    nth: int = 0
    """From 1; with 0 nothing fails."""
    error: int = 0
    is_lasting: bool = False
    """All later calls of this kind fail as well, as on a full disk."""
    counts: Counter[str] = field(default_factory=Counter)
    has_failed: bool = False

    def arm(self) -> None:
        """Stand between this process and the system, for good."""
        for kind, names in CALLS.items():
            for name in names:
                setattr(os, name, self._counted(kind, getattr(os, name)))
        builtins.open = io.open = self._opener(io.open)

    def meet(self, kind: str, about: object = None) -> None:
        """Count a call; OSError if it is the one that fails."""
        if not self._is_ours(about):
            return
        self.counts[kind] += 1
        if kind == self.kind and self._is_hit(self.counts[kind]):
            self.has_failed = True
            raise OSError(self.error, os.strerror(self.error), str(about))

    def _is_hit(self, count: int) -> bool:
        return bool(self.nth) and (count == self.nth or (self.is_lasting and count > self.nth))

    def _is_ours(self, about: object) -> bool:
        """A name without its folder comes from the deletion of one of ours."""
        if isinstance(about, str | Path) and Path(about).is_absolute():
            return Path(about).is_relative_to(self.folder)
        return True

    def _counted(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            self.meet(kind, args[0])
            return call(*args, **options)

        return counted

    def _opener(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if isinstance(file, int) or not self._is_ours(file):
                return call(file, mode, *args, **options)
            self.meet("open", file)
            made = call(file, mode, *args, **options)
            return Written(made, self) if set(mode) & set("wax+") else made

        return opened


class Written:
    """A file that is written, each time with leave of the shim."""

    def __init__(self, file: Any, shim: Shim) -> None:
        self._file, self._shim = file, shim

    def write(self, what: Any) -> Any:
        self._shim.meet("write")
        return self._file.write(what)

    def flush(self) -> None:
        self._shim.meet("write")
        self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "Written":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
