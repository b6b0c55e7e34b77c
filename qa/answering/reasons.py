"""Found -> why nothing answers: a code, and one sentence that names what is missing."""

import re
from collections.abc import Callable, Sequence

from index.search.wordforms import Sought, sought_in
from index.text import keywords
from index.text.as_read import titled
from index.text.days import days_in_words
from index.text.language import looks_english
from qa.answering.absence import may_hold, missing
from qa.answering.doubts import folded
from qa.answering.finding import Found
from qa.language.answertype import asked
from qa.language.english import is_foreign
from qa.language.notation import ROLES
from qa.language.restating import restated
from qa.language.subjects import share, subject_of
from qa.language.verbs import VERBS
from qa.types import AbstentionReason, Question, Quote, Searched
from qa.visible import visible_line

ON_TOPIC_LOGIT = -2.0
"""Logit of relevance of the best passage from which the articles are about the question."""
MAX_NAMED = 3
"""Missing words that are named."""
MAX_WORD_CHARS = 40

_FORM = frozenset(
    """money amount cost costs price worth age kind type sort one ones reason answer call calls
    called mean each every per any another else besides tell far big tall large high heavy fast deep
    ll ve
    re""".split()
)
"""Words that tell what is asked for; the articles need not mention them."""
_CAPITALISED = re.compile(r"[^\W\d_a-z]\w+(?:[ -][^\W\d_a-z]\w+)*")
_KINDS = {
    "count": "a number",
    "percent": "a percentage",
    "currency": "an amount of money",
    "time": "a length of time",
    "measure": "a measurement",
    "year": "a year",
    "place": "a place",
    "person": "a name",
    "reason": "a reason",
    "number": "a number",
    "name": "a name",
}
_PRICE = re.compile(r"\b(?:costs?|prices?|worth|sell|sold|buy|bought)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:how old|age)\b", re.IGNORECASE)


IsMentioned = Callable[[Sequence[str]], bool]
"""Says whether any article that was searched has one of some words and phrases."""


def why_not(
    found: Found, question: Question, *, nearest: Sequence[Quote], is_mentioned: IsMentioned
) -> tuple[AbstentionReason, str]:
    """Say why nothing that was found answers.

    That a word is missing is said only if neither what was found has it in any form, nor any other
    article that was searched; and that a kind of fact is, only if what is shown holds none.

    Returns:
        A code, and one sentence that ends in a full stop and holds no control character.
    """
    reason, told = _reason(found, question, nearest, is_mentioned)
    return reason, visible_line(f"{_articles(found, question)} {told}.")


def why_unsure(
    found: Found, question: Question, *, is_mentioned: IsMentioned
) -> tuple[AbstentionReason, str]:
    """Say that what comes closest may answer; and which of the question's words nothing mentions.

    Returns:
        As `why_not`.
    """
    absent = _absent(found, is_mentioned)
    told = "may answer this below, but no passage surely does"
    if absent:
        told = f"may answer this below, though nothing in them mentions {_named(absent)}"
    return "fact-missing", visible_line(f"{_articles(found, question)} {told}.")


def remarks(found: Found, question: Question, searched: Searched) -> tuple[str, ...]:
    """Say what may have kept us from an answer besides the articles' words."""
    said = left_unread(searched)
    if _is_misread(found, question):
        said = ("Questions are understood in English only.", *said)
    return said


def left_unread(searched: Searched) -> tuple[str, ...]:
    """Say how many files could not be read, if any."""
    if not searched.skipped:
        return ()
    if searched.skipped == 1:
        return ("1 file could not be read; `qa status` names it.",)
    return (f"{searched.skipped} files could not be read; `qa status` names them.",)


def _reason(
    found: Found, question: Question, nearest: Sequence[Quote], is_mentioned: IsMentioned
) -> tuple[AbstentionReason, str]:
    phrases = keywords.parse(found.query).phrases
    if phrases and (found.lacks_phrase or not found.windows):
        return "phrase-missing", f"don't say: {_without_phrases(found, phrases)}"
    if _is_misread(found, question):
        return "nothing-on-topic", "don't say: none was found for a question that isn't in English"
    held = " ".join(titled(hit.passage, hit.article) for hit in found.hits)
    lacked = _lacked(found)
    wanted = restated(question.text)
    say = f"don't say {wanted}" if wanted else "don't say"
    if _is_off_topic(found, [one.word for one in lacked]):
        return "nothing-on-topic", f"{say}: none of them is about this"
    if absent := _absent(found, is_mentioned):
        return "fact-missing", f"{say}: nothing in them mentions {_named(absent)}"
    lacking = _lacking(question, nearest)
    topic = _topic(found.query, held) or ("" if lacked else "this")
    if wanted or not topic:
        return "fact-missing", f"{say}: {lacking}"
    return "fact-missing", f"{say}: they touch on {topic}, but {lacking}"


