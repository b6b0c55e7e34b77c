"""question + earlier turns -> query, without a language model.

A question that leans on what was asked before ("How many of them were shot down?") is searched
after the content words of the earlier question; one that stands on its own is searched as it is.
Where the words don't tell ("What are common treatments?"), both readings are given, and what is
found decides: after a change of topic, what the earlier words find answers the question worse.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.text.keywords import FUNCTION_WORDS
from qa.language.when import mention_of
from qa.types import Question

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_PRONOUNS = frozenset("it its they them their theirs he him his she her hers one ones".split())
_POINTING = frozenset(
    "this that these those there else former latter same other others another such".split()
)
_LEANING = _PRONOUNS | _POINTING
_OPENING = re.compile(
    r"(?:and|but|so|or|what about|how about|why|why not|how so|then|also|tell me more|say more|"
    r"no|yes|really|go on)\b(?!\s+(?:do|does|did|is|are|was|were|has|have|had|can|could|would|"
    r"should|will)\b)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\b(?:about|of|with|for|to|from|on|against|by|in) (?:it|them|him|her|this|that)\W*$",
    re.IGNORECASE,
)
_FORM = frozenset(
    """many much often long kind kinds type types sort tell know give say said happen
    happened""".split()
)
"""Words that tell what is asked, not what about."""
_TOLD_BEFORE = 2
"""Content words before a pronoun from which it means one of them: "how did the river get its"."""
_UNCLEAR_WORDS = 4
"""Content words up to which a question may lean on what it does not say."""
_BARE_WORDS = 2
"""Content words of a leaning question up to which its subject is that of the one before it."""
MOST_CARRIED = 12
"""Words carried over; of more, the latest."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question after the earlier words that it leans on."""

    text: str
    carried: tuple[str, ...] = ()
    """Content words of the earlier turns, in order, as they stand in the text."""
    alone: str | None = None
    """The question by itself, where it may also stand on its own."""
    leans_on: str = ""
    """The question before, where words are carried over."""


def query_for(question: Question) -> Query:
    """Give the question as it is searched, earlier words first where it leans on them."""
    typed = question.text.strip()
    carried = _carried(typed, question.context, frozenset(question.left_out))
    if not carried:
        return Query(typed)
    text = f"{' '.join(carried)} {typed}"
    return Query(text, carried, None if leans(typed) else typed, question.context[-1])


def leans(text: str) -> bool:
    """Say whether a question can't be understood without the one before it."""
    if not _content(text) or (_OPENING.match(text.strip()) and not _is_full(text)):
        return True
    if _TRAILING.search(text):
        return True
    words = _WORD.findall(_last_sentence(text))
    is_short = len(_content(text)) <= _UNCLEAR_WORDS
    told = 0
    for word in words:
        if word.lower() in _PRONOUNS and told < _TOLD_BEFORE:
            return True
        if word.lower() in _POINTING and told < _TOLD_BEFORE and is_short:
            return True
        told += len(_content(word))
    return len(_content(text)) < 2 and not any(map(_is_name, words[1:]))


def is_unclear(text: str) -> bool:
    """Say whether a question may lean on the one before it, or stand on its own."""
    words = _WORD.findall(text)
    has_name = any(map(_is_name, words[1:]))
    is_short = len(_content(text)) <= _UNCLEAR_WORDS and not has_name
    is_joined = _OPENING.match(text.strip()) is not None
    return is_short or is_joined or any(word.lower() in _PRONOUNS for word in words)


def _is_full(text: str) -> bool:
    """Say whether an "And …" is a whole question, with a name and more besides."""
    has_name = any(map(_is_name, _WORD.findall(text)[1:]))
    return has_name and len(_content(text)) > _TOLD_BEFORE


def _carried(typed: str, context: tuple[str, ...], left_out: frozenset[str]) -> tuple[str, ...]:
    """Content words of the question before, and of those that it leaned on itself."""
    if not context or not (leans(typed) or is_unclear(typed)):
        return ()
    *before, previous = context
    words = [word for word in _content(_timeless(previous)) if word.lower() not in _FORM]
    if leans(previous) and len(words) <= _BARE_WORDS:
        words = [*_carried(previous, tuple(before), frozenset()), *words]
    own = {word.casefold() for word in _WORD.findall(typed)} | left_out
    kept = {word.casefold(): word for word in words if word.casefold() not in own}
    return tuple(kept.values())[-MOST_CARRIED:]


def _timeless(text: str) -> str:
    """Take the words for a time out: they are reckoned, not searched."""
    mention = mention_of(text, date.today())
    return text.replace(mention.period.words, " ") if mention and mention.is_relative else text


def _content(text: str) -> list[str]:
    return [
        word
        for word in _WORD.findall(text)
        if word.lower() not in FUNCTION_WORDS and word.lower() not in _LEANING
    ]


def _last_sentence(text: str) -> str:
    sentences = [found for found in _SENTENCE.findall(text) if _WORD.search(found)]
    return sentences[-1] if sentences else text


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.partition("'")[0].partition("’")[0] != "I"
