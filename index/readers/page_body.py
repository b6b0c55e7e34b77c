"""The article's elements, as trafilatura gives them -> text: a line for each block."""

from collections.abc import Iterator

from index.readers.page_tags import Tree
from index.readers.structured import folded

MAX_CELL_CHARS = 200
"""A table with a longer cell arranges text, and is no table."""

_BLOCKS = frozenset({"p", "head", "list", "item", "table", "row", "cell", "quote", "code", "div"})


def text_of(body: Tree, captions: frozenset[str]) -> str:
    """Write the blocks with blank lines between them; the items of a list follow each other.

    Headings, items and rows are marked as in Markdown, which is how their kind is known later. A
    caption of which the words stand elsewhere too is left out.
    """
    blocks = ["\n".join(lines) for lines in _blocks(body, depth=0) if lines]
    if captions:
        blocks = list(_without_repeated(blocks, captions))
    return "\n\n".join(blocks)


def _without_repeated(blocks: list[str], captions: frozenset[str]) -> Iterator[str]:
    keys = [folded(block) for block in blocks]
    shown: set[str] = set()
    for block, key in zip(blocks, keys, strict=True):
        if key in captions:
            is_elsewhere = key in shown or any(key in other and key != other for other in keys)
            shown.add(key)
            if is_elsewhere:
                continue
        yield block


def _blocks(element: Tree, *, depth: int) -> Iterator[list[str]]:
    """Lines of each block inside an element, whose own words between blocks are blocks too."""
    if element.tag == "head":
        level = str(element.get("rend") or "h2")[-1:]
        words = " ".join(_inline(element))
        yield [f"{'#' * (int(level) if level in '123456' else 2)} {words}"] if words else []
    elif element.tag == "list":
        yield list(_items(element, depth=depth))
    elif element.tag == "table":
        yield from _rows(element)
    elif element.tag == "code":
        lines = "".join(element.itertext()).split("\n")
        yield [line.rstrip() for line in lines if line.strip()]
    else:
        yield from _mixed(element, depth=depth)


def _mixed(element: Tree, *, depth: int) -> Iterator[list[str]]:
    """Blocks of an element that may hold words, blocks, or both."""
    if not any(map(_is_block, element)):
        yield from ([line] for line in _inline(element))
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if _is_block(child):
            yield from ([line] for line in _lines("".join(loose)))
            yield from _blocks(child, depth=depth)
            loose = [child.tail or ""]
        else:
            loose += [_spoken(child), child.tail or ""]
    yield from ([line] for line in _lines("".join(loose)))


def _items(element: Tree, *, depth: int) -> Iterator[str]:
    is_numbered = element.get("rend") == "ol"
    number = 0
    for item in element:
        if item.tag == "list":
            yield from _items(item, depth=depth + 1)
            continue
        number += 1
        mark = f"{number}." if is_numbered else "-"
        for block in _mixed(item, depth=depth + 1):
            for line in block:
                is_marked = mark == "" or line.lstrip().startswith(("- ", "#"))
                yield line if is_marked else f"{'  ' * depth}{mark} {line}"
                mark = "-" if mark else ""


def _rows(table: Tree) -> Iterator[list[str]]:
    """Rows as items of a list, or the cells' own blocks where the table only arranges them."""
    rows = [[" ".join(_inline(cell)) for cell in row.iter("cell")] for row in table.iter("row")]
    is_layout = any(len(words) > MAX_CELL_CHARS for row in rows for words in row)
    if is_layout or all(len(row) < 2 for row in rows):
        for cell in table.iter("cell"):
            yield from _mixed(cell, depth=0)
        return
    yield [f"- {' | '.join(filter(None, row))}" for row in rows if any(row)]


def _inline(element: Tree) -> list[str]:
    return _lines(_spoken(element))


def _lines(words: str) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in words.split("\n")) if line]


def _spoken(element: Tree) -> str:
    """The words of an element, with a line end for each break; other line ends are spaces."""
    parts = [_flat(element.text)]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _spoken(child))
        parts.append(_flat(child.tail))
    return "".join(parts)


def _flat(words: str | None) -> str:
    return (words or "").replace("\n", " ")


def _is_block(element: Tree) -> bool:
    """Code is a block only if it has several lines; else it is a word of a sentence."""
    is_code = element.tag == "code"
    return element.tag in _BLOCKS and not (is_code and "\n" not in "".join(element.itertext()))
