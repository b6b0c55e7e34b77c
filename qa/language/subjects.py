"""question -> the words that say what it is about, and how far a text speaks of that."""

import re
from collections.abc import Iterable

from index.text.keywords import FUNCTION_WORDS
from qa.language.notation import ROLES

_WORD = re.compile(r"\w+")
_FORM = frozenset(
    """many much long often old number share percentage percent proportion year date day month
    time week name country city place person people happen happened exactly total there""".split()
)
"""Words of a question that tell what kind of answer is wanted, not what about."""


def subject_of(question: str) -> tuple[str, ...]:
    """Give the stems of what a question is about, in order."""
    words = [word.casefold() for word in _WORD.findall(question)]
    kept = [word for word in words if word not in FUNCTION_WORDS and word not in _FORM]
    return tuple(dict.fromkeys(map(stem, kept)))


def event_of(question: str) -> tuple[str, ...]:
    """Give the stems of what a question says of its subject: no names, and no roles before them."""
    words = [word for word in _WORD.findall(question) if word.islower() and word not in ROLES]
    return subject_of(" ".join(words))


def stems(text: str) -> frozenset[str]:
    """Give the stems of the words that say something."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in FUNCTION_WORDS)


def share(subject: Iterable[str], text: str) -> float:
    """Give the share of a subject's stems that a text has, 0 to 1; 1 for no subject."""
    wanted, held = list(subject), stems(text)
    if not wanted:
        return 1.0
    return sum(any(_meet(one, other) for other in held) for one in wanted) / len(wanted)


def stem(word: str) -> str:
    """Cut a word so that its inflections meet (`launched`, `launch`)."""
    return word if len(word) <= 4 or word.isdigit() else word[: max(4, len(word) - 3)]


def _meet(one: str, other: str) -> bool:
    """Say whether one stem begins the other, so that Zelensky and Zelenskyy meet."""
    if min(len(one), len(other)) < 4 or one.isdigit() or other.isdigit():
        return one == other
    return one.startswith(other) or other.startswith(one)
