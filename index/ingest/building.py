"""roots -> index: locks it, finds its encoder, compiles that for asking, and ingests."""

import shlex
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.advice import command, rebuilding
from index.errors import BadPath, IndexBroken, IndexDamaged, StorageFailed
from index.ingest.batches import Report
from index.ingest.run import Control, Ingest, IsCancelled
from index.models.compiler import CompileFailed, compile_encoder, is_compiled
from index.models.encoder import CompiledEncoder, Encoder, TransformerEncoder, compiled_folder
from index.models.sources import EncoderSource, encoder_source
from index.rules import Rules
from index.store.opening import draft_of, known_roots, locked, open_store, salvage, swap, writing
from index.store.writer import Writer
from index.types import IngestReport, Progress

NOT_COMPILED = (
    "the encoder could not be compiled, so questions are slow to start "
    "(they load sentence-transformers)"
)
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
    rules: Rules | None = None
    """Which files are read, and how; None for what held before."""
    encoder: Encoder | None = None
    """One that is loaded already: encodes what is small, so that nothing has to be loaded."""


class Builder:
    """Encodes for one build, with whatever gets there first."""

    def __init__(self, source: EncoderSource, options: BuildOptions, report: Report) -> None:
        self._source = source
        self._cache = options.cache
        self._loaded = options.encoder
        self._report = report
        self._transformer: TransformerEncoder | None = None
        self.notices: tuple[str, ...] = ()

    def encoder(self, bytes_due: int) -> Encoder:
        """Give the encoder for about that many bytes of articles."""
        if bytes_due <= SMALL_BYTES and self._loaded is not None:
            return self._loaded
        if bytes_due <= SMALL_BYTES and is_compiled(self._cache, self._source):
            self._say("loading the encoder")
            folder = compiled_folder(self._cache, self._source)
            return CompiledEncoder(folder, fingerprint=self._source.fingerprint)
        transformer = self._load_transformer()
        if bytes_due > SMALL_BYTES:
            self._say("measuring which precision is fastest")
            transformer.quicken()
        return transformer

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
    control = Control(report, is_cancelled)
    with locked(folder):
        if options.rebuild:
            done = _rebuild(root, folder, options, control)
        else:
            done = _refresh(root, folder, options, control)
    return replace(done, seconds=time.monotonic() - started)


def _refresh(root: Path, folder: Path, options: BuildOptions, control: Control) -> IngestReport:
    """Bring an index up to date; one that turns out to be damaged is mended first."""
    try:
        return _bring(folder, [(root, options.rules)], options, control)
    except IndexDamaged:
        mended = mend(folder, control.report)
    done = _bring(folder, [(root, options.rules)], options, control)
    return replace(done, notices=(mended, *done.notices))


def _rebuild(root: Path, folder: Path, options: BuildOptions, control: Control) -> IngestReport:
    """Make the index anew beside the old one, which goes once the new one is whole."""
    known = known_roots(folder)
    others = [(other, rules) for other, rules in known if other != _resolved(root)]
    mine = next((rules for other, rules in known if other == _resolved(root)), None)
    gone = [other for other, _ in others if not other.exists()]
    roots = [(other, rules) for other, rules in others if other not in gone]
    draft = draft_of(folder)
    try:
        done = _bring(draft, [*roots, (root, options.rules or mine)], options, control)
        if _is_whole(draft):
            swap(draft, folder)
            notices = tuple(f"{other} is not there, so nothing of it is indexed" for other in gone)
        else:
            notices = ("the index is as it was before; the new one was thrown away",)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return replace(done, notices=(*done.notices, *notices))


def _bring(
    folder: Path,
    roots: Sequence[tuple[Path, Rules | None]],
    options: BuildOptions,
    control: Control,
) -> IngestReport:
    """Bring an index up to date with roots, and with those that damage took something of."""
    with writing(folder) as writer:
        writer.look_through()
        source = source_for(writer, options)
        everything = [*lost(writer, apart_from=roots), *roots]
        again = [root for root in writer.outdated() if _is_among(root, everything)]
        _begin(writer, everything)
        builder = Builder(source, options, control.report)
        builder.compile()
        for root, rules in everything:
            done = Ingest(writer, builder.encoder, rules=rules).run(
                root, report=control.report, is_cancelled=control.is_cancelled
            )
        notices = (*done.notices, *builder.notices, *map(_read_again, again), *still_lost(writer))
    return replace(done, notices=notices)


