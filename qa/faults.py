"""An exception that nobody foresaw -> a file that tells of it, and words that name the file."""

import os
import platform
import tempfile
import time
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qa.visible import visible


class Faults:
    """Keeps the details of what went wrong, for its user's eyes alone."""

    def __init__(self, *folders: Path) -> None:
        """The first folder that can be written holds the details; the temporary one is the last."""
        self._folders = (*folders, Path(tempfile.gettempdir()))
        self._told: dict[tuple[str, str, str], str] = {}
        """What was said of each fault, by its name, its place in the code and the conversation."""

    def told(self, error: BaseException, conversation: str = "") -> str:
        """Write down what went wrong, and say where: `ValueError; details are in /a/fault.txt`.

        A conversation is kept beside the details, and named with them. A fault that comes again
        from the same place is not written again: it may come every other second.
        """
        name = type(error).__name__
        place = str(traceback.extract_tb(error.__traceback__)[-1:])
        if (name, place, conversation) not in self._told:
            details = visible("".join(traceback.format_exception(error)))
            where = self._kept(details, conversation)
            told = f"{name}; {where}" if where else str(error) or name
            self._told[name, place, conversation] = told
        return self._told[name, place, conversation]

    def _kept(self, details: str, conversation: str) -> str:
        """Say where the details are; nothing if no folder can be written."""
        for folder in self._folders:
            try:
                said = f"details are in {_written(folder, 'fault', _circumstances() + details)}"
                if conversation:
                    kept = _written(folder, "conversation", conversation)
                    said += f", and what was asked and answered is in {kept}"
            except OSError:
                continue  # the disk of the next one may have room
            return said
        return ""


def _written(folder: Path, what: str, text: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    prefix = f"{time.strftime('%Y%m%d-%H%M%S')}-{what}-"
    handle, path = tempfile.mkstemp(prefix=prefix, suffix=".txt", dir=folder)  # for the user alone
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return Path(path)


def _circumstances() -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in ("pullquote", "textual"))
    return f"{versions}, Python {platform.python_version()}, {platform.platform()}\n\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of unknown version"
