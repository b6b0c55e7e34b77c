"""What stands in front of a text is metadata, however written; a file's name may be a title."""

import pytest
from containers_made import quotable
from strategies import article_of

from index.readers import parse
from index.readers.file_names import name_title
from index.readers.frontmatter import front_matter
from index.text.as_read import titled
from index.types import Passage, Sentence, Span

SAID = "The weir at Hult was raised in 1884. Eels have used the ladder beside it since then."


def note(text: str, *, path: str = "a.md"):
    return parse(text, path=path, root="", sha256="0", suffix=".md", encoding="utf-8")


ODD = {
    "title: Weirs of the north: a survey": "Weirs of the north: a survey",
    "title: @work on the weir": "@work on the weir",
    "title: *The* weir": "*The* weir",
    "title: %d weirs": "%d weirs",
    "title:\tA weir\tand a mill": "A weir and a mill",
    'title: "The weir of Hult': "The weir of Hult",
    "title: 'It's a weir'": "It's a weir",
    "title: [Weir": "[Weir",
    "TITLE: The weir\nbad: {a: b": "The weir",
    "Title: The weir\nnotes: - first: - second": "The weir",
    "title: The weir\n\tlevel: 3": "The weir level: 3",
    "title: The weir\naliases:\n  - Hult: the dam\n  - @weir": "The weir",
    "title: >\n  The weir of\n  Hult: a song": "The weir of Hult: a song",
}


@pytest.mark.parametrize("block", ODD)
def test_front_matter_that_is_not_quite_yaml_is_metadata_and_never_text(block):
    article = note(f"---\n{block}\ndate: 2022-11-05\nauthor: Ann Lie\n---\n{SAID}\n")
    assert " ".join(quotable(article)) == SAID
    assert article.title.replace("\t", " ") == ODD[block]
    assert (article.title_is_derived, article.published, article.author) == (
        False, "2022-11-05", "Ann Lie",
    )  # fmt: skip


@pytest.mark.parametrize(
    "matter",
    [
        '+++\ntitle = "The weir"\ndate = 2022-11-05T10:00:00Z\n[taxonomies]\ntags = ["a"]\n+++\n',
        "+++\ntitle = 'The weir'\ndate = 2022-11-05\nbroken = = 3\n+++\n",
        '{\n  "title": "The weir",\n  "date": "2022-11-05",\n  "tags": ["a", "b"]\n}\n',
        "---\nTitle: The weir\nDATE: 2022-11-05\nTags: [a, b]\n---\n",
        "---\nHeadline: The weir\nDate-Published: 2022-11-05\n...\n",
        "Title: The weir\nDate: 2022-11-05\nTags: a, b\n\n",
    ],
)
def test_other_ways_to_write_front_matter_are_metadata_too(matter):
    article = note(matter + SAID)
    assert (article.title, article.published) == ("The weir", "2022-11-05")
    assert " ".join(quotable(article)) == SAID
    assert [omission.reason for omission in article.omissions] == ["front matter"]


@pytest.mark.parametrize(
    "block", ["mood: calm\nrating: 4", "status: draft", "Project: Weir\nNext review: May\nhours: 3"]
)
def test_keys_of_ones_own_are_no_text(block):
    article = note(f"---\n{block}\n---\n{SAID}")
    assert " ".join(quotable(article)) == SAID


def test_the_source_may_be_a_name_or_an_address():
    named = front_matter("---\nsource: The Reed\ntags: a\n---\nx")
    addressed = front_matter("---\nSource: https://reed.example.org/weir\ncreated: 2021\n---\nx")
    assert named is not None
    assert addressed is not None
    assert named.stated.outlet == "The Reed"
    assert (addressed.stated.url, addressed.stated.published) == (
        "https://reed.example.org/weir", None,
    )  # fmt: skip


