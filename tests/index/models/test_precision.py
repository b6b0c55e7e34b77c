"""Float32 or bfloat16: what is measured decides, and only where the vectors stay the same."""

import time

import numpy as np
import pytest
import torch

from index.models import precision
from index.models.encoder import TransformerEncoder
from index.models.sources import encoder_source

SLOW = True


class Model(torch.nn.Module):
    """A stand-in with one weight, from which its precision is told."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(4))


def is_quick(model: torch.nn.Module) -> bool:
    return next(model.parameters()).dtype == torch.bfloat16


def encoding(quick_s: float, plain_s: float, *, alike: bool = True):
    def encode(model, texts):
        time.sleep(quick_s if is_quick(model) else plain_s)
        row = [1.0, 0.0] if alike or is_quick(model) else [0.0, 1.0]
        return np.array([row] * len(texts), np.float32)

    return encode


@pytest.mark.parametrize(
    ("encode", "chosen"),
    [
        (encoding(0.001, 0.05), True),
        (encoding(0.05, 0.001), False),
        (encoding(0.02, 0.02), False),
        (encoding(0.001, 0.05, alike=False), False),
    ],
)
def test_bfloat16_is_taken_where_it_is_faster_and_gives_the_same(encode, chosen, monkeypatch):
    monkeypatch.setattr(precision, "TRIAL_SECONDS", 0.2)
    model = Model()
    assert is_quick(precision.quickest(model, encode)) == chosen
    assert not is_quick(model)


def test_vectors_stay_the_same_whatever_is_chosen(monkeypatch):
    texts = ["The old bridge was closed in 2019.", "Rain fell over the harbour all night. " * 9]
    encoder = TransformerEncoder(encoder_source(None))
    before = encoder.encode_passages(texts)
    monkeypatch.setattr(precision, "GAIN", 0.0)
    encoder.quicken()
    assert is_quick(encoder.model)
    after = encoder.encode_passages(texts)
    assert after.dtype == np.float32
    assert (before * after).sum(axis=1).min() > 0.999
