"""The five example articles, and the questions that test us on them."""

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """Give the folder that holds the example articles."""
    return Path(str(files(__name__)))
