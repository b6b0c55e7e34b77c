"""A parsed web page -> the same, readied for extraction: less furniture, and no word in danger."""

from collections import Counter
from itertools import islice

from index.readers.page_tags import Tree, words_of
from index.readers.structured import folded

MIN_CAPTION_WORDS = 4
"""A shorter caption is a credit."""
MAX_CAPTIONS = 100
MAIN_SHARE = 0.95
"""Of the text in paragraphs, what the article's element holds."""

_NEVER_TAGS = ("nav", "footer", "aside", "noscript", "iframe", "button", "select", "template")
_NEVER_ROLES = frozenset({"navigation", "search", "dialog", "alertdialog"})
_NEVER_CLASSES = frozenset(
    "mw-editsection noprint mw-jump-link screen-reader-text visually-hidden sr-only".split()
)
_CAPTION_CLASSES = frozenset({"caption", "wp-caption-text", "image-caption"})
_CONTAINER = "//article | //main | //*[@role='main' or @role='article' or @itemprop='articleBody']"
_HOLD_SENTENCES = ("p", "li", "td", "th", "blockquote")


def prune(tree: Tree) -> frozenset[str]:
    """Prepare a tree for extraction, in place.

    Dates and quoted words inside of sentences stay where they stand, and a caption becomes a
    paragraph below its picture.

    Returns:
        The captions, folded; the same words may stand in the text too.
    """
    _drop_furniture(tree)
    for time in list(tree.iter("time")):
        if next(time.iterancestors(*_HOLD_SENTENCES), None) is not None:
            time.tag = "span"
    for quoted in list(tree.iter("q")):
        quoted.text = f"“{quoted.text or ''}"
        quoted.tail = f"”{quoted.tail or ''}"
        quoted.tag = "span"
    for table in list(tree.iter("table")):
        if _is_layout(table):
            table.set("role", "presentation")
    captions = frozenset(_captions_below(tree))
    if not tree.xpath(_CONTAINER):
        _mark_article(tree)
    return captions


def _drop_furniture(tree: Tree) -> None:
    for element in list(tree.iter(*_NEVER_TAGS)):
        if element.find(".//h1") is None and element.find(".//article") is None:
            element.drop_tree()
    for element in tree.xpath("//*[@class or @role or @hidden]"):
        classes = frozenset((element.get("class") or "").split())
        is_furniture = (
            bool(classes & _NEVER_CLASSES)
            or element.get("role") in _NEVER_ROLES
            or element.get("hidden") is not None
            or (element.tag == "sup" and "reference" in classes)
        )
        if is_furniture and element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()
        elif classes & _CAPTION_CLASSES and element.tag in ("p", "div", "span"):
            element.tag = "p"
            element.attrib.clear()


def _is_layout(table: Tree) -> bool:
    """Say whether a table only arranges parts of a page: tables, sections, or a single cell."""
    holds_parts = any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3"))
    return holds_parts or len(list(islice(table.iter("td", "th"), 2))) < 2


def _captions_below(tree: Tree) -> set[str]:
    """Move each caption out of its figure, which extraction drops; the same caption only once."""
    captions: set[str] = set()
    for caption in list(islice(tree.iter("figcaption"), MAX_CAPTIONS)):
        words = words_of(caption)
        key = folded(words)
        figure = next(caption.iterancestors("figure"), None)
        if figure is None or key in captions or len(words.split()) < MIN_CAPTION_WORDS:
            continue
        captions.add(key)
        paragraph = caption.makeelement("p")
        paragraph.text = words
        caption.drop_tree()
        paragraph.tail, figure.tail = figure.tail, None
        figure.addnext(paragraph)
    for figure in list(tree.iter("figure")):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
            figure.attrib.clear()
    return captions


def _mark_article(tree: Tree) -> None:
    """Call the smallest element with nearly all paragraphs the article.

    Without an element that is called so, extraction takes paragraphs alone, and loses the headings
    and lists between them.
    """
    chars: Counter[Tree] = Counter()
    for paragraph in tree.iter("p"):
        chars[paragraph.getparent()] += len(paragraph.text_content())
    enough = MAIN_SHARE * chars.total()
    if not enough:
        return
    around: Counter[Tree] = Counter()
    for parent, held in chars.items():
        for element in (parent, *parent.iterancestors()):
            around[element] += held
    # Elements come from the inside out, so the first one that holds enough is the smallest.
    best, _ = chars.most_common(1)[0]
    element = next(e for e in (best, *best.iterancestors()) if around[e] >= enough)
    holder = element.find("body") if element.tag == "html" else element
    inner = holder.makeelement("article")
    inner.text, holder.text = holder.text, None
    inner.extend(list(holder))
    holder.append(inner)
