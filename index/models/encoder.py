"""text -> vector: sentence-transformers for building, the compiled encoder for asking.

Importing torch takes seconds, and a question takes milliseconds. So building exports the very
same weights to ONNX once (`index.models.compiler`), and asking runs that with onnxruntime alone.
Source: Reimers & Gurevych, EMNLP 2019.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing
from index.models.precision import quickest
from index.models.sessions import session
from index.models.silence import go_offline
from index.models.sources import EncoderSource
from index.seals import Seal, is_intact

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MANIFEST = "manifest.json"
"""Of a compiled encoder; written last, so that a folder without it is no encoder."""
SEALED = frozenset({"model.onnx", "tokenizer.json"})
"""Its files that must not have changed since."""


class Encoder(Protocol):
    """Texts to unit vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed queries: shape (len(texts), dim), unit rows."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: shape (len(texts), dim), unit rows."""


@dataclass(frozen=True, slots=True)
class CompiledManifest:
    """What a compiled encoder's folder says of itself."""

    fingerprint: str
    seals: tuple[tuple[str, Seal], ...]
    """Of the model's files, by name: the graph, and the weights that are mapped into memory."""
    inputs: tuple[str, ...]
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    lowest_cosine: float
    """To sentence-transformers, over the texts that the export was checked with."""


class CompiledEncoder:
    """The exported encoder, run by onnxruntime; imports no torch."""

    def __init__(self, folder: Path, *, fingerprint: str) -> None:
        """Load it.

        Raises:
            ModelMissing: it isn't there, is torn, or was compiled from other weights.
        """
        from tokenizers import Tokenizer

        self._manifest = read_manifest(folder, fingerprint=fingerprint)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._manifest.max_tokens)
        self._tokenizer.no_padding()
        self._session = session(folder / "model.onnx")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed queries: shape (len(texts), dim), unit rows."""
        return self._encode([self._manifest.query_prompt + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: shape (len(texts), dim), unit rows."""
        return self._encode([self._manifest.passage_prompt + text for text in texts])

    def _encode(self, texts: list[str], batch: int = 16) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        by_length = sorted(range(len(texts)), key=lambda row: len(encodings[row].ids))
        rows: dict[int, Vectors] = {}
        for first in range(0, len(by_length), batch):
            chosen = by_length[first : first + batch]
            vectors = self._run([encodings[row] for row in chosen])
            rows.update(zip(chosen, vectors, strict=True))
        return unit_rows(np.stack([rows[row] for row in range(len(texts))]))

    def _run(self, encodings: list[Any]) -> Vectors:
        feeds = padded(encodings)
        wanted = {name: feeds[name] for name in self._manifest.inputs}
        vectors: Vectors = self._session.run(None, wanted)[0]
        return vectors


class TransformerEncoder:
    """sentence-transformers itself; slow to import, fast at many texts."""

    def __init__(self, source: EncoderSource) -> None:
        self.model = load_transformer(source)

    def quicken(self) -> None:
        """Go over to the precision that is fastest here; finding it takes a moment."""
        self.model = quickest(self.model, _passages)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed queries with the model's own query prompt."""
        rows = self.model.encode_query(list(texts), show_progress_bar=False, convert_to_tensor=True)
        return unit_rows(rows.float().cpu().numpy())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages with the model's own document prompt."""
        return _passages(self.model, texts)


def _passages(model: "SentenceTransformer", texts: Sequence[str]) -> Vectors:
    rows = model.encode_document(list(texts), show_progress_bar=False, convert_to_tensor=True)
    return unit_rows(rows.float().cpu().numpy())


def load_transformer(source: EncoderSource) -> "SentenceTransformer":
    """Load the model with sentence-transformers, off the network.

    Raises:
        ModelMissing: the folder holds nothing that loads.
    """
    go_offline()
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs has no types
    try:
        model = SentenceTransformer(str(source.folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(f"{source.folder} does not load as an encoder: {error}") from error
    model.eval()
    return model


def compiled_folder(cache: Path, source: EncoderSource) -> Path:
    """Say where the compiled encoder of these weights is kept."""
    return cache / "encoders" / source.fingerprint[:24]


def read_manifest(folder: Path, *, fingerprint: str) -> CompiledManifest:
    """Read what a compiled encoder says of itself, and check its file.

    Raises:
        ModelMissing: it isn't there, is torn, or was compiled from other weights.
    """
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        seals = tuple((name, Seal(**seal)) for name, seal in fields["seals"])
        manifest = CompiledManifest(**{**fields, "inputs": tuple(fields["inputs"]), "seals": seals})
        is_whole = dict(seals).keys() >= SEALED and all(
            is_intact(folder / name, seal) for name, seal in seals
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelMissing(f"no compiled encoder in {folder}") from error
    if manifest.fingerprint != fingerprint or not is_whole:
        raise ModelMissing(f"the compiled encoder in {folder} is torn or of other weights")
    return manifest


def padded(encodings: Sequence[Any]) -> dict[str, NDArray[np.int64]]:
    """Lay encodings of the tokenizers library into rectangles, one a model input."""
    shape = (len(encodings), max(len(encoding.ids) for encoding in encodings))
    feeds = {
        name: np.zeros(shape, np.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    for row, encoding in enumerate(encodings):
        width = len(encoding.ids)
        feeds["input_ids"][row, :width] = encoding.ids
        feeds["attention_mask"][row, :width] = 1
        feeds["token_type_ids"][row, :width] = encoding.type_ids
    return feeds


def unit_rows(vectors: NDArray[Any]) -> Vectors:
    """Scale each row to length 1, so that an inner product is a cosine; zero rows stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
