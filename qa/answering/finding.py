"""question -> Found: retrieval, reading, and the sentences to quote, not yet judged."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Protocol

from index.text import keywords
from index.text.as_read import ToRead, to_read, words_to_read
from index.types import Article, Hit, Passage, Period, Reading, Retrieved, Scope, Span
from qa.answering.dating import Dating
from qa.answering.followups import Query, query_for
from qa.answering.judge import Bare
from qa.answering.lists import completed
from qa.answering.quotes import Window, best_windows, holds_phrases, ranked_by
from qa.types import Question

REPEATED = 1.0
"""What each further passage of one article loses when passages to quote are chosen."""
TOPIC_SLACK = 1.0
"""Logits by which a passage found with the earlier words may answer the bare question less."""
OFF_TOPIC = -6.0
"""Logit of that passage for the bare question from which on it is not about it."""


Read = Callable[[Sequence[ToRead]], list[Reading]]
"""Passages to readings for the query at hand."""


class Retriever(Protocol):
    """What answering needs of an index."""

    def spelled(self, query: str) -> str:
        """Read misspelt words as words of the corpus."""

    def search(self, query: str, *, scope: Scope, near: Period | None) -> Retrieved:
        """Find candidate passages in a scope, best first; those of some days also come forward."""

    def beside(self, article: Article, span: Span) -> tuple[Iterator[Passage], Iterator[Passage]]:
        """Give the passages of an article before a stretch of it, the nearest first, and after."""

    def read(self, query: str, passages: Sequence[ToRead]) -> list[Reading]:
        """Read each passage for the question."""

    def mentions(self, words: Sequence[str], *, scope: Scope) -> bool:
        """Say whether an article of a scope has one of the words and phrases, inflected or not."""

    def count(self, scope: Scope) -> int:
        """Count the articles in a scope."""

    def undated(self) -> int:
        """Count the articles without a date."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into one reply; the values are chosen on the quality-time curve."""

    read_first: int = 4
    """Passages that are read in any case."""
    sure: float = 5.0
    """Logit of relevance among these from which no more of them are read."""
    read: int = 8
    """Passages that are read where it is not sure."""
    quote_from: int = 5
    """Best passages of which sentences are quoted."""
    bare: int = 2
    """Best passages that are read again without their titles."""
    max_query_chars: int = 1_000
    """Of a longer question only the end is searched: pasted text comes before the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a query, before anyone judges it."""

    query: str
    hits: tuple[Hit, ...]
    """As they were read, the best first, the timeliness counted in."""
    windows: tuple[Window, ...]
    timings_ms: Mapping[str, float]
    carried: tuple[str, ...] = ()
    """Words of earlier turns that the query holds."""
    period: Period | None = None
    """Days that moved articles up or down."""
    bare: Bare = Bare()
    names_days: bool = False
    """The question says from which days."""
    lacks_phrase: bool = False
    """No passage holds what stood in quotation marks; these come nearest without it."""


