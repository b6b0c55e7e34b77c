"""A block of front matter -> values by their keys: YAML, TOML, JSON, or lines that only look so."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MAX_PARTS = 50
"""Of a list."""
MAX_ODD_LINES = 0.2
"""Of a block's lines: those that no key, no item and no continuation explains."""
MAX_ODD_CHARS = 100

Values = Mapping[str, tuple[str, ...]]
"""Each key in lower case, words joined by `_`, and its value or values as they are written."""

_NOTHING = frozenset({"", "null", "~", "none", "[]", "{}", '""', "''"})
_KEY = {
    mark: re.compile(rf"(?P<key>[^\W\d_][\w .-]{{0,60}}?)[ \t]*{mark}(?:[ \t]+(?P<value>.*))?$")
    for mark in ":="
}
_ITEM = re.compile(r"[ \t]*[-*+][ \t]+(?P<value>.*)$")
_SEPARATOR = re.compile(r"[\s.-]+")


def yaml_values(block: str) -> Values:
    """Read the top level's own scalars and lists of scalars; nothing if it is malformed.

    The nodes are read, not the objects: no tag is obeyed, no alias followed, and `2025-06` stays.
    """
    import yaml  # noqa: PLC0415 - seldom needed

    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    values: dict[str, tuple[str, ...]] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode):
            parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
            scalars = (part.value for part in parts if isinstance(part, yaml.ScalarNode))
            values.setdefault(_key(key.value), _said(scalars))
    return values


def toml_values(block: str) -> Values:
    """Read the values and lists of a TOML block, those of its tables too; nothing if malformed."""
    import tomllib  # noqa: PLC0415 - seldom needed

    try:
        return dict(_flat(tomllib.loads(block)))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def json_values(text: str) -> tuple[int, Values] | None:
    """Read the object that a text begins with, and where it ends.

    Returns:
        None if there is none, or nothing stands on the lines below it.
    """
    try:
        found, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return None
    rest = text[end:]
    if not isinstance(found, dict) or rest[:1] != "\n" or not rest.strip():
        return None
    return end, dict(_flat(found))


def line_values(block: str, mark: str) -> Values:
    """Read lines of `key: value`, with lists and long values below, whatever the values hold.

    Returns:
        Nothing where too many lines are something else.
    """
    values: dict[str, list[str]] = {}
    key, odd, count = "", 0, 0
    for line in filter(str.strip, block.split("\n")):
        count += 1
        found = _KEY[mark].match(line)
        item = _ITEM.match(line)
        if found is not None:
            key = _key(found["key"])
            values.setdefault(key, []).extend(_unwrapped(found["value"] or ""))
        elif not key or line.startswith("#"):
            odd += not line.startswith("#")
        elif item is not None:
            values[key] += _unwrapped(item["value"])
        elif line[0] in " \t":
            values[key] += [" ".join([*values[key][-1:], line.strip()])]
            del values[key][-2:-1]
        else:
            odd += 1 + count * (len(line) > MAX_ODD_CHARS)
    if odd > MAX_ODD_LINES * count:
        return {}
    return {key: _said(parts) for key, parts in values.items()}


def _key(written: str) -> str:
    return _SEPARATOR.sub("_", written.strip().lower())


def _unwrapped(written: str) -> Iterator[str]:
    """The parts of a list in brackets, or a single value; without quotation marks."""
    words = written.strip()
    if words in ("|", ">", "|-", ">-"):
        return
    is_list = words.startswith("[") and words.endswith("]") and not words.startswith("[[")
    for part in words[1:-1].split(",") if is_list else [words]:
        bare = part.strip()
        if bare[:1] in ("'", '"'):
            bare = bare[1:-1] if len(bare) > 1 and bare[-1] == bare[0] else bare[1:]
        yield bare


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Keys with their scalars; those of tables inside come first, so that others outweigh them."""
    for value in found.values():
        if isinstance(value, dict):
            yield from ((_key(str(inner)), _scalars(one)) for inner, one in value.items())
    for key, value in found.items():
        yield _key(str(key)), _scalars(value)


def _scalars(value: Any) -> tuple[str, ...]:  # noqa: ANN401, RUF100 - of any shape
    parts = value if isinstance(value, list) else [value]
    return _said(str(part) for part in parts if not isinstance(part, dict | list | None))


def _said(parts: Iterable[str]) -> tuple[str, ...]:
    kept = [part for part in parts if part.strip().lower() not in _NOTHING]
    return tuple(part for part in kept if any(map(str.isalnum, part)))[:MAX_PARTS]
