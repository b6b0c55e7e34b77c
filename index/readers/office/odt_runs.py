"""Names of styles in an ODT -> how their words are set: raised, lowered, or struck out."""

from typing import TYPE_CHECKING
from zipfile import ZipFile

from index.readers.formulas import formula
from index.readers.scripts import Level, Run

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo import Element

MAX_BASES = 20
"""Styles of which each is based on the next."""
MAX_FORMULA_BYTES = 256 * 1024

_POSITION = "style:text-position"
_TELLING = (
    "//style:style[@style:family='text'][@style:parent-style-name or style:text-properties["
    "@style:text-position or @style:text-line-through-style or @style:text-line-through-type]]"
)
"""The styles that say how high their words stand, or are based on others that may."""
_STRUCK = ("style:text-line-through-style", "style:text-line-through-type")


class Styles:
    """Knows the styles of one document, and reads its formulas."""

    def __init__(self, opened: "OpenDocument", archive: ZipFile) -> None:
        self._opened = opened
        self._archive = archive
        self._is_read = False
        self._parents: dict[str, str] = {}
        self._levels: dict[str, Level] = {}
        self._struck: dict[str, bool] = {}

    def _read(self) -> None:
        """Read the styles when the first of them is asked for; many documents use none."""
        from odfdo import XmlPart

        self._is_read = True
        for name in ("styles", "content"):
            part = self._opened.get_part(name)
            if isinstance(part, XmlPart):
                for style in part.get_elements(_TELLING):
                    self._learn(style)

    def _learn(self, style: "Element") -> None:
        name = style.get_attribute_string("style:name") or ""
        self._parents[name] = style.get_attribute_string("style:parent-style-name") or ""
        properties = style.get_element("style:text-properties")
        said = {} if properties is None else properties.attributes
        if _POSITION in said:
            self._levels[name] = _level(said[_POSITION])
        if any(key in said for key in _STRUCK):
            self._struck[name] = any(said.get(key, "none") != "none" for key in _STRUCK)

    def run(self, words: str, names: tuple[str, ...]) -> Run:
        """Give words that stand in spans of these styles, from the outermost in."""
        if any(names) and not self._is_read:
            self._read()
        based = [base for name in reversed(names) for base in self._bases(name)]
        if next((self._struck[name] for name in based if name in self._struck), False):
            return Run("", "apart")
        return Run(words, next((self._levels[name] for name in based if name in self._levels), ""))

    def _bases(self, name: str) -> list[str]:
        """A style, and those that it is based on."""
        based: list[str] = []
        while name and len(based) < MAX_BASES:
            based.append(name)
            name = self._parents.get(name, "")
        return based

    def formula(self, link: str) -> Run:
        """Read the object that a link leads to; no words if it is no formula."""
        from lxml import etree

        member = f"{link.removeprefix('./').rstrip('/')}/content.xml"
        size = next(
            (one.file_size for one in self._archive.infolist() if one.filename == member), 0
        )
        if not 0 < size <= MAX_FORMULA_BYTES:
            return Run("", "apart")
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        try:
            root = etree.fromstring(self._archive.read(member), parser)
        except etree.XMLSyntaxError:
            return Run("", "apart")
        is_formula = etree.QName(root).localname == "math"
        return Run(formula(root) if is_formula else "", "apart")


def _level(position: str) -> Level:
    raised = position.split(maxsplit=1)[0] if position.strip() else ""
    if raised in ("super", "sub"):
        return "super" if raised == "super" else "sub"
    percent = raised.removesuffix("%").strip()
    if not percent.strip("0.+-"):
        return ""
    return "sub" if percent.startswith("-") else "super"
