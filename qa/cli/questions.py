"""Line of standard input -> Question."""

import json
import re
from datetime import date
from typing import Any

from qa.types import Question

_KEYS = ("question", "context", "asked_on")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadQuestion(Exception):
    """What was asked is no question; the message says why, in one sentence."""


def typed(text: str) -> Question:
    """Take words as a question.

    Raises:
        BadQuestion: there are none, or they are not text.
    """
    return Question(_checked(text, "the question"))


def from_line(line: bytes) -> Question:
    """Read a line: a JSON object if it begins with `{`, else a question in plain words.

    Raises:
        BadQuestion: it is neither.
    """
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise BadQuestion(f"the line is not UTF-8: byte {error.start + 1}") from error
    if not text.startswith("{"):
        return typed(text)
    try:
        asked = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"the line is not a JSON object: {error}") from error
    return _from_object(asked)


def _from_object(asked: dict[str, Any]) -> Question:
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
    return Question(
        _checked(asked["question"], '"question"'),
        context=tuple(_checked(earlier, 'each of "context"') for earlier in context),
        asked_on=None if day is None else _date(day),
    )


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
