"""What is done to an index while a fault is tried, with a stand-in encoder."""

from collections.abc import Sequence
from pathlib import Path

import faulty_index
from stand_ins import HashingEncoder

from index.ingest import building
from index.ingest.building import BuildOptions
from index.types import Progress
from qa.library import removal
from qa.library.places import Places

OPERATIONS = ("first", "refresh", "rebuild", "forget", "remove")
"""The last two begin with a whole index, as refreshing does; the first with none."""


def perform(operation: str, home: Path, roots: Sequence[Path]) -> None:
    """Do one of the operations; PassageIndexError says why it can't be."""
    if operation == "rebuild":
        cache = home.parent / "cache"
        options = BuildOptions(cache=cache, rebuild=True, encoder=HashingEncoder())
        building.build(roots[-1], home, options, report=_ignore)
    elif operation == "forget":
        building.forget_root(home, roots[-1])
    elif operation == "remove":
        removal.remove(home, places=places_of(home))
    else:
        for root in roots:
            faulty_index.bring(home, root)


def places_of(home: Path) -> Places:
    """Give the folders in which an index is one of ours."""
    return Places(home.parent.parent, home.parent / "cache")


def _ignore(_: Progress) -> None:
    """Report to nobody."""
