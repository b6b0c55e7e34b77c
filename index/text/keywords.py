"""words -> hits: BM25 by SQLite FTS5, and the grammar of a query.

FTS5's bm25() is negative (smaller is better) with k1 = 1.2, b = 0.75 and a floor on idf; we
give it back negated. Its query syntax breaks on apostrophes, hyphens and `AND`, so every term
is quoted. Source: Robertson & Zaragoza 2009.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS keywords USING fts5(
    body, title, content='', tokenize="porter unicode61 remove_diacritics 2"
)
"""

PHRASE = re.compile(r'"([^"\n]{1,500})"|“([^”\n]{1,500})”')
_LETTER_OR_DIGIT = re.compile(r"\w")
_TERM = re.compile(
    r"(?<!\w)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[^\W\d_]*(?!\w)"  # 5,000; 1.6bn
    r"|(?<!\w)(?:[^\W\d_]\.)+[^\W\d_](?!\w)"  # U.S.
    r"|\w+"
)
"""FTS5 reads a number or an abbreviation with marks inside as a phrase."""

_AROUND = " \t.,;:!?…"
"""What a writer puts inside the quotation marks though it is not of the phrase."""

FUNCTION_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being between but by
    can could did do does doing for from had has have he her here hers him his how i if in into is
    it its just me more most my no nor not of off on or our out over own s same she should so some
    such t than that the their theirs them then there these they this those through to too under
    until up very was we were what when where which while who whom whose why will with would you
    your""".split()
)
"""English words that say nothing about the topic; left out of a query that has others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Readings of one part of a query, of which a passage needs one: 23 June, June 23rd."""

    readings: tuple[tuple[str, ...], ...]
    """Words and phrases of each, lower-case; at least two readings."""

    def surplus(self, scores: Mapping[str, float]) -> float:
        """Say what a passage's score holds beyond its best reading, given it word by word."""
        words = dict.fromkeys(word for reading in self.readings for word in reading)
        best = max(sum(scores.get(word, 0.0) for word in reading) for reading in self.readings)
        return sum(scores.get(word, 0.0) for word in words) - best


@dataclass(frozen=True, slots=True)
class KeywordQuery:
    """A query, taken apart."""

    terms: tuple[str, ...]
    """Lower-case words, in order, without function words unless it has no others."""
    phrases: tuple[str, ...]
    """What stood in double quotes: each must occur."""
    choices: tuple["Choice", ...] = ()
    """Which terms stand for one thing, and what may stand there instead."""

    def match(self) -> str:
        """Give the FTS5 expression; empty if there is nothing to look for."""
        phrases = " AND ".join(quoted(phrase) for phrase in self.phrases)
        terms = " OR ".join(map(quoted, dict.fromkeys((*self.terms, *self._other_words()))))
        if phrases and terms:
            return f"({phrases}) AND ({terms} OR ({phrases}))"
        return phrases or terms

    def _other_words(self) -> Iterator[str]:
        return (word for choice in self.choices for words in choice.readings for word in words)


def parse(query: str) -> KeywordQuery:
    """Take a query apart into terms and quoted phrases."""
    found = [first or second for first, second in PHRASE.findall(query)]
    phrases = tuple(phrase.strip(_AROUND) for phrase in found if _LETTER_OR_DIGIT.search(phrase))
    words = list(dict.fromkeys(word.lower() for word in _TERM.findall(query)))
    content = [word for word in words if word not in FUNCTION_WORDS]
    return KeywordQuery(tuple(content or words), phrases)


def quoted(text: str) -> str:
    """Make a term or phrase harmless to FTS5's grammar."""
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'


def without_quotation(query: str) -> str:
    """Take the quotation marks off, so that nothing must occur."""
    return PHRASE.sub(lambda found: str(found[1] or found[2]), query)
