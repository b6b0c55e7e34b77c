"""Hit -> Quote: the sentences that answer; always a slice of the article."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.types import Hit, Sentence, Span, with_title
from qa.answertype import answering_spans
from qa.doubts import doubt, folded
from qa.skimming import likeliest
from qa.statements import only_states
from qa.types import Citation, Quote, Why

Score = Callable[[Sequence[str]], list[float]]
"""Texts to reranker logits for the query at hand."""

NEAR_IDENTICAL = 0.8
"""Share of words in common (Jaccard) from which two quotes are one."""
EASY_WORDS = 42
"""Length at which a neighbouring sentence must raise the score to be quoted too."""
GAIN_PER_WORD = 0.05
"""Logits by which it must do so for each word beyond; a shorter quote may even lose as much."""
MAX_QUOTE_WORDS = 60
LEANS = 2.0
"""Logits that the sentence before adds where a quote begins with "he" or "the company"."""
WEAKEST = 6.0
"""Logits below the best quote at which another one is no longer worth reading."""

_WORD = re.compile(r"\w+")
_LEANING = re.compile(
    r"\W*(?:however|but|also|instead|meanwhile|he|she|it|they|this|that|these|those|his|her|"
    r"their|its|such|both|one|the (?:company|"
    r"country|city|state|group|team|singer|actor|actress|star|president|couple|firm|agency|measure|"
    r"bill|move|show|film|movie|album|song|two|pair|latter|former))\b",
    re.IGNORECASE,
)
_REVERSAL = re.compile(
    r"(?:however|but|nevertheless)\b|"
    r".{0,60}\b(?:denied|retracted|corrected|withdrawn|untrue|false)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of a hit that may be quoted: one to three, or a list."""

    hit: Hit
    first: int
    last: int
    """Index of the last sentence, included."""
    logit: float = 0.0
    """Reranker logit of these sentences, read after the title; less where they hardly answer."""
    chosen: Span | None = None
    """The sentences that have that logit, where they are quoted with the rest of their list."""
    items_left: int = 0
    """Items of that list that are not quoted."""

    @property
    def fit(self) -> float:
        """Rank by the sentences and their passage, half and half, and by the article's date."""
        return (self.logit + self.hit.score) / 2 + self.hit.timeliness

    def holds(self, other: "Window") -> bool:
        """Say whether another window of the same hit lies wholly inside."""
        return self.hit is other.hit and self.first <= other.first and other.last <= self.last

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences quoted."""
        return self.hit.passage.sentences[self.first : self.last + 1]

    @property
    def span(self) -> Span:
        """Where they stand in the article."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.span.of(self.hit.article.text)

    @property
    def with_title(self) -> str:
        """The text to rerank: a real title goes before the words."""
        return with_title(self.hit.article, self.text)


def best_windows(
    hits: Sequence[Hit],
    score: Score,
    question: str,
    *,
    phrases: Sequence[str] = (),
    alone: Sequence[int] = (),
    widen: int = 2,
) -> list[Window]:
    """Choose the sentences of each hit that answer best, the best first.

    The likeliest sentences of each hit are scored by themselves, after the title: `alone` says how
    many of the first hit, of the second, and so on; all where it says nothing. The best one of
    each hit is widened by a neighbour where that raises its score enough for its length, for the
    first `widen` hits: the sentence most like the question often stands beside the one that
    answers. Headings are not quoted alone. A sentence with a phrase in quotation marks comes before
    one without.
    """

    def scored(windows: Sequence[Window]) -> list[Window]:
        logits = score([window.with_title for window in windows])
        return [
            replace(
                window,
                logit=logit - doubt(question, window.hit.article, window.text, phrases=phrases),
            )
            for window, logit in zip(windows, logits, strict=True)
        ]

    singles = [_singles(hit, question) for hit in hits]
    kept = likeliest([[one.text for one in windows] for windows in singles], question, alone)
    read = scored([windows[at] for windows, rows in zip(singles, kept, strict=True) for at in rows])
    chosen = _one_a_hit(read)
    wider = scored([wide for one in chosen[:widen] for wide in _neighbours(one, question)])
    widened = [_widest(window, wider) for window in chosen[:widen]] + chosen[widen:]
    return sorted(map(_complete, widened), key=lambda window: -window.fit)


def _singles(hit: Hit, question: str) -> list[Window]:
    """The sentences one by one; none that only states something of its article, if others do."""
    windows = [
        Window(hit, at, at)
        for at, sentence in enumerate(hit.passage.sentences)
        if sentence.kind != "heading"
    ]
    return [one for one in windows if not only_states(hit.article, one.text, question)] or windows


def holds_phrases(hit: Hit, phrases: Sequence[str]) -> bool:
    """Say whether a passage, or the title above it, holds every phrase letter for letter."""
    words = folded(hit.passage.with_title(hit.article))
    return all(folded(phrase) in words for phrase in phrases)


