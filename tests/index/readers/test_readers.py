"""A file becomes an article with a title and with what it states about itself."""

import hashlib
import os
from importlib import resources
from pathlib import Path

import pytest
from containers_made import quotable
from hypothesis import given
from hypothesis import strategies as st
from strategies import article_of, articles

from index.errors import Unreadable
from index.readers import documents, is_supported, read
from index.readers.dates import iso_date
from index.readers.frontmatter import front_matter
from index.text.language import looks_english
from index.text.passages import split

BODY = "The ministers met on Tuesday. They spoke about the plan to build a bridge over the strait."
PAGE = """<html><head><title>Big News | Site</title>{head}
<link rel="canonical" href="https://www.dailyplanet.example.com/2025/06/01/big"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Big News Today</h1>{body}</article></body></html>
""".replace("{body}", f"<p>{BODY} {BODY}</p><p>On 2019-03-04 it began. {BODY}</p>" * 3)


def page(head: str = "") -> str:
    return PAGE.replace("{head}", head)


@pytest.mark.parametrize(
    ("name", "supported"),
    [("a.txt", True), ("a.TXT", True), ("a.markdown", True), ("a.Html", True), ("a.xhtml", True),
     ("a.pdf", True), ("txt", False), (".txt", False), ("a.txt.gz", True)],
)  # fmt: skip
def test_files_are_chosen_by_their_suffix(name, supported):
    assert is_supported(Path(name)) is supported


def test_the_example_articles_have_their_titles_and_three_have_none():
    with resources.as_file(resources.files("seeds")) as folder:
        read_articles = [read(path, root=folder) for path in sorted(folder.glob("*.txt"))]
    assert [(article.title, article.title_is_derived) for article in read_articles] == [
        ("Starmer and Zelensky Collaborate on Military Production Initiative", False),
        ("Zelensky and Starmer hail a’massive leap forward’ in military collaboration", False),
        ("Ukrainian President Volodymyr Zelenskyy and British Prime…", True),
        ("On the morning of October 24, Ukrainian President…", True),
        ("In the midst of the Russia-Ukraine conflict, the United…", True),
    ]
    assert {article.published for article in read_articles} == {None}
    assert {article.outlet for article in read_articles} == {None}


def test_front_matter_is_metadata_and_not_text():
    matter = (
        "---\ntitle: 'The Bridge'\ndate: 2025-06\nauthor: [Jane Smith, John Doe]\n"
        "source: Reuters\nurl: https://example.org/a\n---\n"
    )
    article = article_of(f"{matter}\n# The bridge\n\n{BODY}\n", suffix=".md")
    assert (article.title, article.title_is_derived) == ("The Bridge", False)
    assert (article.published, article.outlet) == ("2025-06", "Reuters")
    assert (article.author, article.url) == ("Jane Smith, John Doe", "https://example.org/a")
    assert article.omissions[0].reason == "front matter"
    assert article.omissions[0].span.of(article.text) == matter.rstrip("\n")
    assert article.title_span is not None
    assert article.title_span.of(article.text) == "The bridge"
    assert article.line_of(article.title_span.start) == 9


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{BODY}\n\n---\n\n{BODY}",
        f"---\nNote: this is prose\n---\n\n{BODY}",
        f"---\nAnna: Where have you been?\nBert: At the mill.\nAnna: Again!\n---\n\n{BODY}",
        f"---\nAnna: Where have you been all day?\nBert: I was at the mill.\n---\n\n{BODY}",
        f"+++\n{BODY}\n+++\n\n{BODY}",
        '{"title": "All that there is"}',
        f"{{title}} is what we call it\n\n{BODY}",
        f"Title: only a line\n\n{BODY}",
        f"---\ntitle: never closed\n\n{BODY}",
        "---\n---\n" + BODY,
        f"\n---\ntitle: too late\n---\n\n{BODY}",
    ],
)
def test_what_is_not_front_matter_is_text(text):
    article = article_of(text)
    assert "front matter" not in {omission.reason for omission in article.omissions}


