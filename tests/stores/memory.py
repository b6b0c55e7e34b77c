"""A store in memory, for the tests: each commit puts a new state in the place of the old."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from stores.memory_state import PLACE, State
from stores.memory_writer import MemoryWriter
from stores.oracle import best, bm25, words

from index.errors import IndexBusy
from index.store.protocol import Counts, Fault, Holdings, Manifest
from index.text.days import may_lie_in
from index.text.keywords import KeywordQuery
from index.types import Article, FileStamp, Passage, Scope, Span, Unfinished


class Shelf:
    """Where a store lies."""

    def __init__(self) -> None:
        self.state = State()
        self._is_written = False

    @contextmanager
    def writing(self) -> Iterator[MemoryWriter]:
        if self._is_written:
            raise IndexBusy("another writer is at it; try again when it is done")
        self._is_written = True
        try:
            yield MemoryWriter(self)
        finally:
            self._is_written = False

    def open(self) -> "MemoryStore":
        return MemoryStore(self)


class MemoryStore:
    place = PLACE

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._state = shelf.state

    def close(self) -> None:
        self._state = State()

    def refresh(self) -> None:
        self._state = self._shelf.state

    def generation(self) -> int:
        return self._shelf.state.generation

    def manifest(self) -> Manifest:
        return self._state.manifest

    def counts(self) -> Counts:
        state = self._state
        files = [file for root in state.roots.values() for file in root.files.values()]
        skipped = sum(len(file.read.skipped) for file in files)
        unread = sum(not file.articles for file in files)
        return Counts(len(state.articles), len(state.passages), skipped, len(files), unread)

    def holdings(self) -> Holdings:
        skipped = [
            skip
            for root in self._state.roots.values()
            for file in root.files.values()
            for skip in file.read.skipped
        ]
        formats: dict[str, int] = {}
        for one in self._state.articles.values():
            formats[one.article.format] = formats.get(one.article.format, 0) + 1
        return Holdings(0, formats, {}, (), {}, (), tuple(skipped), (), {}, ())

    def roots(self) -> tuple[str, ...]:
        return tuple(self._shelf.state.roots)

    def lost_roots(self) -> tuple[str, ...]:
        return ()

    def unfinished(self) -> tuple[Unfinished, ...]:
        found = []
        for path, root in self._shelf.state.roots.items():
            if root.run is not None:
                files, left = (None, None) if root.run == (-1, -1) else root.run
                unseen = max(0, (files or 0) - len(root.files))
                found.append(Unfinished(path, files, left, unseen, False, f"qa index {path}"))
        return tuple(found)

    def outdated(self) -> tuple[str, ...]:
        return ()

    def known_faults(self) -> tuple[str, ...]:
        return ()

    def faults(self) -> Iterator[Fault]:
        yield from ()

    def articles_in(self, scope: Scope) -> Collection[int]:
        wanted = (scope.source or "").casefold()
        return [
            row
            for row, one in self._state.articles.items()
            if scope.period is None or may_lie_in(one.article.published or "", scope.period)
            if any(
                wanted in (known or "").casefold()
                for known in (one.article.path, one.article.outlet, one.article.url)
            )
        ]

    def undated(self) -> int:
        return sum(one.article.published is None for one in self._state.articles.values())

    def paths(self) -> Sequence[tuple[int, str, str]]:
        held = self._state.articles.items()
        found = [(row, one.article.root, one.article.path) for row, one in held]
        return sorted(found, key=lambda one: one[2])

    def article(self, article_id: int) -> Article | None:
        one = self._state.articles.get(article_id)
        return None if one is None else one.article

    def stamp_of(self, article: Article) -> tuple[FileStamp, str] | None:
        root = self._state.roots.get(article.root)
        file = root and root.files.get(article.in_file)
        return (file.stamp, file.read.sha256) if file else None

    def passages(self, ids: Collection[int]) -> Mapping[int, tuple[Article, Passage]]:
        held = {row: self._state.passages[row] for row in ids if row in self._state.passages}
        return {row: (self.article(of), passage) for row, (of, passage, _) in held.items()}

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        held = self._state.passages.values()
        mine = [passage for of, passage, _ in held if self.article(of) == article]
        before = [one for one in mine if one.span.end <= span.start]
        return reversed(before), (one for one in mine if one.span.start >= span.end)

    def nearest(
        self,
        vector: np.ndarray,
        k: int,
        *,
        within: Sequence[Scope] = (),
        phrases: Sequence[str] = (),
    ) -> list[tuple[int, float]]:
        allowed = self._allowed(within, phrases)
        held = self._state.passages
        return best({row: float(held[row][2] @ vector) for row in allowed}, k)

    def matching(
        self, query: KeywordQuery, k: int, *, within: Sequence[Scope] = ()
    ) -> list[tuple[int, float]]:
        texts = {row: self._state.text(row) for row in self._state.passages}
        allowed = self._allowed(within, query.phrases)
        scores = bm25(texts, query.terms)
        return best({row: score for row, score in scores.items() if row in allowed}, k)

    def vocabulary(self) -> "MemoryVocabulary":
        return MemoryVocabulary([self._state.text(row) for row in self._state.passages])

    def mentions(self, words: Sequence[str], *, within: Sequence[Scope] = ()) -> bool:
        return any(self._allowed(within, [word]) for word in words)

    def _allowed(self, within: Sequence[Scope], phrases: Sequence[str]) -> set[int]:
        scopes = [set(self.articles_in(scope)) for scope in within]
        return {
            row
            for row, (article, _, _) in self._state.passages.items()
            if all(article in scope for scope in scopes)
            and all(_has(self._state.text(row), phrase) for phrase in phrases)
        }


class MemoryVocabulary:
    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def holds(self, words: str) -> bool:
        return any(_has(text, words) for text in self._texts)

    def held(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if self.holds(word)]

    def count(self, word: str) -> int:
        return sum(_has(text, word) for text in self._texts)

    def written(self, word: str) -> list[str]:
        return [one for text in self._texts for one in text.split() if one.lower() == word]

    def like(self, word: str, *, start: int) -> set[str]:
        told = {one for text in self._texts for one in words(text)}
        return {one for one in told if one[:start] == word[:start]}


def _has(text: str, phrase: str) -> bool:
    return f" {' '.join(words(phrase))} " in f" {' '.join(words(text))} "
