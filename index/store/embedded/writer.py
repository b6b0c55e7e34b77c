"""Values -> one transaction each: the writer of an index in a folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.rules import Rules
from index.store.embedded import derived, holdings, runs, soundness
from index.store.embedded.lookup import Lookup
from index.store.embedded.storage import Store
from index.store.embedded.writing import RowWriter
from index.store.protocol import Manifest
from index.store.writer import NO_CHANGE, Change, FilePart, KnownFile, PreparedFile, RootHoldings
from index.types import Skipped

if TYPE_CHECKING:
    from index.store.protocol import Vector


class EmbeddedWriter:
    """Writes one folder's database and what is derived from it; the caller holds the lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows = RowWriter(store)
        self._lookup = Lookup(store)

    @property
    def place(self) -> Path:
        """Say where the index lies, to name it to a person."""
        return self._store.folder

    def manifest(self) -> Manifest:
        """Read what the index says of itself."""
        return holdings.manifest(self._store)

    def describe(self, *, model: str, fingerprint: str) -> None:
        """Note by which encoder it is made."""
        with self._store.transaction():
            self._store.set_manifest("model", model)
            self._store.set_manifest("fingerprint", fingerprint)

    def look_through(self, *, whatever_size: bool = False) -> None:
        """Read all rows, if nobody vouches for them or it is wanted; a large one only on demand."""
        if whatever_size or not self._store.is_sealed():
            soundness.vouch(self._store, whatever_size=whatever_size)

    def roots(self) -> tuple[str, ...]:
        """Give the paths of the roots, in the order in which they came."""
        return holdings.roots(self._store)

    def lost_roots(self) -> tuple[str, ...]:
        """Give the roots of which damage took articles that were not read again yet."""
        return holdings.lost_roots(self._store)

    def outdated(self) -> tuple[str, ...]:
        """Give the roots of which files were read by other rules than today's."""
        return runs.outdated(self._store)

    def begin(self, roots: Mapping[str, Rules | None]) -> None:
        """Note that runs over roots begin, the first of them at once."""
        with self._store.transaction():
            for root, rules in reversed(list(roots.items())):
                root_id = self._rows.root_id(root)
                if rules is not None:
                    self._rows.set_root(root_id, rules=rules.as_json(), other_kinds={})
                runs.begin(self._store, root_id)

    def rules(self, root: str) -> Rules:
        """Give the rules by which a root is read, the usual ones if it never was."""
        row = self._rows.known_root(root)
        return Rules() if row is None else self._rows.rules(row)

    def describe_root(self, root: str, *, rules: Rules, other_kinds: Mapping[str, int]) -> None:
        """Note by which rules a root is read, and what lies there that is not read."""
        with self._store.transaction():
            row = self._rows.root_id(root)
            self._rows.set_root(row, rules=rules.as_json(), other_kinds=other_kinds)

    def count(self, root: str, *, files: int, due: int) -> None:
        """Note how many files a run has found, and how many of them are to be read."""
        with self._store.transaction():
            runs.count(self._store, self._rows.root_id(root), files=files, due=due)

    def known_files(self, root: str) -> Mapping[str, KnownFile]:
        """Give every file that an earlier run saw under a root, by relative path."""
        row = self._rows.known_root(root)
        if row is None:
            return {}
        troubles = holdings.troubles(self._store, row)
        return {
            path: KnownFile(one.stamp, one.sha256, one.encoding, troubles.get(one.row, frozenset()))
            for path, one in self._rows.known_files(row).items()
        }

    def vectors_of(self, keys: Sequence[bytes]) -> "dict[bytes, Vector]":
        """Find vectors that were made already and are whole, by the key of their text."""
        return self._lookup.vectors_by_text(keys)

    def keep(self, vectors: "Mapping[bytes, Vector]") -> None:
        """Keep vectors of passages that are not committed yet, until a run is finished."""
        with self._store.transaction():
            self._rows.spare(vectors)

    def commit(
        self,
        root: str,
        parts: Sequence[FilePart] = (),
        *,
        vectors: "Mapping[bytes, Vector] | None" = None,
        change: Change = NO_CHANGE,
    ) -> int:
        """Write files and what else has changed in one transaction, then what is derived."""
        with self._store.transaction():
            row = self._known_or_new(root)
            if parts or change.gone:
                self._store.advance()
            dropped = sum(self._drop(row, path) for path in change.gone)
            for part in parts:
                self._write(row, part, vectors or {})
            for path, stamp in change.restamped.items():
                known = self._rows.known_file(row, path)
                if known is not None:
                    self._rows.finish_file(known.row, stamp)
            runs.step(self._store, row, change.done)
        if parts or change.restamped:
            derived.keep_up(self._store)
        return dropped

    def _known_or_new(self, root: str) -> int:
        known = self._rows.known_root(root)
        if known is not None:
            return known
        row = self._rows.root_id(root)
        runs.note_reading(self._store, row)
        return row

    def _drop(self, root_id: int, path: str) -> int:
        known = self._rows.known_file(root_id, path)
        return 0 if known is None else self._rows.drop_file(known.row)

    def _write(self, root_id: int, part: FilePart, vectors: "Mapping[bytes, Vector]") -> None:
        known = self._rows.known_file(root_id, part.path)
        if part.is_first or known is None:
            row = self._rows.begin_file(root_id, part.path, known)
            self._rows.describe_file(row, part.read)
        else:
            row = known.row
        for article in part.articles:
            self._rows.add(root_id, row, article, vectors)
        if part.is_last:
            self._rows.finish_file(row, part.stamp)

    def finish(
        self, root: str, *, unlisted: Sequence[Skipped], is_whole: bool, has_changed: bool
    ) -> RootHoldings:
        """End a run, and make what is derived and due."""
        with self._store.transaction():
            row = self._rows.root_id(root)
            self._note_unlisted(row, unlisted)
            self._rows.clear_spares()
            if is_whole:
                runs.end(self._store, row)
                self._rows.found_again(row)
            if has_changed or not self._store.manifest("indexed_at"):
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self._store.set_manifest("indexed_at", now)
        derived.keep_up(self._store)
        counts = holdings.root_counts(self._store, row)
        return RootHoldings(
            counts.articles,
            counts.passages,
            holdings.skipped(self._store, row),
            len(holdings.other_languages(self._store)),
        )

    def _note_unlisted(self, root_id: int, unlisted: Sequence[Skipped]) -> None:
        """Count what can't be looked at among the files that were not read."""
        for skip in unlisted:
            if self._rows.known_file(root_id, skip.path) is None:
                row = self._rows.begin_file(root_id, skip.path, None)
                self._rows.describe_file(row, PreparedFile("", "", "", (), (skip,)))

    def forget(self, root: str) -> int:
        """Drop a root and all that it gave; give how many articles that were."""
        with self._store.transaction():
            runs.forget(self._store, self._rows.root_id(root))
            dropped = self._rows.forget_root(root)
        if derived.is_due(self._store):
            derived.rebuild(self._store)
        return dropped

    def derive(self, *, wholly: bool = False) -> bool:
        """Make anew what is derived from the database, where that is due or wanted."""
        is_due = derived.is_due(self._store)
        if wholly:
            derived.rebuild(self._store)
        elif is_due:
            derived.keep_up(self._store)
        return is_due
