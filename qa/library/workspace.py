"""One index opened for asking, by any thread."""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BadPath, IndexMissing, PassageIndexError
from index.search.passage_index import PassageIndex
from index.store.opening import identity
from index.types import Article, IngestReport, Unfinished
from qa.answering import proof
from qa.library import overview
from qa.library.indexing import BuildOptions, IsCancelled, Report, build, reread, update
from qa.library.loading import load_models, made_with_of
from qa.library.places import Places, index_folder_for, make_current
from qa.library.searcher import Models, Searcher
from qa.types import Question, Reply, Searched, Status

if TYPE_CHECKING:
    from qa.library.places import Corpus

__all__ = ["BuildOptions", "Settings", "Workspace", "build"]

Mark = tuple[int, int, tuple[Unfinished, ...]]
"""Identity and generation of an index, and what indexing it has not come to the end of."""
MOST_BYTES = 1_000_000
"""Of changed files, up to which they are read again while somebody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How replies are made."""

    top: int = 5
    """Quotes in an answer, at most."""


@dataclass(slots=True)
class _Opened:
    """An index as it was when it was opened."""

    folder: Path
    passages: PassageIndex
    mark: Mark
    """Another one means that somebody wrote."""
    searched: Searched | None = None
    """Counted once."""
    unsaid: tuple[str, ...] = ()
    """What the person should know about it, not yet said."""


