"""A test page -> the words that its article has, and the words of its furniture.

A page marks its own elements: `data-keep` belongs to the article, `data-drop` does not.
"""

from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class MarkedPage(HTMLParser):
    """Words of the marked elements, white space collapsed, as the standard library reads them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.dropped: list[str] = []
        self._open: list[tuple[str, list[str] | None, list[str]]] = []
        self.feed(markup)
        self.close()
        while self._open:
            self._close_last()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_data(" ")
            return
        if tag == "p" and self._open and self._open[-1][0] == "p":
            self._close_last()
        names = {name for name, _ in attrs}
        to = self.kept if "data-keep" in names else self.dropped if "data-drop" in names else None
        self._open.append((tag, to, []))

    def handle_endtag(self, tag: str) -> None:
        if any(opened == tag for opened, _, _ in self._open):
            while self._open[-1][0] != tag:
                self._close_last()
            self._close_last()

    def handle_data(self, data: str) -> None:
        innermost = next((i for i in reversed(self._open) if i[1] is not None), None)
        if innermost:
            innermost[2].append(data)

    def _close_last(self) -> None:
        _, to, words = self._open.pop()
        if to is not None:
            to.append(" ".join("".join(words).split()))
