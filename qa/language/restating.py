"""question -> the same as an indirect question: "when Keir Starmer became prime minister".

Only shapes are restated whose subject and verb are plain; every other question gives "".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.language.verbs import FORMS, NOUNS_TOO, PARTICIPLES, PAST, PASTS, third_person

MAX_CHARS = 120
"""Of a question that is restated."""

_BE = frozenset("is are was were".split())
_HAVE = frozenset("has have had".split())
_DO = frozenset("did does do".split())
_MODALS = frozenset("will would can could should may might must".split())
_AUXILIARIES = _BE | _HAVE | _DO | _MODALS
_PRONOUNS = frozenset("he she it they we you".split())
_OPENERS = frozenset("the a an his her its their our this that these those".split())
_PLACING = frozenset("in at on near inside outside from with within".split())
_AFTER_VERB = _PLACING | frozenset(
    """by for to into during after before against of as until since over under between through
    about out down up off there here this last next each every per again so because and""".split()
)
_ASKING = frozenset("who whom whose what which when where why how".split())
_CLAUSES = _ASKING | {"that", "if", "because", "than"}
_DEGREES = frozenset("many much long old often far big tall large high heavy fast deep".split())
_ADVERBS = frozenset(
    "not also long now still already never always first soon just ever most very well being".split()
)
_ALONE = (("what",), ("who",))
_NAMING = re.compile(r"(?:called|named)(?: (?:in|by) .+)?|(?:known|used) (?:as|for)")
"""What may end "what is the …" without being part of a name, as in `the tax paid by farmers`."""
_NO_PARTICIPLES = frozenset("united need speed indeed hundred sacred seed feed breed".split())
_UNSAFE = re.compile(r"[^\w\s.,'’“”\"()%$£€&/+-]|\w{3}\.\s")
_CONTRACTED = re.compile(r"^(who|what|where|when|how)['’]s ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A question in pieces: `which country` `has` `refused to send Taurus missiles`."""

    lead: tuple[str, ...]
    """What is asked for, up to the verb."""
    verb: str
    rest: tuple[str, ...]

    @property
    def asking(self) -> str:
        """The word that asks."""
        return self.lead[0]

    @property
    def may_be_subject(self) -> bool:
        """Say whether what is asked for can be what the verb tells of."""
        if self.asking == "how":
            return len(self.lead) > 1 and self.lead[1] in {"many", "much"}
        return self.asking in {"who", "what", "which", "whose"}

    def told(self, *words: str) -> str:
        """Write the words after what is asked for."""
        return " ".join((*self.lead, *words))


def restated(question: str) -> str:
    """Turn a question into an indirect one, without a mark at its end; "" where unsure."""
    parts = _parts(question)
    if parts is None:
        return ""
    follows = parts.rest[0] if parts.rest else ""
    if follows in _AUXILIARIES or any(
        one in _ASKING and other in _AUXILIARIES for one, other in pairwise(parts.rest)
    ):
        return ""
    return _as_it_stands(parts) or _turned(parts)


def _parts(question: str) -> _Parts | None:
    clause = _CONTRACTED.sub(r"\1 is ", " ".join(question.split()).rstrip(" ?.!…"))
    if len(clause) > MAX_CHARS or clause.isupper() or _UNSAFE.search(clause):
        return None
    words = clause.split()
    if not words or words[0].lower() not in _ASKING:
        return None
    words[0] = words[0].lower()
    lowest = 2 if words[0] == "how" and words[1:2] and words[1].lower() in _DEGREES else 1
    has_noun = words[0] in {"what", "which", "whose"} or words[1:2] in (["many"], ["much"])
    for at in range(lowest, min(len(words), lowest + 6 if has_noun else lowest + 2)):
        if words[at] in _AUXILIARIES or (words[at] in PASTS and at == lowest):
            return _Parts(tuple(words[:at]), words[at], tuple(words[at + 1 :]))
        if not has_noun and words[at] != "else":
            break
    if words[0] == "who" and words[1:] and _is_finite(words[1]):
        return _Parts(("who",), words[1], tuple(words[2:]))
    return None


def _is_finite(word: str) -> bool:
    return word in PASTS or any(third_person(base) == word for base in PAST)


def _as_it_stands(parts: _Parts) -> str:
    """Keep the order of words where what is asked for is the subject."""
    if not parts.may_be_subject:
        return ""
    following = parts.rest[0] if parts.rest else ""
    is_plain = (
        (parts.verb in _BE | _HAVE and (_is_adverb(following) or _is_participle(following)))
        or (parts.verb in _BE and (following in _PLACING or _is_doing(parts.lead, following)))
        or (
            parts.verb in _MODALS
            and parts.asking in {"who", "how"}
            and (following in PAST or following == "be")
        )
        or (parts.verb == "had" and following in {"a", "an"})
        or (parts.verb in PASTS - _HAVE and bool(parts.rest) and not _DO & set(parts.rest))
        or (parts.asking == "who" and parts.verb not in _AUXILIARIES and bool(parts.rest))
    )
    return parts.told(parts.verb, *parts.rest) if is_plain else ""


