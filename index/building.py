"""roots -> index: locks it, finds its encoder, compiles that for asking, and ingests."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index import derived
from index.asking import NOT_COMPILED
from index.compiler import CompileFailed, compile_encoder, is_compiled
from index.database import aside, restore
from index.encoder import CompiledEncoder, Encoder, TransformerEncoder, compiled_folder
from index.errors import IndexBroken, IndexBusy, IndexMissing, StorageFailed
from index.ingest import COMMIT_PASSAGES, Ingest, IsCancelled, Report
from index.models import EncoderSource, encoder_source
from index.passages import split
from index.readers.language import looks_english
from index.rows import from_column
from index.storage import Entry, FileStamp, Store
from index.types import Article, IngestReport, Passage, Progress

SMALL_BYTES = 1_000_000
"""Of articles, up to which the compiled encoder is done before torch is even imported."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How an index is made."""

    cache: Path
    """Folder for compiled encoders."""
    model: str | None = None
    """Name or folder of a sentence-transformers model; None for the index's own or the default."""
    allow_download: bool = False
    rebuild: bool = False
    """Throw away what is there, once the new index is whole."""
    include: tuple[str, ...] = ()
    """Patterns of relative paths; empty for all."""


class Builder:
    """Encodes for one build, with whatever gets there first."""

    def __init__(self, source: EncoderSource, options: BuildOptions, report: Report) -> None:
        self._source = source
        self._cache = options.cache
        self._report = report
        self._transformer: TransformerEncoder | None = None
        self.notices: tuple[str, ...] = ()

    def encoder(self, bytes_due: int) -> Encoder:
        """Give the encoder for about that many bytes of articles."""
        if bytes_due <= SMALL_BYTES and is_compiled(self._cache, self._source):
            self._say("loading the encoder")
            folder = compiled_folder(self._cache, self._source)
            return CompiledEncoder(folder, fingerprint=self._source.fingerprint)
        return self._load_transformer()

    def compile(self) -> None:
        """Make the compiled encoder if it isn't in the cache; a failure is a notice."""
        if is_compiled(self._cache, self._source):
            return
        transformer = self._load_transformer()
        self._say("compiling the encoder, once")
        try:
            compile_encoder(transformer, self._source, self._cache)
        except (CompileFailed, StorageFailed) as error:
            self.notices += (f"{NOT_COMPILED}: {error}",)

    def _load_transformer(self) -> TransformerEncoder:
        if self._transformer is None:
            self._say("loading sentence-transformers")
            self._transformer = TransformerEncoder(self._source)
        return self._transformer

    def _say(self, note: str) -> None:
        self._report(Progress("preparing", 0, 0, note))


def build(
    root: Path,
    folder: Path,
    options: BuildOptions,
    *,
    report: Report,
    is_cancelled: IsCancelled = lambda: False,
) -> IngestReport:
    """Bring the index in a folder up to date with one root.

    Raises:
        BadPath: the root isn't there.
        IndexBusy: another process is writing.
        IndexBroken: it is no index of ours, or was made with another model than the one asked for.
        ModelMissing: the encoder isn't on this machine.
        StorageFailed: the disk is full or may not be written.
    """
    started = time.monotonic()
    with _locked(folder):
        restore(folder)
        target = _draft_of(folder) if options.rebuild else folder
        roots = [*_roots_to_rebuild(folder, root), root] if options.rebuild else [root]
        store = Store.create(target)
        try:
            source = _source_for(store, options)
            builder = Builder(source, options, report)
            builder.compile()
            ingest = Ingest(store, builder.encoder, include=options.include)
            reports = [ingest.run(each, report=report, is_cancelled=is_cancelled) for each in roots]
        finally:
            store.close()
        if options.rebuild:
            _swap(target, folder)
    last = reports[-1]
    return replace(
        last,
        notices=last.notices + builder.notices,
        seconds=time.monotonic() - started,
    )