def _one_a_hit(windows: list[Window]) -> list[Window]:
    best: dict[tuple[str, str, Span], Window] = {}
    for window in windows:
        key = (*_file(window), window.hit.passage.span)
        if key not in best or window.logit > best[key].logit:
            best[key] = window
    return sorted(best.values(), key=lambda window: -window.fit)


def _widest(window: Window, wider: Sequence[Window]) -> Window:
    """Take the neighbour along that gains most, if one of them gains enough for its length."""
    leans = _LEANING.match(window.text) is not None
    most, best = 0.0, window
    for wide in wider:
        if not wide.holds(window):
            continue
        gain = wide.logit - window.logit - _length_cost(wide)
        gain += LEANS * (leans and wide.first < window.first)
        if gain >= most and gain > 0:
            most, best = gain, wide
    return replace(best, logit=max(best.logit, window.logit))


def _length_cost(window: Window) -> float:
    """Logits that a quote of this length must gain on the single sentence."""
    return GAIN_PER_WORD * (len(_WORD.findall(window.text)) - EASY_WORDS)


def _neighbours(window: Window, question: str) -> list[Window]:
    """The windows of two sentences around one; no heading, and no line about the article."""
    kept = {one.first for one in _singles(window.hit, question)}
    pairs = [(window.first - 1, window.last), (window.first, window.last + 1)]
    return [
        Window(window.hit, first, last)
        for first, last in pairs
        if kept.issuperset(range(first, last + 1))
        and len(_WORD.findall(Window(window.hit, first, last).text)) <= MAX_QUOTE_WORDS
    ]


def _complete(window: Window) -> Window:
    """Take the next sentence along if it takes back what the quote says."""
    sentences = window.hit.passage.sentences
    following = window.last + 1
    if following >= len(sentences) or following - window.first >= 3:
        return window
    words = sentences[following].span.of(window.hit.article.text)
    if sentences[following].kind == "prose" and _REVERSAL.match(words):
        return Window(window.hit, window.first, following, window.logit)
    return window


def quotes_from(windows: Sequence[Window], question: str, *, top: int) -> tuple[Quote, ...]:
    """Number the windows as quotes, near-identical ones from several articles as one."""
    groups: list[list[Window]] = []
    for window in windows:
        if window.fit < windows[0].fit - WEAKEST:
            break
        if any(_overlaps(one, window) for group in groups for one in group):
            continue
        alike = next((g for g in groups if _is_near_identical(g[0].text, window.text)), None)
        if alike is not None:
            alike.append(window)
        elif len(groups) < top:
            groups.append([window])
    return tuple(_quote(n, group, question) for n, group in enumerate(groups, start=1))


def _quote(n: int, group: list[Window], question: str) -> Quote:
    best, *others = group
    also = {
        _file(other): Citation(other.hit.article, other.span)
        for other in others
        if _file(other) != _file(best)
    }
    return Quote(
        n=n,
        at=Citation(best.hit.article, best.span),
        score=sigmoid(best.fit),
        context=_context(best),
        highlights=_lit(best, question),
        also=tuple(also.values()),
        items_left=best.items_left,
        why=Why(
            passage=best.hit.score,
            sentences=best.logit,
            cosine=best.hit.cosine,
            bm25=best.hit.bm25,
            timeliness=best.hit.timeliness,
        ),
    )


def _file(window: Window) -> tuple[str, str]:
    return window.hit.article.root, window.hit.article.path


def _overlaps(one: Window, other: Window) -> bool:
    """Say whether two windows share words: those of two passages may stand in one list."""
    return _file(one) == _file(other) and one.span.overlaps(other.span)


def _lit(window: Window, question: str) -> tuple[Span, ...]:
    """Light the answering words; those of a list only where they were chosen, if there are any."""
    text = window.hit.article.text
    lit = (
        answering_spans(question, at.of(text), at.start)
        for at in (window.chosen, window.span)
        if at
    )
    return next(filter(None, lit), ())


def _context(window: Window) -> Span:
    """The quote with a sentence before and after, as far as its passage goes; no headings.

    Nothing is added to a list that is not quoted to its end: what is left is counted.
    """
    sentences = window.hit.passage.sentences
    first, last = window.first, window.last
    if not window.items_left:
        first -= first > 0 and sentences[first - 1].kind != "heading"
        last += last + 1 < len(sentences) and sentences[last + 1].kind != "heading"
    return Span(sentences[first].span.start, sentences[last].span.end)


def _is_near_identical(one: str, other: str) -> bool:
    first, second = set(_words(one)), set(_words(other))
    return len(first & second) >= NEAR_IDENTICAL * len(first | second) > 0


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def sigmoid(logit: float) -> float:
    """Map a logit to 0..1 without overflow."""
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else 1 - 1 / (1 + math.exp(logit))