def test_hostile_front_matter_is_bounded_and_cleaned():
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: [*a, *a, *a]\n" for n in range(300))
    matter = front_matter(f'---\n{bomb}title: "\\uD800a\\e[31m b"\nauthor: !!python/none x\n---\n')
    assert matter is not None
    assert matter.stated.title == "a [31m b"
    assert matter.stated.title.isprintable()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# A *good* day #\n\n{BODY}", "A *good* day"),
        (f"A Good Day\n==========\n\n{BODY}", "A Good Day"),
        (f"**A Good Day**\n\n{BODY}", "A Good Day"),
        (f"  A Good Day \xa0 \n\n{BODY}", "A Good Day"),
        (f"Is this a good day?\n\n{BODY}", "Is this a good day?"),
        (f"By Jane Smith\n\nA Good Day\n\n{BODY}", "A Good Day"),
        (f"Published: 23 June 2025\n\nA Good Day\n\n{BODY}", "A Good Day"),
        (f"A Good Day\nBy Jane Smith\n\n{BODY}", "A Good Day"),
        (f"Some words come first here.\n\n# A Good Day\n\n{BODY}", "A Good Day"),
        (f"A \x1b[31mGood\x07 Day\n\n{BODY}", "A [31mGood Day"),
    ],
)
def test_a_title_is_found_in_the_text_and_kept_out_of_the_body(text, title):
    article = article_of(text, suffix=".md")
    assert (article.title, article.title_is_derived) == (title, False)
    assert article.title_span is not None
    body = [s.span for passage in split(article) for s in passage.sentences]
    assert not any(span.overlaps(article.title_span) for span in body)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BODY, "The ministers met on Tuesday."),
        ("Nobody came because of the rain.\n\nMore.", "Nobody came because of the rain."),
        (f"- an item of a list\n- another\n\n{BODY}", "an item of a list"),
        ("1. **First** do this\n2. Then that\n", "First do this"),
        ("A line without anything after it", "A line without anything after it"),
        ("word " * 40, "word " * 10 + "word…"),
        ("Share This Article", "Share This Article"),
        (f"London CNN —\n\n{BODY}", "London CNN —"),
        (f"Charles Finch\n\n{BODY}", "Charles Finch"),
        (f"Craig A. Gilbert and Ann Wolf\n\n{BODY}", "Craig A. Gilbert and Ann Wolf"),
    ],
)  # fmt: skip
def test_a_title_is_else_derived_from_the_opening_words(text, title):
    article = article_of(text)
    assert (article.title, article.title_is_derived, article.title_span) == (title, True, None)


@given(articles())
def test_a_title_is_always_one_printable_line(article):
    assert article.title
    assert "\n" not in article.title
    assert all(letter.isprintable() or letter == "\u200d" for letter in article.title)


def test_lines_that_state_a_date_or_an_outlet_are_believed_and_others_are_not():
    stated = article_of(f"A Title\n\nPublished: 23 June 2025\nSource: Reuters\n\n{BODY}")
    assert (stated.published, stated.outlet) == ("2025-06-23", "Reuters")
    assert article_of(f"A Title\n\nJune 23, 2025\n\n{BODY}").published == "2025-06-23"
    told = article_of(
        f"A Title\n\nThe source: a man in Leeds who called on 23 June 2025.\n\n"
        f"On 23 June 2025, Reuters reported it.\n\n{BODY}"
    )
    assert (told.published, told.outlet) == (None, None)


def test_a_byline_names_the_author():
    article = article_of(f"A Title\n\nBy Jane Smith, BBC News\n\n{BODY}")
    assert (article.author, article.outlet) == ("Jane Smith", None)


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2025", "2025"), ("2025-06", "2025-06"), ("2025-06-23T10:00:00Z", "2025-06-23"),
        ("23 June 2025", "2025-06-23"), ("June 23rd, 2025 at 3 p.m. ET", "2025-06-23"),
        ("June 2025", "2025-06"), ("Mon, 23 Jun 2025 10:00:00 EST", "2025-06-23"),
        ("3/4/2025", "2025"), ("23/6/2025", "2025-06-23"), ("Monday", None), ("23 June", None),
        ("yesterday", None), ("12", None), ("", None), (None, None), ("2025-13-40", None),
        ("Tue 24 Jun 2025 10.00 BST", "2025-06-24"), ("23.06.2025", "2025-06-23"),
        ("June 23, 2025 / 6:30 PM / The Planet", "2025-06-23"),
        ("2025-06-23T10:00+01:00[Europe/London]", "2025-06-23"), ("0001-01-01", None),
        ("9" * 30, None), ("10:30", None),
    ],
)  # fmt: skip
def test_a_date_is_no_more_exact_than_it_was_stated(stated, iso):
    assert iso_date(stated) == iso


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text):
    date = iso_date(text)
    assert date is None or len(date) in (4, 7, 10)


