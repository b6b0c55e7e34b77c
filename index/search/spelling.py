"""A query's misspelt words -> words that the corpus has.

A word is misspelt if no article has it and no dictionary: neither the reranker's tokenizer whole,
nor pyspellchecker's 160,000 words. What was meant is the nearest corpus word, then the most
frequent. A name is read as another only where a slip of the keys is likely: Ottavia is not
Octavia, and Biden not Baden; but who types in small letters may have slipped anywhere.
A query in another language has no misspelt words, nor is a usual word of one misspelt English.
Distance: Damerau 1964.
"""

import re
from collections.abc import Callable, Collection, Sequence

from jellyfish import damerau_levenshtein_distance as distance

from index.store.protocol import Vocabulary
from index.text.dictionary import dictionary, mentions
from index.text.foreign import known_abroad
from index.text.names import respellings

_WORD = re.compile(r"[^\W\d_]{4,}(?!['’]t\b)")
"""What is left of "doesn't" is no word."""
_MOST_SLIPS = 8
"""Misspelt words in one query, beyond which none is read."""
_COMMON = 100
"""Mentions of a word, among pyspellchecker's, from which its inflections may be meant as well."""
_TWO_SLIPS = 8
"""Letters from which a word may hold two slips, none of them in the first half of that."""
_NAME_SLIP = 6
"""Letters from which a name may hold one: a shorter one is too near to other names."""
_LONG_NAME = 8
"""Letters beyond which hardly two names differ in one letter."""
_USUAL = 1_000
"""Mentions of a word in another language from which it is hardly a slip in an English query."""
_ANY_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 3
"""Words of a query up to which none of them need be English: each may hold a slip."""


IsEnglish = Callable[[str], bool]
"""Says of a lower-case word whether it is a word, corpus or no corpus."""


def corrected(query: str, *, corpus: Vocabulary, is_english: IsEnglish) -> str:
    """Give the query with its misspelt words read as words of the corpus; the rest untouched.

    A query of which most words are unknown is in another language, or in none: it stays, unless
    each of them has a word that may be meant.
    """
    unknown = [
        match
        for match in _WORD.finditer(query)
        if _is_unknown(match.group(), corpus, is_english, is_shouted=query.isupper())
    ]
    if len(unknown) > _MOST_SLIPS:
        return query
    meant = {match: _meant_at(match, query, corpus, is_english) for match in unknown}
    if None in meant.values() and 2 * len(unknown) > max(4, len(query.split())):
        return query
    slips = {match: word for match, word in meant.items() if word}
    if slips and (kept := _of_other_languages(query)):
        slips = {match: word for match, word in slips.items() if match.group().lower() not in kept}
    read = query
    for match, word in reversed(slips.items()):
        read = read[: match.start()] + _like(match.group(), word) + read[match.end() :]
    return read


def _meant_at(
    match: re.Match[str], query: str, corpus: Vocabulary, is_english: IsEnglish
) -> str | None:
    word = match.group()
    is_named = bool(word[0].isupper() and not query.isupper() and query[: match.start()])
    return _meant(word.lower(), corpus, is_english, is_named=is_named)


def _of_other_languages(query: str) -> Collection[str]:
    """Give the lower-case words of a query that are right in another language.

    All of them if the query itself is in one: the language has more of its words than English has,
    or English has fewer than half of those that are no names.
    """
    typed = set(_ANY_WORD.findall(query))
    words = {word.lower() for word in typed}
    small = {word for word in typed if word.islower()}
    english = set(filter(_is_in_dictionary, words))
    if len(small) > _FEW_WORDS and 2 * len(small & english) < len(small):
        return words
    usual: set[str] = set()
    for known in known_abroad(words):
        if len(known) > len(english):
            return words
        usual.update(word for word, mentions in known.items() if mentions >= _USUAL)
    return usual


def _is_unknown(word: str, corpus: Vocabulary, is_english: IsEnglish, *, is_shouted: bool) -> bool:
    if any(letter.isupper() for letter in word[1:]) and not is_shouted:
        return False  # an acronym, or a name such as DECnet
    folded = word.lower()
    return not (corpus.holds(folded) or is_english(folded) or _is_in_dictionary(folded))


