"""No reader makes a number that its file does not have, or changes one."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs_written import WRITERS, Piece, text_of

DIGITS = re.compile(r"[0-9]+|[⁰¹²³⁴-⁹]+|[₀-₉]+")
"""Raised digits are no part of the number that they stand on."""
AS_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", 2 * "0123456789")
READ = pytest.mark.parametrize("name", [name for name in WRITERS if name != "note.md"])


ON_LINE = frozenset({"plain", "inserted"})


def pieces_of(markup):
    """Write `20<super>1</super>` as pieces."""
    kinds = "super|sub|deleted|inserted|note"
    found = re.findall(rf"<({kinds})>(.*?)</\1>|([^<]+)", markup)
    return [Piece(kind or "plain", words or plain) for kind, words, plain in found]


def line_of(name, markup):
    """What is read of a line that is written so."""
    text = text_of(name, pieces_of(f"The keeper wrote: {markup}. He went home."))
    return re.search(r"The keeper wrote: (.*?)\.(?:\[\d\])? He went home\.", text)[1]


def numbers_in(text):
    return {number.translate(AS_PLAIN) for number in DIGITS.findall(text)}


def numbers_on(pieces, kinds, *, across=""):
    """Numbers of the words of some kinds; those of one kind may stand `across`, the others part."""
    words = (
        piece.words if piece.kind in kinds else "" if piece.kind == across else " "
        for piece in pieces
    )
    return numbers_in("".join(words))


def lines():
    """Pieces of which no two neighbours are of one kind."""
    plain = st.text(alphabet="0123456789 a.,×/", min_size=1, max_size=5)
    number = st.sampled_from("1 2 6 12 -5 2+ 1,2 st n * a".split())
    words = {
        "plain": plain,
        "inserted": plain,
        "deleted": plain,
        "super": number,
        "sub": number,
        "note": st.sampled_from("1237"),
    }
    pieces = st.one_of(*(st.builds(Piece, st.just(kind), one) for kind, one in words.items()))
    return st.lists(pieces, min_size=1, max_size=7).map(_of_unlike_neighbours)


def _of_unlike_neighbours(pieces):
    kept = []
    for piece in pieces:
        if not kept or kept[-1].kind != piece.kind:
            kept.append(piece)
    return [Piece("plain", "The keeper wrote "), *kept, Piece("plain", " and went home.")]


@READ
@given(pieces=lines())
@settings(max_examples=60)
def test_every_run_of_digits_that_is_read_is_one_of_the_file(name, pieces):
    levels = (ON_LINE, {"super"}, {"note"}, {"super", "note"}, {"sub"})
    printed = set().union(
        *(numbers_on(pieces, level, across=gone) for level in levels for gone in ("", "deleted"))
    )
    whole = numbers_on(pieces, ON_LINE) & numbers_on(pieces, ON_LINE, across="deleted")
    read = numbers_in(text_of(name, pieces))
    assert whole <= read <= printed


@given(pieces=lines())
def test_a_markdown_file_is_read_as_it_stands_tags_and_all(pieces):
    assert text_of("note.md", pieces).encode() == WRITERS["note.md"](pieces)


@READ
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a toll of 40<super>3</super> crowns", "a toll of 40[3] crowns"),
        ("some 3 × 10<super>9</super> drops", "some 3 × 10^9 drops"),
        ("but 10<super>-5</super> litres", "but 10^-5 litres"),
        ("all 60 km<super>2</super> of marsh", "all 60 km² of marsh"),
        ("that CO<sub>2</sub> is no H<sub>2</sub>O", "that CO2 is no H2O"),
        ("7<super>1</super>/<sub>2</sub> cups", "7 1/2 cups"),
        ("the 1<super>st</super> of May", "the 1st of May"),
        ("a fee of <deleted>300</deleted><inserted>800</inserted> crowns", "a fee of 800 crowns"),
    ],
)
def test_numbers_read_alike_in_every_kind_of_file(name, written, read):
    assert line_of(name, written) == read


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("note.md", "print.pdf")])
def test_the_mark_of_a_note_is_left_out_of_every_file_that_says_what_it_is(name):
    assert line_of(name, "a toll of 40<note>3</note> crowns") == "a toll of 40 crowns"
