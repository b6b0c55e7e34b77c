"""PDFs that reportlab wrote: their words, in order, with the page of each."""

import pypdfium2
import pytest
from documents_made import SENTENCES, drawn_pdf, lines_pdf, picture_page, set_pdf, source_of
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from index.errors import Unreadable
from index.readers import read_file
from index.readers.articles import Origin, article_of
from index.readers.formats import documents
from index.text.as_read import titled
from index.text.passages import split

TITLE = "How the locks of the river were kept"


def read(raw):
    """The document of a PDF, and what could not be read of it."""
    first, *others = documents(source_of(raw, "a.pdf"))
    return first, others


def article(raw):
    return article_of(read(raw)[0], Origin("a.pdf", "/corpus", "0" * 64, "pdf"))


def refused(raw):
    with pytest.raises(Unreadable) as refusal:
        list(documents(source_of(raw, "a.pdf")))
    return refusal.value


@pytest.fixture(scope="module")
def quarterly():
    return set_pdf([TITLE, *SENTENCES], title=TITLE, author="Jane Smith")


def test_each_sentence_stands_on_the_page_on_which_pdfium_finds_it(quarterly):
    found = article(quarterly)
    with pypdfium2.PdfDocument(quarterly) as pdf:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    assert len(pages) > 2
    for sentence in SENTENCES:
        page = next(number for number, text in enumerate(pages, start=1) if sentence in text)
        start = found.text.index(sentence)
        assert found.place_of(start, "page") == str(page)


def test_title_and_author_are_stated_and_the_dates_of_the_file_are_not(quarterly):
    found = article(quarterly)
    assert (found.title, found.author) == (TITLE, "Jane Smith")
    assert not found.title_is_derived
    assert (found.published, found.modified) == (None, None)
    assert (found.offsets, found.format) == ("extracted", "pdf")


@pytest.mark.parametrize(
    "title", ["untitled", "Microsoft Word - draft_3.doc", "report_final.pdf", ""]
)
def test_the_name_of_a_file_is_no_title(title):
    made = set_pdf(SENTENCES[:3], title=title, author="jsmith2")
    assert read(made)[0].stated.title is None
    assert read(made)[0].stated.author is None


def test_running_heads_and_page_numbers_are_left_out_and_nothing_else(quarterly):
    text = read(quarterly)[0].text
    assert "Quarterly" not in text
    assert "Page" not in text
    assert text.split() == " ".join([TITLE, *SENTENCES]).split()


def test_heads_that_change_with_the_chapter_are_known_by_their_page_numbers():
    def draw(page):
        for number in range(1, 7):
            page.drawString(72, 810, f"Chapter {'ABCDEF'[number - 1] * 3} {number + 12}")
            page.drawString(72, 760, f"In {1900 + number} the water stood {number**2} feet high")
            page.drawString(72, 746, f"at lock number {number * 7 % 5}.")
            page.showPage()

    text = read(drawn_pdf(draw))[0].text
    assert "Chapter" not in text
    assert "In 1906 the water stood 36 feet high at lock number 2." in text


def test_a_bullet_of_another_font_does_not_part_its_item():
    def draw(page):
        page.setFont("ZapfDingbats", 6)
        page.drawString(72, 700, "l")
        page.setFont("Times-Roman", 11)
        page.drawString(86, 700, "the first line of an item that is long enough to go on and")
        page.drawString(86, 687, "to end on the next line.")
        page.showPage()

    assert "to go on and to end on the next line." in read(drawn_pdf(draw))[0].text


def test_paragraphs_are_parted_by_blank_lines_and_go_on_over_line_ends(quarterly):
    assert read(quarterly)[0].text.split("\n\n") == [TITLE, *SENTENCES]


def test_a_sentence_that_runs_over_a_page_is_one_sentence():
    made = set_pdf([" ".join(SENTENCES)])
    found = article(made)
    spans = [one.span for passage in split(found) for one in passage.sentences]
    assert len(found.places) > 1
    assert [span.of(found.text) for span in spans] == SENTENCES


def test_columns_are_read_one_after_the_other():
    found, _ = read(set_pdf(SENTENCES, columns=2))
    assert found.text.split() == " ".join(SENTENCES).split()


def rows(left, right):
    """Draw two columns the way some programs write them: row by row, below a headline."""

    def draw(page):
        page.setFont("Times-Roman", 11)
        page.drawString(
            72, 800, "A headline above both of the columns, as long as the page is wide"
        )
        for number, (a, b) in enumerate(zip(left, right, strict=True)):
            page.drawString(72, 770 - 13 * number, a)
            page.drawString(310, 770 - 13 * number, b)
        page.showPage()

    return drawn_pdf(draw)


