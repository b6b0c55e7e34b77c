"""Decoded text -> Article: title, statements, and what is left out."""

from dataclasses import dataclass
from pathlib import PurePath

from index.errors import Unreadable
from index.readers.documents import Document, Stated
from index.readers.file_names import name_title
from index.readers.formats import PLAIN, SUFFIXES
from index.readers.frontmatter import front_matter
from index.readers.titles import Title, TopLine, derived_title, stated_in, title_of, top_lines
from index.readers.web.pages import extract
from index.readers.web.text import REST_REASONS, document_of
from index.text.blocks import blocks_in
from index.text.boilerplate import omissions as boilerplate
from index.text.passages import sentences_of
from index.types import Article, Omission, Place, Span


def parse(text: str, *, path: str, root: str, sha256: str, suffix: str, encoding: str) -> Article:
    """Make an article of a file's decoded text; a page's own text is extracted first.

    Raises:
        Unreadable: there is not one word in it.
    """
    kind = SUFFIXES.get(suffix.lower(), "text")
    if kind == "html":
        document = document_of(extract(text, path=path), encoding=encoding)
    else:
        document = Document(text, offsets="file", encoding=encoding, is_plain=True)
    return article_of(document, Origin(path, root, sha256, kind))


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a document came from."""

    file: str
    """Relative to the root, with forward slashes."""
    root: str
    sha256: str
    """Of the file's bytes."""
    format: str


def article_of(document: Document, origin: Origin) -> Article:
    """Find title, statements and boilerplate of a document that was read.

    Raises:
        Unreadable: there is not one word in it.
    """
    path = origin.file + document.part
    canonical = document.text
    if not any(character.isalnum() for character in canonical):
        raise Unreadable(path, "holds no words", "no words")
    rest = (o.span.start for o in document.omitted if o.reason in REST_REASONS)
    stated, omitted = document.stated, boilerplate(canonical[: next(rest, len(canonical))])
    if document.is_plain:
        stated, omitted = _own_statements(canonical, stated)
    omitted = _joined(omitted, document.omitted)
    lines = top_lines(canonical, omitted)
    found = stated_in(lines, [o.span.of(canonical) for o in omitted[:6] if o.reason == "byline"])
    is_named = document.is_plain and (document.format or origin.format) in PLAIN
    title = _title(canonical, lines, stated.title, omitted, path if is_named else "")
    return Article(
        path=path,
        text=canonical,
        title=title.words,
        sha256=origin.sha256,
        title_is_derived=title.is_derived,
        title_span=title.span,
        outlet=stated.outlet or found.outlet,
        author=stated.author or found.author,
        published=stated.published or found.published,
        modified=stated.modified or found.modified,
        url=stated.url or found.url,
        encoding=document.encoding,
        offsets=document.offsets,
        omissions=omitted,
        root=origin.root,
        file=origin.file if document.part else "",
        format=document.format or origin.format,
        places=(*(Place(0, "alias", name) for name in stated.aliases), *document.places),
    )


def _joined(found: tuple[Omission, ...], certain: tuple[Omission, ...]) -> tuple[Omission, ...]:
    """Add what the reader leaves out; boilerplate that overlaps it gives way."""
    if not certain:
        return found
    kept = [one for one in found if not any(one.span.overlaps(other.span) for other in certain)]
    return tuple(sorted([*kept, *certain], key=lambda omission: omission.span))


def _own_statements(text: str, known: Stated) -> tuple[Stated, tuple[Omission, ...]]:
    """What front matter states, else what is known from elsewhere; and the boilerplate."""
    matter = front_matter(text)
    if matter is None:
        return known, boilerplate(text)
    end = matter.span.end
    moved = (
        Omission(Span(omission.span.start + end, omission.span.end + end), omission.reason)
        for omission in boilerplate(text[end:])
    )
    return matter.stated, (Omission(matter.span, "front matter"), *moved)


def _title(
    text: str, lines: list[TopLine], stated: str | None, omitted: tuple[Omission, ...], path: str
) -> Title:
    """The stated title, else what heads the text, else the file's name if that means something.

    Where there is none of them, the opening words of the first sentence.
    """
    found = title_of(text, lines)
    if stated:
        places = [line.span for line in lines[:1]] + ([found.span] if found and found.span else [])
        repeats = (span for span in places if _folded(span.of(text)) == _folded(stated))
        return Title(stated, next(repeats, None))
    body = _first_sentence(text, _without(text, [o.span for o in omitted], found))
    is_markdown = SUFFIXES.get(PurePath(path).suffix.lower()) == "markdown"
    named = name_title(PurePath(path).name, is_note=is_markdown)
    if named and not (found and body and (found.is_main or not is_markdown)):
        repeats = (line.span for line in lines[:1] if _folded(line.words) == _folded(named))
        return Title(named, next(repeats, None))
    if found and body:
        return found
    return derived_title(text, (found.span if found else body) or _any_words(text))


def _folded(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


def _without(text: str, left_out: list[Span], title: Title | None) -> tuple[Span, ...]:
    barriers = sorted([*left_out, *([title.span] if title and title.span else [])])
    starts = [0, *(span.end for span in barriers)]
    ends = [*(span.start for span in barriers), len(text)]
    return tuple(Span(a, b) for a, b in zip(starts, ends, strict=True) if a < b)


def _first_sentence(text: str, stretches: tuple[Span, ...]) -> Span | None:
    for stretch in stretches:
        near = Span(stretch.start, min(stretch.end, stretch.start + 20_000))
        for blocks in blocks_in(text, (near,)):
            for block in blocks:
                for sentence in sentences_of(text, block):
                    return sentence
    return None


def _any_words(text: str) -> Span:
    """The first line that has a word in it, left out or not."""
    start = next(at for at, character in enumerate(text) if character.isalnum())
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)
