"""Articles -> how many independent sources they are: one an outlet, a reprint counted once.

A reprint is told by the share of five-word runs (shingles) that the shorter of two texts has in
common with the other. Source: Broder 1997 (resemblance and containment).
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from index.types import Article

SHINGLE_WORDS = 5
SAME_TEXT = 0.5
"""Share of shingles from which one text is a copy of the other."""
SAME_AGENCY = 0.25
"""The same where both name one agency as their source: its reports are cut and rewritten."""
MAX_CHARS = 60_000
"""Of a text that are looked at."""

_WORD = re.compile(r"\w+")
_AGENCIES = (
    "Reuters|Associated Press|AP|AFP|Agence France-Presse|dpa|PA Media|UPI|Xinhua|TASS|"
    "Interfax|Ukrinform|Bloomberg|EFE|ANSA|Kyodo|PTI|ANI"
)
_DATELINE = re.compile(rf"\((?P<marked>{_AGENCIES})\)|\b(?P<led>{_AGENCIES})\s?[-–—:]\s")
_DATELINE_CHARS = 400
_AGENCY_NAMES = {"associated press": "ap", "agence france-presse": "afp"}
_SECOND_LEVEL = frozenset("co com org net gov gob gouv govt ac edu ltd or ne go".split())


def independent(articles: Sequence[Article], copies: Sequence[tuple[int, int]] = ()) -> int:
    """Count sources: articles of one outlet, or of one text, are one.

    Args:
        articles: Each at most once.
        copies: Pairs of indexes of articles that are known to have the same words.
    """
    found = [_shingles(article) for article in articles]
    names = [_outlet(article) for article in articles]
    agencies = [_agency(article) for article in articles]
    source = list(range(len(articles)))
    for later in range(len(articles)):
        for earlier in range(later):
            is_one_agency = agencies[earlier] is not None and agencies[earlier] == agencies[later]
            needed = SAME_AGENCY if is_one_agency else SAME_TEXT
            if (
                (names[earlier] is not None and names[earlier] == names[later])
                or (earlier, later) in copies
                or (later, earlier) in copies
                or contained(found[earlier], found[later]) >= needed
            ):
                joined, kept = source[later], source[earlier]
                source = [kept if one == joined else one for one in source]
    return len(set(source))


def shingles(text: str) -> frozenset[int]:
    """Give the runs of five words of a text, as hashes; empty if it has fewer words."""
    words = _WORD.findall(text.casefold())
    runs = range(len(words) - SHINGLE_WORDS + 1)
    return frozenset(hash(tuple(words[at : at + SHINGLE_WORDS])) for at in runs)


def contained(one: frozenset[int], other: frozenset[int]) -> float:
    """Give the share of the smaller set that is in the other, 0 to 1; 0 if it is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _shingles(article: Article) -> frozenset[int]:
    """Shingles of an article without what was left out of it."""
    kept, at = [], 0
    for omission in article.omissions:
        kept.append(article.text[at : omission.span.start])
        at = omission.span.end
    kept.append(article.text[at:])
    return shingles("\n".join(kept)[:MAX_CHARS])


def _outlet(article: Article) -> str | None:
    """Name the outlet: as stated, or else the registrable part of the address's host."""
    if article.outlet and article.outlet.strip():
        return " ".join(article.outlet.casefold().split())
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    labels = (host or "").split(".")
    if len(labels) < 2:
        return host or None
    is_deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if is_deep else -2 :])


def _agency(article: Article) -> str | None:
    found = _DATELINE.search(article.text[:_DATELINE_CHARS])
    if found is None:
        return None
    name = (found["marked"] or found["led"]).casefold()
    return _AGENCY_NAMES.get(name, name)
