"""What is written for words that are raised or lowered, whatever file they stand in."""

import re

import pytest

from index.readers.scripts import Run, Scripts

LEVELS = {"up": "super", "down": "sub", "note": "super", "apart": "apart"}


def runs_of(line):
    """Read `20<up>1</up>` as runs."""
    found = re.findall(r"<(up|down|note|apart)>(.*?)</\1>|([^<]+)", line)
    return [
        Run(words or plain, LEVELS.get(kind, ""), kind == "note") for kind, words, plain in found
    ]


def written(line):
    return Scripts().line(runs_of(line))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("a toll of 40<up>3</up> crowns", "a toll of 40[3] crowns"),
        ("in 1871<up>12</up> and later", "in 1871[12] and later"),
        ("40<up>3,4</up> crowns", "40[3,4] crowns"),
        ("the barges<up>1</up> came", "the barges[1] came"),
        ("the barges’ keeper’s<up>1</up> dog", "the barges’ keeper’s[1] dog"),
        ("“So be it.”<up>7</up> He left.", "“So be it.”[7] He left."),
        ("(or nearly so)<up>2</up>", "(or nearly so)[2]"),
        ("40%<up>5</up> of them", "40%[5] of them"),
        ("the barges<up>[4]</up> came", "the barges[4] came"),
        ("<up>3</up>The keeper says so.", "[3] The keeper says so."),
        ("<up>3</up> The keeper says so.", "[3] The keeper says so."),
        ("the keeper<up>a</up> and 40<up>b</up>", "the keeper[a] and 40[b]"),
        ("the keeper<up>*</up>", "the keeper*"),
    ],
)
def test_a_number_that_may_be_the_mark_of_a_note_stands_in_brackets(line, read):
    assert written(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("40<note>3</note> crowns", "40 crowns"),
        ("the barges<note>[3]</note>.", "the barges."),
        ("40<note>3</note>000", "40 000"),
    ],
)
def test_the_mark_of_a_note_is_left_out_where_it_is_known_for_one(line, read):
    assert written(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("3 × 10<up>9</up> drops", "3 × 10^9 drops"),
        ("10<up>12</up> drops", "10^12 drops"),
        ("10<up>−5</up> litres", "10^-5 litres"),
        ("10<up>2.5</up>", "10^2.5"),
        ("7<up>2</up> = 49", "7^2 = 49"),
        ("2<up>n</up> and 2<up>n+1</up>", "2^n and 2^(n+1)"),
        ("60 km<up>2</up> of marsh", "60 km² of marsh"),
        ("9 in<up>2</up>, as put in<up>2</up> writing", "9 in², as put in[2] writing"),
        ("12 m<up>3</up>", "12 m³"),
        ("kg·m<up>-3</up>·s<up>−1</up>", "kg·m⁻³·s⁻¹"),
        ("x<up>2</up> + y<up>2</up>", "x² + y²"),
        ("E = mc<up>2</up>", "E = mc²"),
        ("(a + b)<up>2</up>", "(a + b)^2"),
        ("x<down>1</down><up>2</up>", "x1^2"),
        ("Ca<up>2+</up> and SO<down>4</down><up>2−</up>", "Ca²⁺ and SO4^2-"),
        ("<up>14</up>C dating", "¹⁴C dating"),
    ],
)
def test_an_exponent_stays_one(line, read):
    assert written(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("H<down>2</down>O and CO<down>2</down>", "H2O and CO2"),
        ("PM<down>2.5</down>, B<down>12</down>", "PM2.5, B12"),
        ("log<down>2</down>8 and log<down>2</down> 8", "log_2 8 and log2 8"),
        ("1011<down>2</down>", "1011_2"),
        ("x<down>n+1</down>", "x_(n+1)"),
        ("NO<down>x</down>", "NOx"),
    ],
)
def test_what_is_lowered_is_written_as_people_type_it(line, read):
    assert written(line) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("7<up>1</up>⁄<down>2</down> cups", "7 1⁄2 cups"),
        ("7<up>1</up>/<down>2</down> cups", "7 1/2 cups"),
        ("7 <up>3</up>/<down>4</down>", "7 3/4"),
        ("<up>1</up>⁄<down>2</down> a cup", "1⁄2 a cup"),
        ("7<up>1</up>⁄2 cups", "7 1⁄2 cups"),
        ("7<up>1/2</up> cups", "7 1/2 cups"),
        ("<up>1</up>⁄<down>2</down>5", "1⁄2 5"),
    ],
)
def test_a_fraction_stands_apart_from_the_number_before_it(line, read):
    assert written(line) == read


@pytest.mark.parametrize(
    "line",
    ["the 1<up>st</up> and 22<up>nd</up>", "M<up>lle</up> Lind", "n<up>o</up> 5", "40<up>°</up>C"],
)
def test_letters_read_on_as_they_stand(line):
    assert written(line) == re.sub(r"</?up>", "", line)


def test_the_cents_of_a_price_are_cents():
    assert written("only $14<up>95</up> a bag") == "only $14.95 a bag"


def test_a_power_of_ten_is_a_mark_where_it_is_the_next_number_of_the_notes():
    scripts = Scripts()
    scripts.line(runs_of("the barges<up>1</up> and the gate<up>2</up>"))
    assert scripts.line(runs_of("the 10<up>3</up> men")) == "the 10[3] men"
    assert scripts.line(runs_of("the 10<up>9</up> drops")) == "the 10^9 drops"


def test_words_of_a_formula_and_what_left_no_words_keep_numbers_apart():
    assert written("40<apart>3x</apart>5") == "40 3x5"
    assert written("40<apart></apart>5") == "40 5"
    assert written("the<apart></apart> gate") == "the gate"
