"""What do we say, and how is it shown? `from qa import open_folder` is the door for programs."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.api import Articles, open_folder

__all__ = ["Articles", "open_folder"]


def __getattr__(name: str) -> object:
    """Import the front door when it is asked for, so that the command line starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    _check_ours()
    from qa import api  # noqa: PLC0415

    return getattr(api, name)


def _check_ours() -> None:
    """Make sure that `index` is our own package, and not a file that lies beside a script.

    Raises:
        ImportError: another one is in the way.
    """
    found = find_spec("index")
    ours = Path(__file__).resolve().parent.parent / "index" / "__init__.py"
    place = Path(found.origin) if found and found.origin else None
    if place is None or place.resolve() != ours:
        raise ImportError(
            f"{place or 'something else'} is in the way of Pullquote's own package `index`; "
            "rename it, or run your script from another folder"
        )
