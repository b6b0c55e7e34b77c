"""Weigh what ranks quotes: relevance, answerability, what is held, and the sentences by themselves.

    python tests/benchmarks/weigh_quotes.py DATA WORK [--limit N]

Tries every combination of a few weights on the questions that `gathering.py` gives, and prints the
best by the share of questions whose first quote is right, averaged over the sets; and, in two folds
by article, what weights chosen on one half give on the other. The differences are small: who
changes the weights in `qa/answering/quotes.py` should see more than one question in fifty.
"""

import argparse
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
from gathering import SETS, Example, gathered

from qa.answering import quotes

GRID = (
    (0.1, 0.2, 0.33, 0.5),
    (0.35, 0.7, 1.0),
    (0.3, 0.8),
    (0.0, 0.1, 0.2, 0.33, 0.5),
    (0.0, 0.3, 0.6),
)
"""Relevance, answerability, held; relevance and answerability of the sentences by themselves."""
SHIPPED = (
    quotes.RELEVANT,
    quotes.ANSWERING,
    quotes.HELD,
    quotes.ALONE_RELEVANT,
    quotes.ALONE_ANSWERING,
)
SHOWN = 10

Weights = tuple[float, ...]


def first_right(examples: Sequence[Example], weights: Weights) -> float:
    """Give the share of answerable questions whose first quote is right, averaged over the sets."""
    shares: dict[str, list[bool]] = {}
    for one in examples:
        if one.is_answerable:
            best = max(one.quotable, key=lambda row: fit(row, weights), default=[0.0])
            shares.setdefault(one.set_name, []).append(bool(best[-1]))
    return float(np.mean([np.mean(right) for right in shares.values()]))


def fit(row: Sequence[float], weights: Weights) -> float:
    """Rank sentences as `Window.fit` does."""
    relevance, answers, held, doubt, timeliness, alone_relevance, alone_answers, _ = row
    values = (relevance, answers, held, alone_relevance, alone_answers)
    return float(np.dot(values, weights)) - doubt + timeliness


def main() -> None:
    """Gather, try all, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--limit", type=int, default=120)
    args = parser.parse_args()
    examples = [one for name in SETS for one in gathered(name, args.data, args.work, args.limit)]
    tried = sorted(product(*GRID), key=lambda weights: -first_right(examples, weights))
    for weights in tried[:SHOWN]:
        print(f"{first_right(examples, weights):.3f}  {weights}")
    print(f"{first_right(examples, SHIPPED):.3f}  {SHIPPED} ship")
    groups = sorted({one.group for one in examples})
    halves = [
        [one for one in examples if (groups.index(one.group) % 2 == 0) is is_even]
        for is_even in (True, False)
    ]
    for mine, other in (halves, halves[::-1]):
        chosen = max(tried, key=lambda weights: first_right(mine, weights))
        print(f"chosen on one half {chosen}: {first_right(other, chosen):.3f} on the other; ")
        print(f"the shipped ones there: {first_right(other, SHIPPED):.3f}")


if __name__ == "__main__":
    main()
