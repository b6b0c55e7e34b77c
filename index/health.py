"""Models and indexes -> are they whole? Reads everything, changes nothing."""

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.advice import command, rebuilding
from index.errors import ModelMissing, PassageIndexError, StorageFailed
from index.models.encoder import CompiledEncoder, compiled_folder
from index.models.reader import Reader
from index.models.sources import ENCODER, EncoderSource, encoder_source
from index.store.opening import open_store
from index.store.protocol import Fault, Store
from index.text.as_read import ToRead

Verdict = Literal["ok", "warning", "failed"]
Part = Literal["program", "model", "index", "disk", "terminal", "machine"]

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
        with closing(open_store(folder)) as store:
            faults = list(_faults(store))
            articles = store.counts().articles
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


def _faults(store: Store) -> Iterator[Fault]:
    yield from store.faults()
    yield from _model_faults(store)
    yield from _lesser_faults(store)


def _model_faults(store: Store) -> Iterator[Fault]:
    said, place = store.manifest(), store.place
    model, fingerprint = said.model, said.fingerprint
    advice = f"{rebuilding(place)} makes the index anew"
    if model is None or fingerprint is None:
        is_blank = not store.roots()
        says = "nothing was ever indexed into it" if is_blank else "it does not say its model"
        yield Fault(says, command(place) if is_blank else advice, is_grave=not is_blank)
    elif model != ENCODER.model:
        try:
            if encoder_source(model).fingerprint != fingerprint:
                yield Fault(f"{model} has other weights than it was made with", advice)
        except ModelMissing as error:
            yield Fault(str(error), f"fetch the model, or: {rebuilding(place)}")
    elif fingerprint != ENCODER.sha256:
        yield Fault(f"it was made with other weights of {model}", advice)


def _lesser_faults(store: Store) -> Iterator[Fault]:
    for one in store.unfinished():
        read = "no file counted yet"
        if one.files is not None and one.left is not None:
            read = f"{one.files - one.left:,} of {one.files:,} files read"
        state = "is being indexed now" if one.is_under_way else "was not indexed to the end"
        advice = "" if one.is_under_way else f"to go on: {one.command}"
        yield Fault(f"{one.root} {state} ({read})", advice, is_grave=False)
    for root in store.lost_roots():
        advice = f"{command(store.place, root)} reads them again"
        if not Path(root).exists():
            advice = f"index it again when it is back, or: qa rm {store.place.name} --path {root}"
        yield Fault(f"damage took articles of {root}", advice)
    for root in store.outdated():
        says = f"{root} was read by the rules of an older version"
        yield Fault(says, f"{command(store.place, root)} reads it again", is_grave=False)
    for root in store.roots():
        if root and not Path(root).exists():
            advice = f"qa rm {store.place.name} --path {root} drops what was read from there"
            yield Fault(f"{root} is not there now", advice, is_grave=False)


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
