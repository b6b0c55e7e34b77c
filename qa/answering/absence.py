"""question + what was found -> what may be said to be missing from it.

Nothing is said to be missing that a reader of the same words could point at.
"""

import re
from collections.abc import Iterator, Sequence

from index.search.wordforms import Sought, sought_in
from index.text.as_read import titled
from index.types import Hit
from qa.language.answertype import answering_spans, asked
from qa.language.notation import NAME
from qa.language.subjects import share, subject_of

_WORD = re.compile(r"\w+")
_LAST_LATIN = "\u024f"
_NUMBER = (
    r"\d|\b(?:halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|"
    r"several|few|couple|pair|double|triple|none|nobody|no one|majority|free)\b"
)
_UNIT = r"(?:second|minute|hour|day|night|week|month|year|decade)"
_LOOSE = {
    "number": re.compile(_NUMBER, re.IGNORECASE),
    "duration": re.compile(
        rf"{_NUMBER}|\b(?:an?|the|whole|all|each|every|same) {_UNIT}\b|\b{_UNIT}s\b|\bcentur",
        re.IGNORECASE,
    ),
    "time": re.compile(
        rf"\d{{1,4}}[./-]\d{{1,2}}\b|\b(?:(?:an?|the|that|this|one|same|next|last|each|every) "
        rf"(?:{_UNIT}|morning|afternoon|evening)|{_UNIT}s|decades?|centur(?:y|ies)|spring|summer|"
        r"autumn|winter|dawn|dusk|noon|midnight|christmas|easter|ago|now|then|later|earlier|"
        r"recently)\b",
        re.IGNORECASE,
    ),
    "reason": re.compile(
        r"\b(?:since|so|for|as|after|therefore|thus|hence|led|caused?|reasons?|want(?:s|ed)?|"
        r"hop(?:es?|ed|ing)|aim(?:s|ed)?|"
        r"to (?-i:(?!(?:the|an?|his|her|its|their)\b)[a-z]+))\b",
        re.IGNORECASE,
    ),
}
"""What else may be of a kind, though nothing would be lit for it."""


def missing(query: str, hits: Sequence[Hit]) -> list[Sought]:
    """Give the words of a query that nothing of what was found has in any form."""
    held = " ".join(titled(hit.passage, hit.article) for hit in hits)
    sought = [(one, subject_of(one.word)) for one in sought_in(query)]
    unseen = [one for one, subject in sought if subject and not share(subject, held)]
    if not unseen:
        return []
    from index.search.mentions import Mentions  # noqa: PLC0415 - few questions have a word that is missing

    mentions = Mentions(text for hit in hits for text in _shown_of(hit))
    return [one for one in unseen if not mentions.has(one)]


def _shown_of(hit: Hit) -> Iterator[str]:
    """Give all that may be shown of a hit: its passage, what its article states, what was left out.

    Bylines and captions are never quoted, but whoever opens the article reads them.
    """
    article = hit.article
    yield titled(hit.passage, article)
    stated = (article.title, article.outlet, article.author, article.published, article.path)
    yield from filter(None, stated)
    yield from (omission.span.of(article.text) for omission in article.omissions)


def may_hold(question: str, text: str) -> bool:
    """Say whether a text may hold words of the kind asked for, those of the question left out.

    Rather too often than too seldom: a number of any kind may be a price, and any word that is not
    in Latin letters a name.
    """
    if answering_spans(question, text):
        return True
    wanted = asked(question)
    own = {word.lower() for word in _WORD.findall(question)}
    if wanted.kind == "name":
        return any(one.isalpha() and one > _LAST_LATIN for one in text) or any(
            word.lower() not in own for name in NAME.findall(text) for word in _WORD.findall(name)
        )
    is_duration = wanted.kind == "number" and wanted.detail == "time"
    loose = _LOOSE.get("duration" if is_duration else wanted.detail or wanted.kind)
    loose = loose or _LOOSE.get(wanted.kind)
    return loose is not None and any(
        word.lower() not in own
        for found in loose.finditer(text)
        for word in _WORD.findall(found.group())
    )
