"""What encodes questions for an index: the compiled encoder, or the slow way and a remark."""

from collections.abc import Callable
from pathlib import Path

from index.errors import ModelMissing
from index.models.encoder import CompiledEncoder, TransformerEncoder, compiled_folder
from index.models.sources import EncoderSource, encoder_source

SLOW_TO_START = (
    "so questions are slow to start (they load sentence-transformers); "
    "`qa index PATH` makes it anew, or says why it can't"
)
"""Follows what is the matter with the compiled encoder."""


def query_encoder(
    model: str, fingerprint: str, cache: Path, announce: Callable[[str], None]
) -> tuple[CompiledEncoder | TransformerEncoder, str | None]:
    """Load what encodes questions for an index, and a notice if it is the slow way.

    Raises:
        ModelMissing: the model that made the index is gone, or has other weights now.
    """
    announce("loading the encoder…")
    quick = EncoderSource(model, Path(), fingerprint)
    try:
        return CompiledEncoder(compiled_folder(cache, quick), fingerprint=fingerprint), None
    except ModelMissing as error:
        notice = f"{error}, {SLOW_TO_START}"
    source = encoder_source(model)
    if source.fingerprint != fingerprint:
        raise ModelMissing(
            f"{model} has other weights than the index; run: qa index --rebuild PATH"
        )
    announce("loading sentence-transformers…")
    return TransformerEncoder(source), notice
