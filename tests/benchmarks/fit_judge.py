"""Fit the judge: from what retrieval and reranking saw to "one of these quotes answers".

    python tests/benchmarks/fit_judge.py DATA WORK [--limit N] [--only SET] [--write]

DATA holds one folder a question set; WORK keeps their indexes, and what was seen for each
question, between runs (delete `examples-*` there after a change to retrieval or quoting).

The model is a logistic regression over the FEATURES of `qa/answering/judge.py`, every set weighted
alike, answerable and unanswerable questions weighted alike within a set. Reported: AUROC and
calibration error in five folds grouped by article, and across sets (trained on the others, tested
on this one). The threshold is chosen once, by the rule that `THRESHOLD_RULE` states: a few hundred
questions place it within about five hundredths, so that moving it by less would only follow the
draw.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gathering import SETS, UNTITLED, Example, gathered
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from qa.answering import judge
from qa.answering.judge import FEATURES
from qa.evaluation.metrics import auroc, calibrated_band, expected_calibration_error

ANSWERED = 0.9
THRESHOLD_RULE = (
    "the largest probability, in steps of 0.01, from which at least nine in ten questions that "
    "have an answer are answered, in cross-validation, averaged over the sets; the threshold that "
    "shipped before stays where the 80 % bootstrap interval of that holds it"
)
WORTH_A_LOOK = 0.25
MAYBE_RULE = (
    "the smallest probability, in steps of 0.01, from which up to the threshold at least one in "
    "four questions has a right quote among the first five, in cross-validation, averaged over the "
    "sets"
)
RESAMPLED = 200
"""Times that the questions are drawn anew for the interval."""


def matrix(examples: Sequence[Example]) -> np.ndarray:
    """Lay out the features: shape (len(examples), len(FEATURES))."""
    return np.array([[one.seen[name] for name in FEATURES] for one in examples])


def labels(examples: Sequence[Example]) -> np.ndarray:
    """Say for each whether one of its quotes is right."""
    return np.array([one.first_right is not None for one in examples])


def weights(examples: Sequence[Example]) -> np.ndarray:
    """Weigh each (set, kind) alike, whatever its size."""
    sizes: dict[tuple[str, bool], int] = {}
    for one in examples:
        key = (one.set_name, one.is_answerable)
        sizes[key] = sizes.get(key, 0) + 1
    kinds = len(sizes)
    return np.array(
        [len(examples) / kinds / sizes[one.set_name, one.is_answerable] for one in examples]
    )


class Fit:
    """A standardised logistic regression."""

    def __init__(self, examples: Sequence[Example]) -> None:
        x = matrix(examples)
        self.means, self.scales = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
        self.model = LogisticRegression(C=0.3, max_iter=2000)
        self.model.fit(self._standard(x), labels(examples), sample_weight=weights(examples))

    def _standard(self, x: np.ndarray) -> np.ndarray:
        return (x - self.means) / self.scales

    def probabilities(self, examples: Sequence[Example]) -> np.ndarray:
        """Give the probability that one of the quotes is right."""
        return self.model.predict_proba(self._standard(matrix(examples)))[:, 1]


def cross_validated(examples: Sequence[Example]) -> np.ndarray:
    """Give each example's probability from a fit that never saw its article."""
    given = np.zeros(len(examples))
    groups = [one.group for one in examples]
    for train, test in GroupKFold(5).split(matrix(examples), groups=groups):
        fit = Fit([examples[at] for at in train])
        given[test] = fit.probabilities([examples[at] for at in test])
    return given


def across_sets(examples: Sequence[Example]) -> np.ndarray:
    """Give each example's probability from a fit on the other sets alone."""
    given = np.zeros(len(examples))
    bases = [one.set_name.removesuffix(UNTITLED) for one in examples]
    for base in set(bases):
        train = [one for one, its in zip(examples, bases, strict=True) if its != base]
        inside = [at for at, its in enumerate(bases) if its == base]
        given[inside] = Fit(train).probabilities([examples[at] for at in inside])
    return given


def kept_threshold(examples: Sequence[Example], given: np.ndarray, shipped: float) -> float:
    """Apply THRESHOLD_RULE, and say what it gives."""
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(RESAMPLED):
        rows = random.integers(len(examples), size=len(examples))
        drawn.append(chosen_threshold([examples[row] for row in rows], given[rows]))
    low, high = np.quantile(drawn, (0.1, 0.9))
    chosen = chosen_threshold(examples, given)
    print(f"threshold by the questions: {chosen} ({low:.2f} to {high:.2f}); shipped: {shipped}")
    return shipped if low <= shipped <= high else chosen


def shipped_threshold() -> float:
    """Read the threshold that ships, whatever features its judge had."""
    file = Path(judge.__file__).with_name("judge.json")
    return float(json.loads(file.read_text(encoding="utf-8"))["threshold"])


def chosen_threshold(examples: Sequence[Example], given: np.ndarray) -> float:
    """Give the largest threshold from which enough is answered."""
    names = sorted({one.set_name for one in examples})

    def answered(threshold: float) -> float:
        return float(np.mean([rates(examples, given, threshold, name)[0] for name in names]))

    return next(step / 100 for step in range(99, -1, -1) if answered(step / 100) >= ANSWERED)


