"""The words that a corpus has, as its articles write them.

Words are asked for one by one, and never listed: a question costs the same however many
passages there are.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from jellyfish import damerau_levenshtein_distance as distance

from index.store.embedded.database import translated
from index.store.embedded.lookup import Lookup
from index.store.embedded.rowsets import RowSet
from index.store.embedded.storage import Store
from index.text.as_read import titled
from index.text.keywords import quoted

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_AT_ONCE = 48
"""Words in one look-up; nearly all that are asked for are nobody's."""
_READ = 8
"""Passages that are read to see how a word is written."""
MOST_COUNTED = 1_000
"""Passages from which a word is simply frequent."""


class StoredWords:
    """Knows the words of one store."""

    def __init__(self, store: Store, lookup: Lookup) -> None:
        self._store = store
        self._lookup = lookup

    def holds(self, words: str) -> bool:
        """Say whether a passage or title has the word or phrase, inflected or not."""
        return self._has_any([words])

    def held(self, words: Sequence[str]) -> list[str]:
        """Give those of the words that a passage or title has, in the order given."""
        found: list[str] = []
        for first in range(0, len(words), _AT_ONCE):
            found += self._held(words[first : first + _AT_ONCE])
        return found

    def is_mentioned(self, words: Sequence[str], *, only: RowSet | None = None) -> bool:
        """Say whether one of these passages, or its title, has one of the words and phrases."""
        rows = None if only is None else json.dumps(only.ids().tolist())
        sql = (
            "SELECT 1 FROM keywords WHERE keywords MATCH ?1 "
            "AND (?2 IS NULL OR rowid IN (SELECT value FROM json_each(?2))) LIMIT 1"
        )
        told = [word for word in words if _LETTER_OR_DIGIT.search(word)]
        return any(
            self._all(sql, " OR ".join(map(quoted, told[first : first + _AT_ONCE])), rows)
            for first in range(0, len(told), _AT_ONCE)
        )

    def count(self, word: str) -> int:
        """Count the passages with the word, up to `MOST_COUNTED`."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM keywords WHERE keywords MATCH ? LIMIT ?)"
        return int(self._all(sql, quoted(word), MOST_COUNTED)[0][0])

    def written(self, word: str) -> list[str]:
        """Give the word as some of its passages write it, capitals and all."""
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        return [form for text in self._texts(quoted(word)) for form in pattern.findall(text)]

    def like(self, word: str, *, start: int) -> set[str]:
        """Give words not unlike this one that share its first letters, case folded.

        Four shared letters or more keep it quick: SQLite reads every mention of what they begin.
        """
        first = word[:start]
        last = first[:-1] + chr(ord(first[-1]) + 1)
        sql = (
            "SELECT term FROM vocabulary WHERE term >= ? AND term < ? "
            "AND length(term) BETWEEN ? AND ?"
        )
        stems = [s for (s,) in self._all(sql, first, last, len(word) - 5, len(word) + 2)]
        near = [stem for stem in stems if distance(word[: len(stem)], stem) <= 2]
        return {form for stem in near for form in self._inflected(stem)}

    def _inflected(self, stem: str) -> set[str]:
        pattern = re.compile(rf"(?<!\w){re.escape(stem[:-1])}\w*", re.IGNORECASE)
        texts = self._texts(f"{quoted(stem)} *")
        return {form.lower() for text in texts for form in pattern.findall(text)}

    def _texts(self, expression: str) -> list[str]:
        sql = "SELECT rowid FROM keywords WHERE keywords MATCH ? LIMIT ?"
        rows = [row for (row,) in self._all(sql, expression, _READ)]
        return [titled(p, article) for article, p in self._lookup.passages(rows).values()]

    def _held(self, words: Sequence[str]) -> list[str]:
        if not words or not self._has_any(words):
            return []
        if len(words) == 1:
            return list(words)
        half = len(words) // 2
        return self._held(words[:half]) + self._held(words[half:])

    def _has_any(self, words: Sequence[str]) -> bool:
        sql = "SELECT 1 FROM keywords WHERE keywords MATCH ? LIMIT 1"
        return bool(self._all(sql, " OR ".join(map(quoted, words))))

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with translated(self._store.folder):
            return self._store.connection.execute(sql, values).fetchall()