def _is_among(root: str, roots: Sequence[tuple[Path, Rules | None]]) -> bool:
    return any(root == str(_resolved(path)) for path, _ in roots)


def _read_again(root: str) -> str:
    return f"all files of {root} were due, since an older version had read them by other rules"


def _begin(writer: Writer, roots: Sequence[tuple[Path, Rules | None]]) -> None:
    """Note what is to be done before the first of it, which may take long, is done."""
    there = [(root, rules) for root, rules in roots if root.expanduser().exists()]
    writer.begin({str(_resolved(root)): rules for root, rules in there})


def lost(
    writer: Writer, *, apart_from: Sequence[tuple[Path, Rules | None]] = ()
) -> list[tuple[Path, None]]:
    """Give the roots that damage took something of and that are there."""
    known = {str(_resolved(root)) for root, _ in apart_from}
    return [
        (Path(root), None)
        for root in writer.lost_roots()
        if root not in known and Path(root).exists()
    ]


def still_lost(writer: Writer) -> tuple[str, ...]:
    """Say of which roots something stays lost, since they are not there."""
    return tuple(
        f"{root} is not there now, so what damage took of its articles stays lost; "
        "index it again when it is back"
        for root in writer.lost_roots()
    )


def _is_whole(folder: Path) -> bool:
    with closing(open_store(folder)) as store:
        return not store.unfinished()


def mend(folder: Path, report: Report, *, must_know_roots: bool = False) -> str:
    """Put what is whole of a damaged index in its place, and say how much that is.

    Raises:
        IndexBroken: `must_know_roots`, and they can't be known.
        StorageFailed: the disk is full or may not be written; the damaged index stays.
    """
    report(Progress("preparing", 0, 0, "saving what is whole of a damaged index"))
    draft = draft_of(folder)
    saved = salvage(folder, draft)
    if must_know_roots and not saved.roots:
        shutil.rmtree(draft, ignore_errors=True)
        raise IndexBroken(
            f"nothing of the index in {folder} can be read, not even which folders it was made of; "
            f"run: {rebuilding(folder)}"
        )
    swap(draft, folder)
    return saved.in_words


def reread(folder: Path, files: Mapping[Path, Collection[str]], options: BuildOptions) -> None:
    """Bring some files of an index up to date, by root and path under it; for answering.

    Raises:
        BadPath: a root isn't there; nothing of it is dropped.
        IndexBusy: another process is writing.
        StorageFailed: the disk is full or may not be written.
    """

    def silent(_: Progress) -> None:
        """Nobody waits for so few files."""

    with locked(folder), writing(folder) as writer:
        builder = Builder(source_for(writer, options), options, silent)
        ingest = Ingest(writer, builder.encoder)
        for root, paths in files.items():
            ingest.reread(root, paths, control=Control(silent, lambda: False))


def forget_root(folder: Path, root: Path) -> int:
    """Drop all that was indexed from a root, whether it is still there or not.

    Returns:
        How many articles that were.

    Raises:
        BadPath: nothing was indexed from there.
        IndexBusy: another process is writing.
    """
    with locked(folder), writing(folder) as writer:
        if str(_resolved(root)) not in writer.roots():
            raise BadPath(f"nothing in {folder} was indexed from {root}")
        return writer.forget(str(_resolved(root)))


def source_for(writer: Writer, options: BuildOptions) -> EncoderSource:
    """Find the encoder, and hold the index to the one that it began with."""
    said = writer.manifest()
    source = encoder_source(options.model or said.model, allow_download=options.allow_download)
    if said.model is None:
        writer.describe(model=source.model, fingerprint=source.fingerprint)
    elif said.fingerprint != source.fingerprint:
        anew = f"--rebuild --model {shlex.quote(source.model)}"
        raise IndexBroken(
            f"this index was made with {said.model}; "
            f"to use {source.model} run: {command(writer.place, options=anew)}"
        )
    return source


def _resolved(root: Path) -> Path:
    return root.expanduser().resolve()
