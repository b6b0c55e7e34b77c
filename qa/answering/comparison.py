"""quotes -> Comparison: what several articles say to one question, held side by side.

A false "these articles differ" is worse than none, so a quote takes part only if one sentence of
it speaks of what was asked and gives one value; one that gives several can agree, but not differ.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.text.sentences import sentences_in
from index.types import Article, Span
from qa.answering.sources import independent
from qa.language.answertype import Asked, asked, asks_to_describe, counts, fits
from qa.language.notation import DEMONYM, HEDGE, PERSONS, PLACE_LEAD, SUBORDINATE
from qa.language.subjects import event_of, share, stems, subject_of
from qa.language.values import Amount, Moment, Value, same, value_of
from qa.types import Comparison, Finding, Quote

STRONG = 4.0
"""Logits below the best quote, from which another one is too weak to be held beside it."""
SURE = 0.9
"""Score from which a quote is strong, however much stronger the best one is."""
ABOUT_IT = 0.5
"""Share of the question's words that a sentence must have for its value to be the one asked for."""
NAMES_ABOUT_IT = 0.75
"""The same for names to differ: there are many in a text, and few of them answer."""
SAME_WORDS = 0.6
"""Share of the shorter quote's content words from which two quotes say the same."""
FEWEST_WORDS = 5
"""Content words that they must have in common."""

