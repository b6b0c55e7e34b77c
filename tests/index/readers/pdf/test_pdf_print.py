"""What is printed around and between the lines of a PDF: numbers, initials, stamps."""

import re

import pytest
from documents_made import drawn_pdf, source_of
from reportlab.pdfbase.pdfmetrics import stringWidth

from index.readers.formats import documents

LINES = [
    "The keeper of the lock wrote that the gate",
    "had moved in the night by no more than",
    "4 inches, and that 20 barges were lying",
    "below it and waiting for the water to",
    "rise. In 1871 the company paid for a new",
    "gate of 12 tons, which was hung by some",
    "30 men in a single day, so that the first",
    "barge could go down to the sea by night.",
]
TEXT = " ".join(LINES)


def read(draw):
    """The text of what is drawn on one page, or on several."""

    def drawn(page):
        draw(page)
        page.showPage()

    first, *_ = documents(source_of(drawn_pdf(drawn), "a.pdf"))
    return first.text


def write(page, lines, *, left=80, top=780, size=11, leading=14):
    page.setFont("Times-Roman", size)
    for number, line in enumerate(lines):
        page.drawString(left, top - leading * number, line)


def number(page, values, *, right=60, top=780, size=11, leading=14):
    page.setFont("Helvetica", size)
    for at, value in enumerate(values):
        page.drawRightString(right, top - leading * at, str(value))


def numbers_first(page):
    number(page, range(59, 67))
    write(page, LINES)


def numbers_last(page):
    write(page, LINES)
    number(page, range(59, 67), size=7)


def number_by_number(page):
    for at, line in enumerate(LINES):
        number(page, [at + 1], top=780 - 14 * at)
        write(page, [line], top=780 - 14 * at)


def numbers_between_the_lines(page):
    write(page, LINES, leading=24)
    number(page, range(1, 26), top=784, leading=24)


def numbers_on_both_sides(page):
    write(page, LINES)
    number(page, range(1, 9))
    number(page, range(1, 9), right=340)


@pytest.mark.parametrize(
    "draw",
    [
        numbers_first,
        numbers_last,
        number_by_number,
        numbers_between_the_lines,
        numbers_on_both_sides,
    ],
)
def test_numbers_that_count_the_lines_are_not_read(draw):
    assert read(draw) == TEXT


def test_every_fifth_line_may_be_counted():
    def draw(page):
        write(page, [*LINES, *LINES, *LINES])
        number(page, ["" if at % 5 else at for at in range(1, 25)], right=330)

    assert read(draw) == f"{TEXT} {TEXT} {TEXT}"


def test_lines_are_counted_on_a_page_with_few_of_them():
    def draw(page):
        write(page, LINES)
        number(page, range(1, 9))
        page.showPage()
        write(page, ["It came back a week later, and 3 days", "after that it went down again."])
        number(page, [9, 10])

    assert read(draw).endswith(
        "It came back a week later, and 3 days after that it went down again."
    )


TABLE = ["Harle, on the river 512 barges 31 men", "Brenk, by the sea 498 barges 28 men"] * 4
LIST = [
    "open the upper gate",
    "let the water in",
    "wait",
    "open the lower gate and let them go",
] * 2
ANNALS = ["floods in spring, and no barge went", "a new gate of oak was hung by the men"] * 4


@pytest.mark.parametrize(
    ("rows", "first"),
    [(TABLE, 1), (LIST, 1), (ANNALS, 1871)],
)
def test_numbers_of_tables_of_lists_and_of_years_are_read(rows, first):
    def draw(page):
        for at, row in enumerate(rows):
            number(page, [first + at], top=780 - 14 * at)
            write(page, [row], top=780 - 14 * at)

    text = read(draw)
    assert all(f"{first + at} {row}" in text for at, row in enumerate(rows))


def test_a_list_inside_of_a_text_is_read():
    def draw(page):
        write(page, [*LINES, *LINES])
        number(page, range(6), top=480)
        write(page, LINES[:6], top=480)

    assert re.search(r"\b3\s+4\s+5\b", read(draw))


def test_digits_one_below_the_other_are_no_number():
    def draw(page):
        write(page, LINES)
        for column in (300, 340, 380):
            for at, digit in enumerate("12345678"):
                page.drawString(column, 600 - 14 * at, digit)

    assert set(re.findall(r"[0-9]+", read(draw))) <= set("12345678") | {"20", "30", "12", "1871"}


BESIDE = ["was the lock that it took a barge two", "hours to go down, and in the year 1760"]