def build_articles(
    articles: Sequence[Article], folder: Path, options: BuildOptions, *, report: Report
) -> tuple[str, ...]:
    """Index articles that are in hand rather than in files, unless the folder is there already.

    The folder comes to be by one renaming, when all is in it: a process that is killed leaves none.

    Returns:
        One-sentence remarks for the person.

    Raises:
        IndexBusy: another process is writing it.
        ModelMissing: the encoder isn't on this machine.
        StorageFailed: the disk is full or may not be written.
    """
    if folder.exists():
        return ()
    with _locked(folder):
        if folder.exists():
            return ()
        draft = _draft_of(folder)
        store = Store.create(draft)
        try:
            builder = Builder(_source_for(store, options), options, report)
            builder.compile()
            encoder = builder.encoder(sum(len(article.text) for article in articles))
            add_articles(store, articles, encoder, report=report)
        finally:
            store.close()
        _swap(draft, folder)
    return builder.notices


def add_articles(
    store: Store, articles: Sequence[Article], encoder: Encoder, *, report: Report
) -> None:
    """Encode and commit articles under one root without a path, then make the FAISS file."""
    with store.transaction():
        root_id = store.root_id("")
    batch: list[tuple[Article, tuple[Passage, ...]]] = []
    for done, article in enumerate(articles):
        report(Progress("encoding", done, len(articles), article.title))
        passages = split(article)
        if passages:
            batch.append((article, passages))
        if sum(len(waiting) for _, waiting in batch) >= COMMIT_PASSAGES:
            _commit(store, root_id, batch, encoder)
            batch = []
    if batch:
        _commit(store, root_id, batch, encoder)
    report(Progress("saving", 0, 0))
    derived.rebuild(store)


def _commit(
    store: Store,
    root_id: int,
    batch: Sequence[tuple[Article, tuple[Passage, ...]]],
    encoder: Encoder,
) -> None:
    texts = [passage.with_title(article) for article, passages in batch for passage in passages]
    vectors = iter(encoder.encode_passages(texts))
    with store.transaction():
        generation = store.advance()
        for article, passages in batch:
            rows = np.stack([next(vectors) for _ in passages])
            entry = Entry(article, FileStamp(0, 0), passages, rows, looks_english(article.text))
            store.add(root_id, entry, generation)


def _source_for(store: Store, options: BuildOptions) -> EncoderSource:
    """Find the encoder, and hold the index to the one that it began with."""
    made_with = store.manifest("model")
    source = encoder_source(options.model or made_with, allow_download=options.allow_download)
    if made_with is None:
        with store.transaction():
            store.set_manifest("model", source.model)
            store.set_manifest("fingerprint", source.fingerprint)
    elif store.manifest("fingerprint") != source.fingerprint:
        raise IndexBroken(
            f"this index was made with {made_with}; "
            f"to use {source.model} run: qa index --rebuild --model {source.model} PATH"
        )
    return source


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Take the writer's lock, beside the folder so that a swap leaves it in place."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.parent / f".{folder.name}.lock", timeout=0).acquire()
    except Timeout as error:
        raise IndexBusy(
            f"another process is indexing into {folder}; try again when it is done"
        ) from error
    except OSError as error:
        raise StorageFailed(f"cannot write {folder.parent}: {error.strerror}") from error
    with lock:
        yield


def _draft_of(folder: Path) -> Path:
    draft = folder.parent / f".{folder.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    return draft


def _roots_to_rebuild(folder: Path, root: Path) -> Sequence[Path]:
    """Give the other roots of the index that is thrown away, as far as it can be read."""
    try:
        store = Store.open(folder)
    except (IndexMissing, IndexBroken, StorageFailed):
        return ()
    try:
        rows = store.connection.execute("SELECT path FROM roots ORDER BY id").fetchall()
    finally:
        store.close()
    others = [Path(from_column(path)) for (path,) in rows]
    return [other for other in others if other != root.expanduser().resolve() and other.exists()]


def _swap(draft: Path, folder: Path) -> None:
    """Put the new index in the place of the old one; `restore` mends a kill in between."""
    old = aside(folder)
    try:
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StorageFailed(f"cannot put the new index into {folder}: {error.strerror}") from error
