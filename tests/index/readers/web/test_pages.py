"""A web page loses its furniture and nothing of its article, and is read for what it states."""

from pathlib import Path

import pytest
from containers_made import quotable
from hypothesis import given
from hypothesis import strategies as st
from marked_page import MarkedPage
from strategies import article_of

from index.errors import Unreadable
from index.readers import read
from index.readers.documents import Stated
from index.readers.web.markup import MAX_CHARS
from index.readers.web.pages import extract
from index.text.passages import split

PAGES = Path(__file__).with_name("pages")
NAMES = sorted(path.name for path in PAGES.iterdir())
BODY = "The ministers met on Tuesday and spoke for hours about the plan to bridge the strait."


def page(head: str = "", body: str = "") -> str:
    paragraphs = "".join(f"<p>{n}. {BODY}</p>" for n in range(3))
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>Big News From The Strait</h1>"
        f"{body}{paragraphs}</article></body></html>"
    )


def text(body: str) -> str:
    return extract(page(body=body), path="a.html").text


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_article_is_read_and_none_of_the_furniture(name):
    marked = MarkedPage((PAGES / name).read_text("utf-8"))
    article = read(PAGES / name, root=PAGES)
    kept = "\n".join(quotable(article))
    words = " ".join(kept.split())
    assert [kept for kept in marked.kept if kept not in words and kept != article.title] == []
    assert [dropped for dropped in marked.dropped if dropped in words] == []
    assert marked.kept


STATED = {
    "news.html": Stated(
        title="Storm closes the harbour at Leith",
        author="Ailsa Grant, Tom Reid",
        outlet="The Firth Herald",
        published="2025-03-04",
        modified="2025-03-05",
        url="https://herald.example.org/2025/storm",
    ),
    "blog.html": Stated(
        title="How I mended a stone wall",
        author="Nell Carver",
        published="2023-09-02",
        modified="2023-10-11",
    ),
    "encyclopedia.html": Stated(
        title="Grey wagtail",
        author="Contributors to the Open Encyclopedia",
        outlet="Open Encyclopedia Foundation",
        published="2004-06-21",
        modified="2025-01-12",
        url="https://en.encyclopedia.example.org/wiki/Grey_wagtail",
    ),
    "manual.html": Stated(
        title="Guide to council bin collections",
        author="Waste Services",
        outlet="Borough of Ashby",
        published="2024-11",
    ),
    "divs.html": Stated(
        title="Mill reopens after forty years",
        author="Rosa Lind",
        outlet="The Daily Crier",
        published="2019-05-17",
        modified="2019-05-20",
    ),
    "saved.html": Stated(
        title="Eels return to the Somerset Levels",
        outlet="Marsh Weekly",
        published="2022-06-07",
        modified="2022-06-09",
        url="https://www.marsh.example.com/science/eels-return-home/",
    ),
    "form.html": Stated(
        title="Minister opens rail tunnel",
        published="2015",
        modified="2016-02-01",
        url="http://www.ministry.example.org/news/tunnel.aspx",
    ),
    "feature.html": Stated(
        title="The last lamplighters of the old town",
        author="Mara Quill",
        outlet="Quarter",
        published="2021-12-24",
        modified="2021-12-24",
        url="https://quarter.example.net/features/lamplighters",
    ),
    "brief.html": Stated(
        title="Library to open on Sundays", url="https://local.example.org/briefs/7"
    ),
    "xhtml.xhtml": Stated(
        title="On the keeping of bees in towns",
        author="Wren, A., Shah, P.",
        outlet="Journal of Small Farms",
        published="2018-04",
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_states_its_title_author_outlet_dates_and_address(name):
    article = read(PAGES / name, root=PAGES)
    assert STATED[name] == Stated(
        title=article.title,
        author=article.author,
        outlet=article.outlet,
        published=article.published,
        modified=article.modified,
        url=article.url,
    )


def test_headings_items_and_rows_are_sentences_of_their_own():
    article = read(PAGES / "manual.html", root=PAGES)
    kinds = {s.span.of(article.text): s.kind for p in split(article) for s in p.sentences}
    assert kinds["Days of collection"] == "heading"
    assert kinds["Castle | Thursday | Blue"] == "item"
    assert kinds["1. Put the bin out by seven in the morning."] == "item"
    assert kinds["Those who cannot move their bins may ask for help, at no charge."] == "prose"


def test_items_follow_their_numbers_and_their_depth():
    assert "1. One\n2. Two\n\n" in text("<ol><li>One</li><li><p>Two</p></li></ol>")
    assert "- One\n  - Inner\n- Two" in text(
        "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>"
    )


def test_breaks_part_lines_and_dates_and_quotations_stay_in_their_sentences():
    assert "Roses are red,\n\nviolets are blue" in text("<p>Roses are red,<br>violets are blue</p>")
    assert "It began on 3 June in Leeds." in text(
        "<p>It began on <time>3 June</time> in Leeds.</p>"
    )
    assert "He said: “Never again.” Then he left." in text(
        "<p>He said: <q>Never again.</q> Then he left.</p>"
    )


def test_a_caption_is_read_once_and_not_at_all_where_the_text_says_the_same():
    figure = (
        "<figure><img src=a.png><figcaption>The strait seen from the old fort</figcaption></figure>"
    )
    assert text(figure * 2).count("The strait seen from the old fort") == 1
    told = text(figure + "<p>The strait seen from the old fort is grey.</p>")
    assert told.count("The strait seen from the old fort") == 1


def _ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


HEADLINE = '"headline": "Big News From The Strait"'
OWN = f'{{"@type": "NewsArticle", {HEADLINE}, "datePublished": "2025-06-23"}}'
EVENT = '{"@type": "Event", "startDate": "2025-07-01", "datePublished": "2025-01-01"}'
OTHER = '{"@type": "Article", "headline": "Quite another story", "datePublished": "2025-01-01"}'
EARLIER = '{"@type": "Article", "datePublished": ["2025-06-23"], "dateModified": "2025-06-01"}'
ODD = '{"@type": "Article", "datePublished": 20250623, "author": [[{}], null], "publisher": 3}'


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        (_ld(OWN), "2025-06-23", None),
        (_ld(f"<!-- {OWN} -->"), "2025-06-23", None),
        (_ld(f'{{"@graph": [{EVENT}, {OTHER}, {OWN}]}}'), "2025-06-23", None),
        (_ld(f'{{"@type": "WebPage", "mainEntity": {OWN}}}'), "2025-06-23", None),
        (_ld(EVENT), None, None),
        (_ld(OTHER), None, None),
        (_ld(f'{{"@type": "ItemList", "itemListElement": [{OWN}]}}'), None, None),
        (_ld('{"@type": "Article", "dateModified": "2025-06-24"}'), None, "2025-06-24"),
        (_ld(EARLIER), "2025-06-23", None),
        (_ld(ODD), None, None),
        (_ld("[" * 5000), None, None),
        ('<meta property="og:updated_time" content="2025-06-24">', None, "2025-06-24"),
        ('<meta name="expires" content="2030-01-01">', None, None),
    ],
)
def test_the_day_of_publication_is_never_another_articles_an_events_or_a_changes(
    head, published, modified
):
    stated = extract(page(head), path="a.html").stated
    assert (stated.published, stated.modified) == (published, modified)


