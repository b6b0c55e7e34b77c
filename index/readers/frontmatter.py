"""Front matter at the top of a text -> metadata: YAML, TOML, JSON, or lines that only look so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readers.dates import iso_date
from index.readers.documents import Stated
from index.readers.frontmatter_values import (
    Values,
    json_values,
    line_values,
    toml_values,
    yaml_values,
)
from index.readers.lines import one_line, web_address
from index.types import Span

MAX_CHARS = 16 * 1024
"""A longer block is text."""
MIN_OWN_KEYS = 2
"""A block with none of the known keys has so many; or a single one, in small letters."""
MAX_SAID = 0.5
"""Of values that are sentences, in a block with none of the known keys."""
MAX_ALIASES = 10

_FENCED = re.compile(r"---[ \t]*\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_PLUSSED = re.compile(r"\+\+\+[ \t]*\n(?P<block>.*?)^\+\+\+[ \t]*$", re.DOTALL | re.MULTILINE)
_BARE = re.compile(r"(?:[^\n]{1,400}\n)+?(?=[ \t]*\n|\Z)")
_LINKED = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
"""A name that note-taking programs made a link of: `[[Jane Smith]]`."""
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.!?][”’\"')]*$")
_ONE_KEY = re.compile(r"---\s*[a-z][\w-]*:[ \t]+\S[^\n]{0,80}\n---\s*")
_SPEAKER = re.compile(r"^([^\W\d_][\w .-]{0,60}?)[ \t]*:", re.MULTILINE)
_ADDRESS_KEYS = ("url", "link", "source", "canonical", "canonical_url", "source_url")
_ALIAS_KEYS = ("aliases", "alias", "also_known_as", "aka")
_KNOWN_KEYS = frozenset(
    "title headline date published author authors byline source outlet publisher site url link"
    " permalink tags tag keywords categories category layout slug description summary subtitle lang"
    " language id uid draft image created updated modified lastmod type aliases alias cssclass"
    " cssclasses creator pubdate publishdate".split()
)
_PUBLISHED_KEYS = ("published", "date", "pubdate", "publishdate", "publish_date", "date_published")
_MODIFIED_KEYS = (
    *("modified", "updated", "lastmod", "last_modified", "last_modified_at", "date_modified"),
    *("updated_at", "date_updated", "last_updated"),
)
_CREATED_KEYS = ("created", "date_created", "created_at")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block at the top of a file, and what it states."""

    span: Span
    stated: Stated


def front_matter(text: str) -> FrontMatter | None:
    """Read the block at the very top: between `---` or `+++`, in braces, or bare after `Title:`.

    Returns:
        None when there is none: the fences are mere rules, or what they hold is no metadata.
    """
    for read in (_between_rules, _between_pluses, _in_braces, _bare):
        found = read(text[:MAX_CHARS])
        if found is not None:
            end, values = found
            is_metadata = _is_metadata(values, text[:end])
            return FrontMatter(Span(0, end), _stated(values)) if is_metadata else None
    return None


_Found = tuple[int, Values] | None
"""Where a block ends, and its values by their keys; None if it begins otherwise."""


def _between_rules(text: str) -> _Found:
    fenced = _FENCED.match(text) if text.startswith("---") else None
    if fenced is None:
        return None
    block = fenced["block"]
    return fenced.end(), yaml_values(block) or line_values(block, ":")


def _between_pluses(text: str) -> _Found:
    fenced = _PLUSSED.match(text) if text.startswith("+++") else None
    if fenced is None:
        return None
    return fenced.end(), toml_values(fenced["block"]) or line_values(fenced["block"], "=")


def _in_braces(text: str) -> _Found:
    return json_values(text) if text.startswith("{") else None


def _bare(text: str) -> _Found:
    """Lines of known keys alone, as MultiMarkdown and Pelican have them; the first is the title."""
    bare = _BARE.match(text) if text[:6].lower() == "title:" else None
    values = line_values(bare[0], ":") if bare else {}
    if bare is None or len(values) < MIN_OWN_KEYS or not _KNOWN_KEYS.issuperset(values):
        return None
    return bare.end() - 1, values


def _is_metadata(values: Values, block: str) -> bool:
    """Say whether keys and values are what a file says of itself, and no dialogue or list."""
    if not values or not _KNOWN_KEYS.isdisjoint(values):
        return bool(values)
    keys = _SPEAKER.findall(block)
    said = sum(any(map(_SENTENCE.match, parts)) for parts in values.values())
    is_enough = len(values) >= MIN_OWN_KEYS or _ONE_KEY.fullmatch(block) is not None
    return said <= MAX_SAID * len(values) and len(keys) == len(set(keys)) and is_enough


def _stated(values: Values) -> Stated:
    url = next(filter(None, map(web_address, _parts(values, _ADDRESS_KEYS))), None)
    outlets = _parts(values, ("outlet", "source", "publisher", "site"))
    # Of a page that was clipped from the web, `created` is the day of clipping.
    dates = [*_parts(values, _PUBLISHED_KEYS), *([] if url else _parts(values, _CREATED_KEYS))]
    names = (", ".join(values.get(key, ())) for key in ("author", "authors", "byline", "creator"))
    return Stated(
        title=one_line(next(_parts(values, ("title", "headline")), None)),
        author=one_line(_LINKED.sub(r"\1", next(filter(None, names), ""))),
        outlet=next((one_line(name) for name in outlets if not web_address(name)), None),
        published=next(filter(None, map(iso_date, dates)), None),
        modified=next(filter(None, map(iso_date, _parts(values, _MODIFIED_KEYS))), None),
        url=url,
        aliases=tuple(filter(None, map(one_line, _parts(values, _ALIAS_KEYS))))[:MAX_ALIASES],
    )


def _parts(values: Values, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        yield from values.get(key, ())
