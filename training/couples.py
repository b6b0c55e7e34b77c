"""Asked -> couples: a question and a passage that answers, beside one that only seems to.

Three kinds of near miss teach that being about the question is not answering it: another question
to the same passage; another stretch of the same text that lacks the answer; another text of the
same article, or like it, that lacks the answer's words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from index.types import Span
from training.questions import Asked, content, likest, read, window

MIX = {
    "unansq": 46.0,
    "squad2x": 13.0,
    "selqa": 12.0,
    "qed": 9.0,
    "newwiki": 12.0,
    "squad11x": 6.0,
    "unansqdev": 2.0,
}
"""Sets, and their share of the couples. All may be shipped with what was learned from them."""
WORDS = (35, 90)
"""Of a passage, the fewest and the most."""
TITLED = 0.6
"""Share of the couples that are read with their titles."""
SLOPPY = 0.2
"""Share of the questions that are typed in small letters, without a question mark."""
_COMPARED = 30
"""Other texts that a near miss is looked for in."""
_OWN_TEXT = 0.6
"""Share of near misses taken from the same text, where it is long enough."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage, as they are read."""

    question: str
    title: str
    passage: str
    spans: tuple[Span, ...]
    """Where the passage answers; none where it doesn't."""
    is_loose: bool = False


Couple = tuple[Pair, Pair]
"""One that answers, one that doesn't."""


def couples(folder: Path, random: Random) -> Iterator[Couple]:
    """Draw couples without end, the same ones for the same state of `random`."""
    streams = {
        name: _STREAMS.get(name, _other_passages)(read(folder / f"{name}.jsonl.gz"), random)
        for name in MIX
    }
    names, shares = list(MIX), list(MIX.values())
    while True:
        (name,) = random.choices(names, shares)
        yield _as_typed(next(streams[name]), random)


def _as_typed(couple: Couple, random: Random) -> Couple:
    is_titled, is_sloppy = random.random() < TITLED, random.random() < SLOPPY

    def typed(pair: Pair) -> Pair:
        question = pair.question.lower().rstrip(" ?") if is_sloppy else pair.question
        return replace(pair, question=question, title=pair.title if is_titled else "")

    yes, no = couple
    return typed(yes), typed(no)


def _aligned(asked: Sequence[Asked], random: Random) -> Iterator[Couple]:
    """Lines 2k and 2k + 1 belong together: a question, and a near miss written from it."""
    rows = list(range(0, len(asked), 2))
    while True:
        random.shuffle(rows)
        for row in rows:
            yield _same_passage(asked[row], asked[row + 1], random)


def _matched(asked: Sequence[Asked], random: Random) -> Iterator[Couple]:
    """Questions to one text, matched by the words that they share."""
    while True:
        answered: dict[str, list[Asked]] = defaultdict(list)
        others: dict[str, list[Asked]] = defaultdict(list)
        for one in asked:
            (answered if one.spans else others)[one.text].append(one)
        found = []
        for text, nots in others.items():
            left = answered[text][:]
            random.shuffle(nots)
            for no in nots:
                if left:
                    yes = max(left, key=lambda one: _shared(one.question, no.question))
                    left.remove(yes)
                    found.append((yes, no))
        random.shuffle(found)
        for yes, no in found:
            yield _same_passage(yes, no, random)


def _same_passage(yes: Asked, no: Asked, random: Random) -> Couple:
    cut = window(yes.text, yes.spans[0], random, words=WORDS)
    around = no.likely or likest(no.text, no.question)
    if around is None or not cut.contains(around):
        return _pair(yes, cut), _pair(no, window(no.text, around or cut, random, words=WORDS))
    return _pair(yes, cut), _pair(no, cut)


def _other_passages(asked: Sequence[Asked], random: Random) -> Iterator[Couple]:
    """The same question with a stretch that looks like it and doesn't answer."""
    by_group: dict[str, list[Asked]] = defaultdict(list)
    for one in {(one.group, one.text): one for one in asked}.values():
        by_group[one.group].append(one)
    everywhere = [one for group in by_group.values() for one in group]
    rows = list(range(len(asked)))
    while True:
        random.shuffle(rows)
        for row in rows:
            yes = asked[row]
            no = _own_stretch(yes, random) if random.random() < _OWN_TEXT else None
            if no is None:
                pool = by_group[yes.group] if len(by_group[yes.group]) > 1 else everywhere
                no = _other_text(yes, pool, random)
            if no is not None:
                yield _pair(yes, window(yes.text, yes.spans[0], random, words=WORDS)), no


def _own_stretch(yes: Asked, random: Random) -> Pair | None:
    """Give a stretch of the same text without the answer, if there is one worth reading."""
    around = likest(yes.text, yes.question, without=yes.spans)
    if around is None:
        return None
    before = max((s.end for s in yes.spans if s.end <= around.start), default=0)
    after = min((s.start for s in yes.spans if s.start >= around.end), default=len(yes.text))
    free = yes.text[before:after]
    cut = window(free, Span(around.start - before, around.end - before), random, words=WORDS)
    words = cut.of(free)
    if len(words.split()) < WORDS[0] // 2 or _tells(words, yes):
        return None
    return Pair(yes.question, yes.title, words, ())


def _other_text(yes: Asked, pool: Sequence[Asked], random: Random) -> Pair | None:
    """Give the likest of some other texts, as far as it lacks the answer's words."""
    drawn = random.sample(pool, min(len(pool), _COMPARED))
    free = [one for one in drawn if one.text != yes.text and not _tells(one.text, yes)]
    if not free:
        return None
    no = max(free, key=lambda one: _shared(one.text, yes.question))
    around = likest(no.text, yes.question) or Span(0, len(no.text))
    cut = window(no.text, around, random, words=WORDS)
    return Pair(yes.question, no.title, cut.of(no.text), ())


def _tells(words: str, yes: Asked) -> bool:
    """Say whether words hold an answer; of a whole sentence that answers, most of its words."""
    folded = words.lower()
    for span in yes.spans:
        answer = span.of(yes.text)
        if yes.is_loose:
            told = content(answer) - content(yes.question)
            if len(told & content(words)) > len(told) / 2:
                return True
        elif answer.lower() in folded:
            return True
    return False


def _pair(asked: Asked, cut: Span) -> Pair:
    inside = (span for span in asked.spans if cut.contains(span))
    spans = tuple(Span(span.start - cut.start, span.end - cut.start) for span in inside)
    return Pair(asked.question, asked.title, cut.of(asked.text), spans, asked.is_loose)


def _shared(one: str, other: str) -> int:
    return len(content(one) & content(other))


_STREAMS: dict[str, Callable[[Sequence[Asked], Random], Iterator[Couple]]] = {
    "unansq": _aligned,
    "unansqdev": _aligned,
    "squad2x": _matched,
}
