"""No part of an article is lost on a page, whatever it is called; what is left out is told."""

import re

import pytest
from containers_made import left_out, quotable
from strategies import article_of

from index.readers.web.pages import extract

SAID = (
    "The heron came back to the mill pond in March, two weeks before anybody had looked for it.",
    "Its nest is the size of a cartwheel. The miller counts four eggs, and has told nobody else.",
    "Three men with cameras sat in the reeds last year, and the pair left for the whole summer.",
)
NEW = "A visitor may stay for eleven minutes, and a dog must wait at the lower gate."
LONG = (
    "The second pair nests on the island, the warden said on Monday. It lost its brood to a mink "
    "in 2019 and has been fed with eels ever since."
)
ENDS = (
    "<section id='end'><h2>End of the season</h2><p>The path is shut from October on.</p></section>"
)


def page(inner: str, *, around: str = "article", head: str = "") -> str:
    said = "".join(f"<p>{sentence}</p>" for sentence in SAID)
    return (
        f"<html><head><title>Herons at the mill - The Reed</title>{head}</head><body><header><nav>"
        f"<ul><li><a href=/>Start</a></li><li><a href=/b>Birds</a></li></ul></nav></header><main>"
        f"<{around}><h1>Herons at the mill</h1>{said}{inner}</{around}></main>"
        f"<footer><p>Write to us | Imprint</p></footer></body></html>"
    )


def text(inner: str, *, around: str = "article", head: str = "") -> str:
    return extract(page(inner, around=around, head=head), path="a.html").text


def slug(heading: str) -> str:
    return re.sub("[^a-z0-9]+", "-", heading.lower()).strip("-")


