"""Window -> the same with the whole list that it stands in; and no quote ends at a colon."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.types import Article, Passage, Sentence, Span
from qa.answering.quotes import Window

MAX_ITEMS = 12
"""Of a list, in one quote: the first ones, or those from the chosen one on."""
MAX_WORDS = 120
"""Of a list, in one quote."""
SHORT_WORDS = 20
"""Of the items of a list without a lead-in; longer ones are the numbered paragraphs of a text."""
_MOST_COLONS = 3
"""Sentences in a row that end at one and are followed further."""

Beside = Callable[[Article, Span], tuple[Iterator[Passage], Iterator[Passage]]]
"""Passages of an article before a stretch of it, the nearest first, and after it."""

_COLON = re.compile(r":[\s*_\"”’)]*$")
_FOLLOWING = re.compile(r"\b(?:following|as follows|these|below)\b[^.!?]*[.!?]?\s*$", re.IGNORECASE)
_ITEM_MARK = re.compile(r"\n[^\S\n]*(?:[^\w\s]|[^\S\n]*$)|^[^\S\n]*[^\w\s]")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")


def completed(window: Window, beside: Beside) -> Window:
    """Quote a list whole, with its lead-in, where that or an item was chosen.

    As far as it stands in the article, in several passages even, and within MAX_ITEMS and
    MAX_WORDS. What comes after a colon goes with it, list or no list.
    """
    stretch = _Stretch(window, beside)
    chosen = stretch.place_of(window)
    around = _list_around(stretch, chosen)
    quoted = chosen if around is None else _within_bounds(stretch, around, chosen)
    quoted = _beyond_colons(stretch, quoted, chosen)
    left = 0
    if around is not None:
        left = stretch.items(around.items) - stretch.items(quoted)
    return stretch.window(quoted, items_left=left) if left or quoted != chosen else window


@dataclass(frozen=True, slots=True)
class _List:
    """Where a list stands among sentences."""

    items: range
    lead_in: int | None

    @property
    def start(self) -> int:
        """Place of the first sentence, the lead-in included."""
        return self.items.start if self.lead_in is None else self.lead_in


class _Stretch:
    """The sentences of a passage, and those before and after it as far as they are asked for.

    Places are counted from the passage's own first sentence, so that those before are negative.
    """

    def __init__(self, window: Window, beside: Beside) -> None:
        self._window = window
        self._beside = beside
        self._own = window.hit.passage.sentences
        self._text = window.hit.article.text
        self._before: list[Sentence] = []
        """The nearest first."""
        self._after: list[Sentence] = []
        self._passages: tuple[Iterator[Passage], Iterator[Passage]] | None = None

    def place_of(self, window: Window) -> range:
        """Places of a window's sentences."""
        return range(window.first, window.last + 1)

    def sentence(self, place: int) -> Sentence | None:
        """Give the sentence at a place; None where the stretch has ended."""
        if 0 <= place < len(self._own):
            return self._own[place]
        kept = self._before if place < 0 else self._after
        at = -place - 1 if place < 0 else place - len(self._own)
        while at >= len(kept):
            passage = next(self._read()[place >= 0], None)
            if passage is None:
                return None
            kept += reversed(passage.sentences) if place < 0 else passage.sentences
        return kept[at]

    def _read(self) -> tuple[Iterator[Passage], Iterator[Passage]]:
        if self._passages is None:
            hit = self._window.hit
            self._passages = self._beside(hit.article, hit.passage.span)
        return self._passages

    def kind(self, place: int) -> str:
        """Kind of the sentence at a place; empty where there is none."""
        sentence = self.sentence(place)
        return sentence.kind if sentence else ""

    def words(self, place: int) -> str:
        """The sentence at a place; empty where there is none."""
        sentence = self.sentence(place)
        return sentence.span.of(self._text) if sentence else ""

    def opens_item(self, place: int) -> bool:
        """Say whether an item begins at a place, rather than its second sentence."""
        sentence, before = self.sentence(place), self.sentence(place - 1)
        if sentence is None or sentence.kind != "item":
            return False
        if before is None or before.kind != "item" or _NUMBERED.match(self.words(place)):
            return True
        return _ITEM_MARK.search(self._text[before.span.end : sentence.span.start]) is not None

    def items(self, places: range) -> int:
        """Count the items that begin at these places."""
        return sum(map(self.opens_item, places))

    def length(self, places: range) -> int:
        """Count the words of these sentences."""
        return sum(len(self.words(place).split()) for place in places)

    def window(self, places: range, *, items_left: int) -> Window:
        """Give a window of these sentences, on a passage that reaches as far and one further."""
        reach = range(min(0, places.start - 1), max(len(self._own), places.stop + 1))
        found = [(place, self.sentence(place)) for place in reach]
        kept = [(place, sentence) for place, sentence in found if sentence is not None]
        passage = Passage(tuple(sentence for _, sentence in kept))
        first = places.start - kept[0][0]
        return replace(
            self._window,
            hit=replace(self._window.hit, passage=passage),
            first=first,
            last=first + len(places) - 1,
            chosen=self._window.span,
            items_left=items_left,
        )


