"""Element of a page -> is it raised or lowered, or does it lead to a note, as its names say?"""

import re
from functools import lru_cache
from itertools import islice

from index.readers.formulas import formula
from index.readers.scripts import MAX_CHARS, Level, Run
from index.readers.web.tags import Tree

MAX_WRAPPERS = 8
"""Elements around a mark that hold nothing else."""

BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre
    section summary table tbody td tfoot th thead tr ul""".split()
)
"""Elements that end a line; what stands before one has nothing to do with what follows."""
_UNREAD = frozenset({"del", "rt", "rp", "rtc"})
"""What was deleted, and how the words beside it are said."""
_SET = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_LEVELS: dict[str, Level] = {
    "sup": "super",
    "super": "super",
    "superscript": "super",
    "num": "super",
    "sub": "sub",
    "subscript": "sub",
    "den": "sub",
}
"""By element, by class, or by the value of a style."""
FRACTION = frozenset({"frac", "sfrac", "fraction", "tion"})
"""Classes of what holds an upper number and a lower one."""
_MARKS = frozenset(
    """noteref doc-noteref footnote footnote-ref footnote-reference footnoteref fn-ref fnref
    note-ref endnote endnote-ref endnote-reference msofootnotereference msoendnotereference
    sdfootnoteanc sdendnoteanc""".split()
)
"""What marks of notes are called, by class, role or type."""
TELLING = ("note", "#fn", "_ftn", "frac", '"su', "superscript", "subscript")
"""Without one of these in its markup, a page has no links and spans that matter here."""
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NAME = re.compile(r"su[bp]|note|num|den|fn|back|sr-only|hidden|reader", re.IGNORECASE)
_TO_NOTE = re.compile(r"[^#]*#_?(?:fn|ftn|foot|sdfoot|end|sdend|note|cite)", re.IGNORECASE)
"""Where marks of notes lead, as far as it can be told from the link."""
_MARK = re.compile(
    r"[\[(]?(?:note\s)?\w{1,4}(?:\s?[,–-]\s?\w{1,4})*[\])]?|[*†‡§¶#]{1,3}", re.IGNORECASE
)


def run_of(element: Tree) -> Run | None:
    """Read what is raised, lowered, a formula or not read; None if it is none of these."""
    if name_of(element) in _UNREAD:
        return Run("", "apart")
    if name_of(element) == "math":
        return Run(formula(element), "apart")
    level = _level(element)
    words = _words(element) if level else ""
    if not level or len(words) > MAX_CHARS or any(name_of(one) in BLOCKS for one in element):
        return None
    return Run(words, level, level == "super" and _is_mark(element, words.strip()))


def is_telling(element: Tree) -> bool:
    """Say whether a link or a span may be a mark, a script, or a part of a fraction."""
    name, style = element.get("class"), element.get("style")
    return (
        (name is not None and _NAME.search(name) is not None)
        or (style is not None and "vertical-align" in style)
        or "#" in (element.get("href") or "")
        or element.get("role") is not None
        or element.get(_TYPE) is not None
    )


def _level(element: Tree) -> Level:
    name = name_of(element)
    if name in ("sup", "sub"):
        return _LEVELS[name]
    names = names_of(element)
    if (names & _MARKS or _is_glued_link(element)) and element.find(".//{*}sup") is None:
        return "super" if _MARK.fullmatch(_words(element).strip()) else ""
    style = _SET.search(element.get("style") or "")
    if style:
        return _LEVELS[style[1].lower()]
    is_part = bool(FRACTION & names_of(element.getparent()))
    levels = (
        _LEVELS[one] for one in names & _LEVELS.keys() if is_part or one not in ("num", "den")
    )
    return next(levels, "")


def _is_glued_link(element: Tree) -> bool:
    """Say whether it leads to a note, and no white space parts it from the words before it."""
    previous, parent = element.getprevious(), element.getparent()
    before = (parent.text if previous is None else previous.tail) or " "
    is_glued = not before[-1].isspace() and before[-1] not in "([–-/"
    return is_glued and _TO_NOTE.match(element.get("href") or "") is not None


def _is_mark(element: Tree, words: str) -> bool:
    """Say whether it is called a note's mark, or leads to a place on a page and is as short."""
    names = names_of(element)
    if "reference" in names or names & _MARKS:
        return True
    if not _MARK.fullmatch(words):
        return False
    around = list(element.iter("{*}a", "{*}span"))
    for parent in islice(element.iterancestors(), MAX_WRAPPERS):
        if name_of(parent) in BLOCKS or _words(parent).strip() != words:
            break
        around.append(parent)
    is_link = any(name_of(one) == "a" and "#" in (one.get("href") or "") for one in around)
    return is_link or any(names_of(one) & _MARKS for one in around)


def _words(element: Tree) -> str:
    """Give an element's words, of long ones only so many as say that they are."""
    words = element.text or ""
    if not len(element):
        return str(words)
    words = ""
    for part in element.itertext():
        words += part
        if len(words.strip()) > MAX_CHARS:
            break
    return words


def names_of(element: Tree) -> set[str]:
    """Give what an element is called: its class, its role, its type in a book."""
    called = filter(None, map(element.get, ("class", "role", _TYPE)))
    return set(" ".join(called).lower().split())


def name_of(element: Tree) -> str:
    """Give an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def local_name(tag: str) -> str:
    """Give a tag without its namespace."""
    return tag.rpartition("}")[2].lower()