TIME = '<time datetime="2025-06-23">23 June</time>'


@pytest.mark.parametrize(
    ("body", "published", "modified"),
    [
        (f'<p class="meta">Published {TIME}</p>', "2025-06-23", None),
        (f'<p class="meta">Updated {TIME}</p>', None, "2025-06-23"),
        (f'<p class="post-date">{TIME}</p>', "2025-06-23", None),
        (TIME.replace(" ", ' class="entry-date published updated" ', 1), "2025-06-23", None),
        (f"<p>The fair opens on {TIME}.</p>", None, None),
        (f'<div class="event-meta">{TIME}</div>', None, None),
    ],
)
def test_a_time_counts_for_what_it_is_called(body, published, modified):
    stated = extract(page(body=body), path="a.html").stated
    assert (stated.published, stated.modified) == (published, modified)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Big News From The Strait - The Planet</title>", "Big News From The Strait"),
        ('<meta property="og:title" content="A Bridge, At Last | The Planet">'
         '<meta property="og:site_name" content="The Planet">', "Big News From The Strait"),
    ],
)  # fmt: skip
def test_the_heading_that_the_reader_sees_is_the_title(head, title):
    assert extract(page(head), path="a.html").stated.title == title


def test_without_a_heading_the_title_loses_the_name_of_its_site():
    site = '<meta property="og:site_name" content="The Planet">'
    head = f"<title>A bridge - at last - The Planet</title>{site}"
    markup = page(head).replace("<h1>Big News From The Strait</h1>", "")
    assert extract(markup, path="a.html").stated.title == "A bridge - at last"


@pytest.mark.parametrize("name", ["https://example.org/jane", "admin", "@jane", " \u200b "])
def test_what_is_no_name_is_no_author(name):
    head = f'<meta name="author" content="{name}">'
    assert extract(page(head), path="a.html").stated.author is None


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        ("<script>", "if (a < b) { f('<p>Never</p>') }\n", "</script>"),
        ("<style>", ".Never{color:red}", "</style>"),
        ('<img src="data:image/png;base64,', "Never", '">'),
        ("<!--", "<p>Never</p>", "-->"),
    ],
)
def test_a_page_may_be_mostly_script_styles_and_pictures(before, unit, after):
    told = text(before + unit * (2 * MAX_CHARS // len(unit)) + after)
    assert BODY in told
    assert "Never" not in told


@pytest.mark.parametrize("unit", ["<script>f()", "<p>x</p>", "<!-- "])
def test_a_page_with_too_much_markup_is_refused(unit):
    with pytest.raises(Unreadable, match="too large") as refused:
        text(unit * (MAX_CHARS // len(unit)))
    assert refused.value.kind == "too large"


@pytest.mark.parametrize(
    "around",
    [
        '<html lang="en"/><head><title>A</title></head><body>%s</body></html>',
        '<!-- a note -->\n<?xml version="1.0" encoding="iso-8859-1"?><html><body>%s</body></html>',
        "<BODY><DIV>%s</DIV>",
    ],
)
def test_a_page_of_odd_make_is_read_all_the_same(around):
    told = extract(around % f"<h2>Café</h2><p>{BODY}</p><p>It was late.</p>", path="a.html").text
    assert told == f"## Café\n\n{BODY}\n\nIt was late."


def test_deep_nesting_is_survived():
    assert BODY in text("<div>" * 200 + "</div>" * 200)
    assert "Big News" in text("<div>" * 100_000 + "<b>" * 100_000)


@given(st.text(alphabet="<>/p div!-=\"'a\n&;#x41\x00é", max_size=300))
def test_any_markup_is_a_text_or_a_reason(markup):
    try:
        article = article_of(markup, suffix=".html")
    except Unreadable:
        return
    assert any(character.isalnum() for character in article.text)


def test_a_formula_below_the_line_stays_in_its_sentence():
    formula = '<math alttext="k"><mi>k</mi></math>'
    told = text(f"<p>The share v<sub>a {formula}</sub> of the toll is small.</p>")
    assert "The share va \\(k\\) of the toll is small." in " ".join(told.split())
