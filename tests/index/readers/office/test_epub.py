"""EPUBs that pandoc wrote: their words, and the chapter of each."""

import re

import pytest
from documents_made import changed, member, pandoc, source_of

from index.errors import Unreadable
from index.readers import read_file
from index.readers.articles import Origin, article_of
from index.readers.documents import Document
from index.readers.formats import documents
from index.text.passages import split

MARKDOWN = """---
title: The bridges of the north
author:
- Jane Smith
- Ann Lee
publisher: Lock Press
date: 2019-03-05
---

# The river

The old bridge^[Built in 1890 by local masons.] was closed on Monday.

## The masons

They came from the south & stayed for *forty* years.

- First the road was cut
- Then the rail

| Year | Cars |
|------|------|
| 2019 | 5000 |

# The sea

A ferry came back in May.
"""
PACKAGE = "EPUB/content.opf"
RIVER, SEA = "EPUB/text/ch001.xhtml", "EPUB/text/ch002.xhtml"
ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
    'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/>'
    "</EncryptedData></encryption>"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return pandoc(MARKDOWN, "epub", tmp_path_factory.mktemp("book"))


def read(raw):
    first, *others = documents(source_of(raw, "a.epub"))
    assert isinstance(first, Document)
    return first, others


def refused(raw):
    with pytest.raises(Unreadable) as refusal:
        list(documents(source_of(raw, "a.epub")))
    return refusal.value


def with_page(raw, name, old, new):
    return changed(raw, {name: member(raw, name).replace(old, new).encode()})


def test_a_book_is_one_article_with_what_its_package_states(book, tmp_path):
    (tmp_path / "a.epub").write_bytes(book)
    (article,) = read_file(tmp_path / "a.epub", root=tmp_path).articles
    assert (article.title, article.author) == ("The bridges of the north", "Jane Smith, Ann Lee")
    assert (article.outlet, article.published) == ("Lock Press", "2019-03-05")
    assert (article.path, article.format, article.offsets) == ("a.epub", "epub", "extracted")


def test_the_day_on_which_the_file_was_made_is_not_that_of_publication(book):
    opf = re.sub(r"<dc:date[^>]*>.*?</dc:date>", "", member(book, PACKAGE))
    day = re.search(r'"dcterms:modified">(\d{4}-\d\d-\d\d)', opf)[1]
    opf = opf.replace("</metadata>", f"<dc:date>{day}</dc:date></metadata>")
    stated = read(changed(book, {PACKAGE: opf.encode()}))[0].stated
    assert (stated.published, stated.modified) == (None, day)


@pytest.mark.parametrize(
    ("quote", "chapter"),
    [
        ("The old bridge was closed on Monday.", "The river"),
        ("They came from the south & stayed for forty years.", "The river"),
        ("A ferry came back in May.", "The sea"),
    ],
)
def test_each_sentence_stands_verbatim_in_its_chapter(book, quote, chapter):
    article = article_of(read(book)[0], Origin("a.epub", "/corpus", "0" * 64, "epub"))
    sentences = [one.span for passage in split(article) for one in passage.sentences]
    (span,) = [span for span in sentences if span.of(article.text) == quote]
    assert article.place_of(span.start, "chapter") == chapter


def test_items_rows_and_notes_have_lines_of_their_own(book):
    text = read(book)[0].text
    assert "• First the road was cut\n• Then the rail\n\nYear | Cars\n2019 | 5000" in text
    assert "\n\nBuilt in 1890 by local masons." in text


def test_a_page_without_a_heading_is_called_what_the_table_of_contents_calls_it(book):
    raw = with_page(book, SEA, "h1>", "p>")
    places = {place.name for place in read(raw)[0].places}
    assert places == {"The bridges of the north", "The river", "The sea"}


def test_named_characters_and_broken_markup_are_read(book):
    raw = with_page(
        book, SEA, "A ferry came", "A&nbsp;ferry &mdash; an &odd; one &amp; old<br> came"
    )
    assert "A ferry — an &odd; one & old came back in May." in read(raw)[0].text


def test_scripts_styles_and_hidden_words_are_not_read(book):
    raw = with_page(
        book, SEA, "A ferry",
        "<script>x()</script><span hidden=''>secret</span><!-- secret -->"
        "<svg><text>secret</text></svg>"
        "A<sup epub:type='noteref' xmlns:epub='http://www.idpf.org/2007/ops'>7</sup> ferry",
    )  # fmt: skip
    text = read(raw)[0].text
    assert "A ferry came back in May." in text
    assert "secret" not in text
    assert "x()" not in text


def test_copy_protection_is_named_and_garbled_fonts_are_none(book):
    protected = {
        "META-INF/encryption.xml": ENCRYPTION.format(
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
        ).encode()
    }
    assert refused(changed(book, protected)).kind == "encrypted"
    fonts = {
        "META-INF/encryption.xml": ENCRYPTION.format("http://www.idpf.org/2008/embedding").encode()
    }
    assert "A ferry came back" in read(changed(book, fonts))[0].text


def test_a_page_that_is_missing_is_reported_and_the_others_are_read(book):
    found, (missing,) = read(changed(book, {SEA: None}))
    assert "The old bridge" in found.text
    assert (missing.kind, "1 of its pages" in missing.reason) == ("damaged", True)


def test_a_link_that_leads_out_of_the_book_reads_nothing(book, tmp_path):
    (tmp_path / "secret.xhtml").write_text("<p>secret</p>")
    raw = with_page(
        book, PACKAGE, 'href="text/ch002.xhtml"', f'href="../../..{tmp_path}/secret.xhtml"'
    )
    found, (missing,) = read(raw)
    assert "secret" not in found.text
    assert missing.kind == "damaged"


def test_entities_are_refused(book):
    raw = with_page(
        book, SEA, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a SYSTEM "/etc/passwd">]>'
    )
    assert "entities" in refused(raw).reason


@pytest.mark.parametrize("depth", [100, 50_000])
def test_deep_nesting_does_no_harm(book, depth):
    raw = with_page(book, SEA, "A ferry", "<span>" * depth + "A ferry" + "</span>" * depth)
    assert "The old bridge was closed" in read(raw)[0].text


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_book_is_damaged(book, part):
    assert refused(book[: int(len(book) * part)]).kind == "damaged"


def test_a_zip_bomb_is_refused_unopened(book):
    assert refused(changed(book, {SEA: b"<p>" + b" " * 20_000_000})).kind == "too large"