HEADINGS = (
    "Sharing a hide with others|Social life of herons|Related work|Comments on the survey"
    "|Share prices of the eel trade|Navigation by night|Authors of the census|Sidebars in old maps"
    "|Banners of the guild|Menu of a nestling|Advertising a nest|Newsletter archives of 1911"
    "|Cookies for ducks|Footers and headers of a weir|Popular names|Tags on legs|Rating the ponds"
    "|Metabolism in winter|Options for the sluice|Landslides|Buttons and feathers"
    "|Promotion of wardens|Subscription in kind|Embedded rings|Viral diseases|Overlays of ice"
    "|Expansion to the north|Messages in bottles|Premium fish|Consent of the owner"
    "|Permission to dig|Barley and reed|Related species|Hidden ponds|Reply of the miller"
    "|Timestamps in the log|Attachment to a mate|Next steps|Widgets and weirs"
    "|Sponsored nests|Login to the camera|Search of the banks|Privacy of a nest"
    "|Follow-up studies|Bio-fuels|Bylines|Tools of the eel catcher|Links between ponds"
    "|Print and paper|Archive of the guild|Trending upwards|Recommended distances"
    "|Copyright of a photograph|Donations of land|Teaser lines in fishing|Pagination of the log"
    "|Breadcrumbs as bait|Modal values|Respondents|Discussion|Tooltips|Media|Ads of 1890"
).split("|")
SECTIONS = (
    "<section id='{id}'><h2>{heading}</h2><p>{new}</p></section>",
    "<div class='section' id='{id}'><h2>{heading}<a class='headerlink' href='#{id}'>¶</a></h2>"
    "<p>{new}</p></div>",
    "<section class='level2 {id}'><h2>{heading}</h2><p>{new}</p></section>",
    "<div id='{id}'><h3>{heading}</h3>{new}</div>",
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_section_is_no_furniture_because_its_id_was_made_of_its_heading(heading):
    for section in SECTIONS:
        for around in ("article", "div"):
            told = text(
                section.format(id=slug(heading), heading=heading, new=NEW) + ENDS, around=around
            )
            assert NEW in told
            assert f" {heading}\n" in told


@pytest.mark.parametrize("name", ["menu-of-a-nestling", "related-work", "share-prices-of-eels"])
def test_a_part_without_a_heading_is_told_by_its_sentences(name):
    assert NEW in text(f"<section id='{name}'><p>{NEW}</p></section>{ENDS}")


KEPT = {
    "a second article": (
        f"</article><article><h2>The island</h2><p>{LONG}</p><p>Eels are dear.</p>",
        [LONG, "The island", "Eels are dear."],
    ),
    "the half after an advertisement": (
        f"<div class='ad-slot'><p>Advertisement</p><iframe src=x></iframe></div><p>{LONG}</p>",
        [LONG],
    ),
    "a fact box": (
        "<aside class='factbox'><h3>The heron</h3><ul><li>Height: 96 centimetres</li>"
        "<li>Lives on eels</li><li>Seen from March on</li></ul></aside>",
        ["Height: 96 centimetres", "Lives on eels", "Seen from March on"],
    ),
    "a fact box of lines": (
        "<aside class='infobox'><h4>In brief</h4><p>Height: 96 cm<br>Eggs: 4</p></aside>",
        ["Height: 96 cm", "Eggs: 4"],
    ),
    "a fact box of terms": (
        "<aside><dl><dt>Height</dt><dd>96 cm</dd><dt>Eggs</dt><dd>4</dd></dl></aside>",
        ["- Height | 96 cm", "- Eggs | 4"],
    ),
    "lists in the cells of a table": (
        "<table><tr><td>Monday</td><td><ul><li>6 to 9</li></ul></td></tr><tr><td>Sunday</td><td>"
        "<ul><li>7 to 8</li><li>19 to 21</li></ul></td></tr></table>",
        ["- Monday | 6 to 9", "- Sunday | 7 to 8; 19 to 21"],
    ),
    "questions that open": (
        "<details><summary>May I bring a dog?</summary>Not beyond the gate.</details>"
        "<details><summary>And a child?</summary><p>Always.</p></details>",
        ["May I bring a dog?", "Not beyond the gate.", "And a child?", "Always."],
    ),
    "panels behind buttons": (
        "<h3><button aria-controls=p1>What does it cost?</button></h3>"
        "<div id=p1 hidden>A day costs 14 crowns.</div>"
        "<h3><button>Who pays nothing?</button></h3>"
        "<div style='display:none'><p>Children under seven pay nothing.</p></div>",
        ["What does it cost?", "14 crowns", "Who pays nothing?", "under seven"],
    ),
    "long definitions": (
        f"<dl><dt>Heronry</dt><dd>{LONG} {NEW}</dd><dt>Weir</dt><dd>A low dam.</dd></dl>",
        ["Heronry", LONG, "Weir", "A low dam."],
    ),
    "a note without a paragraph": (
        f"<div class='note'>{NEW}</div><div role='note'>Boats go free.</div>",
        [NEW, "Boats go free."],
    ),
    "words that stand in a box, a cell or an item": (
        f"<div>{NEW}</div><table><tr><td>{LONG} {NEW}</td></tr></table><ul><li>{SAID[0]} So.</ul>",
        [NEW, LONG, f"- {SAID[0]} So."],
    ),
    "whom a quotation is from, and a correction": (
        "<blockquote>We never saw it land.<footer>— Ines Rask, warden</footer></blockquote>"
        "<footer><p>Correction: An earlier version gave the height as 86 centimetres.</p></footer>",
        ["We never saw it land.", "Ines Rask, warden", "86 centimetres"],
    ),
    "short answers": (
        "<p><strong>Do you sleep here?</strong></p><p>Only in May.</p>",
        ["Do you sleep here?", "Only in May."],
    ),
}


@pytest.mark.parametrize("kind", KEPT)
@pytest.mark.parametrize("around", ["article", "div"])
def test_no_part_of_an_article_is_lost(kind, around):
    inner, wanted = KEPT[kind]
    told = text(inner if around == "article" else inner.replace("article>", "div>"), around=around)
    assert [words for words in wanted if words not in told] == []


def test_steps_that_are_boxes_of_their_own_are_one_article():
    steps = "".join(
        f"<div class='step'><h3>Step {n}</h3><p>Turn the wheel {n} times.</p></div>"
        for n in range(2, 9)
    )
    told = extract(
        f"<html><body><div class='top'><h1>How to open a sluice</h1></div><div>{steps}</div>"
        f"<div><p>{LONG} {LONG} {LONG}</p></div></body></html>",
        path="a.html",
    ).text
    assert [n for n in range(2, 9) if f"Turn the wheel {n} times." not in told] == []


def test_numbers_of_a_list_are_those_that_the_page_shows():
    told = text("<ol start=24><li>The sluice is shut.</li><li value=31>So is the gate.</li></ol>")
    assert "24. The sluice is shut.\n31. So is the gate." in told


FURNITURE = (
    "<div class='related-articles'><h3>Related articles</h3><ul><li><a href=/a>Ten ponds that you"
    " must see before the winter</a></li></ul></div>"
    "<div id=comments><h3>2 comments</h3><div class=comment><p>I saw it too, from the bridge, and"
    " it was as grey as the fog.</p></div></div>"
    "<div class='author-bio'><p>Jon Hult writes on birds and boats for The Reed.</p></div>"
    "<div class='newsletter-signup'><p>Our best stories every morning, free of charge.</p></div>"
    "<div class='share-buttons'><a href=#>Facebook</a> <a href=#>Mastodon</a></div>"
    "<div class='cookie-notice'><p>Crumbs are kept on your device by us and 71 others.</p></div>"
    "<div class=cards><div class=card><h3><a href=/1>A crane in town</a></h3><p>It stands on the"
    " roof of the bank.</p></div><div class=card><h3><a href=/2>An owl in church</a></h3><p>It"
    " sleeps through the sermon.</p></div></div>"
)
ODD = (
    "Ten ponds|as grey as the fog|Jon Hult|every morning|Facebook|Crumbs are kept|roof of the bank"
    "|sleeps through the sermon|Related articles|2 comments"
).split("|")


@pytest.mark.parametrize("around", ["article", "div"])
def test_what_only_looks_like_an_article_stays_out_and_is_seen_below_it(around):
    article = article_of(page(FURNITURE, around=around), suffix=".html")
    told = "\n".join(quotable(article))
    assert [words for words in ODD if words in told] == []
    assert [sentence for sentence in SAID if sentence.split(". ")[0] not in told] == []
    (_, sentences), (_, labels) = left_out(article)[-2:]
    assert [words for words in ODD if words not in sentences + labels] == []
    assert sentences.startswith("[Left out of this page, sentences: ")


@pytest.mark.parametrize("over", ["40 comments", "40 Kommentare"])
def test_a_short_article_is_not_lost_among_its_comments(over):
    said = "".join(
        f"<p>I saw {n} of them from the bridge, and each was grey.</p>" for n in range(40)
    )
    told = text(f"<div id=comments><h3>{over}</h3>{said}</div>")
    assert "from the bridge" not in told
    assert SAID[2] in told


def test_comments_without_anything_else_are_the_article():
    told = extract(
        f"<html><body><h1>Guests</h1><div id=comments><h3>2 comments</h3><p>{LONG}</p><p>{NEW}</p>"
        "</div></body></html>",
        path="a.html",
    ).text
    assert LONG in told


def test_what_was_left_out_is_counted():
    article = article_of(
        page("<div id=comments><p>One two three four five.</p></div>"), suffix=".html"
    )
    assert ("rest of the page", "[Left out of this page, sentences: 5 words]") in [
        (why, words.split("\n")[0]) for why, words in left_out(article)
    ]


def test_a_banner_is_not_taken_for_a_short_article():
    told = extract(
        "<html><body><div class='gdpr-box'><p>We and 400 partners keep what we know of you, for as"
        " long as it is of use to us and to them, and longer where the law lets us do so.</p></div>"
        f"<main><div class='c'><h1>Eels</h1><div>{LONG}</div><div>{NEW}</div></div></main></body>",
        path="a.html",
    ).text
    assert LONG in told
    assert NEW in told
    assert "400 partners" not in told


BODY = f"{SAID[0]} {SAID[1]}\\n\\n{LONG}"


@pytest.mark.parametrize(
    "shown", ["", f"<p>{SAID[0]}</p><div class=wall><p>Buy to read on.</p></div>"]
)
def test_an_article_that_stands_only_in_the_data_of_its_page_is_read(shown):
    ld = f'{{"@type": "NewsArticle", "headline": "Herons", "articleBody": "{BODY}"}}'
    told = extract(
        f'<html><head><script type="application/ld+json">{ld}</script></head><body><nav><a href=/>'
        f"Start</a></nav><article><h1>Herons</h1>{shown}</article></body></html>",
        path="a.html",
    ).text
    assert told.startswith(f"# Herons\n\n{SAID[0]} {SAID[1]}\n\n{LONG}")
    assert told.count(SAID[0]) == 1


def test_the_body_in_the_data_is_not_repeated_where_the_page_shows_it():
    ld = f'{{"@type": "NewsArticle", "articleBody": "{" ".join(SAID)}"}}'
    told = text("", head=f'<script type="application/ld+json">{ld}</script>')
    assert told.count(SAID[0]) == 1


@pytest.mark.parametrize("tag", ["b", "div", "li", "p>", "a href=x", "table><tr><td"])
def test_a_line_of_a_hundred_thousand_characters_is_read(tag):
    line = f"<{tag}>" * (100_000 // (len(tag) + 2))
    assert SAID[0] in text(line)


@pytest.mark.parametrize("unit", ["x", "_", "foo-", " ", "x ", "<!-", "&amp;", "1."])
def test_words_without_an_end_are_read(unit):
    assert SAID[0] in text(f"<p id='{unit * 5000}' class='{unit * 5000}'>{unit * 50_000}</p>")


def test_data_with_a_hundred_thousand_spaces_are_read():
    space = " " * 100_000
    ld = f'{{"@type": "NewsArticle", "headline": "Herons"}}{space};{space}x'
    assert SAID[0] in text("", head=f'<script type="application/ld+json">{ld}</script>')
