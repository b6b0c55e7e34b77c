"""A query -> the other forms under which the corpus may have its words.

A passage needs one of them: with several it scores no more than with its best. What stands in
double quotes is taken literally.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.search.spelling import other_spellings
from index.store.protocol import Vocabulary
from index.text import keywords
from index.text.exponents import script_forms
from index.text.keywords import FUNCTION_WORDS, PHRASE, Choice, KeywordQuery
from index.text.letters import lettered
from index.text.numerals import Forms, date_forms, number_forms

SAME = (
    ("US", "U.S.", "USA", "United States"),
    ("UK", "U.K.", "United Kingdom"),
    ("EU", "E.U.", "European Union"),
    ("UN", "U.N.", "United Nations"),
    ("UAE", "U.A.E.", "United Arab Emirates"),
    ("MSF", "Médecins Sans Frontières", "Doctors Without Borders"),
)
_NAMED = tuple(
    (re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?!\w)"), names) for names in SAME
)
_NAME = re.compile(r"[^\W\d_]{4,}")
_JOINED = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[-'’][^\W\d_]{2,})+")
"""Cease-fire, Sana'a; no possessive."""


def read(query: str, corpus: Vocabulary) -> KeywordQuery:
    """Take a query apart, with the other forms of its words that the corpus has."""
    text = PHRASE.sub(" ", query)
    choices = (_choice(typed, forms, corpus) for typed, forms in _forms(text, corpus))
    return replace(keywords.parse(query), choices=tuple(filter(None, choices)))


def _choice(typed: str, forms: tuple[str, ...], corpus: Vocabulary) -> Choice | None:
    terms = keywords.parse(typed).terms
    others = dict.fromkeys(form.lower() for form in forms if keywords.parse(form).terms != terms)
    found = [(form,) for form in corpus.held(tuple(others))]
    return Choice((terms, *found)) if found else None


def _forms(text: str, corpus: Vocabulary) -> Iterator[Forms]:
    for pattern, names in _NAMED:
        for typed in pattern.findall(text):
            yield typed, names
    yield from number_forms(text)
    yield from date_forms(text)
    yield from script_forms(text)
    for typed in _JOINED.findall(text):
        yield typed, (re.sub("[-'’]", "", typed),)
    has_capitals = not (text.islower() or text.isupper())
    for word in dict.fromkeys(_NAME.findall(text)):
        if word.lower() not in FUNCTION_WORDS:
            may_be_name = word[0].isupper() or not has_capitals
            letters = lettered(word.lower()) if may_be_name else ()
            yield word, (*other_spellings(word.lower(), corpus), *letters)
