"""What is left out of an article, and what must never be."""

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import BOILERPLATE, texts

from index.text.boilerplate import omissions

PARAGRAPH = "The minister spoke for an hour on Tuesday, and nobody in the hall left early."
MANY = f"{PARAGRAPH}\n\n" * 12


def labelled(label: str) -> list[str]:
    lines = Path(__file__).with_name("boilerplate_lookalikes.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    return [words for given_label, words in pairs if given_label == label]


def placements(line: str) -> list[str]:
    """The line on its own, at the top, in the middle and at the bottom of an article."""
    return [
        line,
        f"A short title\n\n{line}\n\n{MANY}",
        f"{PARAGRAPH}\n{line}\n{PARAGRAPH}\n",
        f"{MANY}{line}\n\n{MANY}",
        f"{MANY}{PARAGRAPH}\n\n{line}",
    ]


def left_out(text: str) -> list[str]:
    return [omission.span.of(text) for omission in omissions(text)]


def test_the_labelled_list_is_long_enough_to_mean_something():
    assert len(labelled("keep")) >= 60
    assert len(labelled("leave")) >= 40


@pytest.mark.parametrize("line", labelled("keep"))
def test_a_sentence_that_only_looks_like_furniture_is_kept_wherever_it_stands(line):
    assert [left_out(text) for text in placements(line)] == [[]] * 5


@pytest.mark.parametrize("line", labelled("leave"))
def test_furniture_is_left_out_at_the_top_and_at_the_bottom(line):
    on_its_own, at_top, _, _, at_bottom = placements(line)
    assert left_out(on_its_own) == left_out(at_top) == left_out(at_bottom) == [line]


@pytest.mark.parametrize("line", labelled("keep"))
def test_a_sentence_inside_a_paragraph_is_kept(line):
    assert left_out(f"{PARAGRAPH} {line} {PARAGRAPH}") == []


@pytest.mark.parametrize(
    "notice",
    [
        "This website uses cookies to improve your experience. Accept Read More",
        "We use cookies to personalise content and ads for you.",
        "Share This Article",
        "Accept Read More",
    ],
)
def test_a_notice_glued_to_a_paragraph_is_left_out_from_its_first_word(notice):
    assert left_out(f"{PARAGRAPH} {notice}") == [notice]


def test_a_notice_wrapped_over_several_lines_is_left_out_whole():
    notice = "This website uses cookies to improve your\nexperience. You can opt out if you wish."
    assert left_out(f"{PARAGRAPH}\n\n{notice}\n\n{PARAGRAPH}") == notice.split("\n")


def test_the_middle_of_a_wrapped_sentence_is_never_a_byline():
    assert left_out("The book was written\nby Jane Smith\nand sold well.") == []
    assert left_out("The book about bridges was written\nby Jane Smith\n\n" + PARAGRAPH) == []


def test_a_line_that_repeats_the_name_goes_with_the_byline():
    assert left_out(f"Title here\n\nAI\nBy AI\n\n{PARAGRAPH}") == ["AI", "By AI"]
    assert left_out(f"Title here\n\nAI\n\n{PARAGRAPH}") == []


def test_buttons_are_left_out_only_under_a_cookie_notice():
    notice = "We use cookies to improve your experience."
    assert left_out(f"{PARAGRAPH}\n\n{notice}\nAccept\nSettings") == [notice, "Accept", "Settings"]
    assert left_out(f"{PARAGRAPH}\n\nAccept\nSettings") == []


def test_the_example_articles_lose_their_furniture_and_nothing_else():
    found = {}
    for file in sorted(resources.files("seeds").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".txt"):
            found[file.name[:3]] = left_out(file.read_text("utf-8"))
    assert found == {
        "000": [
            "This website uses cookies to improve your experience. We'll assume you're ok with "
            "this, but you can opt-out if you wish. Accept Read More"
        ],
        "001": ["AI", "By AI", "Share This Article"],
        "002": [],
        "003": [],
        "004": [],
    }


@given(texts())
def test_omissions_are_in_order_disjoint_and_of_whole_lines(text):
    last = 0
    for omission in omissions(text):
        assert omission.span.start >= last
        assert text[omission.span.end : omission.span.end + 1] in ("", "\n")
        last = omission.span.end


@given(st.sampled_from(BOILERPLATE[2:]), st.integers(min_value=0, max_value=20))
def test_most_furniture_is_found_wherever_it_stands(line, before):
    text = f"{PARAGRAPH}\n\n" * before + line + f"\n\n{PARAGRAPH}" * 20
    assert left_out(text) == [line]


CAPTION = "Waves break over the sea wall at Leith on Tuesday"


@pytest.mark.parametrize(
    "again",
    [CAPTION, f"Image caption, {CAPTION}", CAPTION.upper()],
)
def test_a_caption_that_stands_again_below_is_left_out(again):
    assert left_out(f"{PARAGRAPH}\n\n{CAPTION}\n{again}\n\n{PARAGRAPH}") == [again]
    assert left_out(f"{PARAGRAPH}\n\n{CAPTION}\n\n{PARAGRAPH}\n\n{again}") == [again]


def test_a_credited_caption_is_one_even_if_it_is_a_sentence():
    credited = f"{CAPTION}. Photo: Jo Bell/Reuters."
    assert left_out(f"{credited}\n{credited}\n\n{PARAGRAPH}") == [credited]


@pytest.mark.parametrize(
    "line",
    [
        PARAGRAPH,
        "And so say all of us",
        "- Leith and Granton | 91 mph | 88 mph | 12",
        f"## {CAPTION}",
    ],
)
def test_repeated_sentences_refrains_rows_and_headings_stay(line):
    assert left_out(f"{line}\n{line}\n\n{PARAGRAPH} Then they went home.") == []


def test_a_line_that_comes_back_much_later_is_no_caption():
    between = f"{PARAGRAPH}\n\nThen they went home.\n\n"
    assert left_out(f"{CAPTION}\n\n{between}{CAPTION}\n") == []
