"""question + earlier turns -> query, without a language model.

A question that leans on what was asked before ("How many of them were shot down?") is searched
together with the earlier question; one that stands on its own is searched as it is.
"""

import re

from index.keywords import FUNCTION_WORDS
from qa.types import Question

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_LEANING = frozenset(
    """it its they them their theirs he him his she her hers this that these those there else
    one ones former latter same other others another such""".split()
)
_OPENING = re.compile(
    r"(?:and|but|so|or|what about|how about|why not|why\??$|how so|then|also)\b", re.IGNORECASE
)
_SELF_CONTAINED_WORDS = 3
"""Content words from which a question without a leaning word stands on its own."""


def query_for(question: Question) -> str:
    """Give the question as it is searched, earlier words first where it leans on them."""
    query = question.text.strip()
    if not question.context or not leans(query):
        return query
    *earlier, previous = question.context
    return f"{query_for(Question(previous, tuple(earlier)))} {query}"


def leans(text: str) -> bool:
    """Say whether a question can't be understood without the one before it."""
    words = [word.lower() for word in _WORD.findall(text)]
    content = [word for word in words if word not in FUNCTION_WORDS and word not in _LEANING]
    if _OPENING.match(text.strip()) or not content:
        return True
    names_a_subject = any(word[:1].isupper() for word in _WORD.findall(text)[1:])
    if any(word in _LEANING for word in words):
        return not (names_a_subject and len(content) > _SELF_CONTAINED_WORDS)
    return len(content) < 2 and not names_a_subject
