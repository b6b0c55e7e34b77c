"""What a store in memory holds, as of one commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.rules import Rules
from index.store.protocol import Manifest
from index.store.writer import Prepared
from index.text.as_read import titled
from index.types import FileStamp, Passage

PLACE = Path("/memory/index")


@dataclass
class File:
    stamp: FileStamp
    read: object
    articles: list[int] = field(default_factory=list)


@dataclass
class Root:
    rules: Rules = field(default_factory=Rules)
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    run: tuple[int, int] | None = None
    """Files found and files left; (-1, -1) before they are counted; None outside a run."""


@dataclass
class State:
    manifest: Manifest = field(default_factory=lambda: Manifest(None, None))
    roots: dict[str, Root] = field(default_factory=dict)
    articles: dict[int, Prepared] = field(default_factory=dict)
    passages: dict[int, tuple[int, Passage, np.ndarray]] = field(default_factory=dict)
    kept: dict[bytes, np.ndarray] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    """Ids of articles that repeat another, and of that."""
    generation: int = 0
    given: int = 0
    """The last id."""

    def text(self, passage: int) -> str:
        article, found, _ = self.passages[passage]
        return titled(found, self.articles[article].article)