_AHEAD = re.compile(r"\b(?:will|next|upcoming|scheduled|due|to be|plans?)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|without)\b|n['’]t\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"\d{4}")
_CAPITAL = re.compile(r"(?<=[\w,] )[A-ZÀ-ÖØ-Þ]\w+")
_NOUN_END = re.compile(r"(?:\s+[\w’'-]+){1,4}")


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that a quote gives, and the words that give it."""

    words: Span
    value: Value
    may_differ: bool = True
    """It stands so plainly that another value elsewhere is another answer."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Quotes that give one value; the first one founded it."""

    quotes: tuple[Quote, ...]
    given: _Given


def compare(quotes: Sequence[Quote], question: str) -> Comparison | None:
    """Hold the answers of several articles side by side.

    Args:
        quotes: The best first.
        question: As searched.

    Returns:
        None unless at least two articles answer, and it can be told whether they agree; nor where
        the best quote gives none of the answers, since it stands first.
    """
    strong = [
        quote
        for quote in quotes
        if quote.score >= SURE or _logit(quotes[0]) - _logit(quote) <= STRONG
    ]
    if len(_articles(strong)) < 2:
        return None
    wanted = asked(question)
    is_comparable = wanted.kind != "other" and not asks_to_describe(question)
    groups = _grouped(strong, question) if is_comparable else []
    kept = _differing(groups) or _agreeing(groups)
    if not groups:
        kept = _agreeing(_saying_the_same(strong))
    if not any(quotes[0] in group.quotes for group in kept):
        return None
    return Comparison(tuple(_finding(group, wanted) for group in _newest_first(kept)))


def _grouped(quotes: Sequence[Quote], question: str) -> list[_Group]:
    """Put quotes together that give one value; an article founds one group at most."""
    given = [(quote, _given(quote, question)) for quote in quotes]
    groups: list[_Group] = []
    for quote, values in given:
        if len(values) == 1 and not _joined(groups, quote, values) and not _has(groups, quote):
            groups.append(_Group((quote,), values[0]))
    for quote, values in given:
        if len(values) > 1:
            _joined(groups, quote, values)
    return groups


def _joined(groups: list[_Group], quote: Quote, values: Sequence[_Given]) -> bool:
    for at, group in enumerate(groups):
        if any(same(one.value, group.given.value) for one in values):
            groups[at] = _Group((*group.quotes, quote), group.given)
            return True
    return False


def _has(groups: Iterable[_Group], quote: Quote) -> bool:
    """Say whether the quote's article has given its value already."""
    return any(_key(quote.at.article) in _articles(group.quotes) for group in groups)


def _differing(groups: Sequence[_Group]) -> list[_Group]:
    """Keep the groups that differ from another one; none if all may be the same."""
    able = [group for group in groups if group.given.may_differ]
    kept = [group for group in able if any(_differ(group, other) for other in able)]
    if kept:
        kept += [
            group for group in able if group not in kept and isinstance(group.given.value, Moment)
        ]
    return kept


def _differ(one: _Group, other: _Group) -> bool:
    if same(one.given.value, other.given.value) is not False:
        return False
    is_name = not isinstance(one.given.value, Amount | Moment)
    return not (is_name and (_mentions(one, other) or _mentions(other, one)))


def _mentions(one: _Group, other: _Group) -> bool:
    """Say whether an article with one name has the other, too, and so says nothing against it."""
    text = other.given.words.of(other.quotes[0].at.article.text).casefold()
    return any(text in quote.at.article.text.casefold() for quote in one.quotes)


def _agreeing(groups: Sequence[_Group]) -> list[_Group]:
    """Keep the largest group of at least two articles, the best one of several."""
    several = [group for group in groups if len(_articles(group.quotes)) > 1]
    return [max(several, key=lambda group: len(_articles(group.quotes)))] if several else []


def _given(quote: Quote, question: str) -> list[_Given]:
    """Read the values in a quote that may be what was asked for, each once."""
    text, found, wanted = quote.at.article.text, list[_Given](), asked(question)
    subject, event = subject_of(question), event_of(question)
    title = "" if quote.at.article.title_is_derived else quote.at.article.title
    for sentence in sentences_in(text, quote.at.span):
        said = sentence.of(text)
        if not share(subject, said) or share(subject, f"{title} {said}") < ABOUT_IT:
            continue
        is_plain = share(event, f"{title} {said}") >= ABOUT_IT
        if wanted.kind == "name":
            is_plain = min(share(event, said), share(subject, said)) >= NAMES_ABOUT_IT
        lit = [span for span in quote.highlights if sentence.contains(span)]
        for span in _fitting(lit, sentence, text, wanted=wanted, subject=subject):
            given = _read(quote, span, sentence, wanted=wanted)
            if given and not any(same(given.value, other.value) for other in found):
                found.append(replace(given, may_differ=given.may_differ and is_plain))
    return found


def _read(quote: Quote, span: Span, sentence: Span, *, wanted: Asked) -> _Given | None:
    text = quote.at.article.text
    value = value_of(
        span.of(text),
        wanted.kind,
        quote.at.article.published,
        is_ahead=_AHEAD.search(sentence.of(text)) is not None,
    )
    if isinstance(value, Moment) and wanted.detail == "year":
        value = Moment(value.year) if _YEAR.search(span.of(text)) else None
    if value is None:
        return None
    before = text[sentence.start : span.start]
    if not isinstance(value, Amount):
        return _Given(span, value, wanted.detail != "place" or bool(PLACE_LEAD.search(before)))
    is_counted = counts(wanted, span.of(text), text[span.end : sentence.end])
    if not is_counted and wanted.detail and not fits(wanted.detail, span.of(text)):
        return None
    value = replace(value, is_rough=HEDGE.search(before) is not None)
    return _Given(span, value, is_counted or not wanted.counted)


def _fitting(
    lit: list[Span], sentence: Span, text: str, *, wanted: Asked, subject: tuple[str, ...]
) -> list[Span]:
    """Narrow the lit words of a sentence to those that are what was asked for."""
    if wanted.kind == "time":
        return [span for span in lit if _is_main(span, sentence, text, subject)]
    if wanted.kind == "name":
        lit = [span for span in lit if not DEMONYM.fullmatch(span.of(text))]
        placed = [span for span in lit if PLACE_LEAD.search(text[sentence.start : span.start])]
        return (placed or lit) if wanted.detail == "place" else lit
    if len(lit) == 2 and re.fullmatch(
        r"\s+of (?:the |its |their )?", text[lit[0].end : lit[1].start]
    ):
        return [_of_a_total(lit, sentence, text, subject)]
    return lit


def _is_main(span: Span, sentence: Span, text: str, subject: tuple[str, ...]) -> bool:
    """Say whether a time tells of the question's event, not of one that it is set against."""
    before = text[sentence.start : span.start]
    marks = list(SUBORDINATE.finditer(before))
    return not marks or share(subject, before[marks[-1].end() :]) > 0


def _of_a_total(lit: list[Span], sentence: Span, text: str, subject: tuple[str, ...]) -> Span:
    """Choose from "339 of the 352": the part if the words before it are the question's."""
    part, total = lit
    lead = " ".join(text[sentence.start : part.start].split()[-2:])
    return part if subject and share(subject, lead) > 0 else total


def _saying_the_same(quotes: Sequence[Quote]) -> list[_Group]:
    """Put quotes of different articles together that share most of their content words."""
    groups: list[_Group] = []
    for quote in quotes:
        group = next((at for at, one in enumerate(groups) if _is_said_by(quote, one)), None)
        if group is None:
            groups.append(_Group((quote,), _Given(quote.at.span, Moment())))
        else:
            groups[group] = _Group((*groups[group].quotes, quote), groups[group].given)
    return groups


def _is_said_by(quote: Quote, group: _Group) -> bool:
    one, other = quote.text, group.quotes[0].text
    first, second = stems(one), stems(other)
    common = len(first & second)
    return (
        common >= max(FEWEST_WORDS, SAME_WORDS * min(len(first), len(second)))
        and set(_DIGITS.findall(one)) == set(_DIGITS.findall(other))
        and bool(_NEGATION.search(one)) == bool(_NEGATION.search(other))
        and not (_names_more(one, other) and _names_more(other, one))
    )


def _names_more(one: str, other: str) -> bool:
    """Say whether one text has a name that the other lacks; a sentence's first word is none."""
    return any(share(subject_of(name), other) < 1 for name in _CAPITAL.findall(one))


def _newest_first(groups: Sequence[_Group]) -> list[_Group]:
    """Order by the newest article of each; undated ones last, then by the best quote."""
    by_rank = sorted(groups, key=lambda group: group.quotes[0].n)
    return sorted(by_rank, key=lambda group: max(map(_published, group.quotes)), reverse=True)


def _finding(group: _Group, wanted: Asked) -> Finding:
    quotes = sorted(group.quotes, key=lambda quote: quote.n)
    best = group.quotes[0]
    articles = _articles(quotes)
    places = {key: at for at, key in enumerate(articles)}
    copies = [
        (places[_key(quote.at.article)], places[_key(citation.article)])
        for quote in quotes
        for citation in quote.also
    ]
    return Finding(
        words=_with_noun(group.given, best, wanted).of(best.at.article.text),
        quotes=tuple(quote.n for quote in quotes),
        outlets=independent(tuple(articles.values()), copies),
    )


def _with_noun(given: _Given, quote: Quote, wanted: Asked) -> Span:
    """Widen a number by what makes it rough and by what it counts: `around 58,000 troops`."""
    span, text = given.words, quote.at.article.text
    if not isinstance(given.value, Amount):
        return span
    hedge = HEDGE.search(text[quote.at.span.start : span.start])
    start = quote.at.span.start + hedge.start() if hedge else span.start
    end = span.end
    following = _NOUN_END.match(text[: quote.at.span.end], span.end)
    words = list(re.finditer(r"\S+", following.group())) if following else []
    for word in words:
        if counts(wanted, word.group()):
            end = span.end + word.end()
            if word.group().endswith("s") or word.group() in PERSONS:
                break
    return Span(start, end)


def _published(quote: Quote) -> str:
    return quote.at.article.published or ""


def _articles(quotes: Iterable[Quote]) -> dict[tuple[str, str], Article]:
    """Give the articles that hold the quotes' words, each once."""
    found = (citation.article for quote in quotes for citation in (quote.at, *quote.also))
    return {_key(article): article for article in found}


def _key(article: Article) -> tuple[str, str]:
    return article.root, article.path


def _logit(quote: Quote) -> float:
    odds = min(max(quote.score, 1e-9), 1 - 1e-9)
    return math.log(odds / (1 - odds))