def _lacked(found: Found) -> list[Sought]:
    """Give the words of the query, those of its form aside, that nothing found has."""
    return [
        one for one in missing(found.query, found.hits) if one.word.lower() not in _FORM | VERBS
    ]


def _absent(found: Found, is_mentioned: IsMentioned) -> list[Sought]:
    """Give those that no article has at all."""
    return [one for one in _lacked(found) if one.is_countable and not is_mentioned(one.forms)]


def _named(absent: Sequence[Sought]) -> str:
    return _listed([_quoted(one.word) for one in absent[:MAX_NAMED]], "or")


def _without_phrases(found: Found, phrases: Sequence[str]) -> str:
    """Say that the phrases occur in no passage; of whole articles only where none found has one."""
    words = _listed([_quoted(" ".join(phrase.split())) for phrase in phrases], "and")
    texts = [folded(hit.article.text) for hit in found.hits]
    if all(any(folded(phrase) in text for text in texts) for phrase in phrases):
        return f"no single passage in them holds {words} word for word"
    together = " in one passage" if len(phrases) > 1 else ""
    return f"none holds {words} word for word{together}"


def _lacking(question: Question, nearest: Sequence[Quote]) -> str:
    """Say what none of the articles does: give the kind asked for, if what is shown holds none."""
    kind = _kind(question.text)
    shown = (quote.context.of(quote.at.article.text) for quote in nearest)
    if not kind or any(may_hold(question.text, text) for text in shown):
        return "no sentence in them answers"
    return f"none gives {kind} that answers"


def _articles(found: Found, question: Question) -> str:
    """Name the articles that the sentence speaks of."""
    period, source = question.scope.period, question.scope.source
    if period or source:
        whose = f" from {_quoted(source)}" if source else ""
        days = f" dated {days_in_words(period)}" if period else ""
        return f"The articles{whose}{days}"
    if found.period:
        return f"These articles, those of {days_in_words(found.period)} first,"
    return "These articles"


def _is_off_topic(found: Found, lacked: Sequence[str]) -> bool:
    """Say whether the best passage is far off, and most names and most words are absent."""
    after_first = _content(found.query.partition(" ")[2])
    names = [word for word in after_first if word[0].isupper() and not found.query.isupper()]
    subject = [word for word in _content(found.query) if word.lower() not in VERBS]
    best = max((hit.relevance for hit in found.hits), default=ON_TOPIC_LOGIT - 1)
    return best < ON_TOPIC_LOGIT and all(
        2 * sum(word not in lacked for word in some) < max(1, len(some))
        for some in (names or subject, subject)
    )


def _is_misread(found: Found, question: Question) -> bool:
    """Say whether a question in another language was put to English articles."""
    texts = "\n".join(hit.passage.span.of(hit.article.text) for hit in found.hits)
    return is_foreign(question.text) and looks_english(texts)


def _content(query: str) -> list[str]:
    """Give the words that say what a question is about, in order."""
    words = dict.fromkeys(one.word for one in sought_in(query))
    return [word for word in words if word.lower() not in _FORM and subject_of(word)]


def _topic(query: str, held: str) -> str:
    """Name what the articles do speak of: up to two names of the question, perhaps none."""
    names = []
    for found in _CAPITALISED.finditer(query):
        first, _, others = found.group().partition(" ")
        name = others if first.lower() in keywords.FUNCTION_WORDS else found.group()
        # Any first word is capitalised: it must be a name in the articles too.
        if (found.start() or name in held) and _is_held(name, held):
            names.append(name)
    return _listed(list(dict.fromkeys(names))[:2], "and")


def _is_held(name: str, held: str) -> bool:
    """Say whether a name, and not a mere role, occurs whole in a text."""
    words = subject_of(name)
    return (
        bool(words)
        and len(name) <= MAX_WORD_CHARS
        and name.lower() not in ROLES
        and share(words, held) == 1
    )


def _kind(text: str) -> str:
    """Name what kind of words would answer; "" where the question doesn't tell."""
    wanted = asked(text)
    if wanted.detail == "currency" and _PRICE.search(text):
        return "a price"
    if wanted.kind == "number" and wanted.detail == "time" and _AGE.search(text):
        return "an age"
    if wanted.kind == "number" and not wanted.detail:
        return "an amount"
    if wanted.kind == "time" and wanted.detail != "year":
        return "a date"
    return _KINDS.get(wanted.detail, _KINDS.get(wanted.kind, ""))


def _quoted(words: str) -> str:
    cut = words if len(words) <= MAX_WORD_CHARS else f"{words[:MAX_WORD_CHARS]}…"
    return f"“{cut}”"


def _listed(words: Sequence[str], joint: str) -> str:
    """Write words as a list: `a, b or c`."""
    *first, last = words or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last
