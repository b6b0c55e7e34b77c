"""The seam's other half: what who writes a store can do, and the values that pass to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import SkipKind
from index.rules import Rules
from index.store.protocol import Manifest
from index.types import Article, FileStamp, Passage, Skipped

if TYPE_CHECKING:
    from index.store.protocol import Vector

UNFINISHED = FileStamp(-1, -1, -1)
"""Of a file that has not been read to its end."""
TOO_SLOW: frozenset[SkipKind] = frozenset({"too slow"})
TRIED_AGAIN: frozenset[SkipKind] = frozenset({"forbidden", "gone", "too slow"})
"""Kinds of trouble that may be over though the file is the same."""


def text_key(text: str) -> bytes:
    """Hash a text that was encoded, to find its vector again."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be encoded and committed."""

    article: Article
    passages: tuple[Passage, ...]
    is_english: bool
    text_hash: bytes
    """Equal for articles of the same words."""
    signature: bytes
    """MinHash of its words; empty where there are too few to compare."""


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """What one file gave."""

    sha256: str
    format: str
    encoding: str
    """Of its first article; empty if there is none."""
    articles: tuple[Prepared, ...]
    skipped: tuple[Skipped, ...]
    """Members that could not be read, or the file itself."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that an earlier run has seen."""

    stamp: FileStamp
    sha256: str
    """Empty if it could not be read."""
    encoding: str
    """Empty if it gave no article."""
    troubles: frozenset[SkipKind] = frozenset()
    """That kept it, or members of it, from being read."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """Articles of a file that are committed together: of a long file a part, else all."""

    path: str
    """Relative to its root."""
    stamp: FileStamp
    read: PreparedFile
    articles: tuple[Prepared, ...]
    is_first: bool = True
    """What the file gave before is dropped."""
    is_last: bool = True
    """The file is in whole, so that it is not due until it changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit changes beside the files that it writes."""

    gone: Sequence[str] = ()
    """Paths of files that are not there any more."""
    restamped: Mapping[str, FileStamp] = field(default_factory=dict)
    """Of files that were touched and hold the same bytes, by path."""
    done: int = 0
    """Files that the run has to read no more."""


NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class RootHoldings:
    """What one root gave."""

    articles: int
    passages: int
    skipped: tuple[Skipped, ...]
    """By path."""
    other_languages: int
    """Articles of the whole index that do not look English."""


class Writer(Protocol):
    """The one that writes an index, in commits that are whole or not there.

    A root is named by its path; one that is new comes to be when it is first written to.
    """

    @property
    def place(self) -> Path:
        """Say where the index lies, to name it to a person."""

    def manifest(self) -> Manifest:
        """Read what the index says of itself."""

    def describe(self, *, model: str, fingerprint: str) -> None:
        """Note by which encoder it is made."""

    def look_through(self, *, whatever_size: bool = False) -> None:
        """Make sure that it is whole, if nobody vouches for that; a large one only on demand.

        Raises:
            IndexDamaged: it is not.
        """

    def roots(self) -> tuple[str, ...]:
        """Give the paths of the roots, in the order in which they came."""

    def lost_roots(self) -> tuple[str, ...]:
        """Give the roots of which damage took articles that were not read again yet."""

    def outdated(self) -> tuple[str, ...]:
        """Give the roots of which files were read by other rules than today's."""

    def begin(self, roots: Mapping[str, Rules | None]) -> None:
        """Note that runs over roots begin, by some rules or by those of before; the first at once.

        Each is unfinished until `finish` says that it is whole. If its files were read by other
        rules than today's, all of them are due.
        """

    def rules(self, root: str) -> Rules:
        """Give the rules by which a root is read, the usual ones if it never was."""

    def describe_root(self, root: str, *, rules: Rules, other_kinds: Mapping[str, int]) -> None:
        """Note by which rules a root is read, and what lies there that is not read."""

    def count(self, root: str, *, files: int, due: int) -> None:
        """Note how many files a run has found, and how many of them are to be read."""

    def known_files(self, root: str) -> Mapping[str, KnownFile]:
        """Give every file that an earlier run saw under a root, by relative path."""

    def vectors_of(self, keys: Sequence[bytes]) -> "dict[bytes, Vector]":
        """Find vectors that were made already, by the key of their text."""

    def keep(self, vectors: "Mapping[bytes, Vector]") -> None:
        """Keep vectors of passages that are not committed yet, until a run is finished."""

    def commit(
        self,
        root: str,
        parts: Sequence[FilePart] = (),
        *,
        vectors: "Mapping[bytes, Vector] | None" = None,
        change: Change = NO_CHANGE,
    ) -> int:
        """Write files with the vectors of their passages, and what else has changed, or nothing.

        A copy of an article that is there keeps only the passages that the other lacks; copies of
        one that goes are dropped with it, and their files are due.

        Returns:
            How many articles went with the files that are gone.
        """

    def finish(
        self, root: str, *, unlisted: Sequence[Skipped], is_whole: bool, has_changed: bool
    ) -> RootHoldings:
        """End a run, which has come to its whole end or was stopped; say what the root gave.

        `unlisted` could not be looked at, and count as files that were not read.
        """

    def forget(self, root: str) -> int:
        """Drop a root and all that it gave; give how many articles that were."""

    def derive(self, *, wholly: bool = False) -> bool:
        """Make anew what is derived from what is committed, where that is due or wanted.

        Returns:
            Whether something was due.
        """
