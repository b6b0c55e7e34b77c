"""what was seen -> probability: answered or not.

Only a calibrated probability meets a threshold: a logistic map from what retrieval and reranking
saw to "one of these quotes answers", fitted by `tests/benchmarks/fit_judge.py` on labelled
questions; its weights are `judge.json` beside this file.
Source: Kamath, Jia & Liang, ACL 2020 (selective answering).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.keywords import FUNCTION_WORDS
from index.types import Hit
from qa.quotes import Window, sigmoid

_WORD = re.compile(r"\w+")
_CLIP = 12.0
COMPARED = 5
"""Best passages whose logits are held against the first."""
_HOW_MANY = re.compile(r"\bhow many (\w+)(?: (\w+))?", re.IGNORECASE)
_COUNTED_ANYWAY = FUNCTION_WORDS | {"people", "persons", "times", "others"}
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|without|except)\b|n['’]t\b", re.IGNORECASE)

FEATURES = (
    "passage_logit",
    "sentence_logit",
    "bare_passage_logit",
    "bare_sentence_logit",
    "second_passage_logit",
    "mean_passage_logit",
    "best_cosine",
    "timeliness",
    "counts_other_things",
    "negates",
    "is_untitled",
)
"""In the order of the weights; what each one is stands in `features`."""


@dataclass(frozen=True, slots=True)
class Bare:
    """Logits of the best passages and quotes read without the titles of their articles.

    A title that repeats the question makes every passage under it look like an answer.
    """

    passages: tuple[float, ...] = ()
    quotes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic model over FEATURES, and the probability from which we answer."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    bias: float
    threshold: float
    """Probability, 0 to 1, below which we abstain."""

    def __post_init__(self) -> None:
        if not len(self.weights) == len(self.means) == len(self.scales) == len(FEATURES):
            raise ValueError("the judge's weights are of other features")

    def probability(self, seen: Mapping[str, float]) -> float:
        """Say how likely it is that one of the quotes answers, 0 to 1."""
        terms = zip(FEATURES, self.weights, self.means, self.scales, strict=True)
        return sigmoid(self.bias + sum(w * (seen[name] - m) / s for name, w, m, s in terms))


@cache
def shipped_judge() -> Judge:
    """Read the judge that was fitted and ships."""
    fields = json.loads(files("qa").joinpath("judge.json").read_text(encoding="utf-8"))
    return Judge(
        weights=tuple(fields["weights"][name] for name in FEATURES),
        means=tuple(fields["means"][name] for name in FEATURES),
        scales=tuple(fields["scales"][name] for name in FEATURES),
        bias=fields["bias"],
        threshold=fields["threshold"],
    )


def features(
    query: str, hits: Sequence[Hit], windows: Sequence[Window], bare: Bare, *, names_days: bool
) -> dict[str, float]:
    """Look at what was found for a query.

    Args:
        query: As searched.
        hits: Reranked; their scores are logits, the best first.
        windows: The quotes to be, the best first.
        bare: The same without titles.
        names_days: The question says from which days; else an old article is no worse an answer.
    """
    best = windows[0]
    passage = best.hit.passage.with_title(best.hit.article)
    logits = sorted((_clip(hit.score) for hit in hits), reverse=True)[:COMPARED]
    logits += [-_CLIP] * (COMPARED - len(logits))  # what a phrase left out is off topic
    counted = _counted(query)
    return {
        "passage_logit": logits[0],
        "sentence_logit": _clip(best.logit),
        "bare_passage_logit": _clip(max(bare.passages, default=-_CLIP)),
        "bare_sentence_logit": _clip(max(bare.quotes, default=-_CLIP)),
        "second_passage_logit": logits[1],
        "mean_passage_logit": sum(logits) / COMPARED,
        "best_cosine": max((hit.cosine or 0.0) for hit in hits),
        "timeliness": best.hit.timeliness if names_days else 0.0,
        "counts_other_things": float(bool(counted) and _share(counted, passage) == 0),
        "negates": float(_NEGATION.search(query) is not None),
        "is_untitled": float(best.hit.article.title_is_derived),
    }


def _counted(query: str) -> list[str]:
    """Give the words after "how many": what is to be counted."""
    asked = _HOW_MANY.search(query)
    words = asked.groups() if asked else ()
    return [word for word in words if word and word.lower() not in _COUNTED_ANYWAY]


def _content(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if word.lower() not in FUNCTION_WORDS]
    return list(dict.fromkeys(words))


def _share(words: Sequence[str], text: str) -> float:
    """Share of the words whose first letters occur in the text; 1 where there are none."""
    if not words:
        return 1.0
    found = {_stem(word) for word in _WORD.findall(text)}
    return sum(_stem(word) in found for word in words) / len(words)


def _stem(word: str) -> str:
    """Cut a word so that its inflections meet (`launched`, `launch`)."""
    folded = word.casefold()
    return folded if len(folded) <= 4 or folded.isdigit() else folded[: max(4, len(folded) - 3)]


def _clip(logit: float) -> float:
    return max(-_CLIP, min(_CLIP, logit))
