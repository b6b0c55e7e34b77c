"""What the first lines and the front matter of a text state about it."""

import pytest
from strategies import article_of

BODY = "The ministers met on Tuesday. They spoke about the plan to build a bridge over the strait."


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published: 23 June 2025", "2025-06-23", None),
        ("Updated: 24 June 2025", None, "2025-06-24"),
        ("*Last updated on 24 June 2025 at 15:05*", None, "2025-06-24"),
        ("Published 23 June 2025, updated 24 June 2025", "2025-06-23", "2025-06-24"),
        ("First published June 23, 2025 | Last modified June 24, 2025", "2025-06-23", "2025-06-24"),
        ("Updated figures were published on 24 June 2025", None, None),
        ("Published in 2025, the report updated older figures.", None, None),
        ("The fair opens on 24 June 2025", None, None),
    ],
)
def test_a_line_states_the_day_of_publication_or_of_a_change(line, published, modified):
    article = article_of(f"# A title of words\n\n{line}\n\n{BODY}", suffix=".md")
    assert (article.published, article.modified) == (published, modified)


def test_front_matter_tells_publication_from_change():
    article = article_of(f"---\ntitle: A\ndate: 2025-06-23\nlastmod: 2025-06-25\n---\n{BODY}")
    assert (article.published, article.modified) == ("2025-06-23", "2025-06-25")


def test_a_clipping_has_its_address_from_its_source_and_no_date_from_its_clipping():
    article = article_of(
        "---\ntitle: A\nsource: https://example.org/a\nauthor:\n  - '[[Jane Smith]]'\n"
        f"published:\ncreated: 2025-06-25\n---\n{BODY}"
    )
    assert (article.url, article.author) == ("https://example.org/a", "Jane Smith")
    assert (article.published, article.outlet) == (None, None)