class Workspace:
    """One index opened for asking; every method may be called from any thread."""

    def __init__(
        self,
        index_folder: Path | None,
        *,
        settings: Settings | None = None,
        places: Places | None = None,
    ) -> None:
        """Open it, cheaply; None where nothing is indexed yet.

        Raises:
            IndexMissing: there is no index in that folder.
            IndexBroken: it is not one of ours.
        """
        self._settings = settings or Settings()
        self._places = places or Places.default()
        self._lock = threading.RLock()
        self._models: Models | None = None
        self._opened = None if index_folder is None else _open(index_folder)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._opened is not None:
                self._opened.passages.close()
                self._opened = None

    def load(self, announce: Callable[[str], None] = lambda _: None) -> None:
        """Load the models and the vectors, side by side.

        Raises:
            ModelMissing: a model is not on this machine.
        """
        with self._lock:
            opened = self._require_open()
            made_with = made_with_of(opened.passages)
            if self._models is not None and self._models.made_with == made_with:
                opened.passages.load()
                return
            self._models = load_models(
                made_with, self._places.cache, announce, meanwhile=opened.passages.load
            )

    def searched(self) -> Searched | None:
        """Say what is searched; None while nothing is indexed."""
        with self._lock:
            if self._opened is None:
                return None
            if self._opened.searched is None:
                self._opened.searched = overview.searched_in(self._opened.passages)
            return overview.as_of_now(self._opened.searched, self._opened.passages)

    def answer(self, question: Question) -> Reply:
        """Answer from the index as it is now, and from the quoted files as they are now.

        A quoted file that has changed is read again, and the question answered again; where that
        can't be, the quote says that it is out of date.

        Raises:
            IndexMissing: nothing is indexed yet.
            PassageIndexError: the index or a model can't be used.
        """
        with self._lock:
            self.refreshed()
            reply = self._reply(question)
            stale = proof.stale_files(reply, self._require_open().passages.store.stamp_of)
            if stale and self._read_again(stale):
                reply = self._reply(question)
                said = proof.looked_at_again(stale)
                reply = replace(reply, notices=(*reply.notices, *said))
                stale = proof.stale_files(reply, self._require_open().passages.store.stamp_of)
            faults = self._require_open().passages.store.known_faults()
            return proof.marked(replace(reply, notices=(*reply.notices, *faults)), stale)

    def _reply(self, question: Question) -> Reply:
        opened = self._require_open()
        searched = self.searched()
        if searched is None:
            raise RuntimeError("an open index can say what it holds")
        if self._models is None:
            self.load()
        if self._models is None:
            raise RuntimeError("load() leaves the models in place")
        from qa.answering.answerer import Answerer  # noqa: PLC0415 - the first frame needs none

        searcher = Searcher(opened.passages, self._models)
        reply = Answerer(searcher, top=self._settings.top).answer(question, searched)
        unsaid = (*self._models.notices, *opened.unsaid)
        self._models.notices = opened.unsaid = ()
        return replace(reply, notices=reply.notices + unsaid)

    def _read_again(self, stale: Mapping[proof.File, str]) -> bool:
        """Bring the index up to date with a few small files, and say whether that could be."""
        files = defaultdict(list)
        size = 0
        for root, path in stale:
            if Path(root).exists():
                files[Path(root)].append(path)
                size += _bytes_of(Path(root), path)
        if not files or size > MOST_BYTES or self._models is None:
            return False
        try:
            folder = self._require_open().folder
            reread(folder, files, encoder=self._models.encoder, places=self._places)
        except PassageIndexError:
            return False  # somebody else is writing, or nobody may
        self.refreshed()
        return True

    def refreshed(self) -> bool:
        """Open the index again if another process changed it, and say whether it did."""
        with self._lock:
            if self._opened is None or (mark := _mark(self._opened)) == self._opened.mark:
                return False
            if mark[0] == self._opened.mark[0]:
                self._opened.mark, self._opened.searched = mark, None
                if self._models is not None:
                    self.load()
                return True
            folder = self._opened.folder
            fresh = _open(folder)
            self._opened.passages.close()
            self._opened = fresh
            if self._models is not None:
                self.load()
            return True

    def index_folder(self, folder: Path, report: Report, is_cancelled: IsCancelled) -> IngestReport:
        """Index a folder, then answer from it; questions go on being answered meanwhile.

        Raises:
            PassageIndexError: it could not be indexed; the open index stays as it is.
        """
        (done,) = build(
            [folder],
            index_folder=None,
            options=BuildOptions(),
            report=report,
            is_cancelled=is_cancelled,
            places=self._places,
        )
        fresh = _open(index_folder_for(folder, places=self._places))
        with self._lock:
            if self._opened is not None:
                self._opened.passages.close()
            self._opened = fresh
            self.load()
        return done

    def roots(self) -> tuple[Path, ...]:
        """Give the folders and files that the open index was made of."""
        with self._lock:
            if self._opened is None:
                return ()
            return tuple(map(Path, self._opened.passages.store.roots()))

    def update(self, root: Path, report: Report, is_cancelled: IsCancelled) -> IngestReport:
        """Bring the open index up to date with one of its roots; questions are answered meanwhile.

        Raises:
            BadPath: the root is none of the open index's (any more).
            PassageIndexError: it could not be; the open index stays as it is.
        """
        with self._lock:
            folder = self._require_open().folder
            if root not in self.roots():
                raise BadPath(f"nothing that is searched was indexed from {root}")
            encoder = self._models.encoder if self._models else None
        done = update(
            root,
            folder,
            options=BuildOptions(encoder=encoder),
            report=report,
            is_cancelled=is_cancelled,
            places=self._places,
        )
        self.refreshed()
        return done

    def corpora(self) -> "tuple[Corpus, ...]":
        """Give every index that there is, by name."""
        from qa.library.places import corpora  # noqa: PLC0415 - seldom asked for

        return corpora(self._places)

    def switch(self, folder: Path) -> None:
        """Answer from another index from now on, which becomes the current one.

        Raises:
            PassageIndexError: it can't be opened; the present one stays.
        """
        fresh = _open(folder)
        with self._lock:
            before, self._opened = self._opened, fresh
            try:
                self.load()
            except PassageIndexError:
                self._opened = before
                fresh.passages.close()
                raise
            if before is not None:
                before.passages.close()
        make_current(folder, places=self._places)

    def article(self, name: str) -> Article:
        """Find an article by path, file name or unique part of its path.

        Raises:
            BadPath: none has that name, or several do.
        """
        with self._lock:
            found = self._require_open().passages.articles_named(name)
        if not found:
            raise BadPath(f"no article is called {name}; `qa status` lists what is indexed")
        if len(found) > 1:
            names = ", ".join(article.path for article in found[:5])
            raise BadPath(f"{len(found)} articles match {name}: {names}; give more of the path")
        return found[0]

    def articles(self) -> tuple[Article, ...]:
        """Give every article, by path."""
        with self._lock:
            return self._require_open().passages.articles()

    def status(self) -> Status:
        """Say what the index holds."""
        with self._lock:
            opened = self._require_open()
            return overview.status_of(opened.passages)

    def _require_open(self) -> _Opened:
        if self._opened is None:
            raise IndexMissing("nothing is indexed yet; run: qa index PATH")
        return self._opened


def _open(folder: Path) -> _Opened:
    passages = PassageIndex.open(folder)
    opened = _Opened(folder, passages, (0, 0, ()))
    opened.mark = _mark(opened)
    opened.unsaid = overview.outdated_in(passages)
    return opened


def _bytes_of(root: Path, path: str) -> int:
    try:
        return (root if root.is_file() else root / path).stat().st_size
    except OSError:
        return 0  # it is gone


def _mark(opened: _Opened) -> Mark:
    store = opened.passages.store
    return identity(opened.folder), store.generation(), store.unfinished()
