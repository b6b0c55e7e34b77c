"""YAML front matter -> metadata."""

import re
from dataclasses import dataclass

from index.readers.dates import iso_date
from index.readers.documents import Stated
from index.readers.lines import one_line, web_address
from index.types import Span

MAX_CHARS = 16 * 1024
"""A longer block is text."""

_FENCED = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_KNOWN_KEYS = frozenset(
    "title headline date published author authors byline source outlet publisher site url link"
    " permalink tags keywords categories category layout slug description summary subtitle lang"
    " language id draft image created updated modified lastmod type".split()
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block at the top of a file, and what it states."""

    span: Span
    stated: Stated


def front_matter(text: str) -> FrontMatter | None:
    """Read the block between `---` lines at the very top.

    Returns:
        None when there is none: the fences are mere rules, the YAML is malformed, or none of its
        keys is one that articles have.
    """
    if not text.startswith("---"):
        return None
    fenced = _FENCED.match(text, 0, MAX_CHARS)
    if fenced is None:
        return None
    values = _values(fenced["yaml"])
    if not _KNOWN_KEYS.intersection(values):
        return None
    return FrontMatter(Span(0, fenced.end()), _stated(values))


def _stated(values: dict[str, str]) -> Stated:
    def first(*keys: str) -> str | None:
        return next((values[key] for key in keys if values.get(key)), None)

    return Stated(
        title=one_line(first("title", "headline")),
        author=one_line(first("author", "authors", "byline")),
        outlet=one_line(first("outlet", "source", "publisher", "site")),
        published=iso_date(first("published", "date", "created")),
        modified=iso_date(first("modified", "updated", "lastmod")),
        url=web_address(first("url", "link")),
    )


def _values(yaml_text: str) -> dict[str, str]:
    """The top level's own scalars and lists of scalars, as they are written; empty if malformed.

    The nodes are read, not the objects: no tag is obeyed, no alias followed, and `2025-06` stays.
    """
    import yaml  # noqa: PLC0415 - seldom needed

    try:
        root = yaml.compose(yaml_text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    values: dict[str, str] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        scalars = [part.value for part in parts[:20] if isinstance(part, yaml.ScalarNode)]
        values[key.value.strip().lower()] = ", ".join(scalars) if _says(scalars) else ""
    return values


def _says(scalars: list[str]) -> bool:
    return any(scalar.strip().lower() not in ("", "null", "~", "none") for scalar in scalars)
