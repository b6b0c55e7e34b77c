"""DOCX and ODT files that pandoc wrote: their words as a person reads them."""

import io
import re
import zipfile

import pytest
from documents_made import changed, member, pandoc, source_of

from index.errors import Unreadable
from index.readers import read_file
from index.readers.formats import documents

MARKDOWN = """---
title: The bridges of the north
author: Jane Smith
---

# The river

The old bridge^[Built in 1890 by local masons.] was closed on Monday. It carried *forty* cars a
minute — naïvely so.

- First the road was cut
- Then the rail

| Year | Cars |
|------|------|
| 2019 | 5000 |
| 2020 | 3000 |

# The sea

A ferry came back [in May]{.insertion author="Ann" date="2024-05-01T00:00:00Z"}[, in
June]{.deletion author="Ann" date="2024-05-01T00:00:00Z"}.[Is that so?]{.comment-start id="1"
author="Ann" date="2024-05-01T00:00:00Z"}[]{.comment-end id="1"}
"""
PROPERTIES = {"docx": "docProps/core.xml", "odt": "meta.xml"}
CONTENT = {"docx": "word/document.xml", "odt": "content.xml"}
BOTH = pytest.mark.parametrize("kind", ["docx", "odt"])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One document in both formats."""
    folder = tmp_path_factory.mktemp("office")
    plain = re.sub(r"\[, in\nJune\]|\[Is that so\?\]", "[]", MARKDOWN)
    return {
        "docx": pandoc(MARKDOWN, "docx", folder, "--track-changes=all"),
        "odt": pandoc(plain, "odt", folder),
    }


def read(raw, kind):
    (document,) = documents(source_of(raw, f"a.{kind}"))
    return document


def refused(raw, kind):
    with pytest.raises(Unreadable) as refusal:
        list(documents(source_of(raw, f"a.{kind}")))
    return refusal.value


@BOTH
def test_paragraphs_items_rows_and_notes_are_read_in_order(made, kind):
    assert read(made[kind], kind).text == (
        "The bridges of the north\n\nJane Smith\n\nThe river\n\n"
        "The old bridge was closed on Monday. It carried forty cars a minute — naïvely so.\n\n"
        "• First the road was cut\n• Then the rail\n\n"
        "Year | Cars\n2019 | 5000\n2020 | 3000\n\n"
        "The sea\n\nA ferry came back in May.\n\n"
        "Built in 1890 by local masons."
    )


def test_what_was_deleted_and_comments_are_in_the_file_but_are_not_read(made):
    assert "June" in member(made["docx"], "word/document.xml")
    assert "Is that so?" in member(made["docx"], "word/comments.xml")
    text = read(made["docx"], "docx").text
    assert "June" not in text
    assert "Is that so?" not in text


def test_tracked_changes_and_annotations_of_an_odt_are_not_read(made):
    content = member(made["odt"], "content.xml").replace(
        "A ferry",
        '<office:annotation><text:p>Is that so?</text:p></office:annotation>'
        "A<text:s/>small<text:tab/>ferry",
    ).replace(
        "<office:text>",
        "<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>June</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>",
    )  # fmt: skip
    text = read(changed(made["odt"], {"content.xml": content.encode()}), "odt").text
    assert "A small ferry came back in May." in text
    assert "June" not in content.split("</text:tracked-changes>")[1]
    assert "June" not in text
    assert "Is that so?" not in text


def test_hidden_words_and_moved_ones_are_read_once_or_not_at_all(made):
    content = member(made["docx"], "word/document.xml").replace(
        "<w:body>",
        "<w:body><w:p><w:moveFrom><w:r><w:t>Moved. </w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>Moved. </w:t></w:r></w:moveTo>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden. </w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown</w:t></w:r>'
        "<w:r><w:noBreakHyphen/><w:t>on.</w:t></w:r></w:p>",
    )
    text = read(changed(made["docx"], {"word/document.xml": content.encode()}), "docx").text
    assert text.startswith("Moved. Shown-on.\n\nThe bridges")


@BOTH
def test_title_author_and_the_last_change_are_stated_and_the_making_is_not_the_publishing(
    made, kind, tmp_path
):
    properties = member(made[kind], PROPERTIES[kind])
    properties = re.sub(
        r"\d{4}-\d\d-\d\dT[\d:]+Z(?=</dc(terms:modified|:date)>)",
        "2024-05-06T07:08:09Z",
        properties,
    )
    path = tmp_path / f"a.{kind}"
    path.write_bytes(changed(made[kind], {PROPERTIES[kind]: properties.encode()}))
    (article,) = read_file(path, root=tmp_path).articles
    assert (article.title, article.author) == ("The bridges of the north", "Jane Smith")
    assert (article.modified, article.published) == ("2024-05-06", None)
    assert (article.format, article.offsets) == (kind, "extracted")
    assert "It carried forty cars a minute" in article.text


def test_no_properties_are_made_up_for_a_file_without_any(made):
    relations = re.sub(
        r"<Relationship [^>]*core-properties[^>]*/>", "", member(made["docx"], "_rels/.rels")
    )
    raw = changed(made["docx"], {"_rels/.rels": relations.encode(), "docProps/core.xml": None})
    stated = read(raw, "docx").stated
    assert (stated.title, stated.author, stated.modified) == (None, None, None)


def test_a_table_of_one_column_only_frames_its_paragraphs(made):
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = (
        "<w:tbl>" + "".join(f"<w:tr>{cell.format(n)}</w:tr>" for n in ("One.", "Two.")) + "</w:tbl>"
    )
    content = member(made["docx"], "word/document.xml").replace("<w:body>", f"<w:body>{table}")
    text = read(changed(made["docx"], {"word/document.xml": content.encode()}), "docx").text
    assert text.startswith("One.\n\nTwo.\n\nThe bridges")


def test_documents_that_need_a_password_are_said_to():
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refused(word, "docx").kind == "encrypted"
    assert refused(word[:600], "docx").kind == "other format"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x93\x01\x77")
    assert refused(file.getvalue(), "odt").kind == "encrypted"


@BOTH
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_document_is_damaged(made, kind, part):
    assert refused(made[kind][: int(len(made[kind]) * part)], kind).kind == "damaged"


@BOTH
def test_a_damaged_member_is_damage(made, kind):
    raw = bytearray(made[kind])
    with zipfile.ZipFile(io.BytesIO(made[kind])) as archive:
        start = archive.getinfo(CONTENT[kind]).header_offset
    raw[start + 200 : start + 260] = bytes(60)
    assert refused(bytes(raw), kind).kind == "damaged"


@BOTH
def test_a_zip_bomb_is_refused_unopened(made, kind):
    bomb = changed(made[kind], {CONTENT[kind]: b"<a>" + b" " * 20_000_000})
    assert len(bomb) < 100_000
    assert refused(bomb, kind).kind == "too large"


@BOTH
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(made, kind, codec):
    content = member(made[kind], CONTENT[kind])
    prologue, root = content.split("?>", 1) if "?>" in content else ("", content)
    bomb = (
        f'<?xml version="1.0" encoding="{codec}"?><!DOCTYPE a [<!ENTITY a "ha">'
        f'<!ENTITY b "&a;&a;&a;">]>{root.replace("The sea", "&b;")}'
    )
    assert prologue.startswith(("<?xml", ""))
    error = refused(changed(made[kind], {CONTENT[kind]: bomb.encode(codec)}), kind)
    assert (error.kind, "entities" in error.reason) == ("damaged", True)


@pytest.mark.parametrize(
    ("kind", "opening", "tag"),
    [("docx", "<w:body>", "w:sdt"), ("odt", "<office:text>", "text:section")],
)
def test_deep_nesting_is_refused_and_does_no_harm(made, kind, opening, tag):
    content = member(made[kind], CONTENT[kind])
    for depth in (200, 1_500, 50_000):
        deep = content.replace(opening, f"{opening}{f'<{tag}>' * depth}{f'</{tag}>' * depth}")
        raw = changed(made[kind], {CONTENT[kind]: deep.encode()})
        if depth == 200:
            assert "A ferry came back in May." in read(raw, kind).text
        else:
            assert refused(raw, kind).kind in ("damaged", "too large")


@BOTH
def test_what_is_no_such_document_is_damaged(kind):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("words.txt", "words")
    assert refused(file.getvalue(), kind).kind == "damaged"
    assert refused(b"words", kind).kind == "damaged"
