"""Scripts, styles and comments go; nothing else is changed, and the saved address is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.web.markup import MAX_CHARS, light

PIECES = (
    "<script>|</script>|<!--|-->|<p>word</p>|<svg>|</SVG >|<style|>|x"
    '|<script type="application/ld+json">'
).split("|")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_is_left_of_a_page_has_nothing_new(markup):
    left = light(markup, path="a.html").text
    bare = left.removeprefix("<html>").removesuffix("</html>")
    remaining = iter(markup)
    assert all(character in remaining for character in bare)
    assert len(left) <= MAX_CHARS


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<!-- saved from url=(0022)https://a.example.org/ -->", "https://a.example.org/"),
        (
            "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: http://a.org/b \n-->",
            "http://a.org/b",
        ),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<p>saved from url=(0022)https://a.example.org/</p>", None),
    ],
)
def test_a_saved_page_says_where_it_came_from(markup, address):
    assert light(markup, path="a.html").saved_from == address


def test_statements_stay_among_the_scripts():
    statement = '<script type="application/ld+json">{"a": "<!-- x -->"}</script>'
    markup = f"<html><script>f('<p>')</script>{statement}<STYLE>p{{}}</STYLE ><p>x</p></html>"
    assert light(markup, path="a.html").text == f"<html>{statement}<p>x</p></html>"
