"""sentence-transformers encoder -> ONNX file, checked for equality, in the cache folder."""

import json
import logging
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelMissing, StorageFailed
from index.models.encoder import (
    MANIFEST,
    CompiledEncoder,
    CompiledManifest,
    TransformerEncoder,
    compiled_folder,
    read_manifest,
)
from index.models.sources import EncoderSource
from index.seals import sealed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LEAST_COSINE = 0.9999
"""Between compiled and original vectors, below which the export is thrown away."""
DRAFT_S = 3600.0
"""After which nobody can still be making one."""

_PROBES = (
    "Who said it?",
    "How many ships left the harbour on 3 May, and where did they go?",
    "The committee met twice. " * 20,
    "“Curly quotes”, naïve accents, 1,234.5 and $9 — all in one line.",
    "a",
)


class CompileFailed(Exception):
    """The model can't be exported, or its export gives other vectors; the reason is the text."""


def is_compiled(cache: Path, source: EncoderSource) -> bool:
    """Say whether a whole compiled encoder of these weights is in the cache."""
    try:
        read_manifest(compiled_folder(cache, source), fingerprint=source.fingerprint)
    except ModelMissing:
        return False
    return True


def compile_encoder(encoder: TransformerEncoder, source: EncoderSource, cache: Path) -> Path:
    """Export the encoder once, check it against the original, and keep it.

    Raises:
        CompileFailed: the export fails, or a probe's cosine is below LEAST_COSINE.
        StorageFailed: the cache can't be written.
    """
    folder = compiled_folder(cache, source)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_drafts(folder.parent)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    except OSError as error:
        raise StorageFailed(f"cannot write the cache folder {cache}: {error.strerror}") from error
    try:
        _write(draft, encoder, source)
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    except OSError as error:
        raise StorageFailed(f"cannot write the cache folder {cache}: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _clear_drafts(parent: Path) -> None:
    """Throw away what processes left that were killed here; a young one may still be at work."""
    for draft in parent.glob(".draft-*"):
        if time.time() - draft.stat().st_mtime > DRAFT_S:
            shutil.rmtree(draft, ignore_errors=True)


def _write(draft: Path, encoder: TransformerEncoder, source: EncoderSource) -> None:
    model = encoder.model
    inputs = _export(model, draft / "model.onnx")
    model.tokenizer.save_pretrained(str(draft))
    if not (draft / "tokenizer.json").is_file():
        raise CompileFailed("the model has no fast tokenizer")
    prompts = model.prompts or {}
    read_by_asking = [*sorted(draft.glob("model.onnx*")), draft / "tokenizer.json"]
    manifest = CompiledManifest(
        fingerprint=source.fingerprint,
        seals=tuple((file.name, sealed(file)) for file in read_by_asking),
        inputs=inputs,
        max_tokens=int(model.max_seq_length or 512),
        query_prompt=prompts.get("query", "") or "",
        passage_prompt=prompts.get("document", "") or prompts.get("passage", "") or "",
        lowest_cosine=1.0,
    )
    _save(draft, manifest)
    cosine = _lowest_cosine(CompiledEncoder(draft, fingerprint=source.fingerprint), encoder)
    if cosine < LEAST_COSINE:
        raise CompileFailed(f"its vectors differ from the original's (cosine {cosine:.5f})")
    _save(draft, replace(manifest, lowest_cosine=round(cosine, 7)))


def _save(draft: Path, manifest: CompiledManifest) -> None:
    (draft / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")


def _lowest_cosine(compiled: CompiledEncoder, original: TransformerEncoder) -> float:
    pairs = (
        (compiled.encode_queries(_PROBES), original.encode_queries(_PROBES)),
        (compiled.encode_passages(_PROBES), original.encode_passages(_PROBES)),
    )
    return min(float((ours * theirs).sum(axis=1).min()) for ours, theirs in pairs)


def _export(model: "SentenceTransformer", path: Path) -> tuple[str, ...]:
    """Write the whole model, pooling included, as one ONNX file; give its inputs' names."""
    import torch

    features = model.preprocess(["a probe", "another probe, a little longer than the first"])
    tensors = {name: value for name, value in features.items() if isinstance(value, torch.Tensor)}
    names = tuple(tensors)

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: Any) -> Any:
            return self.model(dict(zip(names, inputs, strict=True)))["sentence_embedding"]

    rows = torch.export.Dim("rows", min=1, max=4096)
    tokens = torch.export.Dim("tokens", min=2, max=int(model.max_seq_length or 512))
    try:
        with _quiet():
            program = torch.onnx.export(
                Whole().eval(),
                tuple(tensors.values()),
                dynamo=True,
                input_names=list(names),
                output_names=["sentence_vector"],
                dynamic_shapes={"inputs": tuple({0: rows, 1: tokens} for _ in names)},
                verbose=False,
            )
            if program is None:
                raise CompileFailed("the exporter gave nothing")
            program.save(str(path), external_data=True)  # mapped, not read, when asking
    except (torch.onnx.errors.OnnxExporterError, RuntimeError, ValueError, TypeError) as error:
        raise CompileFailed(str(error).splitlines()[0]) from error
    return names


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporter's chatter off the user's terminal."""
    loggers = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
