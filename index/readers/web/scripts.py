"""Parsed page, of the web, a mail or a book -> the same with what is raised or lowered spelled out.

Deleted words are taken out, formulas are put on a line, and marks of notes that are known as such
are left out; what is left needs no more than to be read.
"""

import re
from collections.abc import Iterator

from index.readers.scripts import SLASHES, Run, Scripts
from index.readers.web.marks import (
    BLOCKS,
    FRACTION,
    TELLING,
    is_telling,
    local_name,
    name_of,
    names_of,
    run_of,
)
from index.readers.web.tags import Tree

_DELETED = ("{*}del", "{*}s", "{*}strike")
_DRAWN = tuple(
    f"{{*}}{name}"
    for name in "img svg input button select iframe object embed video audio canvas".split()
)
"""What stands in a line and is no words of it."""
_SPELLED = "spelled"
"""What an element is called of which only the words are left."""
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})

_STRUCK = re.compile(r"text-decoration[\w-]{0,20}\s{0,20}:[^;]{0,200}line-through", re.IGNORECASE)
_BACK = frozenset({"doc-backlink", "footnote-back", "footnote-backref", "footnote-backlink"})
"""What leads from a note to its mark."""
_SPOKEN = frozenset({"sr-only", "visually-hidden", "screen-reader-text"})
"""Written for those who hear a page."""
_INITIAL = re.compile(r"[“‘\"']?[A-Z]")


def settle(tree: Tree, markup: str) -> None:
    """Change a tree in place; `markup` is what it was parsed from."""
    from lxml import etree

    _take_out_deleted(tree, markup)
    _settle_drawn(tree)
    writer = Scripts()
    scripts = _scripts(tree, markup)
    done: set[Tree] = set()
    for element, run in scripts.items():
        following = (element.tail or "")[:1]
        if element.tag == _SPELLED:
            continue  # with its block
        if run.is_mark and following and not following.isnumeric():
            writer.written([run])
            _spell(element, "")
        elif (block := _block_of(element)) not in done:
            _write(block, scripts, writer)
            done.add(block)
    if next(tree.iter(_SPELLED), None) is not None:
        etree.strip_tags(tree, _SPELLED)


def _take_out_deleted(tree: Tree, markup: str) -> None:
    """Take out what a page strikes out, unless a number might stand on both sides of it."""
    deleted = list(tree.iter(*_DELETED))
    if "line-through" in markup:
        styled = tree.xpath("//*[contains(@style, 'line-through')]")
        deleted += [element for element in styled if _STRUCK.search(element.get("style"))]
    for element in deleted:
        holds_blocks = any(name_of(one) in BLOCKS for one in element)
        if element.getparent() is None or (holds_blocks and name_of(element) in ("s", "strike")):
            continue  # an element for words that holds blocks was never closed
        is_inside = next(element.iterancestors("{*}sup", "{*}sub"), None) is not None
        if holds_blocks or name_of(element) in BLOCKS or is_inside or _is_edit(element):
            _spell(element, "")
        else:
            _rename(element, "del")


def _is_edit(element: Tree) -> bool:
    """Say whether what was written instead stands right beside it."""
    before, after = element.getprevious(), element.getnext()
    is_after = after is not None and name_of(after) == "ins" and not element.tail
    return is_after or (before is not None and name_of(before) == "ins" and not before.tail)


def _rename(element: Tree, name: str) -> None:
    space, brace, _ = element.tag.rpartition("}")
    element.tag = f"{space}{brace}{name}"


def _spell(element: Tree, words: str) -> None:
    """Let plain words stand in an element's place, once all tags of that name are stripped."""
    element.clear(keep_tail=True)
    element.tag, element.text = _SPELLED, words


def _settle_drawn(tree: Tree) -> None:
    """Keep the words on both sides of a picture apart; one of a first letter is that letter."""
    for element in list(tree.iter(*_DRAWN)):
        tail = element.tail or ""
        alternative = element.get("alt") or ""
        if tail[:1].isalpha() and _INITIAL.fullmatch(alternative):
            _spell(element, alternative)
        elif tail[:1].isnumeric():
            element.tail = f" {tail}"


def _scripts(tree: Tree, markup: str) -> dict[Tree, Run]:
    """Find what is raised, lowered or a formula, in the order of the page."""
    found: dict[Tree, Run] = {}
    elements = ["{*}sup", "{*}sub", "{*}math", "{*}del", "{*}rt", "{*}rp", "{*}rtc"]
    if any(telling in markup for telling in TELLING):
        elements += ["{*}a", "{*}span"]
    elif "vertical-align" in markup:
        elements.append("{*}span")
    inside: set[Tree] = set()
    for element in list(tree.iter(*elements)):
        if local_name(element.tag) in ("a", "span") and not is_telling(element):
            continue
        if element in inside or element.getparent() is None or _is_put_away(element):
            continue
        if run := run_of(element):
            found[element] = run
            inside.update(element.iterdescendants())
    return found


def _is_put_away(element: Tree) -> bool:
    """Take out a link back to a note's mark, and what is only spoken of a fraction."""
    if name_of(element) not in ("a", "span"):
        return False
    names = names_of(element)
    if names & _BACK:
        _spell(element, "")
    elif names & _SPOKEN and FRACTION & names_of(element.getparent()):
        words = (element.text or "").strip()
        _spell(element, words if words in SLASHES else "")
    else:
        return False
    return True


def _block_of(element: Tree) -> Tree:
    parent = element.getparent()
    while name_of(parent) not in BLOCKS and parent.getparent() is not None:
        parent = parent.getparent()
    return parent


def _write(block: Tree, scripts: dict[Tree, Run], writer: Scripts) -> None:
    """Write out the scripts of one block, in view of what stands around them."""
    read = list(_runs(block, scripts))
    written = writer.written([run for _, run in read])
    for (element, run), words in zip(read, written, strict=True):
        if element is not None and (words != run.words or run.level == "apart"):
            _spell(element, words)


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
        name = name_of(element)
        if element in scripts:
            walker.skip_subtree()
            yield None, Run("".join(plain))
            yield element, scripts[element]
            plain = []
        elif name in BLOCKS or name in _UNSEEN:
            walker.skip_subtree()
            plain.append("\n" if name in BLOCKS else "")
        else:
            plain.append(element.text or "")
    yield None, Run("".join(plain))
