"""Inline markup of pages, mails and books: what stands on the line, and what does not."""

import pytest
from runs_written import FILLER

from index.readers.web.pages import extract
from index.readers.web.rendering import plain, render

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


def read(markup):
    return render(f"<p>{markup}</p>", path="a.html").text


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#note-3">3</a></sup>',
        '<a href="notes.html#n3"><sup>3</sup></a>',
        '<a role="doc-noteref" href="#n3">3</a>',
        '<a class="footnote-ref" href="#n3">[3]</a>',
        '<sup class="reference">[3]</sup>',
        '<sup class="footnote">3</sup>',
        '<span class="noteref"><sup>3</sup></span>',
        '<sup><b><a href="notes.html#star">*</a></b></sup>',
        '<a href="#fn3">3</a>',
        '<a href="#_ftn3"><span class="MsoFootnoteReference">[3]</span></a>',
    ],
)
def test_marks_of_notes_are_left_out_by_link_and_by_name(mark):
    assert read(f"a toll of 40{mark} crowns") == "a toll of 40 crowns"
    assert read(f"a toll of 40{mark}5") == "a toll of 40 5"


def test_the_way_back_from_a_note_is_left_out():
    note = '40 crowns.<a href="#ref3" class="footnote-back" role="doc-backlink">↩</a>'
    assert read(note) == "40 crowns."


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<a href="/dust">10<sup>9</sup> grains</a> of it', "10^9 grains of it"),
        ('<a class="reference external" href="/dust">40</a> grains', "40 grains"),
        ('10<sup><a href="/powers">9</a></sup> grains', "10^9 grains"),
        ('as in note <a href="#note3">3</a> below', "as in note 3 below"),
        ('in 18<a href="#y1871">71</a> or so', "in 1871 or so"),
        ('40<sup><a href="/new">see the note</a></sup>', "40 see the note"),
    ],
)
def test_a_link_that_is_more_than_a_mark_is_read(markup, words):
    assert read(markup) == words


@pytest.mark.parametrize(
    "three",
    [
        '<span style="font-size: 60%; vertical-align: super">3</span>',
        '<span class="superscript">3</span>',
        "<sup><small>3</small></sup>",
    ],
)
def test_what_a_style_or_a_class_raises_is_raised(three):
    assert read(f"a toll of 40{three} crowns") == "a toll of 40[3] crowns"


def test_each_raised_element_is_a_number_of_its_own():
    assert read("the barges<sup>1</sup><sup>2</sup> came") == "the barges[1][2] came"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("of <del>300</del><ins>800</ins> crowns", "of 800 crowns"),
        ("of <ins>800</ins><del>300</del> crowns", "of 800 crowns"),
        ("in 1<del>9</del><ins>8</ins>71", "in 1871"),
        ("of <s>300</s> 800 crowns", "of 800 crowns"),
        ('of <span style="text-decoration: line-through">300</span> 800', "of 800"),
        ("of 40<strike>3</strike>5", "of 40 5"),
        ("the 1<sup><del>rd</del>st</sup>", "the 1st"),
    ],
)
def test_what_was_struck_out_is_not_read(markup, words):
    assert read(markup) == words


def test_a_paragraph_that_was_deleted_is_not_read_and_one_never_closed_is():
    page = "<p>The gate is shut.</p><del><p>It is open.</p></del><p>Go <s>on<p>Come back.</p>"
    assert render(page, path="a").text == "The gate is shut.\n\nGo\n\nCome back."
    assert "Come back." in render("<div>Go <s>on<p>Come back.</p></s></div>", path="a").text


@pytest.mark.parametrize(
    "pause", ["<img src='x.png'>", "<svg></svg>", "<input>", "<button>x</button>"]
)
def test_a_picture_or_a_button_between_two_numbers_keeps_them_apart(pause):
    assert read(f"of 40{pause}3 crowns") == "of 40 3 crowns"


def test_a_picture_of_a_first_letter_is_that_letter():
    assert read('<img src="t.png" alt="T">he keeper left.') == "The keeper left."
    assert read('<img src="t.png" alt="The keeper">He left.') == "He left."


def test_how_a_sign_is_spoken_is_not_read():
    assert read("<ruby>北<rp>(</rp><rt>3</rt><rp>)</rp></ruby>40") == "北40"
    assert read("<ruby>4<rt>1</rt></ruby>0") == "4 0"


@pytest.mark.parametrize(
    "fraction",
    [
        '<span class="frac">7<span class="sr-only">+</span><span class="num">1</span>&frasl;'
        '<span class="den">2</span></span>',
        '7<span class="sfrac"><span class="num">1</span><span class="sr-only">&frasl;</span>'
        '<span class="den">2</span></span>',
        "7<sup>1</sup>&frasl;<sub>2</sub>",
    ],
)
def test_fractions_stand_apart_however_they_are_made(fraction):
    assert read(f"{fraction} cups").replace("/", "⁄") == "7 1⁄2 cups"
    page = extract(
        f"<article><h1>Tea</h1><p>{FILLER}</p><p>{fraction} cups of it.</p></article>", path=""
    )
    assert "7 1⁄2 cups of it." in page.text.replace("/", "⁄")


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("<mn>3</mn><mo>×</mo><msup><mn>10</mn><mn>9</mn></msup>", "3×10^9"),
        ("<msup><mn>10</mn><mrow><mo>-</mo><mn>5</mn></mrow></msup>", "10^-5"),
        ("<mn>7</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "7 1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msqrt><mi>n</mi><mo>+</mo><mn>1</mn></msqrt>", "√(n+1)"),
        ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H2O"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x1^2"),
        ("<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover><mn>3</mn>", "∑_1^n 3"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<mn>4</mn><mspace/><mn>0</mn>", "4 0"),
        ("<semantics><mi>λ</mi><annotation>\\lambda</annotation></semantics>", "λ"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
    ],
)
def test_a_formula_is_read_on_one_line(formula, words):
    assert read(f"so {MATH.format(formula)} is it") == f"so {words} is it"
    assert read(f"40{MATH.format('<mn>3</mn>')}5") == "40 3 5"


def test_what_has_no_other_tag_is_markup_too():
    assert plain("a fee of <del>300</del> 800", path="a") == "a fee of 800"
    assert plain("10<sup>9</sup>", path="a") == "10^9"


def test_numbers_of_a_page_its_title_and_its_lists_read_alike():
    page = extract(
        f"<article><h1>Some 10<sup>9</sup> drops</h1><p>{FILLER}</p>"
        f"<ul><li>60 km<sup>2</sup> of marsh</li><li>40<sup>3</sup> barges</li></ul>"
        f"<p>{FILLER}</p></article>",
        path="a.html",
    )
    assert "# Some 10^9 drops" in page.text
    assert "- 60 km² of marsh\n- 40[3] barges" in page.text
    assert page.stated.title in (None, "Some 10^9 drops")
