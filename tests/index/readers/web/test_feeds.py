"""Each entry of a feed becomes an article."""

from itertools import pairwise
from xml.sax.saxutils import escape

import pytest
from containers_made import BRIDGE, TUNNEL, quotable, read_bytes
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.readers.web.rendering import plain, render

HTML = f"<p>{BRIDGE}</p>\n<p>{TUNNEL.replace('twice', '<b>twice</b>')}</p><ul><li>R&amp;D</li></ul>"
TEXT = f"{BRIDGE}\n\n{TUNNEL}\n\n- R&D"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily Bridge &amp; Tunnel</title><link>https://example.org/</link>
<item><title>A &lt;b&gt;bridge&lt;/b&gt; &amp;amp; a tunnel</title>
<link>https://example.org/1</link><dc:creator>Jane Smith</dc:creator>
<pubDate>Mon, 23 Jun 2025 23:30:00 -0700</pubDate>
<description>Only a teaser.</description>
<content:encoded><![CDATA[{HTML}]]></content:encoded></item>
<item><title>No more than a title</title><link>https://example.org/2</link></item>
<item><title>Second</title><author>john@example.org (John Doe)</author>
<pubDate>2025-06</pubDate><description>{escape(HTML)}</description></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily Bridge</title>
<updated>2025-07-01T00:00:00Z</updated>
<entry><title type="html">Caf&amp;eacute; talk</title><id>urn:1</id>
<link rel="alternate" href="https://example.org/1"/><author><name>Jane Smith</name></author>
<published>2025-06-23T23:30:00-07:00</published><updated>2025-06-25T01:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BRIDGE}</p><p>{TUNNEL}</p></div>
</content></entry>
<entry><title>Changed</title><id>urn:2</id><updated>2025-06-25T01:00:00Z</updated>
<summary>1 &lt; 2 in plain words, too.</summary></entry></feed>"""

RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/">
<title>Old Feed</title></channel><item rdf:about="https://example.org/1"><title>One</title>
<link>https://example.org/1</link><dc:date>2025-06-23T10:00:00Z</dc:date>
<description>{BRIDGE}</description></item></rdf:RDF>"""


def test_entries_of_an_rss_feed_have_titles_authors_days_links_and_an_outlet(tmp_path):
    done = read_bytes(tmp_path, "a.rss", RSS.encode())
    first, third = done.articles
    assert (first.path, first.in_file, first.format) == ("a.rss#1", "a.rss", "feed")
    assert (first.title, first.author) == ("A bridge & a tunnel", "Jane Smith")
    assert (first.published, first.modified) == ("2025-06-23", None)
    assert (first.url, first.outlet) == ("https://example.org/1", "The Daily Bridge & Tunnel")
    assert first.text == third.text == TEXT
    assert quotable(first)[:2] == [BRIDGE, TUNNEL]
    assert (third.path, third.author, third.published) == ("a.rss#3", "John Doe", "2025-06")
    assert [(one.reason, one.kind) for one in done.skipped] == [
        ("1 entry has no words below the title (first: number 2)", "no words")
    ]


def test_entries_of_an_atom_feed_have_a_day_of_change(tmp_path):
    first, second = read_bytes(tmp_path, "a.atom", ATOM.encode()).articles
    assert (first.title, first.author) == ("Café talk", "Jane Smith")
    assert (first.published, first.modified) == ("2025-06-23", "2025-06-25")
    assert (first.url, first.outlet) == ("https://example.org/1", "The Daily Bridge")
    assert quotable(first) == [BRIDGE, TUNNEL]
    assert (second.published, second.modified) == (None, "2025-06-25")
    assert second.text == "1 < 2 in plain words, too."


def test_the_date_of_an_rdf_entry_is_its_publication(tmp_path):
    article = read_bytes(tmp_path, "a.xml", RDF.encode()).articles[0]
    assert (article.published, article.modified) == ("2025-06-23", None)
    assert (article.outlet, article.title, article.text) == ("Old Feed", "One", BRIDGE)


@pytest.mark.parametrize(
    "raw", ["<?xml version='1.0'?><note><to>you</to></note>", "<svg><text>words</text></svg>"]
)
def test_xml_that_is_no_feed_is_called_that(tmp_path, raw):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.xml", raw.encode())
    assert (error.value.reason, error.value.kind) == ("XML, but no feed", "other format")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "windows-1252"])
def test_the_declared_encoding_is_obeyed(tmp_path, encoding):
    text = RSS.replace("utf-8", encoding, 1).replace("Second", "Café São")
    done = read_bytes(tmp_path, "a.rss", text.encode(encoding))
    assert done.articles[1].title == "Café São"


def test_a_feed_that_is_not_well_formed_is_read_all_the_same(tmp_path):
    done = read_bytes(tmp_path, "a.rss", RSS.replace("</channel></rss>", "<p>&nbsp;").encode())
    assert done.articles[0].title == "A bridge & a tunnel"


BOMB = '<!DOCTYPE rss [<!ENTITY a "haha haha haha ">{more}]>' + RSS.split("?>", 1)[1]


@pytest.mark.parametrize(
    "more",
    [
        "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi")),
        '<!ENTITY i SYSTEM "file:///etc/passwd">',
        f'<!ENTITY i "{"words " * 5000}">',
    ],
    ids=["nested", "external", "long"],
)  # fmt: skip
def test_entities_are_not_expanded(tmp_path, more):
    raw = BOMB.replace("{more}", f"\n{more}\n").replace("Only a teaser.", "&i;" * 1000)
    raw = raw.replace(f"<content:encoded><![CDATA[{HTML}]]></content:encoded>", "")
    done = read_bytes(tmp_path, "a.rss", raw.encode())
    assert sum(len(article.text) for article in done.articles) < 10_000
    assert not any("root:" in article.text for article in done.articles)


@pytest.mark.parametrize(
    "inside",
    ["<![CDATA[" * 5000, "<" * 20_000, "<a " * 10_000, "&#" * 20_000, "<div>" * 5000,
     "&#xD800; &#0; words"],
    ids=range(6),
)  # fmt: skip
def test_hostile_entries_are_read_or_refused(tmp_path, inside):
    raw = RSS.replace("<description>Only", f"<description>{inside}Only", 1).encode()
    try:
        done = read_bytes(tmp_path, "a.rss", raw)
    except Unreadable:
        return
    assert all(one.text.encode("utf-8") for one in done.articles)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=6))
def test_no_words_of_paragraphs_are_lost_or_joined(paragraphs):
    words = ["".join(c if c.isalnum() else " " for c in text).split() for text in paragraphs]
    page = "".join(f"<p>{escape(' '.join(run))}</p>" for run in words)
    rendered = render(f"<div>{page}x</div>", path="a").text
    assert rendered.split() == [word for run in words for word in run] + ["x"]
    assert rendered.count("\n\n") == sum(map(bool, words))


@given(st.text(st.characters(codec="utf-8", exclude_characters="<&\r\0"), max_size=200))
def test_text_without_markup_is_kept_to_the_letter(text):
    assert plain(text, path="a") == text


def test_a_feed_of_too_many_tags_is_refused(tmp_path):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.rss", b"<rss><channel>" + b"<item>" * 700_000)
    assert error.value.kind == "too large"
