"""Inline element of a page -> its words, and how many of them are links."""

from index.readers.web.tags import Tree

SILENT = frozenset(
    "audio base canvas embed head iframe input link map meta noscript object option script select"
    " style svg template textarea title video".split()
)
"""Elements that show no words."""


def link_chars(element: Tree) -> int:
    """Count the characters inside of links."""
    if element.tag != "a" and len(element) == 0:
        return 0
    links = filter(leads, element.iter("a"))
    return sum(len(" ".join(link.text_content().split())) for link in links)


def leads(element: Tree) -> bool:
    """Say whether it is a link."""
    return element.tag == "a" and element.get("href") is not None


def lines_of(words: str) -> list[str]:
    """Give the lines that have words, white space collapsed."""
    if "\n" not in words:
        line = " ".join(words.split())
        return [line] if line else []
    return [line for line in (" ".join(part.split()) for part in words.split("\n")) if line]


def spoken(element: Tree) -> str:
    """Give the words of an element, with a line end for each break; other line ends are spaces."""
    if len(element) == 0:
        return _flat(element.text)
    parts = [_flat(element.text)]
    for child in element:
        if child.tag not in SILENT:
            parts.append("\n" if child.tag == "br" else spoken(child))
        parts.append(_flat(child.tail))
    return "".join(parts)


def _flat(words: str | None) -> str:
    return words.replace("\n", " ") if words else ""
