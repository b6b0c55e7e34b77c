"""Parsed page, of the web, a mail or a book -> the same with what is raised or lowered spelled out.

Deleted words are taken out, formulas are put on a line, and marks of notes that are known as such
are left out; what is left needs no more than to be read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.readers.formulas import formula
from index.readers.scripts import MAX_CHARS, SLASHES, Level, Run, Scripts

Tree = Any
"""An element of lxml, which has no types."""

_DELETED = ("{*}del", "{*}s", "{*}strike")
_UNREAD = frozenset({"del", "rt", "rp", "rtc"})
"""What was deleted, and how the words beside it are said."""
_DRAWN = tuple(
    f"{{*}}{name}"
    for name in "img svg input button select iframe object embed video audio canvas".split()
)
"""What stands in a line and is no words of it."""
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre
    section summary table tbody td tfoot th thead tr ul""".split()
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})

_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
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
_FRACTION = frozenset({"frac", "sfrac", "fraction", "tion"})
_MARKS = frozenset(
    """noteref doc-noteref footnote footnote-ref footnote-reference footnoteref fn-ref fnref
    note-ref endnote endnote-ref endnote-reference msofootnotereference msoendnotereference
    sdfootnoteanc sdendnoteanc""".split()
)
"""What marks of notes are called, by class, role or type."""
_BACK = frozenset({"doc-backlink", "footnote-back", "footnote-backref", "footnote-backlink"})
"""What leads from a note to its mark."""
_SPOKEN = frozenset({"sr-only", "visually-hidden", "screen-reader-text"})
"""Written for those who hear a page."""
_TELLING = ("note", "#fn", "ftn", "frac", '"su', "superscript", "subscript")
"""Without one of these in its markup, a page has no links and spans that matter here."""
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NAMING = ("class", "role", "style", "href", _TYPE)
_TO_NOTE = re.compile(r"[^#]*#_?(?:fn|ftn|foot|sdfoot|end|sdend|note|cite)", re.IGNORECASE)
"""Where marks of notes lead, as far as it can be told from the link."""
_MARK = re.compile(
    r"[\[(]?(?:note\s)?\w{1,4}(?:\s?[,–-]\s?\w{1,4})*[\])]?|[*†‡§¶#]{1,3}", re.IGNORECASE
)
_INITIAL = re.compile(r"[“‘\"']?[A-Z]")


def settle(tree: Tree, markup: str) -> None:
    """Change a tree in place; `markup` is what it was parsed from."""
    _take_out_deleted(tree, markup)
    _settle_drawn(tree)
    writer = Scripts()
    scripts = _scripts(tree, markup)
    for element, run in scripts.items():
        following = (element.tail or "")[:1]
        if element.getparent() is None:
            continue  # written out with its block
        if run.is_mark and following and not following.isnumeric():
            writer.written([run])
            _replace(element, "")
        else:
            _write(_block_of(element), scripts, writer)


def _take_out_deleted(tree: Tree, markup: str) -> None:
    """Take out what a page strikes out, unless a number might stand on both sides of it."""
    deleted = list(tree.iter(*_DELETED))
    if "line-through" in markup:
        styled = tree.xpath("//*[contains(@style, 'line-through')]")
        deleted += [element for element in styled if _STRUCK.search(element.get("style"))]
    for element in deleted:
        holds_blocks = any(_name(one) in _BLOCKS for one in element)
        if element.getparent() is None or (holds_blocks and _name(element) in ("s", "strike")):
            continue  # an element for words that holds blocks was never closed
        is_inside = next(element.iterancestors("{*}sup", "{*}sub"), None) is not None
        if holds_blocks or _name(element) in _BLOCKS or is_inside or _is_edit(element):
            _replace(element, "")
        else:
            _rename(element, "del")


def _is_edit(element: Tree) -> bool:
    """Say whether what was written instead stands right beside it."""
    before, after = element.getprevious(), element.getnext()
    is_after = after is not None and _name(after) == "ins" and not element.tail
    return is_after or (before is not None and _name(before) == "ins" and not before.tail)


def _rename(element: Tree, name: str) -> None:
    space, brace, _ = element.tag.rpartition("}")
    element.tag = f"{space}{brace}{name}"


def _replace(element: Tree, words: str) -> None:
    """Put words in an element's place."""
    parent, previous = element.getparent(), element.getprevious()
    words += element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    element.tail = None
    parent.remove(element)


def _settle_drawn(tree: Tree) -> None:
    """Keep the words on both sides of a picture apart; one of a first letter is that letter."""
    for element in list(tree.iter(*_DRAWN)):
        tail = element.tail or ""
        alternative = element.get("alt") or ""
        if tail[:1].isalpha() and _INITIAL.fullmatch(alternative):
            _replace(element, alternative)
        elif tail[:1].isnumeric():
            element.tail = f" {tail}"


