"""What the manifest says of the files that are derived from the database."""

import json
from dataclasses import asdict, dataclass

from index.seals import Seal, Seals
from index.store.embedded.storage import Store


@dataclass(frozen=True, slots=True)
class VectorRecord:
    """The FAISS file."""

    file: str
    generation: int
    """Passages committed later are not in it."""
    rows: int
    probes: int
    """Clusters that a query must read to find nine and ninety in a hundred; 0 if it is exact."""
    seal: Seal


@dataclass(frozen=True, slots=True)
class WordRecord:
    """The folder of the word index."""

    folder: str
    generation: int
    """Passages committed later are not in it."""
    last_row: int
    """The largest id among those of that generation and before."""
    seals: Seals
    """Of its files."""


def vector_record(store: Store) -> VectorRecord | None:
    """Read what is said of the FAISS file; None if nothing is that can be read."""
    try:
        said = json.loads(store.manifest("faiss") or "{}")
        return VectorRecord(**{**said, "seal": Seal(**said["seal"])})
    except (ValueError, TypeError, KeyError):
        return None


def word_record(store: Store) -> WordRecord | None:
    """Read what is said of the word index; None if nothing is that can be read."""
    try:
        said = json.loads(store.manifest("words") or "{}")
        seals = {name: Seal(**seal) for name, seal in said["seals"].items()}
        return WordRecord(**{**said, "seals": seals})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def record(store: Store, of: VectorRecord | WordRecord) -> None:
    """Write it down, and forget the tombstones that nothing derived needs any more."""
    with store.transaction():
        store.set_manifest(
            "faiss" if isinstance(of, VectorRecord) else "words", json.dumps(asdict(of))
        )
        records = (vector_record(store), word_record(store))
        generation = min(one.generation for one in records if one is not None)
        store.connection.execute("DELETE FROM tombstones WHERE generation <= ?", (generation,))
