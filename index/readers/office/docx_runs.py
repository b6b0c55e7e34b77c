"""Paragraph of a DOCX -> its words on one line, those that are raised or lowered written out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.readers.cleaning import cleaned
from index.readers.formulas import formula
from index.readers.scripts import Level, Run, Scripts

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MIN_RAISE = 4
"""Half points by which small words are raised or lowered, where they are not called so."""
MAX_RAISED_CHARS = 4
MAX_BASES = 20
"""Styles of which each is based on the next."""

Element = Any
"""Of lxml, which has no types."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_TEXT, _HYPHEN, _LINK = f"{_W}t", f"{_W}noBreakHyphen", f"{_W}hyperlink"
_SPACES = (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab")
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_DRAWN = (f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_W}sym")
_LEVELS: dict[str, Level] = {"superscript": "super", "subscript": "sub"}
_STRIKES = ("strike", "dstrike")
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class _Look:
    """How words are set, as far as it matters; None where it is not said."""

    level: Level | None = None
    is_struck: bool | None = None
    raised: int = 0
    """Half points."""


class RunReader:
    """Reads the runs of one document, of which it knows the styles."""

    def __init__(self, word: "WordDocument") -> None:
        self._scripts = Scripts()
        self._styles = {
            style.get(f"{_W}styleId"): style
            for style in word.styles.element.iter(f"{_W}style")
            if style.get(f"{_W}type") == "character"
        }
        self._looks: dict[str, _Look] = {}

    def words(self, element: Element) -> str:
        """Give the words inside an element, on one line."""
        return cleaned(self.line(element))

    def line(self, element: Element) -> str:
        """Give the words inside an element with the white space around them."""
        return self._scripts.line(list(self._runs(element)))

    def _runs(self, element: Element) -> Iterator[Run]:
        marked: Element = None
        for part in element.iter(_TEXT, _HYPHEN, _FORMULA, *_SPACES, *_NOTES, *_DRAWN):
            if part.tag == _TEXT:
                yield self._run(part, is_marked=part.getparent() is marked)
            elif part.tag in _NOTES:
                yield Run("", "super", is_mark=True)
                marked = part.getparent() if part.get(f"{_W}customMarkFollows") else None
            elif part.tag == _FORMULA or part.tag in _DRAWN:
                yield Run(formula(part) if part.tag == _FORMULA else "", "apart")
            else:
                yield Run("-" if part.tag == _HYPHEN else " ")

    def _run(self, part: Element, *, is_marked: bool) -> Run:
        words, holder = part.text or "", part.getparent()
        look = self._look(holder.find(f"{_W}rPr"))
        if look.is_struck:
            return Run("", "apart")
        level = look.level or ""
        if not level and abs(look.raised) >= MIN_RAISE and len(words) <= MAX_RAISED_CHARS:
            level = "super" if look.raised > 0 else "sub"
        return Run(words, level, is_marked or (level == "super" and _is_link(holder)))

    def _look(self, properties: Element | None, depth: int = MAX_BASES) -> _Look:
        """Read a run's properties, and where they don't say it, those of its style."""
        if properties is None or not depth:
            return _Look()
        level = properties.find(f"{_W}vertAlign")
        raised = properties.find(f"{_W}position")
        style = self._styled(properties.find(f"{_W}rStyle"), depth)
        struck = [found for name in _STRIKES if (found := _is_on(properties, name)) is not None]
        return _Look(
            style.level if level is None else _LEVELS.get(_value(level), ""),
            any(struck) if struck else style.is_struck,
            style.raised if raised is None else _number(raised),
        )

    def _styled(self, reference: Element | None, depth: int) -> _Look:
        name = "" if reference is None else _value(reference)
        if name not in self._looks:
            style = self._styles.get(name)
            if style is None:
                return _Look()
            own = self._look(style.find(f"{_W}rPr"), depth - 1)
            base = self._styled(style.find(f"{_W}basedOn"), depth - 1) if depth else _Look()
            self._looks[name] = _Look(
                base.level if own.level is None else own.level,
                base.is_struck if own.is_struck is None else own.is_struck,
                own.raised or base.raised,
            )
        return self._looks[name]


def _value(element: Element) -> str:
    return str(element.get(f"{_W}val", "on"))


def _is_on(properties: Element, name: str) -> bool | None:
    found = properties.find(f"{_W}{name}")
    return None if found is None else _value(found) not in _OFF


def _number(element: Element) -> int:
    value = _value(element)
    return int(value) if value.lstrip("-").isdecimal() else 0


def _is_link(holder: Element) -> bool:
    around = holder.getparent()
    return around is not None and around.tag == _LINK
