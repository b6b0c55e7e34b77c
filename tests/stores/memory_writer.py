"""Values -> a new state, in the place of the one before: commits to a store in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from stores.memory_state import PLACE, File, Root, State

from index.rules import Rules
from index.store.protocol import Manifest
from index.store.writer import (
    NO_CHANGE,
    UNFINISHED,
    Change,
    FilePart,
    KnownFile,
    Prepared,
    RootHoldings,
    text_key,
)
from index.text.as_read import titled
from index.types import Skipped

if TYPE_CHECKING:
    from stores.memory import Shelf


class MemoryWriter:
    place = PLACE

    def __init__(self, shelf: "Shelf") -> None:
        self._shelf = shelf

    @contextmanager
    def _committing(self) -> Iterator[State]:
        state = deepcopy(self._shelf.state)
        yield state
        self._shelf.state = state

    def manifest(self) -> Manifest:
        return self._shelf.state.manifest

    def describe(self, *, model: str, fingerprint: str) -> None:
        with self._committing() as state:
            state.manifest = replace(state.manifest, model=model, fingerprint=fingerprint)

    def look_through(self, *, whatever_size: bool = False) -> None:
        pass

    def roots(self) -> tuple[str, ...]:
        return tuple(self._shelf.state.roots)

    def lost_roots(self) -> tuple[str, ...]:
        return ()

    def outdated(self) -> tuple[str, ...]:
        return ()

    def begin(self, roots: Mapping[str, Rules | None]) -> None:
        with self._committing() as state:
            for path, rules in roots.items():
                root = state.roots.setdefault(path, Root())
                root.rules = rules or root.rules
                root.run = root.run or (-1, -1)

    def rules(self, root: str) -> Rules:
        return self._shelf.state.roots.get(root, Root()).rules

    def describe_root(self, root: str, *, rules: Rules, other_kinds: Mapping[str, int]) -> None:
        with self._committing() as state:
            known = state.roots.setdefault(root, Root())
            known.rules, known.other_kinds = rules, other_kinds

    def count(self, root: str, *, files: int, due: int) -> None:
        with self._committing() as state:
            state.roots[root].run = (files, due)

    def known_files(self, root: str) -> Mapping[str, KnownFile]:
        files = self._shelf.state.roots.get(root, Root()).files
        return {
            path: KnownFile(
                file.stamp,
                file.read.sha256,
                file.read.encoding,
                frozenset(skip.kind for skip in file.read.skipped),
            )
            for path, file in files.items()
        }

    def vectors_of(self, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
        state = self._shelf.state
        made = {text_key(state.text(row)): one[2] for row, one in state.passages.items()}
        return {key: vector for key, vector in {**state.kept, **made}.items() if key in keys}

    def keep(self, vectors: Mapping[bytes, np.ndarray]) -> None:
        with self._committing() as state:
            state.kept.update(vectors)

    def commit(
        self,
        root: str,
        parts: Sequence[FilePart] = (),
        *,
        vectors: Mapping[bytes, np.ndarray] | None = None,
        change: Change = NO_CHANGE,
    ) -> int:
        with self._committing() as state:
            into = state.roots.setdefault(root, Root())
            state.generation += bool(parts or change.gone)
            dropped = sum(_drop(state, into, path) for path in change.gone if path in into.files)
            for part in parts:
                _write(state, into, part, vectors or {})
            for path, stamp in change.restamped.items():
                into.files[path].stamp = stamp
            if into.run not in (None, (-1, -1)):
                into.run = (into.run[0], max(0, into.run[1] - change.done))
        return dropped

    def finish(
        self, root: str, *, unlisted: Sequence[Skipped], is_whole: bool, has_changed: bool
    ) -> RootHoldings:
        with self._committing() as state:
            into, state.kept = state.roots[root], {}
            into.run = None if is_whole else into.run
            if has_changed or not state.manifest.indexed_at:
                state.manifest = replace(state.manifest, indexed_at="2025-06-01T00:00:00+00:00")
        articles = [row for file in into.files.values() for row in file.articles]
        passages = sum(of in articles for of, _, _ in state.passages.values())
        skipped = tuple(skip for file in into.files.values() for skip in file.read.skipped)
        return RootHoldings(len(articles), passages, skipped, 0)

    def forget(self, root: str) -> int:
        with self._committing() as state:
            state.generation += 1
            dropped = sum(_drop(state, state.roots[root], p) for p in list(state.roots[root].files))
            del state.roots[root]
        return dropped

    def derive(self, *, wholly: bool = False) -> bool:
        return False


def _write(state: State, into: Root, part: FilePart, vectors: Mapping[bytes, np.ndarray]) -> None:
    if part.is_first:
        if part.path in into.files:
            _drop(state, into, part.path)
        into.files[part.path] = File(UNFINISHED, part.read)
    file = into.files[part.path]
    for one in part.articles:
        state.given += 1
        of = state.given
        original = next((row for row, a in state.articles.items() if _repeats(one, a)), None)
        state.articles[of] = one
        file.articles.append(of)
        if original is not None:
            state.copies[of] = original
            continue
        for passage in one.passages:
            state.given += 1
            vector = vectors[text_key(titled(passage, one.article))]
            state.passages[state.given] = (of, passage, vector)
    if part.is_last:
        file.stamp = part.stamp


def _repeats(one: Prepared, other: Prepared) -> bool:
    return one.text_hash == other.text_hash


def _drop(state: State, root: Root, path: str) -> int:
    gone = root.files.pop(path).articles
    for article in gone:
        for row, (of, _, vector) in list(state.passages.items()):
            if of == article:
                state.kept[text_key(state.text(row))] = vector
                del state.passages[row]
        del state.articles[article]
        for copy in [copy for copy, of in state.copies.items() if of == article]:
            del state.copies[copy]
            for other in state.roots.values():
                for file in other.files.values():
                    file.stamp = UNFINISHED if copy in file.articles else file.stamp
    return len(gone)