def _list_around(stretch: _Stretch, chosen: range) -> _List | None:
    """Find the list of which an item or the lead-in was chosen; None if there is none."""
    item = next((place for place in chosen if stretch.kind(place) == "item"), None)
    if item is None:
        is_lead = _is_lead_in(stretch, chosen.stop - 1)
        item = chosen.stop if is_lead and stretch.kind(chosen.stop) == "item" else None
    if item is None:
        return None
    start, stop = item, item + 1
    while stretch.kind(start - 1) == "item":
        start -= 1
    while stretch.kind(stop) == "item":
        stop += 1
    lead_in = start - 1 if _is_lead_in(stretch, start - 1) else None
    if lead_in is None and not _is_short(stretch, range(start, stop)):
        return None
    return _List(range(start, stop), lead_in)


def _is_lead_in(stretch: _Stretch, place: int) -> bool:
    words = stretch.words(place)
    is_prose = stretch.kind(place) == "prose"
    return is_prose and bool(_COLON.search(words) or _FOLLOWING.search(words))


def _is_short(stretch: _Stretch, items: range) -> bool:
    """Say whether there are several items, each of one short sentence."""
    return len(items) > 1 and all(
        stretch.opens_item(place) and len(stretch.words(place).split()) <= SHORT_WORDS
        for place in items
    )


def _within_bounds(stretch: _Stretch, around: _List, chosen: range) -> range:
    """Give the list from its start if what was chosen is reached so; else from there on."""
    start = min(around.start, chosen.start)
    quoted = _grown(stretch, range(start, start + 1), around.items.stop)
    if quoted.stop >= chosen.stop:
        return quoted
    quoted = _grown(stretch, chosen, around.items.stop)
    while quoted.start > around.start and _fits(stretch, range(quoted.start - 1, quoted.stop)):
        quoted = range(quoted.start - 1, quoted.stop)
    return quoted


def _grown(stretch: _Stretch, quoted: range, stop: int) -> range:
    """Add whole items at the end as long as they fit."""
    whole = quoted
    for end in range(quoted.stop + 1, stop + 1):
        quoted = range(quoted.start, end)
        if not _fits(stretch, quoted):
            return whole
        if end == stop or stretch.opens_item(end):
            whole = quoted
    return whole


def _fits(stretch: _Stretch, quoted: range) -> bool:
    return stretch.items(quoted) <= MAX_ITEMS and stretch.length(quoted) <= MAX_WORDS


def _beyond_colons(stretch: _Stretch, quoted: range, chosen: range) -> range:
    """Leave out or take along what is needed so that the last sentence ends at no colon."""
    while quoted.stop > chosen.stop and _COLON.search(stretch.words(quoted.stop - 1)):
        quoted = range(quoted.start, quoted.stop - 1)
    for _ in range(_MOST_COLONS):
        is_open = _COLON.search(stretch.words(quoted.stop - 1))
        if not is_open or stretch.kind(quoted.stop) in ("", "heading"):
            break
        quoted = range(quoted.start, quoted.stop + 1)
    return quoted
