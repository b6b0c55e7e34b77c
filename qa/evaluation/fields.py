"""Line of a JSONL file -> checked fields, or one sentence on what is wrong with it."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SHOWN_CHARS = 80


class BadLine(Exception):
    """A line that can't be used; the message says why, in one sentence."""


def object_in(line: bytes) -> dict[str, Any]:
    """Read one line of JSON.

    Raises:
        BadLine: it is not UTF-8, no JSON, or no object, or it has a key twice.
    """
    try:
        fields = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8: byte {error.start + 1}") from error
    except (ValueError, RecursionError) as error:
        raise BadLine(f"no JSON: {shown(str(error))}") from error
    if not isinstance(fields, dict):
        raise BadLine("no JSON object")
    return fields


def words(fields: Mapping[str, Any], name: str) -> str:
    """Give a string that holds more than white space."""
    text = optional_words(fields, name)
    if not text.strip():
        raise BadLine(f'"{name}" is missing or empty')
    return text


def optional_words(fields: Mapping[str, Any], name: str) -> str:
    """Give a string; "" where it is null or missing."""
    text = fields.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise BadLine(f'"{name}" must be a string')
    if _HALF_CHARACTER.search(text):
        raise BadLine(f'"{name}" holds half of a character')
    return text


def claim(fields: Mapping[str, Any], name: str) -> bool:
    """Give true or false."""
    value = fields.get(name)
    if not isinstance(value, bool):
        raise BadLine(f'"{name}" must be true or false')
    return value


def optional_offset(fields: Mapping[str, Any], name: str) -> int | None:
    """Give a number of code points; None where it is null or missing."""
    value = fields.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise BadLine(f'"{name}" must be a whole number from 0, or null')
    return value


def optional_day(fields: Mapping[str, Any], name: str) -> date | None:
    """Give a day written YYYY-MM-DD; None where it is null, "" or missing."""
    text = optional_words(fields, name)
    if not text:
        return None
    if not _ISO_DAY.fullmatch(text):
        raise BadLine(f'"{name}" must be a day written YYYY-MM-DD')
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadLine(f'"{name}" is no day: {error}') from error


def objects(fields: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Give a list of objects; an empty one where it is null or missing."""
    entries = fields.get(name)
    entries = [] if entries is None else entries
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadLine(f'"{name}" must be a list of objects')
    return entries


def listed_words(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Give a list of strings, none of them empty; an empty one where it is null or missing."""
    entries = fields.get(name)
    entries = [] if entries is None else entries
    if not isinstance(entries, list):
        raise BadLine(f'"{name}" must be a list of strings')
    return tuple(words({f"each of {name}": entry}, f"each of {name}") for entry in entries)


def shown(text: str) -> str:
    """Cut what stands in a message to a length that a person reads."""
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadLine("a key stands twice")
    return fields
