"""Which precision encodes fastest here? Found by measuring for half a second.

Processors with matrix units for bfloat16 encode two to four times as fast with it, others many
times slower; and no list of processors is ever complete.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TRIAL_SECONDS = 0.5
GAIN = 1.2
"""Times as fast as float32 that bfloat16 must be."""
LEAST_COSINE = 0.999
"""Between the vectors of both, below which float32 stays."""

TRIALS = (
    "The committee met twice in the spring, and each time it put the decision off. " * 5,
    "How many ships left the harbour on 3 May, and where did they go?",
    "Prices rose by 4.1 per cent, said the office, the steepest rise in eleven years. " * 3,
    "“We have seen it before,” she said. “Nobody believed us then, and nobody does now.” " * 4,
) * 2

Encode = Callable[["SentenceTransformer", Sequence[str]], NDArray[np.float32]]


def quickest(model: "SentenceTransformer", encode: Encode) -> "SentenceTransformer":
    """Give the model in the precision in which it encodes fastest, if as well as in float32.

    Args:
        model: In float32; stays as it is.
        encode: What it is used for, giving unit rows.
    """
    import torch

    quick = deepcopy(model).to(torch.bfloat16)
    cosines = (encode(model, TRIALS) * encode(quick, TRIALS)).sum(axis=1)
    if float(cosines.min()) < LEAST_COSINE:
        return model
    plain_s, quick_s = _raced(partial(encode, model, TRIALS), partial(encode, quick, TRIALS))
    return quick if plain_s >= GAIN * quick_s else model


def _raced(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the quickest attempt of each, by turns, since other work comes and goes."""
    best = [float("inf"), float("inf")]
    end = perf_counter() + TRIAL_SECONDS
    while perf_counter() < end:
        for place, work in enumerate((one, other)):
            began = perf_counter()
            work()
            best[place] = min(best[place], perf_counter() - began)
    return best[0], best[1]