@pytest.mark.parametrize(
    ("initial", "first", "read_as"),
    [
        ("S", "o deep in the days of the old company", "So deep in"),
        ("A", "fter the flood nobody knew how deep", "After the flood"),
        ("A", "bridge was built over the gate, so deep", "A bridge was"),
        ("A", " gate was hung by the company, so deep", "A gate was"),
        ("I", "n those days nobody would say how deep", "In those days"),
        ("“S", "o deep!” they said, and the keeper knew", "“So deep!”"),
        ("T", "HE LOCK of the old company, so deep it", "THE LOCK of"),
    ],
)
@pytest.mark.parametrize("is_drawn_last", [False, True])
def test_a_large_first_letter_begins_its_word(initial, first, read_as, is_drawn_last):
    width = stringWidth(initial, "Times-Roman", 42)

    def large(page):
        page.setFont("Times-Roman", 42)
        page.drawString(60, 672, initial)

    def draw(page):
        page.setFont("Times-Roman", 20)
        page.drawString(60, 740, "The old lock")
        if not is_drawn_last:
            large(page)
        write(page, [first, *BESIDE], left=64 + width, top=700)
        if is_drawn_last:
            large(page)
        write(page, ["the keeper wrote that it was 31 feet."], left=60, top=658)

    words = f"{first.strip()} {' '.join(BESIDE)} the keeper wrote that it was 31 feet."
    text = read(draw)
    assert text.startswith(f"The old lock\n\n{read_as}")
    assert text.endswith(words)


def test_a_letter_that_stands_up_from_its_line_begins_its_word():
    def draw(page):
        page.setFont("Times-Roman", 30)
        page.drawString(60, 700, "T")
        left = 60 + stringWidth("T", "Times-Roman", 30)
        write(page, ["he lock was so deep that it took"], left=left, top=700)
        write(page, ["a barge two hours to go down."], left=60, top=686)

    assert read(draw) == "The lock was so deep that it took a barge two hours to go down."


def turned(page, words, *, at, by, size=10):
    page.saveState()
    page.translate(*at)
    page.rotate(by)
    page.setFont("Helvetica", size)
    page.drawString(0, 0, words)
    page.restoreState()


def test_a_stamp_in_the_margin_and_a_watermark_are_not_read():
    def draw(page):
        turned(page, "arXiv:2402.01 3 Feb 2024", at=(30, 300), by=90)
        turned(page, "FIRST DRAFT", at=(120, 300), by=45, size=60)
        write(page, LINES)

    assert read(draw) == TEXT


def test_a_page_that_lies_on_its_side_is_read():
    def draw(page):
        for at, line in enumerate(LINES):
            turned(page, line, at=(100 + 14 * at, 100), by=90)

    text = read(draw)
    assert all(line in text for line in LINES)


def test_words_that_stand_upright_beside_a_figure_in_the_text_are_read():
    def draw(page):
        write(page, LINES)
        turned(page, "barges a year", at=(120, 400), by=90)

    assert "barges a year" in read(draw)


def test_a_heading_set_wide_is_words():
    def draw(page):
        page.setFont("Helvetica", 12)
        page.drawString(80, 740, "T H E   O L D   L O C K")
        page.drawString(80, 600, "1 2 3 4 5 6 7")
        page.drawString(80, 500, "A          B          C          D          E")
        write(page, LINES, top=700)

    text = read(draw)
    assert text.startswith("THE OLD LOCK\n\n")
    assert "1 2 3 4 5 6 7" in text
    assert "A B C D E" in text


def test_exponents_end_no_line_and_part_no_word():
    def draw(page):
        line = page.beginText(80, 700)
        for size, rise, words in (
            (11, 0, "H"),
            (7, -2, "2"),
            (11, 0, "O is 10"),
            (7, 4, "−3"),
            (11, 0, " of 60 km"),
            (7, 4, "2"),
            (11, 0, ", or 7"),
            (7, 4, "1"),
            (11, 0, "/"),
            (7, 0, "2"),
            (11, 0, " cups, as in 40"),
            (7, 4, "5"),
            (11, 0, " books."),
        ):
            line.setFont("Times-Roman", size)
            line.setRise(rise)
            line.textOut(words)
        page.drawText(line)

    assert read(draw) == "H2O is 10^-3 of 60 km², or 7[1]/2 cups, as in 40[5] books."


RAISED_GLYPHS = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R
/Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 67 >> stream
BT /F 12 Tf 72 700 Td (A toll of 40\\263 crowns in 1871 is due.) Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding
/ToUnicode 6 0 R >> endobj
6 0 obj << /Length 191 >> stream
begincmap 1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange 1 beginbfchar <B3> <0033> endbfchar endcmap
endstream endobj
trailer << /Size 7 /Root 1 0 R >>
%%EOF
"""


def test_digits_that_a_font_draws_raised_are_raised_though_their_font_is_as_large():
    first, *_ = documents(source_of(RAISED_GLYPHS, "a.pdf"))
    assert first.text == "A toll of 40[3] crowns in 1871 is due."
