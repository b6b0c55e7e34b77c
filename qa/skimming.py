"""question + sentences -> which of them are worth the cross-encoder's time."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from index.keywords import FUNCTION_WORDS
from qa.answertype import answer_type, answering_spans

OF_THE_KIND = 1.0
"""What words of the kind asked for are worth; a rare word of the question is worth 1 to 3."""
_STEM = 5
_WORD = re.compile(r"\w+")


def likeliest(
    groups: Sequence[Sequence[str]], question: str, most: Sequence[int]
) -> list[list[int]]:
    """Choose so many sentences of each group by the words that they share with the question.

    Args:
        groups: The sentences of each passage.
        question: As typed.
        most: For the first group, the second, ...; a group for which it says nothing is kept whole.

    Returns:
        Places in each group, the likeliest first; ties by place.
    """
    stems = [[_stems(text) for text in group] for group in groups]
    held = Counter(stem for found in chain(*stems) for stem in found)
    total = sum(map(len, groups))
    weigh = {stem: math.log(1 + total / (1 + held[stem])) for stem in sorted(_stems(question))}
    kind = answer_type(question)

    def promise(text: str, found: set[str]) -> float:
        is_of_kind = kind != "other" and bool(answering_spans(question, text))
        shared = sum(weight for stem, weight in weigh.items() if stem in found)
        return shared + OF_THE_KIND * is_of_kind

    chosen = []
    for place, (group, theirs) in enumerate(zip(groups, stems, strict=True)):
        rows = list(range(len(group)))
        if place < len(most) and most[place] < len(rows):
            promises = list(map(promise, group, theirs))
            rows = sorted(rows, key=promises.__getitem__, reverse=True)[: most[place]]
        chosen.append(rows)
    return chosen


def _stems(text: str) -> set[str]:
    words = {word.lower() for word in _WORD.findall(text)}
    return {word[:_STEM] for word in words if word not in FUNCTION_WORDS}