def _turned(parts: _Parts) -> str:
    """Put the subject before the verb, where it is plain how far it reaches."""
    if parts.verb in _DO | _MODALS:
        return _with_main_verb(parts)
    if parts.verb in _BE | _HAVE:
        return _with_participle(parts) or _with_place(parts) or _of_thing(parts)
    return ""


def _with_main_verb(parts: _Parts) -> str:
    rest = parts.rest
    named = _named(rest)
    if named and rest[named:] and rest[named] in PAST:
        at = named
    else:
        at = next((n for n, word in enumerate(rest) if n and word in PAST), 0)
        if not _is_subject(rest[:at]) or rest[at] in NOUNS_TOO - {"cost"}:
            return ""
    if not at or any(word in PAST for word in _joined(rest[at:])):
        return ""
    verb = {
        "did": PAST[rest[at]],
        "does": third_person(rest[at]),
        "do": rest[at],
    }.get(parts.verb, f"{parts.verb} {rest[at]}")
    return parts.told(*rest[:at], verb, *rest[at + 1 :])


def _with_participle(parts: _Parts) -> str:
    found = [n for n, word in enumerate(parts.rest) if n and _is_participle(word)]
    if len(found) != 1 or not _is_subject(parts.rest[: found[0]]):
        return ""
    at = found[0]
    following = parts.rest[at + 1 : at + 2]
    if following and following[0] not in _AFTER_VERB and not following[0].endswith("ly"):
        return ""
    if parts.verb in _BE and parts.lead in _ALONE:
        return (
            parts.told(*parts.rest[:at], parts.verb, *parts.rest[at:])
            if _NAMING.fullmatch(" ".join(parts.rest[at:]))
            else ""
        )
    while at > 1 and _is_adverb(parts.rest[at - 1]):
        at -= 1
    return parts.told(*parts.rest[:at], parts.verb, *parts.rest[at:])


def _with_place(parts: _Parts) -> str:
    named = _named(parts.rest)
    following = parts.rest[named : named + 1]
    if parts.verb in _BE and named and following and following[0] in _PLACING:
        return parts.told(*parts.rest[:named], parts.verb, *parts.rest[named:])
    return ""


def _of_thing(parts: _Parts) -> str:
    """Who or what somebody or something is: `what the capital of Australia is`."""
    rest = parts.rest
    is_plain = (
        parts.verb in _BE
        and len(parts.lead) == 1
        and parts.asking in {"who", "what", "where"}
        and 0 < len(rest) <= 8
        and (rest[0] in _OPENERS or rest[0][:1].isupper())
        and not any(_is_verbal(word) for word in rest)
        and rest[-1] not in _AFTER_VERB | _ADVERBS
        and (parts.asking != "where" or all(word[:1].isupper() for word in rest[1:]))
    )
    return parts.told(*rest, parts.verb) if is_plain else ""


def _is_verbal(word: str) -> bool:
    return (
        word in _AUXILIARIES | _CLAUSES | {"to", "like"}
        or _is_participle(word)
        or (word.islower() and word.endswith("ing"))
    )


def _is_participle(word: str) -> bool:
    return word in PARTICIPLES or (
        word.islower() and len(word) > 4 and word.endswith("ed") and word not in _NO_PARTICIPLES
    )


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.islower() and len(word) > 4 and word.endswith("ly"))


def _is_doing(lead: Sequence[str], word: str) -> bool:
    """Tell "which firm is building it" from "what is painting"."""
    return len(lead) > 1 and word.islower() and len(word) > 5 and word.endswith("ing")


def _is_subject(words: Sequence[str]) -> bool:
    """Say whether words can be a subject whole: no clause, no verb, no loose end."""
    return (
        0 < len(words) <= 6
        and words[-1] not in _OPENERS | _AFTER_VERB
        and not _is_adverb(words[0])
        and not words[0].endswith("ing")
        and not any(word in _AUXILIARIES | _CLAUSES | FORMS for word in words)
    )


def _named(words: Sequence[str]) -> int:
    """Count the words of a name, or the pronoun, that come first."""
    if words and words[0].lower() in _PRONOUNS:
        return 1
    return next((n for n, word in enumerate(words) if not word[:1].isupper()), len(words))


def _joined(words: Sequence[str]) -> list[str]:
    """Give the words after an `and`: a second verb would need the same change."""
    return [after for word, after in pairwise(words) if word in {"and", "or"}]
