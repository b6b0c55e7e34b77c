import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style

from index.types import Span
from qa.tui.lighting import lit
from qa.visible import pasteable, visible, visible_line

anything = st.text(alphabet=st.characters(exclude_categories=()))


@given(anything)
def test_nothing_that_a_terminal_obeys_or_hides_is_left(text):
    shown = visible(text)
    assert not [
        char for char in shown if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"
    ]
    assert not set(shown) & set("\u200b\u200d\u200e\u202a\u202e\u2066\u2069\u2028\u2029\ufeff")


@given(anything)
def test_what_is_made_visible_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs", "S"))))
def test_ordinary_text_is_not_changed(text):
    assert visible(text) == text == pasteable(text)


@given(st.text(alphabet=[chr(code) for code in [*range(32), 0x7F]]))
def test_ascii_controls_are_pictured_one_for_one(text):
    assert len(visible(text)) == len(text)


@given(anything)
def test_a_line_stays_one_line(text):
    assert "\n" not in visible_line(text)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [("\x1b[0m", "␛[0m"), ("\r", "␍"), ("\x7f", "␡"), ("\x9b", "⟨U+009B⟩"), ("\u202e", "⟨U+202E⟩")],
)
def test_hidden_characters_have_their_pictures(hidden, shown):
    assert visible(hidden) == shown


@given(st.data())
def test_light_falls_on_its_own_words_however_long_hidden_characters_are_shown(data):
    text = data.draw(st.text(alphabet="ab\x1b\u202e \n", min_size=1, max_size=30))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    content = lit(text, Span(0, len(text)), [(span, Style(bold=True))])
    assert content.plain == visible(text)
    covered = "".join(content.plain[piece.start : piece.end] for piece in content.spans)
    assert covered == visible(span.of(text))
