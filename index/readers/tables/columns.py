"""Record of a table -> Document: which column holds the text, which the title and so on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from index.readers.documents import Document, Stated
from index.readers.lines import one_line, web_address
from index.readers.moments import day_of
from index.readers.web.pages import extract
from index.readers.web.rendering import plain

Record = Mapping[str, object]

USUAL = {
    "text": "text body content article maintext fulltext articletext articlebody bodytext contents"
    " story storytext articlecontent maincontent plaintext textcontent contenttext cleantext"
    " rawtext markdown message html contenthtml bodyhtml rawhtml description abstract summary"
    " excerpt selftext",
    "title": "title headline heading head name subject articletitle headlinemain",
    "author": "author authors byline creator writer journalist reporter by articleauthor",
    "published": "published date publishedat publishdate publisheddate datepublished pubdate"
    " publicationdate dateofpublication articledate publishedon publishedtime datetime created"
    " createdat createdutc time timestamp year",
    "modified": "modified updated updatedat modifiedat lastmodified datemodified modifieddate"
    " updateddate lastupdated",
    "url": "url link href uri permalink canonicalurl articleurl sourceurl weburl address",
    "outlet": "outlet source publisher publication newspaper site sitename sourcename website"
    " provider sourcetitle feed",
}
"""For each field the usual names of its column, folded, the likeliest first."""

_INNER = {
    "text": ("text", "body", "content", "value", "html", "plain"),
    "author": ("name", "fullname", "displayname", "value"),
    "outlet": ("name", "title", "value"),
}
"""Under which key an object holds what is meant."""

_ANY_LETTER = re.compile(r"[^\W_]")
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s|html[\s>])", re.IGNORECASE)


@cache
def _usual(field: str) -> tuple[str, ...]:
    return tuple(USUAL[field].split())


def folded(name: str) -> str:
    """Give a column's name without case, white space and signs."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


class Columns:
    """Finds the fields of an article among the columns of a record."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        """`chosen` names the column of some fields; `a.b` is `b` inside of the object `a`."""
        self._chosen = {field: name for field, name in chosen.items() if field in USUAL}

    def known(self, names: Iterable[str]) -> int:
        """Count the fields that a table with these columns has."""
        present = {folded(name) for name in names}
        return sum(any(name in present for name in self._names(field)) for field in USUAL)

    def has_text(self, names: Iterable[str]) -> bool:
        """Say whether one of the columns may hold the text."""
        present = {folded(name) for name in names}
        return any(name in present for name in self._names("text"))

    def document(self, record: Record, *, path: str) -> Document | None:
        """Give the record's text and what it states; None if there are no words in it.

        Raises:
            Unreadable: its text is not text.
        """
        values = {folded(name): value for name, value in record.items()}
        text = next(filter(_ANY_LETTER.search, self._texts("text", values)), None)
        if text is None:
            return None
        first = {
            field: next(filter(None, self._texts(field, values)), None)
            for field in ("title", "author", "outlet", "published", "modified", "url")
        }
        is_page = _WHOLE_PAGE.search(text[:1000]) is not None
        page = extract(text, path=path) if is_page else None
        stated = Stated(
            title=one_line(first["title"]),
            author=one_line(first["author"]),
            outlet=_name(first["outlet"]),
            published=day_of(first["published"]),
            modified=day_of(first["modified"]),
            url=web_address(first["url"]),
        )
        return Document(page.text if page else plain(text, path=path), stated)

    def _names(self, field: str) -> tuple[str, ...]:
        chosen = self._chosen.get(field)
        return (folded(chosen.partition(".")[0]),) if chosen else _usual(field)

    def _texts(self, field: str, values: Mapping[str, object]) -> Iterator[str]:
        """What the field's columns hold, as text, the likeliest first."""
        inner = [folded(step) for step in self._chosen.get(field, "").split(".")[1:]]
        for name in self._names(field):
            value = values.get(name)
            if value is None:
                continue
            for step in inner:
                value = _member(value, (step,))
            words = _words(value, field)
            if words:
                yield words


def _member(value: object, names: tuple[str, ...]) -> object:
    if not isinstance(value, Mapping):
        return None
    inside = {folded(str(key)): inner for key, inner in value.items()}
    return next((inside[name] for name in names if inside.get(name)), None)


def _words(value: object, field: str) -> str:
    """A cell's text; of a list that of its members, of an object that of its telling key."""
    if isinstance(value, str):
        return value.strip() if field != "text" else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if field in ("published", "modified") else ""
    if isinstance(value, list):
        parts = [_words(one, field) for one in value[:100_000] if not isinstance(one, list)]
        return ("\n\n" if field == "text" else ", ").join(filter(None, parts))
    inner = _member(value, _INNER.get(field, ()))
    return inner if isinstance(inner, str) else ""


def _name(outlet: str | None) -> str | None:
    """A name; a web address only says where the article lies."""
    line = one_line(outlet)
    return None if line is None or "://" in line else line
