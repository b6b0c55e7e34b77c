"""Words of DOCX and ODT files that are raised, struck out, moved, or parts of a formula."""

import pytest
from documents_made import changed, pandoc, source_of

from index.readers.formats import documents

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return pandoc("Lock\n", "docx", tmp_path_factory.mktemp("blank"))


def read_word(blank, paragraphs):
    """The text of a DOCX file with these paragraphs."""
    body = (
        f'<w:document xmlns:w="{SPACE}" xmlns:m="{MATH}"><w:body>{paragraphs}</w:body></w:document>'
    )
    raw = changed(blank, {"word/document.xml": body.encode()})
    (document,) = documents(source_of(raw, "a.docx"))
    return document.text


def run(words, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs, look=""):
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


UP = '<w:vertAlign w:val="superscript"/>'


def test_a_number_that_word_cut_into_runs_is_one_number(blank):
    line = paragraph(run("It held 1"), run("0"), run("1", UP), run("2", UP), run(" drops."))
    assert read_word(blank, line) == "It held 10^12 drops."


def test_what_is_struck_out_or_replaced_by_a_style_is_not_read(blank):
    line = paragraph(run("A fee of "), run("300 ", "<w:strike/>"), run("800 crowns."))
    off = paragraph(run("No fee of "), run("300", '<w:strike w:val="0"/>'), run(" crowns."))
    assert read_word(blank, line + off) == "A fee of 800 crowns.\n\nNo fee of 300 crowns."


def test_the_style_of_a_run_may_raise_it(blank):
    look = '<w:rStyle w:val="FootnoteReference"/>'
    line = paragraph(run("A toll of 40"), run("3", look), run(" crowns."))
    assert read_word(blank, line) == "A toll of 40[3] crowns."
    plain = paragraph(run("A toll of 40"), run("3", look + '<w:vertAlign w:val="baseline"/>'))
    assert read_word(blank, plain) == "A toll of 403"


def test_small_words_that_are_lifted_are_raised(blank):
    line = paragraph(run("A toll of 40"), run("3", '<w:position w:val="8"/>'), run(" crowns."))
    assert read_word(blank, line) == "A toll of 40[3] crowns."


def test_the_mark_that_an_author_chose_for_a_note_is_left_out(blank):
    mark = (
        '<w:r><w:footnoteReference w:id="4" w:customMarkFollows="1"/>'
        f"<w:rPr>{UP}</w:rPr><w:t>7</w:t></w:r>"
    )
    line = paragraph(run("A toll of 40"), mark, run(" crowns."))
    assert read_word(blank, line) == "A toll of 40 crowns."


def test_a_formula_of_word_stands_on_the_line(blank):
    power = (
        "<m:oMath><m:r><m:t>3 × </m:t></m:r><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>9</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert read_word(blank, paragraph(run("About "), power, run(" drops."))) == (
        "About 3 × 10^9 drops."
    )


@pytest.mark.parametrize(
    ("letter", "rest", "read"),
    [("T", "he keeper left.", "The keeper left."), ("A", " keeper left.", "A keeper left.")],
)
def test_an_initial_in_a_frame_begins_the_paragraph_after_it(blank, letter, rest, read):
    initial = paragraph(run(letter), look='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert read_word(blank, initial + paragraph(run(rest))) == read


def test_a_paragraph_of_which_the_end_was_deleted_goes_on_in_the_next(blank):
    cut = paragraph(run("The fee is "), look='<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>')
    assert read_word(blank, cut + paragraph(run("800 crowns."))) == "The fee is 800 crowns."


FORMULAS = """The lock^[A note of 1855.] held $3 \\times 10^9$ drops, or $7\\frac{1}{2}$ of
~~300~~ 800
pools, and 40^3^ barges.
"""


@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_what_pandoc_writes_reads_as_it_stands_on_the_page(kind, tmp_path):
    options = ["--mathml"] if kind == "epub" else []
    raw = pandoc(FORMULAS, kind, tmp_path, *options)
    first, *_ = documents(source_of(raw, f"a.{kind}"))
    text = first.text.replace("3 × 10", "3×10")
    assert "The lock held 3×10^9 drops, or 7 1/2 of 800 pools, and 40[3] barges." in text
    assert text.endswith("A note of 1855.")
