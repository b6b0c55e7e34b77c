"""One index opened for asking, by any thread."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import seeds
from index.errors import BadPath, IndexBroken, IndexMissing
from index.search import PassageIndex
from index.types import Article, IngestReport, Progress
from qa.places import Places, index_folder_for, make_current
from qa.searcher import Models, Searcher
from qa.types import Question, Reply, Searched, Status

if TYPE_CHECKING:
    pass

Report = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Settings:
    """How replies are made."""

    top: int = 5
    """Quotes in an answer, at most."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How an index is made."""

    model: str | None = None
    """Name or folder of a sentence-transformers model; None for the index's own or the default."""
    allow_download: bool = False
    rebuild: bool = False


def build(
    paths: Sequence[Path],
    *,
    index_folder: Path | None,
    options: BuildOptions,
    report: Report,
    is_cancelled: IsCancelled = lambda: False,
    places: Places,
) -> list[IngestReport]:
    """Index paths: each on its own, or all of them in `index_folder`; the last one is current.

    Raises:
        PassageIndexError: what went wrong with the first path that failed.
    """
    from index import building  # noqa: PLC0415 - asking needs no readers

    reports = []
    for path in paths:
        folder = index_folder or index_folder_for(path, places=places)
        _require(path)
        is_example = path.expanduser().resolve() == seeds.folder().resolve()
        settings = building.BuildOptions(
            cache=places.cache,
            model=options.model,
            allow_download=options.allow_download,
            rebuild=options.rebuild,
            include=("*.txt",) if is_example else (),
        )
        reports.append(
            building.build(path, folder, settings, report=report, is_cancelled=is_cancelled)
        )
        make_current(folder, places=places)
    return reports


def _require(path: Path) -> None:
    if not path.expanduser().exists():
        raise BadPath(f"{path} is not there; nothing that was indexed from it is dropped")


@dataclass(slots=True)
class _Opened:
    """An index as it was when it was opened."""

    folder: Path
    passages: PassageIndex
    mark: tuple[int, int]
    """Inode and generation: another one means that somebody wrote."""


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
            made_with = _made_with(opened.passages)
            if self._models is not None and self._models.made_with == made_with:
                opened.passages.load()
                return
            from index import asking  # noqa: PLC0415 - opening needs no models
            from index.reranker import CrossEncoder  # noqa: PLC0415

            announce("loading the reranker…")
            with ThreadPoolExecutor(1) as pool:
                reranker = pool.submit(CrossEncoder, cache=self._places.cache)
                encoder, notice = asking.query_encoder(*made_with, self._places.cache, announce)
                opened.passages.load()
                announce("loading the reranker…")
                self._models = Models(
                    encoder, reranker.result(), made_with, (notice,) if notice else ()
                )

    def searched(self) -> Searched | None:
        """Say what is searched; None while nothing is indexed."""
        with self._lock:
            if self._opened is None:
                return None
            passages = self._opened.passages
            counts = passages.counts()
            return Searched(
                root=", ".join(passages.lookup.roots()),
                articles=counts.articles,
                passages=counts.passages,
                skipped=counts.skipped,
            )

    def answer(self, question: Question) -> Reply:
        """Answer from the index as it is now.

        Raises:
            IndexMissing: nothing is indexed yet.
            PassageIndexError: the index or a model can't be used.
        """
        with self._lock:
            self.refreshed()
            opened = self._require_open()
            searched = self.searched()
            if searched is None:
                raise RuntimeError("an open index can say what it holds")
            if self._models is None:
                self.load()
            if self._models is None:
                raise RuntimeError("load() leaves the models in place")
            from qa.answerer import Answerer  # noqa: PLC0415 - the first frame needs none

            searcher = Searcher(opened.passages, self._models)
            reply = Answerer(searcher, top=self._settings.top).answer(question, searched)
            unsaid, self._models.notices = self._models.notices, ()
            return replace(reply, notices=reply.notices + unsaid)

    def refreshed(self) -> bool:
        """Open the index again if another process changed it, and say whether it did."""
        with self._lock:
            if self._opened is None or _mark(self._opened) == self._opened.mark:
                return False
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

    def status(self) -> Status:
        """Say what the index holds."""
        with self._lock:
            opened = self._require_open()
            lookup, counts = opened.passages.lookup, opened.passages.counts()
            return Status(
                folder=str(opened.folder),
                roots=lookup.roots(),
                articles=counts.articles,
                passages=counts.passages,
                model=opened.passages.manifest("model") or "",
                indexed_at=opened.passages.manifest("indexed_at") or "",
                bytes_on_disk=sum(p.stat().st_size for p in opened.folder.iterdir()),
                encodings=lookup.encodings(),
                recoded=lookup.recoded(),
                omitted_lines=lookup.omitted(),
                skipped=lookup.skipped(),
                other_languages=lookup.other_languages(),
            )

    def _require_open(self) -> _Opened:
        if self._opened is None:
            raise IndexMissing("nothing is indexed yet; run: qa index PATH")
        return self._opened


def _open(folder: Path) -> _Opened:
    passages = PassageIndex(folder)
    opened = _Opened(folder, passages, (0, 0))
    opened.mark = _mark(opened)
    return opened


def _mark(opened: _Opened) -> tuple[int, int]:
    try:
        inode = (opened.folder / "index.sqlite3").stat().st_ino
    except FileNotFoundError as error:
        raise IndexMissing(f"the index in {opened.folder} is gone; run: qa index PATH") from error
    return inode, opened.passages.generation()


def _made_with(passages: PassageIndex) -> tuple[str, str]:
    model, fingerprint = passages.manifest("model"), passages.manifest("fingerprint")
    if model is None or fingerprint is None:
        raise IndexBroken(f"{passages.folder} doesn't say its model; run: qa index --rebuild PATH")
    return model, fingerprint
