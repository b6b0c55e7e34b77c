"""What is noted of an index beside its database: enough to know when that has lost something.

SQLite's log of commits ends where its first damaged byte is, without a word, and its pages carry
no checksums. So the number of commits, a hash of the database and the roots are also kept in a
small file of their own. It is written after the commit that it speaks of: a kill in between leaves
one that knows less than the database, never more.
"""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from index.errors import StorageFailed
from index.seals import discard, sync

LEDGER = "ledger.json"


@dataclass(frozen=True, slots=True)
class NotedRoot:
    """A root, as far as one must know it to read it anew."""

    row: int
    path: str
    rules: str
    files: int | None = None
    """Known in it; None while a run goes on."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was true after a commit."""

    format: str
    commits: int
    """Made so far."""
    made_with: tuple[tuple[str, str], ...]
    """Lines of the manifest that say by which encoder, and by which rules the roots were read."""
    roots: tuple[NotedRoot, ...]
    digest: str = ""
    """sha256 of the database at that commit; empty where nobody took it."""


def read(folder: Path) -> Ledger | None:
    """Read the ledger of an index; None if there is none, or it is damaged itself."""
    try:
        line, _, checksum = (folder / LEDGER).read_text("ascii").partition("\n")
    except (OSError, ValueError):
        return None
    if checksum != f"{sha256(line.encode()).hexdigest()}\n":
        return None
    noted = json.loads(line)
    return Ledger(
        format=noted["format"],
        commits=noted["commits"],
        made_with=tuple((name, value) for name, value in noted["made_with"]),
        roots=tuple(NotedRoot(**root) for root in noted["roots"]),
        digest=noted["digest"],
    )


def write(folder: Path, ledger: Ledger) -> None:
    """Put a ledger in the place of the one before.

    Raises:
        StorageFailed: the disk is full or may not be written; the one before stays.
    """
    line = json.dumps(asdict(ledger))
    draft = folder / f".{LEDGER}"
    try:
        with draft.open("w", encoding="ascii") as file:
            file.write(f"{line}\n{sha256(line.encode()).hexdigest()}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / LEDGER)
        sync(folder)
    except OSError as error:
        discard(draft)
        raise StorageFailed(f"cannot write the index in {folder}: {error.strerror}") from error
