"""Hit -> Quote: the sentences that answer; always a slice of the article."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.text.as_read import standing, titled
from index.types import Hit, Reading, Sentence, Span
from qa.answering.doubts import doubt, folded
from qa.answering.statements import only_states
from qa.language.answertype import answering_spans
from qa.types import Citation, Quote, Why

NEAR_IDENTICAL = 0.8
"""Share of words in common (Jaccard) from which two quotes are one."""
RELEVANT, ANSWERING, HELD = 0.2, 1.0, 0.8
"""What a logit of relevance, one of answerability, and the logarithm of the probability that the
answer is in these sentences weigh in a quote's rank."""
ALONE_RELEVANT, ALONE_ANSWERING = 0.33, 0.3
"""What relevance and answerability of the sentences weigh when they are read by themselves."""
EASY_WORDS = 42
"""Length at which a neighbouring sentence must hold more of the answer to be quoted too."""
GAIN_PER_WORD = 0.05
"""Logarithm by which it must do so for each word beyond; a shorter quote may even hold less."""
MAX_QUOTE_WORDS = 60
LEANS = 2.0
"""What the sentence before adds where a quote begins with "he" or "the company"."""
LEAST = 1e-3
"""Probability, below which none of the reader's is believed."""
LIT = 0.15
"""Probability of the likeliest words from which they are lit."""
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
    """What the reader holds of these sentences, in logits; less where they hardly answer."""
    chosen: Span | None = None
    """The sentences that have that logit, where they are quoted with the rest of their list."""
    items_left: int = 0
    """Items of that list that are not quoted."""
    answer: Span | None = None
    """The likeliest words of its passage; None where nothing was read."""

    alone: Reading | None = None
    """What the reader made of the sentences by themselves, under the title."""

    @property
    def fit(self) -> float:
        """Rank by the sentences, their passage, and the article's date."""
        fit = self.hit.score + self.logit + self.hit.timeliness
        if self.alone:
            fit += ALONE_RELEVANT * self.alone.relevance + ALONE_ANSWERING * self.alone.answers
        return fit

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


def best_windows(
    hits: Sequence[Hit], question: str, *, phrases: Sequence[str] = ()
) -> list[Window]:
    """Choose the sentences of each hit that answer best, the best first.

    The sentence of each hit that holds the answer likeliest is widened by a neighbour where that
    holds enough more of it for its length: the answer may reach from one to the next. Headings are
    not quoted alone. A sentence with a phrase in quotation marks comes before one without.
    """

    def weighed(window: Window) -> Window:
        doubted = doubt(question, window.hit.article, window.text, phrases=phrases)
        return replace(window, logit=HELD * held(window) - doubted)

    chosen = []
    for hit in hits:
        singles = [weighed(one) for one in _singles(hit, question)]
        if singles:
            best = max(singles, key=lambda window: window.logit)
            wider = [weighed(wide) for wide in _neighbours(best, question)]
            chosen.append(replace(_complete(_widest(best, wider)), answer=_answer(hit)))
    return sorted(chosen, key=lambda window: -window.fit)


def ranked_by(reading: Reading) -> float:
    """Give a passage's score: it is about the question, and it answers."""
    return RELEVANT * reading.relevance + ANSWERING * reading.answers


def held(window: Window) -> float:
    """Logarithm of the probability that the answer begins, and that it ends, in these sentences."""
    reading = window.hit.reading
    if reading is None:
        return 0.0
    chosen = slice(window.first, window.last + 1)
    return sum(
        math.log(max(LEAST, sum(shares[chosen]))) for shares in (reading.starts, reading.ends)
    )


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
    words = folded(titled(hit.passage, hit.article))
    return all(folded(phrase) in words for phrase in phrases)


def _widest(window: Window, wider: Sequence[Window]) -> Window:
    """Take the neighbour along that holds most besides, if one holds enough for its length."""
    leans = _LEANING.match(window.text) is not None
    most, best = 0.0, window
    for wide in wider:
        gain = held(wide) - held(window) - _length_cost(wide) + doubted(window) - doubted(wide)
        gain += LEANS * (leans and wide.first < window.first)
        if gain >= most and gain > 0:
            most, best = gain, wide
    return replace(best, logit=max(best.logit, window.logit))


def doubted(window: Window) -> float:
    """Give what was taken off for words that hardly answer."""
    return HELD * held(window) - window.logit


def _length_cost(window: Window) -> float:
    """What a quote of this length must hold more than the single sentence."""
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
            passage=best.hit.relevance,
            answers=best.hit.reading.answers if best.hit.reading else 0.0,
            sentences=best.logit,
            cosine=best.hit.cosine,
            bm25=best.hit.bm25,
            timeliness=best.hit.timeliness,
            words=best.answer.of(best.hit.article.text) if best.answer else "",
            sure=best.hit.reading.sure if best.hit.reading else 0.0,
        ),
    )


def _file(window: Window) -> tuple[str, str]:
    return window.hit.article.root, window.hit.article.path


def _overlaps(one: Window, other: Window) -> bool:
    """Say whether two windows share words: those of two passages may stand in one list."""
    return _file(one) == _file(other) and one.span.overlaps(other.span)


def _lit(window: Window, question: str) -> tuple[Span, ...]:
    """Light the words that answer: the reader's, or else those of the kind asked for.

    Of a list only where it was chosen, if there are any.
    """
    text, answer, reading = window.hit.article.text, window.answer, window.hit.reading
    is_sure = reading is not None and reading.sure >= LIT
    for at in filter(None, (window.chosen, window.span)):
        if is_sure and answer is not None and at.contains(answer):
            return (answer,)
        if lit := answering_spans(question, at.of(text), at.start):
            return lit
    return ()


def _answer(hit: Hit) -> Span | None:
    """Find the words in which the reader sees the answer, as they stand in the article."""
    reading = hit.reading
    if reading is None or reading.words is None:
        return None
    return _whole(standing(reading.words, hit.article, hit.passage), hit.article.text)


def _whole(words: Span, text: str) -> Span:
    """Take the rest of a word along."""
    start, end = words.start, words.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


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
