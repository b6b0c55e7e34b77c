"""Line of standard input, or options -> Question."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from index.types import Period, Scope
from qa.types import Question

_KEYS = ("question", "context", "asked_on", "since", "until", "source")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadQuestion(Exception):
    """What was asked is no question; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every question of a command, unless the question says otherwise."""

    scope: Scope = field(default_factory=Scope)
    asked_on: date | None = None
    """None for the day on which it is answered."""


ANY = Terms()


def typed(text: str, terms: Terms = ANY) -> Question:
    """Take words as a question.

    Raises:
        BadQuestion: there are none, or they are not text.
    """
    question = _checked(text, "the question")
    return Question(question, asked_on=terms.asked_on, scope=terms.scope)


def is_blank(line: bytes) -> bool:
    """Say whether nothing stands in a line of standard input, so that nothing is asked."""
    try:
        return not line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return False


def from_line(line: bytes, terms: Terms = ANY) -> Question:
    """Read a line: a JSON object if it begins with `{`, else a question in plain words.

    Raises:
        BadQuestion: it is neither.
    """
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise BadQuestion(f"the line is not UTF-8: byte {error.start + 1}") from error
    if not text.startswith("{"):
        return typed(text, terms)
    try:
        asked = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"the line is not a JSON object: {error}") from error
    return _from_object(asked, terms)


def terms_of(options: Mapping[str, str | None]) -> Terms:
    """Read `since`, `until`, `source` and `as-of` as they are typed for options.

    Raises:
        BadQuestion: one of them can't be; it is named with its two dashes.
    """
    as_of = options["as-of"]
    asked_on = None
    if as_of is not None:
        day = _period(as_of, "--as-of", date.today())
        if day.first is None or day.first != day.last:
            raise BadQuestion("--as-of must be one day, such as 2025-06-23 or “yesterday”")
        asked_on = day.first
    return Terms(_scope(options, ANY.scope, asked_on, "--{}"), asked_on)


def _from_object(asked: dict[str, Any], terms: Terms) -> Question:
    for key in asked:
        if key not in _KEYS:
            raise BadQuestion(f"unknown key {key!r}; known: {', '.join(_KEYS)}")
    if "question" not in asked:
        raise BadQuestion('"question" is missing')
    context = asked.get("context")
    context = [] if context is None else context
    if not isinstance(context, list):
        raise BadQuestion('"context" must be a list of earlier questions')
    day = asked.get("asked_on")
    asked_on = terms.asked_on if day is None else _date(day)
    return Question(
        _checked(asked["question"], '"question"'),
        context=tuple(_checked(earlier, 'each of "context"') for earlier in context),
        asked_on=asked_on,
        scope=_scope(asked, terms.scope, asked_on, '"{}"'),
    )


def _scope(said: Mapping[str, Any], usual: Scope, asked_on: date | None, mark: str) -> Scope:
    """Read what narrows the articles; what is not said stays as usual.

    Args:
        said: Values by name, None for none.
        usual: What holds otherwise.
        asked_on: The day that words are reckoned from, None for today.
        mark: How a name is written in a message.
    """
    since, until, source = (said.get(name) for name in ("since", "until", "source"))
    today = asked_on or date.today()
    first, last = (usual.period.first, usual.period.last) if usual.period else (None, None)
    if since is not None:
        first = _period(since, mark.format("since"), today).first
        if first is None:
            raise BadQuestion(f"{mark.format('since')} names no first day: “{since}”")
    if until is not None:
        last = _period(until, mark.format("until"), today).last
        if last is None:
            raise BadQuestion(f"{mark.format('until')} names no last day: “{until}”")
    if first and last and first > last:
        raise BadQuestion(
            f"{mark.format('until')} ends on {last}, before {mark.format('since')} begins ({first})"
        )
    outlet = usual.source if source is None else _checked(source, mark.format("source")).strip()
    return Scope(Period(first, last) if first or last else None, outlet)


def _period(value: object, name: str, today: date) -> Period:
    try:
        from qa.language.when import parsed_day  # noqa: PLC0415 - seldom typed

        return parsed_day(_checked(value, name), today)
    except ValueError as error:
        raise BadQuestion(f"{name}: {error}") from error


def _checked(text: object, name: str) -> str:
    if not isinstance(text, str):
        raise BadQuestion(f"{name} must be a string")
    if not text.strip():
        raise BadQuestion(f"{name} is empty")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadQuestion(f"{name} holds bytes or halves of characters that are not text")
    return text


def _date(value: object) -> date:
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise BadQuestion(f'"asked_on" is no day: {error}') from error
    raise BadQuestion('"asked_on" must be a day written YYYY-MM-DD')


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    asked = dict(pairs)
    if len(asked) < len(pairs):
        raise BadQuestion("a key stands twice")
    return asked
