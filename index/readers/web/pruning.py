"""A parsed web page -> the same, readied to be taken apart: nothing unseen, no word in danger."""

import re
from itertools import islice

from index.readers.web.structured import folded
from index.readers.web.tags import Tree, words_of
from index.readers.web.wording import CREDIT

MIN_CAPTION_WORDS = 4
"""A shorter caption is a credit."""
MAX_CAPTIONS = 100
MAX_CREDIT_CHARS = 120

_NEVER_TAGS = ("noscript", "iframe", "select", "template", "textarea", "datalist")
_NEVER_CLASSES = frozenset(
    "mw-editsection noprint mw-jump-link screen-reader-text visually-hidden sr-only headerlink"
    " anchor-link heading-link".split()
)
_CAPTION_CLASSES = frozenset({"caption", "wp-caption-text", "image-caption"})
_CREDIT_STARTS = re.compile(r"(?<=[.!?…”\"])\s*(?=\S)|\s(?=[(\[©])")
_HOLD_SENTENCES = ("p", "li", "td", "th", "blockquote")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")


def prune(tree: Tree) -> frozenset[str]:
    """Prepare a tree, in place.

    Dates and quoted words inside of sentences stay where they stand, formulas become text, and a
    caption becomes a paragraph below its picture.

    Returns:
        The captions, folded; the same words may stand in the text too.
    """
    _drop_unseen(tree)
    for time in list(tree.iter("time")):
        if next(time.iterancestors(*_HOLD_SENTENCES), None) is not None:
            time.tag = "span"
    for quoted in list(tree.iter("q")):
        quoted.text = f"“{quoted.text or ''}"
        quoted.tail = f"”{quoted.tail or ''}"
        quoted.tag = "span"
    for formula in list(tree.iter("math")):
        _write_out(formula)
    for source in tree.xpath("//blockquote//footer"):
        source.tag = "p"
    for table in list(tree.iter("table")):
        if _is_layout(table):
            table.set("role", "presentation")
    return frozenset(_captions_below(tree))


def _drop_unseen(tree: Tree) -> None:
    """Drop what only programs read, and what a reader presses; a question on a button stays."""
    for element in list(tree.iter(*_NEVER_TAGS)):
        if element.find(".//h1") is None and element.find(".//article") is None:
            element.drop_tree()
    for button in list(tree.iter("button")):
        heading = next(button.iterancestors(*_HEADINGS), None)
        words = words_of(button)
        _open(tree, button if heading is None else heading, button.get("aria-controls"))
        if heading is not None:
            button.tag = "span"
        elif words.endswith("?") and len(words.split()) >= MIN_CAPTION_WORDS:
            button.tag = "h3"
        else:
            button.drop_tree()
    for element in tree.xpath("//*[@class]"):
        classes = frozenset((element.get("class") or "").split())
        is_note = element.tag == "sup" and "reference" in classes
        if (is_note or classes & _NEVER_CLASSES) and element.getparent() is not None:
            if element.find(".//h1") is None:
                element.drop_tree()
        elif classes & _CAPTION_CLASSES and element.tag in ("p", "div", "span"):
            element.tag = "p"
            element.attrib.clear()
            _part_credit(element)


def _open(tree: Tree, heading: Tree, controlled: str | None) -> None:
    """Show what a button opens: the panel that it names, or the one behind its heading."""
    panels = [panel for panel in [heading.getnext()] if panel is not None]
    if controlled:
        panels += tree.xpath("//*[@id=$controlled]", controlled=controlled)[:1]
    for panel in panels:
        for key in ("hidden", "aria-hidden", "style"):
            panel.attrib.pop(key, None)


def _write_out(formula: Tree) -> None:
    """Put a formula's source in its place, or else its signs."""
    sources = formula.xpath('.//*[local-name()="annotation"][@encoding="application/x-tex"]')
    source = (sources[0].text or "") if sources else formula.get("alttext") or ""
    words = re.sub(r"\s+", " ", source).strip()
    is_block = formula.get("display") == "block"
    signs = f"\\[{words}\\]" if is_block else f"\\({words}\\)"
    formula.text = signs if words else words_of(formula)
    formula[:] = []
    formula.tag = "span"
    formula.attrib.clear()


def _is_layout(table: Tree) -> bool:
    """Say whether a table only arranges parts of a page: tables, sections, or a single cell."""
    holds_parts = any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3"))
    return holds_parts or len(list(islice(table.iter("td", "th"), 2))) < 2


def _part_credit(caption: Tree) -> None:
    """Set whoever made a picture apart from what it shows."""
    words = words_of(caption)
    for start in _CREDIT_STARTS.finditer(words, max(1, len(words) - MAX_CREDIT_CHARS)):
        if CREDIT.fullmatch(words[start.start() :].strip(" ()[]")):
            credit = caption.makeelement("p")
            credit.text = words[start.start() :].strip()
            credit.tail, caption.tail = caption.tail, None
            caption[:] = []
            caption.text = words[: start.start()].strip()
            caption.addnext(credit)
            return


def _captions_below(tree: Tree) -> set[str]:
    """Move each caption out of its figure, which extraction drops; the same caption only once."""
    captions: set[str] = set()
    for caption in list(islice(tree.iter("figcaption"), MAX_CAPTIONS)):
        words = words_of(caption)
        key = folded(words)
        figure = next(caption.iterancestors("figure"), None)
        if figure is None or key in captions or len(words.split()) < MIN_CAPTION_WORDS:
            caption.drop_tree()
            continue
        captions.add(key)
        paragraph = caption.makeelement("p")
        paragraph.text = words
        caption.drop_tree()
        paragraph.tail, figure.tail = figure.tail, None
        figure.addnext(paragraph)
        _part_credit(paragraph)
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
        figure.attrib.clear()
    return captions
