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
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
"""A name that note-taking programs made a link of: `[[Jane Smith]]`."""
_ADDRESS_KEYS = ("url", "link", "source", "canonical", "canonical_url")
_KNOWN_KEYS = frozenset(
    "title headline date published author authors byline source outlet publisher site url link"
    " permalink tags keywords categories category layout slug description summary subtitle lang"
    " language id draft image created updated modified lastmod type".split()
)
_PUBLISHED_KEYS = ("published", "date", "pubdate", "publishdate", "publish_date", "date_published")
_MODIFIED_KEYS = (
    *("modified", "updated", "lastmod", "last_modified", "last_modified_at", "date_modified"),
    "updated_at",
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

    url = next(filter(None, map(web_address, map(values.get, _ADDRESS_KEYS))), None)
    outlets = (values.get(key) for key in ("outlet", "source", "publisher", "site"))
    # Of a page that was clipped from the web, `created` is the day of clipping.
    written = first(*_PUBLISHED_KEYS) or (None if url else first("created"))
    return Stated(
        title=one_line(first("title", "headline")),
        author=one_line(_LINKED.sub(r"\1", first("author", "authors", "byline") or "")),
        outlet=next((one_line(name) for name in outlets if name and not web_address(name)), None),
        published=iso_date(written),
        modified=iso_date(first(*_MODIFIED_KEYS)),
        url=url,
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