def test_a_page_gives_its_article_and_what_it_states():
    head = (
        '<meta property="og:site_name" content="The Daily Planet">'
        '<meta property="article:published_time" content="2025-06">'
        '<meta name="author" content="Jane Smith">'
    )
    article = article_of(page(head), suffix=".html")
    assert (article.title, article.title_is_derived) == ("Big News Today", False)
    assert (article.outlet, article.author) == ("The Daily Planet", "Jane Smith")
    assert article.published == "2025-06"
    assert article.url == "https://www.dailyplanet.example.com/2025/06/01/big"
    assert article.offsets == "extracted"
    assert BODY in article.text
    assert "Home" not in quotable(article)


def test_a_page_that_repeats_its_title_has_it_outside_the_body():
    article = article_of(page(), suffix=".html")
    assert article.title_span is not None
    assert article.title_span.of(article.text) == "Big News Today"


def test_a_page_that_states_no_date_and_no_outlet_has_none():
    article = article_of(page(), suffix=".html")
    assert (article.published, article.outlet) == (None, None)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<script type="application/ld+json">{"datePublished": "2025-06-23T08:00Z"}</script>',
         "2025-06-23"),
        ('<meta name="date" content="June 2025">', "2025-06"),
        ('<meta property="article:published_time" content="soon">', None),
        ('<meta property="article:modified_time" content="2025-06-23">', None),
    ],
)  # fmt: skip
def test_a_pages_date_is_the_one_it_marks_as_its_publication(head, published):
    assert article_of(page(head), suffix=".htm").published == published


@pytest.mark.parametrize("markup", ["", "<html></html>", "<p><b>", "<html><body></body></html>"])
def test_a_page_without_an_article_is_refused(markup):
    with pytest.raises(Unreadable, match="no article"):
        article_of(markup, suffix=".html")


def test_paths_are_relative_and_the_root_may_be_the_file_itself(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "er" / "a.txt"
    path.parent.mkdir(parents=True)
    path.write_text(BODY)
    article = read(path, root=tmp_path)
    assert (article.path, article.root) == ("deep/er/a.txt", str(tmp_path.resolve()))
    assert article.sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    alone = read(path, root=path)
    assert (alone.path, alone.root) == ("a.txt", str(path.resolve()))
    monkeypatch.chdir(tmp_path)
    assert read(Path("deep/er/a.txt"), root=tmp_path).path == "deep/er/a.txt"
    with pytest.raises(ValueError, match=r"a\.txt"):
        read(path, root=tmp_path / "elsewhere")


def test_a_name_that_is_not_text_does_not_stop_the_reader(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(BODY)
    article = read(path, root=tmp_path)
    assert Path(article.root, article.path).read_text() == BODY


def test_files_that_cannot_be_read_say_why(tmp_path):
    with pytest.raises(Unreadable, match="gone"):
        read(tmp_path / "a.txt", root=tmp_path)
    with pytest.raises(Unreadable, match="not a regular file"):
        read(tmp_path, root=tmp_path.parent)
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Unreadable, match="not a regular file"):
        read(tmp_path / "pipe.txt", root=tmp_path)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(Unreadable, match=r"^loop\.txt: "):
        read(tmp_path / "loop.txt", root=tmp_path)
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(documents.MAX_BYTES + 1)
    with pytest.raises(Unreadable, match="larger than 64 MB"):
        read(tmp_path / "big.txt", root=tmp_path)


def test_only_texts_that_are_clearly_not_english_are_called_so():
    german = "Die Bürgermeisterin erklärte, dass größere Maßnahmen für die Stadt nötig wären. " * 4
    french = "Le président a déclaré que la réforme était nécessaire malgré les élus fâchés. " * 4
    assert looks_english(BODY * 3)
    assert not looks_english(german)
    assert not looks_english(french)
    assert not looks_english("Президент заявил об этом.")
    assert looks_english("Hola mundo")
    assert looks_english("")
