"""What the word index was given of a passage is what it is told to forget."""

from index.store.embedded.rows import keyword_columns
from index.store.embedded.schema import FORMAT
from index.text.passages import split
from index.types import Article

TEXT = "## Flat 3\n\n### Lease\n\nThe lease ends with the inter-\nnational fair.\n"
GIVEN = ("Flat 3\n\n### Lease\n\nThe lease ends with the international fair.", "The mill")


def test_what_words_are_kept_by_changes_only_with_the_format():
    mill = Article(path="a.md", text=TEXT, title="The mill", sha256="0")
    whole, *_ = split(mill)
    last = split(mill, max_words=4)[-1]
    assert (FORMAT, keyword_columns(mill, whole)) == ("4", GIVEN)
    assert keyword_columns(mill, last)[1] == "The mill Flat 3 › Lease"
