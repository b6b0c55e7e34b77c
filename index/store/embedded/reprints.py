"""Article -> the article of the index that it repeats.

Of several copies the one that was read first is the original. A copy keeps only the passages that
its original lacks, so that no words are lost and none are found twice.
"""

from dataclasses import dataclass
from typing import Any

from index.store.embedded.storage import Store
from index.store.writer import Prepared
from index.text import copies

MOST_COMPARED = 20
"""Articles that share the most bands; forms and templates share some with thousands."""


@dataclass(frozen=True, slots=True)
class Original:
    """An article that others repeat."""

    row: int
    text: str
    is_same: bool
    """Word for word, whatever the white space."""

    def holds(self, words: str) -> bool:
        """Say whether a passage of the copy stands in the original, too."""
        return self.is_same or words in self.text


class Reprints:
    """Finds originals by the fingerprints of all articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def original_of(self, one: Prepared) -> Original | None:
        """Give the article that it repeats, word for word or nearly; None if there is none."""
        exact = self._all(
            "SELECT id, text FROM articles WHERE text_hash = ? AND reprint_of IS NULL "
            "ORDER BY id LIMIT 1",
            one.text_hash,
        )
        if exact:
            return Original(exact[0][0], exact[0][1], is_same=True)
        if not one.signature:
            return None
        keys = copies.band_keys(one.signature)
        near = self._all(
            "SELECT id, signature FROM articles WHERE id IN ("  # noqa: S608 - placeholders
            f"SELECT article_id FROM bands WHERE key IN ({', '.join('?' * len(keys))}) "
            "GROUP BY article_id ORDER BY count(*) DESC, article_id LIMIT ?)",
            *keys,
            MOST_COMPARED,
        )
        likest = max(
            ((copies.likeness(one.signature, signature), -row) for row, signature in near),
            default=None,
        )
        if likest is None or likest[0] < copies.NEAR:
            return None
        (text,) = self._all("SELECT text FROM articles WHERE id = ?", -likest[1])[0]
        return Original(-likest[1], text, is_same=False)

    def remember(self, article_id: int, one: Prepared) -> None:
        """Let later copies find this original, inside a transaction."""
        if one.signature:
            self._store.connection.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?)",
                [(key, article_id) for key in copies.band_keys(one.signature)],
            )

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._store.connection.execute(sql, values).fetchall()
