"""Models and indexes -> are they whole? Reads everything, changes nothing."""

import math
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import holdings, ledger, runs, soundness
from index.advice import command, rebuilding
from index.as_read import ToRead
from index.database import translated
from index.encoder import CompiledEncoder, compiled_folder
from index.errors import ModelMissing, PassageIndexError, StorageFailed
from index.models.reader import Reader
from index.models.sources import ENCODER, EncoderSource, encoder_source
from index.records import vector_record, word_record
from index.seals import is_intact, is_intact_folder
from index.storage import Store

Verdict = Literal["ok", "warning", "failed"]
Part = Literal["program", "model", "index", "disk", "terminal", "machine"]

MOST_SECONDS = 4.0
"""For one database; what was not looked at by then is said to be."""
_ALL = sys.maxsize
"""Bytes: however large a file is, all of it is compared."""
_LEAST_COSINE = 0.9999
_QUESTION = "When was the bridge closed?"
_ANSWER = "The old bridge was closed to traffic on 3 May."
_OTHER = "Bake the bread until its crust is brown."
_ENGINE_FAULTS = (ImportError, OSError, RuntimeError, ValueError)
"""What onnxruntime and tokenizers raise where their libraries or files don't fit together."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that answers depend on."""

    name: str
    verdict: Verdict
    says: str
    """One sentence, without a full stop."""
    advice: str = ""
    """What to do; empty where nothing has to be done."""
    part: Part = "program"


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something wrong with an index."""

    says: str
    advice: str
    is_grave: bool = True
    """Answers may be wrong or fail; otherwise they are only slower or fewer."""


def check_models(cache: Path, model: str | None) -> Iterator[Check]:
    """Check that encoder and reader are the tested ones, and do what they should."""
    try:
        source = encoder_source(model)
    except ModelMissing as error:
        yield refused("encoder", error, "model")
    else:
        yield Check("encoder", "ok", f"{source.model} has the right weights", part="model")
        yield _check_compiled(cache, source)
    yield _check_reader()


def _check_compiled(cache: Path, source: EncoderSource) -> Check:
    name = "compiled encoder"
    folder = compiled_folder(cache, source)
    if not folder.exists():
        return Check(name, "warning", "not made yet", "qa index PATH makes it", "model")
    try:
        encoder = CompiledEncoder(folder, fingerprint=source.fingerprint)
        together = encoder.encode_passages([_ANSWER, _QUESTION, _OTHER])
        alone = encoder.encode_passages([_ANSWER])[0]
    except ModelMissing as error:
        return Check(name, "warning", str(error), "qa index PATH makes it anew", "model")
    except _ENGINE_FAULTS as error:
        advice = f"delete {folder}; qa index PATH makes it anew"
        return Check(name, "failed", f"it does not run ({_line(error)})", advice, "model")
    same, near, far = (float(cosine) for cosine in together @ alone)
    if same < _LEAST_COSINE or not near > far:
        advice = f"delete {folder}, and run: pip install --force-reinstall onnxruntime"
        return Check(name, "failed", "a sentence gets other vectors each time", advice, "model")
    return Check(name, "ok", "whole, and a sentence has the same vector each time", part="model")


def _check_reader() -> Check:
    name, again = "reader", "run: pip install --force-reinstall onnxruntime tokenizers"
    try:
        answering, other = Reader().read(_QUESTION, [ToRead("", _ANSWER), ToRead("", _OTHER)])
    except ModelMissing as error:
        return refused(name, error, "model")
    except _ENGINE_FAULTS as error:
        return Check(name, "failed", f"it does not run ({_line(error)})", again, "model")
    if not math.isfinite(answering.answers) or answering.answers <= other.answers:
        return Check(name, "failed", "prefers what does not answer", again, "model")
    says = "the right weights, and it tells an answer from another sentence"
    return Check(name, "ok", says, part="model")


def check_index(folder: Path, name: str) -> Check:
    """Check that an index opens, that its database is sound and that its parts agree."""
    try:
        with closing(Store.open(folder)) as store, translated(folder):
            faults = list(_faults(store))
            articles = holdings.counts(store).articles
    except StorageFailed as error:
        return refused(name, error, "disk")
    except PassageIndexError as error:
        return refused(name, error, "index")
    if not faults:
        return Check(name, "ok", f"sound; articles: {articles:,}", part="index")
    grave = [fault for fault in faults if fault.is_grave]
    worst = (grave or faults)[0]
    says = "; ".join(fault.says for fault in faults)
    return Check(name, "failed" if grave else "warning", says, worst.advice, "index")


def refused(name: str, error: PassageIndexError, part: Part) -> Check:
    """Make a failed check of an error; what its message advises stands after a semicolon."""
    says, _, advice = str(error).partition("; ")
    return Check(name, "failed", says, advice, part)


def _faults(store: Store) -> Iterator[_Fault]:
    try:
        with _limited(store.connection):
            yield from _damage(store)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        says = f"too big to be looked through in {MOST_SECONDS:.0f} seconds"
        yield _Fault(says, "", is_grave=False)
    yield from _model_faults(store)
    yield from _lesser_faults(store)


def _damage(store: Store) -> Iterator[_Fault]:
    advice = "qa doctor --repair saves what is whole and reads the rest again"
    fault = store.fault()
    if fault is not None:
        yield _Fault(fault, advice)
    for says in soundness.faults(store.connection):
        yield _Fault(says, advice)


def _model_faults(store: Store) -> Iterator[_Fault]:
    model, fingerprint = store.manifest("model"), store.manifest("fingerprint")
    advice = f"{rebuilding(store.folder)} makes the index anew"
    if model is None or fingerprint is None:
        is_blank = not holdings.roots(store)
        says = "nothing was ever indexed into it" if is_blank else "it does not say its model"
        yield _Fault(says, command(store.folder) if is_blank else advice, is_grave=not is_blank)
    elif model != ENCODER.model:
        try:
            if encoder_source(model).fingerprint != fingerprint:
                yield _Fault(f"{model} has other weights than it was made with", advice)
        except ModelMissing as error:
            yield _Fault(str(error), f"fetch the model, or: {rebuilding(store.folder)}")
    elif fingerprint != ENCODER.sha256:
        yield _Fault(f"it was made with other weights of {model}", advice)


def _lesser_faults(store: Store) -> Iterator[_Fault]:
    for one in runs.unfinished(store):
        read = "no file counted yet"
        if one.files is not None and one.left is not None:
            read = f"{one.files - one.left:,} of {one.files:,} files read"
        state = "is being indexed now" if one.is_under_way else "was not indexed to the end"
        advice = "" if one.is_under_way else f"to go on: {one.command}"
        yield _Fault(f"{one.root} {state} ({read})", advice, is_grave=False)
    for root in holdings.lost_roots(store):
        advice = f"{command(store.folder, root)} reads them again"
        if not Path(root).exists():
            advice = f"index it again when it is back, or: qa rm {store.folder.name} --path {root}"
        yield _Fault(f"damage took articles of {root}", advice)
    yield from _derived_faults(store)
    for root in holdings.roots(store):
        if root and not Path(root).exists():
            advice = f"qa rm {store.folder.name} --path {root} drops what was read from there"
            yield _Fault(f"{root} is not there now", advice, is_grave=False)


def _derived_faults(store: Store) -> Iterator[_Fault]:
    anew = f"{command(store.folder)} makes it anew"
    vectors, words = vector_record(store), word_record(store)
    if vectors and not is_intact(store.folder / vectors.file, vectors.seal, whole_up_to=_ALL):
        says = "its FAISS file is missing or torn, so that asking starts more slowly"
        yield _Fault(says, anew, is_grave=False)
    if words and not is_intact_folder(store.folder / words.folder, words.seals, whole_up_to=_ALL):
        says = "its word index is missing or torn, so that words are looked up more slowly"
        yield _Fault(says, anew, is_grave=False)
    if ledger.read(store.folder) is None:
        says = f"{ledger.LEDGER} is missing or torn, so that lost commits would not be missed"
        yield _Fault(says, anew, is_grave=False)


@contextmanager
def _limited(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop what the database does after MOST_SECONDS, with an OperationalError."""
    end = time.monotonic() + MOST_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