class Finder:
    """Finds what one retriever holds for a question."""

    def __init__(self, retriever: Retriever, effort: Effort) -> None:
        self._retriever = retriever
        self._effort = effort

    def find(self, question: Question) -> Found:
        """Retrieve, read, and choose the sentences to quote.

        A question that may stand on its own is read with the earlier turns and without them. The
        earlier words stay if the passage that they find best answers the bare question too.
        """
        longest = self._effort.max_query_chars
        typed = self._retriever.spelled(question.text[-longest:].strip())
        context = tuple(map(self._retriever.spelled, question.context))
        query = query_for(replace(question, text=typed, context=context))
        dating = Dating.of(typed, question.asked_on, earlier=query.leans_on)
        candidates = partial(self._candidates, scope=question.scope, dating=dating)
        found = candidates(query.text[-longest:])
        lacks_phrase = not found.hits and bool(keywords.parse(found.text).phrases)
        if lacks_phrase:
            found = candidates(keywords.without_quotation(found.text))
        if query.alone is not None:
            alone = candidates(query.alone[-longest:])
            if self._is_new_topic(alone, found):
                query, found = Query(query.alone), alone
        quoted = self._quoted(typed, query, dating, found)
        return replace(
            quoted,
            query=query.text[-longest:],
            names_days=dating.period is not None,
            lacks_phrase=lacks_phrase,
        )

    def _is_new_topic(self, alone: "_Candidates", carried: "_Candidates") -> bool:
        """Compare by the bare question: words carried over raise every logit."""
        if not carried.hits:
            return True
        best = carried.hits[0]
        if alone.hits and _place(alone.hits[0]) == _place(best):
            return True  # the earlier words add nothing
        (told,) = alone.read([to_read(best.article, best.passage)])
        return told.relevance < max(alone.best - TOPIC_SLACK, OFF_TOPIC)

    def _candidates(self, text: str, *, scope: Scope, dating: Dating) -> "_Candidates":
        retrieved = self._retriever.search(text, scope=scope, near=dating.near)
        begun = perf_counter()
        read = partial(self._retriever.read, text)
        phrases = keywords.parse(text).phrases
        held = [hit for hit in retrieved.hits if holds_phrases(hit, phrases)]
        hits = self._read(read, dating, held)
        took_ms = 1000 * (perf_counter() - begun)
        return _Candidates(text, read, hits, retrieved, took_ms)

    def _quoted(self, typed: str, query: Query, dating: Dating, candidates: "_Candidates") -> Found:
        begun = perf_counter()
        hits, text = candidates.hits, candidates.text
        phrases = keywords.parse(text).phrases
        chosen = best_windows(self._worth_quoting(hits), typed, phrases=phrases)
        windows = _read_alone(chosen, candidates.read)
        bare = self._bare(text, candidates.read, hits)
        windows = [completed(window, self._retriever.beside) for window in windows]
        timings = {
            "encode": candidates.retrieved.encode_ms,
            "retrieve": candidates.retrieved.retrieve_ms,
            "rerank": candidates.rerank_ms + 1000 * (perf_counter() - begun),
        }
        period = dating.shown if _dates_told(hits) else None
        carried = tuple(word for word in query.carried if word in text)
        return Found(text, hits, tuple(windows), timings, carried, period, bare)

    def _read(self, read: Read, dating: Dating, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        effort, known = self._effort, list[Hit]()
        for batch in (hits[: effort.read_first], hits[effort.read_first : effort.read]):
            surest = max((hit.relevance + hit.timeliness for hit in known), default=-effort.sure)
            if surest < effort.sure:
                readings = read([to_read(hit.article, hit.passage) for hit in batch])
                known += [
                    replace(
                        hit,
                        score=ranked_by(reading),
                        timeliness=dating.timeliness(hit.article.published),
                        reading=reading,
                    )
                    for hit, reading in zip(batch, readings, strict=True)
                ]
        return tuple(sorted(known, key=lambda hit: -hit.score - hit.timeliness))

    def _worth_quoting(self, hits: Sequence[Hit]) -> list[Hit]:
        """Take the best hits; another passage of the same article gives way to another source."""
        seen: Counter[tuple[str, str]] = Counter()
        ranked = []
        for hit in hits:
            source = _place(hit)[:2]
            ranked.append((hit.score + hit.timeliness - REPEATED * seen[source], hit))
            seen[source] += 1
        ranked.sort(key=lambda pair: -pair[0])
        return [hit for _, hit in ranked[: self._effort.quote_from]]

    def _bare(self, query: str, read: Read, hits: Sequence[Hit]) -> Bare:
        """Read the best passages again without titles that repeat the question."""
        best, asked = hits[: self._effort.bare], _words(query)
        titled = [
            hit
            for hit in best
            if not hit.article.title_is_derived and asked & _words(hit.article.title)
        ]
        texts = [to_read(hit.article, hit.passage, is_titled=False) for hit in titled]
        again = dict(zip(map(_place, titled), read(texts), strict=True)) if texts else {}
        readings = [again.get(_place(hit), hit.reading) for hit in best]
        return Bare(tuple(reading for reading in readings if reading is not None))


def _read_alone(windows: Sequence[Window], read: Read) -> list[Window]:
    """Read quotes to be by themselves: a passage says little about which sentence answers."""
    readings = read([words_to_read(window.hit.article, window.span) for window in windows])
    alone = [replace(w, alone=reading) for w, reading in zip(windows, readings, strict=True)]
    return sorted(alone, key=lambda window: -window.fit)


def _place(hit: Hit) -> tuple[str, str, Span]:
    return hit.article.root, hit.article.path, hit.passage.span


def _dates_told(hits: Sequence[Hit]) -> bool:
    """Say whether dates moved a hit; where none is known, all lose the same."""
    return any(hit.timeliness for hit in hits) and any(hit.article.published for hit in hits)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Passages as read for one version of the question."""

    text: str
    read: Read
    hits: tuple[Hit, ...]
    retrieved: Retrieved
    rerank_ms: float

    @property
    def best(self) -> float:
        """Logit of relevance of the best passage."""
        return max((hit.relevance for hit in self.hits), default=-float("inf"))


def _words(text: str) -> set[str]:
    return {word[:5] for word in keywords.parse(text).terms if word not in keywords.FUNCTION_WORDS}
