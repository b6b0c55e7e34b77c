"""question + sentence -> logits that it loses before it may be quoted."""

import re
import unicodedata
from collections.abc import Sequence

from index.text.keywords import FUNCTION_WORDS
from index.types import Article
from qa.answering.statements import only_states
from qa.language.answertype import answer_type, answering_spans

WITHOUT_PHRASE = 2.0
"""Logits that a sentence loses for each phrase in quotation marks that it does not hold."""
ASKS_INSTEAD = 16.0
"""Logits that a sentence loses that asks the question, or states a date of its article."""
OTHER_KIND = 1.0
"""Logits that it loses without words of the kind asked for: a number, a time, a name."""
REPEATED = 0.6
"""Share of the question's words from which a sentence with a question mark repeats it."""

_WORD = re.compile(r"\w+")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", **dict.fromkeys("‐‑‒–—", "-")})


def doubt(question: str, article: Article, words: str, *, phrases: Sequence[str] = ()) -> float:
    """Logits to take off words that ask, or that lack a phrase or the kind asked for.

    As much as off words that ask, off those that only state something of their article.
    """
    missing = sum(folded(phrase) not in folded(words) for phrase in phrases)
    lost = WITHOUT_PHRASE * missing
    if answer_type(question) != "other" and not answering_spans(question, words):
        lost += OTHER_KIND
    if _asks(question, words) or only_states(article, words, question):
        lost += ASKS_INSTEAD
    return lost


def _asks(question: str, words: str) -> bool:
    """Say whether words end in a question, or ask this very one."""
    before, mark, after = words.rpartition("?")
    asked = _words(question) - FUNCTION_WORDS
    return bool(mark) and (
        not _WORD.search(after) or len(asked & _words(before)) >= REPEATED * len(asked)
    )


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def folded(text: str) -> str:
    """Fold case, white space, dashes and quotation marks, to see whether a phrase occurs."""
    letters = unicodedata.normalize("NFKC", text)
    return " ".join(letters.translate(_TYPOGRAPHY).casefold().split())