def test_columns_that_were_written_row_by_row_are_read_one_after_the_other():
    left = [f"left row {number} tells of the old bridge" for number in range(20)]
    right = [f"right row {number} speaks of a new ferry" for number in range(20)]
    text = read(rows(left, right))[0].text
    headline, rest = text.split("\n\n", 1)
    assert headline.startswith("A headline")
    assert rest.split() == " ".join([*left, *right]).split()


def test_rows_of_a_table_stay_rows():
    text = read(rows([f"Year {n}" for n in range(20)], [f"{n * 37} barges" for n in range(20)]))[
        0
    ].text
    assert "Year 3 111 barges" in " ".join(text.split())


def test_a_hyphen_at_a_line_end_is_one_and_is_read_through():
    found = article(
        lines_pdf(
            [
                "The treaty was praised by many inter-",
                "national observers, who liked the well-",
                "known clauses on COVID-",
                "19 that others - not all - had called unsound.",
            ]
        )
    )
    assert "inter-\nnational observers, who liked the well-\nknown" in found.text
    (passage,) = split(found)
    assert titled(passage, found).endswith(
        "many international observers, who liked the well-known clauses on COVID-19 "
        "that others - not all - had called unsound."
    )
    assert len(passage.sentences) == 1


def test_a_page_that_is_shown_turned_is_read_as_it_is_seen():
    def draw(page):
        page.setPageRotation(90)
        page.translate(595, 0)
        page.rotate(90)
        for number, sentence in enumerate(SENTENCES[:3]):
            first, second = sentence[:70], sentence[70:]
            page.drawString(72, 500 - 40 * number, first)
            page.drawString(72, 486 - 40 * number, second)
        page.showPage()

    paragraphs = read(drawn_pdf(draw))[0].text.split("\n\n")
    assert [p.replace(" ", "") for p in paragraphs] == [s.replace(" ", "") for s in SENTENCES[:3]]


@settings(max_examples=10)
@given(
    st.lists(
        st.lists(st.sampled_from([*"ab", "river", "(1890)", "said:", "“No.”", "£5m", "naïve"]),
                 min_size=1, max_size=80).map(" ".join),
        min_size=1, max_size=8,
    ),
    st.integers(min_value=1, max_value=3),
)  # fmt: skip
def test_no_word_is_lost_added_or_moved(paragraphs, columns):
    text = read(set_pdf([*paragraphs, "The end of it."], columns=columns, has_head=False))[0].text
    assert text.split() == " ".join([*paragraphs, "The end of it."]).split()


def test_an_encrypted_file_is_said_to_be_one():
    made = lines_pdf(SENTENCES[:2], encrypt=StandardEncryption("secret", canPrint=0))
    assert refused(made).kind == "encrypted"


def test_a_file_that_only_forbids_printing_is_read():
    made = lines_pdf(["The river rose."], encrypt=StandardEncryption("", "owner", canPrint=0))
    assert read(made)[0].text == "The river rose."


def test_a_file_of_pictures_is_said_to_be_scanned(tmp_path):
    made = drawn_pdf(lambda page: [picture_page(page) for _ in range(3)])
    assert refused(made).kind == "scanned"
    assert refused(made).reason == "scanned: its 3 pages hold pictures, no text"
    (tmp_path / "a.pdf").write_bytes(made)
    with pytest.raises(Unreadable, match="scanned"):
        read_file(tmp_path / "a.pdf", root=tmp_path)


def test_pages_of_pictures_among_others_are_named_and_the_others_read():
    def draw(page):
        for number in range(1, 7):
            if number in (2, 4, 5):
                picture_page(page)
            else:
                page.drawString(72, 700, f"These are the words of page {number}.")
                page.showPage()

    found, (scanned,) = read(drawn_pdf(draw))
    assert [place.name for place in found.places] == ["1", "3", "6"]
    assert (scanned.kind, scanned.reason) == (
        "scanned", "scanned: pages 2, 4-5 hold pictures, no text",
    )  # fmt: skip


def test_a_file_without_words_or_pictures_has_no_words():
    assert refused(drawn_pdf(lambda page: page.showPage())).kind == "no words"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_damaged_and_no_words_are_made_up(quarterly, part):
    try:
        found = list(documents(source_of(quarterly[: int(len(quarterly) * part)], "a.pdf")))
    except Unreadable as error:
        found = [error]
    texts = [one.text for one in found if not isinstance(one, Unreadable)]
    assert "damaged" in [one.kind for one in found if isinstance(one, Unreadable)]
    assert set(" ".join(texts).split()) <= set(" ".join([TITLE, *SENTENCES]).split())


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n%%EOF", b"no PDF at all", b"%PDF-1.4\n" + b"\0" * 999])
def test_what_is_no_pdf_is_damaged(raw):
    assert refused(raw).kind == "damaged"


def test_characters_that_steer_a_terminal_do_not_come_through():
    text = read(lines_pdf(["The \x1b[31mriver\x07 rose\x9b and fell.", "It was seen."]))[0].text
    assert text.replace("\n", "").isprintable()
    assert "river" in text