def other_spellings(name: str, corpus: Vocabulary) -> list[str]:
    """Give the other spellings of a lower-case name under which the corpus has a name.

    None if the corpus has the word itself, but not as a name.
    """
    others = [other for other in corpus.held(respellings(name)) if _is_name(other, corpus)]
    if others and corpus.holds(name) and not _is_name(name, corpus):
        return []
    return others


def is_slip(word: str, other: str, *, surely: int = _NAME_SLIP) -> bool:
    """Say whether one name is typed for the other, rather than being somebody else's.

    A consonant too many or too few is a slip if more than `surely` letters are right; in a
    long word any one letter is, but the last.
    """
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < _NAME_SLIP:
        return False
    is_inside = shorter[-1] == longer[-1]
    if sorted(word) == sorted(other) or (is_inside and len(shorter) > _LONG_NAME):
        return True
    if len(shorter) == len(longer):
        return False
    lost = next((b for a, b in zip(shorter, longer, strict=False) if a != b), longer[-1])
    is_doubled = longer.replace(lost * 2, lost) == shorter
    return is_doubled or (is_inside and len(shorter) > surely and lost not in "aeiouhwy")


def _meant(word: str, corpus: Vocabulary, is_english: IsEnglish, *, is_named: bool) -> str | None:
    same = other_spellings(word, corpus)
    if same:
        return max(same, key=corpus.count)
    near = _likely(word, corpus.held(_one_slip_away(word)), corpus, is_named=is_named)
    if not near and not is_named and len(word) >= _TWO_SLIPS:
        far = [w for w in corpus.like(word, start=_TWO_SLIPS // 2) if distance(word, w) == 2]
        near = _likely(word, far, corpus, is_named=False)
    if near:
        return min(near, key=lambda other: _fit(word, other, corpus))
    return _parted(word, corpus, is_english)


def _fit(word: str, other: str, corpus: Vocabulary) -> tuple[int, int, int, str]:
    """Order by distance, then by passages with the stem, then by passages with the very word."""
    return distance(word, other), -corpus.count(other), -len(corpus.written(other)), other


def _likely(word: str, others: Sequence[str], corpus: Vocabulary, *, is_named: bool) -> list[str]:
    """Leave out rare words that no article writes so, and names that somebody else may have."""
    kept = []
    for other in others:
        forms = corpus.written(other)
        if not forms and mentions(other) < _COMMON:
            continue
        if _are_names(forms):
            may_be = is_slip(word, other) or (not is_named and len(word) > 4)
        elif is_named:
            may_be = is_slip(word, other, surely=_NAME_SLIP + 1)
        else:
            may_be = len(word) > 4 or sorted(word) == sorted(other)
        if may_be:
            kept.append(other)
    return kept


def _is_name(word: str, corpus: Vocabulary) -> bool:
    return _are_names(corpus.written(word))


def _are_names(forms: Sequence[str]) -> bool:
    """Say whether a word is mostly written with a capital."""
    return 2 * sum(form[0].isupper() for form in forms) > len(forms)


def _one_slip_away(word: str) -> list[str]:
    """Give what begins with the same letter, or with the first two swapped; plain letters."""
    return [
        other
        for other in dictionary().edit_distance_1(word)
        if other.isascii()
        and other.isalpha()
        and (other[0] == word[0] or other[:2] == word[1] + word[0])
    ]


def _parted(word: str, corpus: Vocabulary, is_english: IsEnglish) -> str | None:
    """Give two English words that the articles have in a row, if only the space is missing."""
    for at in range(3, len(word) - 2):
        parts = (word[:at], word[at:])
        if all(map(is_english, parts)) and corpus.holds(" ".join(parts)):
            return " ".join(parts)
    return None


def _is_in_dictionary(word: str) -> bool:
    """Say whether it is an English word, British spelling or a lost apostrophe aside."""
    american = re.sub(r"is(?=(?:e[ds]?|ing|ations?)$)", "iz", word)
    return any(w in dictionary() for w in (word, american, f"{word[:-1]}'{word[-1]}"))


def _like(word: str, other: str) -> str:
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other
