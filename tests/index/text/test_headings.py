"""What stands above a place is known: headings, and the columns of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.as_read import above, titled
from index.text.headings import MAX_ROW, MOST_ROWS, columns_above, path_at
from index.text.passages import split
from index.types import Article, Omission, Span

FLATS = """# Flats

Four flats are let in the mill.

## Flat 1

### Lease

The lease ends on 31 March 2027.

## **Flat 2** ##

Nobody lives there.

### [Lease](lease.md)

The lease ended on 2 May 2019.

Keys
----

They hang in the hall.

__Boiler__

It was swept in October.
"""


def article(text: str, **stated) -> Article:
    return Article(path="a.md", text=text, title="t", sha256="0", title_is_derived=True, **stated)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Four flats", ("Flats",)),
        ("ends on 31", ("Flats", "Flat 1", "Lease")),
        ("Nobody", ("Flats", "Flat 2")),
        ("ended on 2", ("Flats", "Flat 2", "Lease")),
        ("They hang", ("Flats", "Keys")),
        ("It was swept", ("Flats", "Keys", "Boiler")),
        ("### Lease", ("Flats", "Flat 1")),
        ("Lease\n\nThe lease ends", ("Flats", "Flat 1")),
        ("Keys", ("Flats", "Flat 2", "Lease")),
    ],
)
def test_a_place_stands_under_its_headings(words, path):
    assert path_at(article(FLATS), FLATS.index(words)) == path


def test_the_title_is_no_heading_above_and_neither_is_what_was_left_out():
    boats = Span(FLATS.index("## Flat 1"), FLATS.index("### Lease"))
    found = article(FLATS, title_span=Span(0, 7), omissions=(Omission(boats, "rights line"),))
    assert path_at(found, FLATS.index("ends on 31")) == ("Lease",)


@pytest.mark.parametrize(
    "text",
    [
        "```\n# no heading\n```\n\nWords.",
        "~~~ sh\n# none\n~~~\n\nWords.",
        "Tom said:\n\n#hashtag first\n\nWords.",
        "- an item\n---\n\nWords.",
        "Words before.\n\n---\n\nWords.",
        "**Note:** this is a sentence that goes on.\n\nWords.",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text):
    assert path_at(article(text), text.rindex("Words")) == ()


ROWS = "Rents:\n\n| Flat | Rent |\n| --- | --- |\n| 1 | 900 |\n| 2 | 750 |\n\nPaid monthly.\n"


def test_a_later_row_of_a_table_is_read_under_its_columns():
    assert columns_above(ROWS, ROWS.index("750")) == "Flat | Rent"
    assert columns_above(ROWS, ROWS.index("| Flat")) == ""
    assert columns_above(ROWS, ROWS.index("Paid")) == ""
    items = "- Year | Guests\n- 1999 | 14\n- 2004 | 41"
    assert columns_above(items, len(items)) == "Year | Guests"


def test_far_below_them_nobody_looks_for_columns_and_a_long_line_is_no_row():
    rows = "Year | Guests\n" + "1999 | 14\n" * (MOST_ROWS + 5)
    assert columns_above(rows, 300) == "Year | Guests"
    assert columns_above(rows, len(rows) - 3) == ""
    long = f"Year | Guests\n{'x' * MAX_ROW} | 14\n"
    assert columns_above(long, len(long) - 3) == ""


def test_a_heading_that_repeats_the_stated_title_is_none():
    page = Article(path="a.html", text=FLATS, title="Flats", sha256="0")
    assert path_at(page, FLATS.index("Nobody")) == ("Flat 2",)
    assert above(page, FLATS.index("Nobody")) == "Flats\nFlat 2"


def test_a_heading_that_was_left_out_ends_the_section_before_it():
    text = "## Flat 1\n\nIt is let.\n\n## Share\n\nNobody lives there."
    shared = Omission(Span(text.index("## Share"), text.index("Nobody")), "rights line")
    assert path_at(article(text, omissions=(shared,)), text.index("Nobody")) == ()


def test_a_passage_is_encoded_and_read_under_its_headings():
    found = article(FLATS)
    passage = next(one for one in split(found, max_words=12) if "2019" in one.span.of(FLATS))
    assert titled(passage, found).startswith("Flats › Flat 2")
    assert above(found, FLATS.index("ended on 2")) == "Flats › Flat 2 › Lease"


@given(st.text("#=-*_|`~ \nab", max_size=200), st.integers(0, 200))
def test_nothing_above_a_place_stands_below_it(text, place):
    found = article(text)
    for heading in path_at(found, place):
        assert heading.split()[0] in text[:place] or heading in text
    assert "\n" not in columns_above(text, min(place, len(text)))
