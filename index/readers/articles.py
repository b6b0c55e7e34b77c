"""Decoded text -> Article: title, statements, and what is left out."""

from index.blocks import blocks_in
from index.boilerplate import omissions as boilerplate
from index.errors import Unreadable
from index.passages import sentences_of
from index.readers.frontmatter import Stated, front_matter
from index.readers.pages import PAGE_SUFFIXES, extract
from index.readers.titles import Title, TopLine, derived_title, stated_in, title_of, top_lines
from index.types import Article, Omission, Span


def parse(text: str, *, path: str, root: str, sha256: str, suffix: str, encoding: str) -> Article:
    """Make an article of a file's decoded text; a page's own text is extracted first.

    Raises:
        Unreadable: there is not one word in it.
    """
    is_page = suffix.lower() in PAGE_SUFFIXES
    if is_page:
        page = extract(text, path=path)
        canonical, stated, omitted = page.text, page.stated, boilerplate(page.text)
    else:
        canonical = text
        stated, omitted = _own_statements(text)
    if not any(character.isalnum() for character in canonical):
        raise Unreadable(path, "holds no words")
    lines = top_lines(canonical, omitted)
    found = stated_in(lines, [o.span.of(canonical) for o in omitted[:6] if o.reason == "byline"])
    title = _title(canonical, lines, stated.title, omitted)
    return Article(
        path=path,
        text=canonical,
        title=title.words,
        sha256=sha256,
        title_is_derived=title.is_derived,
        title_span=title.span,
        outlet=stated.outlet or found.outlet,
        author=stated.author or found.author,
        published=stated.published or found.published,
        url=stated.url or found.url,
        encoding=encoding,
        offsets="extracted" if is_page else "file",
        omissions=omitted,
        root=root,
    )


def _own_statements(text: str) -> tuple[Stated, tuple[Omission, ...]]:
    matter = front_matter(text)
    if matter is None:
        return Stated(), boilerplate(text)
    end = matter.span.end
    moved = (
        Omission(Span(omission.span.start + end, omission.span.end + end), omission.reason)
        for omission in boilerplate(text[end:])
    )
    return matter.stated, (Omission(matter.span, "front matter"), *moved)


def _title(
    text: str, lines: list[TopLine], stated: str | None, omitted: tuple[Omission, ...]
) -> Title:
    """The stated title, else the one found in the text, else the first sentence's opening words."""
    found = title_of(text, lines)
    if stated:
        places = [line.span for line in lines[:1]] + ([found.span] if found and found.span else [])
        repeats = (span for span in places if _folded(span.of(text)) == _folded(stated))
        return Title(stated, next(repeats, None))
    body = _first_sentence(text, _without(text, [o.span for o in omitted], found))
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