def _scripts(tree: Tree, markup: str) -> dict[Tree, Run]:
    """Find what is raised, lowered or a formula, in the order of the page."""
    found: dict[Tree, Run] = {}
    elements = ["{*}sup", "{*}sub", "{*}math", "{*}del", "{*}rt", "{*}rp", "{*}rtc"]
    if any(telling in markup for telling in _TELLING):
        elements += ["{*}a", "{*}span"]
    elif "vertical-align" in markup:
        elements.append("{*}span")
    inside: set[Tree] = set()
    for element in list(tree.iter(*elements)):
        if _local(element.tag) in ("a", "span") and not any(map(element.get, _NAMING)):
            continue
        if element in inside or element.getparent() is None or _is_put_away(element):
            continue
        if run := _run(element):
            found[element] = run
            inside.update(element.iterdescendants())
    return found


def _is_put_away(element: Tree) -> bool:
    """Take out a link back to a note's mark, and what is only spoken of a fraction."""
    if _name(element) not in ("a", "span"):
        return False
    names = _names(element)
    if names & _BACK:
        _replace(element, "")
    elif names & _SPOKEN and _FRACTION & _names(element.getparent()):
        words = (element.text or "").strip()
        _replace(element, words if words in SLASHES else "")
    else:
        return False
    return True


def _run(element: Tree) -> Run | None:
    """Read what is raised, lowered, a formula or not read; None if it is none of these."""
    if _name(element) in _UNREAD:
        return Run("", "apart")
    if _name(element) == "math":
        return Run(formula(element), "apart")
    level = _level(element)
    words = _words(element) if level else ""
    if not level or len(words) > MAX_CHARS or any(_name(one) in _BLOCKS for one in element):
        return None
    return Run(words, level, level == "super" and _is_mark(element, words.strip()))


def _names(element: Tree) -> set[str]:
    """Give what an element is called: its class, its role, its type in a book."""
    called = filter(None, map(element.get, ("class", "role", _TYPE)))
    return set(" ".join(called).lower().split())


def _level(element: Tree) -> Level:
    name = _name(element)
    if name in ("sup", "sub"):
        return _LEVELS[name]
    names = _names(element)
    if (names & _MARKS or _is_glued_link(element)) and element.find(".//{*}sup") is None:
        return "super" if _MARK.fullmatch(_words(element).strip()) else ""
    style = _SET.search(element.get("style") or "")
    if style:
        return _LEVELS[style[1].lower()]
    is_part = bool(_FRACTION & _names(element.getparent()))
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


def _is_mark(element: Tree, words: str) -> bool:
    """Say whether it is called a note's mark, or leads to a place on a page and is as short."""
    names = _names(element)
    if "reference" in names or names & _MARKS:
        return True
    if not _MARK.fullmatch(words):
        return False
    around = list(element.iter("{*}a", "{*}span"))
    for parent in element.iterancestors():
        if _name(parent) in _BLOCKS or _words(parent).strip() != words:
            break
        around.append(parent)
    is_link = any(_name(one) == "a" and "#" in (one.get("href") or "") for one in around)
    return is_link or any(_names(one) & _MARKS for one in around)


def _block_of(element: Tree) -> Tree:
    parent = element.getparent()
    while _name(parent) not in _BLOCKS and parent.getparent() is not None:
        parent = parent.getparent()
    return parent


def _write(block: Tree, scripts: dict[Tree, Run], writer: Scripts) -> None:
    """Write out the scripts of one block, in view of what stands around them."""
    read = list(_runs(block, scripts))
    written = writer.written([run for _, run in read])
    for (element, run), words in zip(read, written, strict=True):
        if element is not None and (words != run.words or run.level == "apart"):
            _replace(element, words)


def _runs(block: Tree, scripts: dict[Tree, Run]) -> Iterator[tuple[Tree | None, Run]]:
    """Give a block's words in their order, without those of the blocks inside of it."""
    from lxml import etree

    plain = [block.text or ""]
    walker = etree.iterwalk(block, events=("start", "end"))
    for event, element in walker:
        if element is block:
            continue
        if event == "end":
            plain.append(element.tail or "")
            continue
        name = _name(element)
        if element in scripts:
            walker.skip_subtree()
            yield None, Run("".join(plain))
            yield element, scripts[element]
            plain = []
        elif name in _BLOCKS or name in _UNSEEN:
            walker.skip_subtree()
            plain.append("\n" if name in _BLOCKS else "")
        else:
            plain.append(element.text or "")
    yield None, Run("".join(plain))


def _name(element: Tree) -> str:
    """Give an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
