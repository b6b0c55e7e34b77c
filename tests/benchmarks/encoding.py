"""Passages a second: ours beside sentence-transformers as it comes, by turns in one run.

    python tests/benchmarks/encoding.py [--passages N] [--rounds N]

Passages of 86 words, made of the example articles. Prints medians, the ratio, and how near the
vectors are: the lowest cosine, and the mean overlap of the ten nearest over as many questions.
"""

import argparse
import random
import statistics
from collections.abc import Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

import seeds
from index.models.encoder import TransformerEncoder
from index.models.sources import encoder_source


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=192)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = passages(args.passages)
    plain, ours = TransformerEncoder(encoder_source(None)), TransformerEncoder(encoder_source(None))
    began = perf_counter()
    ours.quicken()
    print(f"{'precision measured and chosen':44} {perf_counter() - began:8.2f} s")
    rates: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(args.rounds):
        for name, encode in (("plain", plain.model.encode), ("ours", ours.encode_passages)):
            began = perf_counter()
            encode(texts)
            rates[name].append(len(texts) / (perf_counter() - began))
    told = {name: statistics.median(found) for name, found in rates.items()}
    ratio = statistics.median(o / p for o, p in zip(rates["ours"], rates["plain"], strict=True))
    print(f"{'sentence-transformers, float32':44} {told['plain']:8.1f} passages/s")
    print(f"{'ours':44} {told['ours']:8.1f} passages/s   ({ratio:.2f} times)")
    before, after = plain.encode_passages(texts), ours.encode_passages(texts)
    print(f"{'lowest cosine between the two':44} {(before * after).sum(axis=1).min():8.5f}")
    asked = plain.encode_queries(questions(texts))
    print(f"{'mean overlap of the ten nearest':44} {overlap(asked, before, after):8.3f}")


def passages(count: int) -> list[str]:
    """Draw runs of 86 words, each begun elsewhere."""
    words = " ".join(
        path.read_text(encoding="utf-8") for path in sorted(seeds.folder().glob("*.txt"))
    ).split()
    chance = random.Random(5)
    starts = [chance.randrange(len(words) - 86) for _ in range(count)]
    return [" ".join(words[start : start + 86]) for start in starts]


def questions(texts: Sequence[str]) -> list[str]:
    """Take seven words of each passage as a question."""
    return [" ".join(text.split()[20:27]) for text in texts]


def overlap(
    asked: NDArray[np.float32], one: NDArray[np.float32], other: NDArray[np.float32]
) -> float:
    """Share of the ten nearest that both have in common, 0 to 1."""
    first, second = (np.argsort(-(asked @ rows.T), axis=1)[:, :10] for rows in (one, other))
    return float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(first, second, strict=True)]))


if __name__ == "__main__":
    main()