def chosen_maybe(examples: Sequence[Example], given: np.ndarray, threshold: float) -> float:
    """Apply MAYBE_RULE."""
    names = sorted({one.set_name for one in examples})

    def right(least: float) -> float:
        shares = []
        for name in names:
            shown = [
                one.first_right is not None
                for p, one in zip(given, examples, strict=True)
                if one.set_name == name and least <= p < threshold
            ]
            if shown:
                shares.append(np.mean(shown))
        return float(np.mean(shares)) if shares else 1.0

    steps = (step / 100 for step in range(1, round(100 * threshold)))
    return next((least for least in steps if right(least) >= WORTH_A_LOOK), threshold)


def rates(
    examples: Sequence[Example], given: np.ndarray, threshold: float, name: str
) -> tuple[float, float]:
    """Give (answered of the answerable, declined of the others) of a set."""
    pairs = [(p, e) for p, e in zip(given, examples, strict=True) if e.set_name == name]
    answered = [p >= threshold for p, one in pairs if one.is_answerable]
    declined = [p < threshold for p, one in pairs if not one.is_answerable]
    return float(np.mean(answered)), float(np.mean(declined))


def report(examples: Sequence[Example], given: np.ndarray, threshold: float, title: str) -> None:
    """Print a line a set."""
    print(title)
    for name in sorted({one.set_name for one in examples}):
        pairs = [(p, e) for p, e in zip(given, examples, strict=True) if e.set_name == name]
        answerable = [(p, e) for p, e in pairs if e.is_answerable]
        others = [p for p, e in pairs if not e.is_answerable]
        answered, declined = rates(examples, given, threshold, name)
        print(
            f"  {name:18} quote@1 {np.mean([e.first_right == 1 for _, e in answerable]):.3f}"
            f"  quote@5 {np.mean([e.first_right is not None for _, e in answerable]):.3f}"
            f"  words {np.mean([e.words for _, e in answerable]):.1f}"
            f"  AUROC {auroc([p for p, _ in answerable], others):.3f}"
            f"  answered {answered:.3f}  declined {declined:.3f}"
            f"  ECE {calibration(pairs)}  n {len(answerable)}+{len(others)}"
        )
    print(f"  all sets together: ECE {calibration(list(zip(given, examples, strict=True)))}")


def by_level(
    examples: Sequence[Example], given: np.ndarray, threshold: float, maybe: float
) -> None:
    """Print how many questions of each kind get which level."""
    for is_answerable in (True, False):
        kind = [p for p, e in zip(given, examples, strict=True) if e.is_answerable is is_answerable]
        counted = (
            sum(p >= threshold for p in kind),
            sum(maybe <= p < threshold for p in kind),
            sum(p < maybe for p in kind),
        )
        shares = ", ".join(
            f"{name} {count / len(kind):.3f}"
            for name, count in zip(("answer", "maybe", "none"), counted, strict=True)
        )
        print(f"  {'answerable' if is_answerable else 'others':12} {shares}")


def calibration(pairs: Sequence[tuple[float, Example]]) -> str:
    """Write the calibration error, and where that of a perfectly calibrated model would lie."""
    confidences = [float(p) for p, _ in pairs]
    outcomes = [one.first_right is not None for _, one in pairs]
    error = expected_calibration_error(confidences, outcomes)
    band = calibrated_band(confidences)
    return f"{error:.3f} ({band.low:.3f} to {band.high:.3f}: {band.position(error)})"


def write(fit: Fit, threshold: float, maybe: float) -> None:
    """Write the weights that ship."""
    fields = {
        "threshold": threshold,
        "threshold_rule": THRESHOLD_RULE,
        "maybe": maybe,
        "maybe_rule": MAYBE_RULE,
        "bias": round(float(fit.model.intercept_[0]), 6),
        "weights": _named(fit.model.coef_[0]),
        "means": _named(fit.means),
        "scales": _named(fit.scales),
    }
    path = Path(judge.__file__).with_name("judge.json")
    path.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


def _named(values: np.ndarray) -> dict[str, float]:
    return {name: round(float(v), 6) for name, v in zip(FEATURES, values, strict=True)}


def main() -> None:
    """Gather, fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--only", choices=SETS, help="gather this set, then stop")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.only:
        gathered(args.only, args.data, args.work, args.limit)
        return
    examples = [one for name in SETS for one in gathered(name, args.data, args.work, args.limit)]
    folds, across = cross_validated(examples), across_sets(examples)
    threshold = kept_threshold(examples, folds, shipped_threshold())
    print(f"threshold {threshold}: {THRESHOLD_RULE}")
    maybe = chosen_maybe(examples, folds, threshold)
    print(f"maybe {maybe}: {MAYBE_RULE}")
    report(examples, folds, threshold, "five folds, grouped by article")
    by_level(examples, folds, threshold, maybe)
    report(examples, across, threshold, "across sets: fitted on the others only")
    if args.write:
        write(Fit(examples), threshold, maybe)


if __name__ == "__main__":
    main()
