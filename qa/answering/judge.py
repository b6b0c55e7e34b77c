"""what was seen -> probability: answered or not.

Only a calibrated probability meets a threshold: a logistic map from what retrieval and reading
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

from index.text import keywords
from index.text.as_read import titled
from index.types import Hit, Reading
from qa.answering.quotes import Window, sigmoid

_CLIP = 12.0
MOST_LACKED = 3
"""Names and numbers that nothing found has; more of them tell no more."""
_ASKS_NOT = re.compile(r"\b(?:not|never|no|nobody|without|except)\b|n['’]t\b", re.IGNORECASE)
_TELLS_NOT = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|nor|neither|cannot|without|except|refus\w+|"
    r"den(?:y|ie[sd])|reject\w*|fail\w*|lack\w*|forb[ai]d\w*|prohibit\w*|exclud\w*|other than|"
    r"apart from|instead|unable|unlike|only|hardly|rarely|ban(?:s|ned)?)\b|n['’]t\b",
    re.IGNORECASE,
)

FEATURES = (
    "answers",
    "bare_answers",
    "bare_relevance",
    "best_cosine",
    "timeliness",
    "unmet_negation",
    "lacked",
)
"""In the order of the weights; what each one is stands in `features`."""


@dataclass(frozen=True, slots=True)
class Bare:
    """The best passages read without the titles of their articles.

    A title that repeats the question makes every passage under it look like an answer.
    """

    passages: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic model over FEATURES, and the probability from which we answer."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    bias: float
    threshold: float
    """Probability, 0 to 1, below which we abstain."""
    maybe: float = 1.0
    """Probability from which what comes closest is worth a look."""

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
    fields = json.loads(files("qa.answering").joinpath("judge.json").read_text(encoding="utf-8"))
    return Judge(
        weights=tuple(fields["weights"][name] for name in FEATURES),
        means=tuple(fields["means"][name] for name in FEATURES),
        scales=tuple(fields["scales"][name] for name in FEATURES),
        bias=fields["bias"],
        threshold=fields["threshold"],
        maybe=fields["maybe"],
    )


def features(
    query: str,
    hits: Sequence[Hit],
    windows: Sequence[Window],
    bare: Bare,
    *,
    names_days: bool,
    lacked: int = 0,
) -> dict[str, float]:
    """Look at what was found for a query.

    Args:
        query: As searched.
        hits: As they were read, the best first.
        windows: The quotes to be, the best first.
        bare: The best passages read without titles.
        names_days: The question says from which days; else an old article is no worse an answer.
        lacked: Names and numbers of the query that nothing of what was found has.
    """
    best = windows[0]
    passage = titled(best.hit.passage, best.hit.article)
    return {
        "answers": _clip(best.hit.reading.answers if best.hit.reading else -_CLIP),
        "bare_answers": _clip(max((one.answers for one in bare.passages), default=-_CLIP)),
        "bare_relevance": _clip(max((one.relevance for one in bare.passages), default=-_CLIP)),
        "best_cosine": max((hit.cosine or 0.0) for hit in hits),
        "timeliness": best.hit.timeliness if names_days else 0.0,
        "unmet_negation": float(_asks_not(query) and not _TELLS_NOT.search(passage)),
        "lacked": float(min(lacked, MOST_LACKED)),
    }


def _asks_not(query: str) -> bool:
    """Say whether a question asks what is not; a negation in a quotation or a name asks nothing."""
    asked = keywords.PHRASE.sub(" ", query)
    return any(
        found.group().islower() or not asked[: found.start()].strip() or asked.isupper()
        for found in _ASKS_NOT.finditer(asked)
    )


def _clip(logit: float) -> float:
    return max(-_CLIP, min(_CLIP, logit))