def test_an_alias_is_a_name_that_passages_are_read_with_and_no_part_of_the_title():
    article = note(f"---\ntitle: The weir\naliases: [Eel Ladder, HW]\n---\n{SAID}")
    assert article.title == "The weir"
    passage = Passage((Sentence(Span(article.text.index("Eels"), len(article.text))),))
    words = "Eels have used the ladder beside it since then."
    assert titled(passage, article) == f"The weir (Eel Ladder, HW)\n{words}"
    assert article.place_of(10, "chapter") is None


@pytest.mark.parametrize("fence", ["---", "+++", "{"])
def test_a_block_of_a_hundred_thousand_characters_is_read(fence):
    for unit in ("x", " ", "a: b ", "[", '"', "- ", "=\t"):
        assert note(f"{fence}\n{unit * (100_000 // len(unit))}\n{fence}\n{SAID}").text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Marta Lund.md", "Marta Lund"),
        ("2023-04-05 Weir meeting.md", "Weir meeting"),
        ("20230405_weir_meeting.md", "Weir meeting"),
        ("great-tarn-railway.md", "Great tarn railway"),
        ("Bees.md", "Bees"),
        ("O’Neill, Róisín.md", "O’Neill, Róisín"),
        ("Weir meeting (2).md", "Weir meeting"),
        ("Eel ladder 3f2a9c0d1e4b4a0f9c8d7e6f5a4b3c2d.md", "Eel ladder"),
        ("Öl.md", None),
        ("000_333bd8d987ca2fd0.txt", None),
        ("IMG_2034.md", None),
        ("DSC00012.md", None),
        ("2023-04-05.md", None),
        ("3f2a9c0d-1e4b-4a0f-9c8d-7e6f5a4b3c2d.md", None),
        ("deadbeefcafe1.md", None),
        ("untitled 3.md", None),
        ("New document.md", None),
        ("index.md", None),
        ("README.md", None),
        ("a.md", None),
        ("12345.md", None),
        ("article_0012.txt", None),
        ("bees.md", "Bees"),
        ("bees.txt", None),
        ("Bees.txt", "Bees"),
        ("busy_bees.txt", "Busy bees"),
    ],
)
def test_a_name_is_a_title_only_if_it_says_something(name, title):
    assert name_title(name, is_note=name.endswith(".md")) == title


def test_a_note_without_a_title_is_called_what_its_file_is():
    article = note("---\ntags: [person]\n---\nBorn in 1967 in Hult. Trained as a carpenter.\n",
                   path="People/Marta Lund.md")  # fmt: skip
    assert (article.title, article.title_is_derived) == ("Marta Lund", False)
    assert article.title_span is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# The carpenter\n\n{SAID}", "The carpenter"),
        (f"The carpenter\n===\n\n{SAID}", "The carpenter"),
        (f"---\ntitle: The carpenter\n---\n{SAID}", "The carpenter"),
        (f"## Early years\n\n{SAID}", "Marta Lund"),
        (f"Some words about her life\n\n{SAID}", "Marta Lund"),
        (f"Marta Lund\n\n{SAID}", "Marta Lund"),
    ],
)
def test_a_heading_of_the_whole_text_outweighs_the_name_of_the_file(text, title):
    assert note(text, path="Marta Lund.md").title == title


def test_a_headline_of_a_plain_text_outweighs_the_name_of_its_file():
    text = f"Weir of Hult to be raised again\n\n{SAID}"
    headed = parse(text, path="hult weir.txt", root="", sha256="0", suffix=".txt", encoding="utf-8")
    assert headed.title == "Weir of Hult to be raised again"
    bare = parse(SAID, path="hult weir.txt", root="", sha256="0", suffix=".txt", encoding="utf-8")
    assert (bare.title, bare.title_is_derived) == ("Hult weir", False)


def test_a_page_is_never_called_what_its_file_is():
    article = article_of(f"<html><body><p>{SAID}</p></body></html>", suffix=".html")
    assert article.title_is_derived
