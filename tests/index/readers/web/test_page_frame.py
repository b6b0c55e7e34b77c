"""What frames an article on its page is left out, and what only looks like it stays."""

import pytest
from containers_made import left_out, quotable
from strategies import article_of

from index.readers.web.pages import extract

SAID = (
    "The ferry to the outer skerries sails again from the first of May, after two winters in the "
    "yard at Sund.",
    "Its new engine burns a third of the oil, the harbour master said. The old one will be shown "
    "in the net loft.",
    "A return ticket costs 210 crowns; whoever lives on the skerries pays half of that, and "
    "children under seven nothing.",
)
LINKS = "".join(
    f"<li><a href=/{n}>{words}</a></li>"
    for n, words in enumerate(("Nets of hemp and tar", "Who owns a lighthouse?", "Seals in May"))
)
HEAD = (
    "<title>The ferry is back - Sund Post</title><meta name=author content='Tove Lind'>"
    "<meta property='article:published_time' content='2024-04-28'>"
)


def page(*, above: str = "", below: str = "", between: str = "", before: str = "") -> str:
    first, *others = (f"<p>{sentence}</p>" for sentence in SAID)
    return (
        f"<html><head>{HEAD}</head><body><div>{before}<h1>The ferry is back</h1>{above}{first}"
        f"{between}{''.join(others)}{below}</div></body></html>"
    )


FRAMES = {
    "the masthead": (
        {"before": "<h2>Sund Post</h2><p><a href=/>Front page</a></p><p>Edition South</p>"},
        ["Sund Post", "Front page", "Edition South"],
    ),
    "the day that the page states": ({"above": "<p>28 April 2024, 09:15</p>"}, ["09:15"]),
    "the same day in another language": (
        {"above": "<h5>Sonntag, 28. April 2024 | von Tove</h5>"},
        ["Sonntag"],
    ),
    "the author's name": ({"above": "<p>Tove Lind</p>"}, ["Tove Lind"]),
    "who wrote it, in other words": ({"above": "<p>Par Anne Le Goff</p>"}, ["Goff"]),
    "what is said of the author": (
        {"below": "<p>Tove Lind writes about boats. She lives on a barge with two dogs.</p>"},
        ["barge"],
    ),
    "a card with a name": (
        {"below": "<h4>Dr. Jonas Falk</h4><p>is a naval architect at the yard of Sund.</p>"},
        ["naval architect", "Jonas Falk"],
    ),
    "what follows a heading about the author": (
        {"below": "<h3>About the author</h3><p>A keeper of bees, he grew up in Sund.</p>"},
        ["keeper of bees"],
    ),
    "links below a line that says so": (
        {"below": f"<p>Das könnte Sie auch interessieren:</p><ul>{LINKS}</ul>"},
        ["interessieren", "hemp", "Seals"],
    ),
    "the same in the middle": (
        {"between": f"<h3>À lire aussi</h3><ul>{LINKS}</ul>"},
        ["lire aussi", "hemp", "Seals"],
    ),
    "a menu of nothing but links": ({"below": f"<ul>{LINKS}</ul>"}, ["hemp", "Seals"]),
    "where it was filed": (
        {"below": "<p>Schlagwörter: Fähre, Hafen, Öl</p><p>Filed under: Boats, Sund</p>"},
        ["Fähre", "Boats"],
    ),
    "cookies, a paragraph after the other": (
        {
            "below": "<div><h4>Was sind Cookies?</h4><p>Cookies sind kleine Dateien, die der"
            " Browser für eine Weile behält.</p><p>Unsere Website setzt Cookies, um die Zahl der"
            " Gäste zu kennen.</p></div>"
        },
        ["kleine Dateien", "Zahl der", "Was sind"],
    ),
    "who took a picture": (
        {
            "above": "<figure><img src=a><figcaption>The ferry leaves the yard at Sund. Foto: Ida"
            " Berg/dpa</figcaption></figure>",
            "below": "<p>Photo: Ida Berg</p>",
        },
        ["Ida Berg"],
    ),
    "words to press": (
        {"below": "<p>Artikel drucken</p><p>Link copied.</p><p>Zurück zur Übersicht</p>"},
        ["drucken", "copied", "Übersicht"],
    ),
    "comments in the open": (
        {
            "below": "<h3>2 Kommentare</h3><p>Endlich wieder mit dem Boot zur Arbeit, wie schön ist"
            " das denn.</p><p>Und was kostet ein Fahrrad?</p>"
        },
        ["Endlich wieder", "Fahrrad", "Kommentare"],
    ),
    "a call for money": (
        {"below": "<div><h2>Support us</h2><p>Your gift keeps us afloat.</p></div>"},
        ["us afloat", "Support us"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FRAMES)
def test_what_frames_an_article_is_left_out_of_it_and_told_below_it(kind):
    around, odd = FRAMES[kind]
    article = article_of(page(**around), suffix=".html")
    told = "\n".join(quotable(article))
    assert [words for words in odd if words in told] == []
    assert [
        sentence for sentence in SAID if sentence.split("; ")[0].split(". ")[0] not in told
    ] == []
    below = " ".join(words for _, words in left_out(article))
    assert [words for words in odd if words not in below] == []


KEPT = {
    "a day that is not the page's": (
        {"above": "<p>1 May 2024, 06:40</p>"}, ["1 May 2024, 06:40"],
    ),
    "a sentence with the page's day": (
        {"above": "<p>Written on 28 April 2024, after a night at sea.</p>"},
        ["Written on 28 April 2024"],
    ),
    "what the article says of whom it names as author too": (
        {
            "between": "<p>On the first trip the mate was Tove Lind, who had sailed the old ferry "
            "for nineteen years without a day ashore.</p>",
            "below": "<p>Tove Lind has never learned to swim.</p>",
        },
        ["never learned to swim", "nineteen years"],
    ),
    "somebody else at the end": (
        {"below": "<p>Jonas Falk is the new master of the ferry.</p>"}, ["Jonas Falk is"],
    ),
    "links that have words of their own": (
        {"below": "<p>The pier is described in two papers of ours:</p><ul><li><a href=/1>Nets of"
         " hemp</a>, a study of 1911 on what rots in a net loft</li><li><a href=/2>Seals</a>, a"
         " count of every May since the first ferry sailed</li></ul>"},
        ["two papers of ours:", "what rots in a net loft", "count of every May"],
    ),
    "an address": (
        {"below": "<p>Ask for a berth:</p><p>berths@sund.example.org</p>"},
        ["Ask for a berth:", "berths@sund.example.org"],
    ),
    "a caption with a stroke": (
        {"above": "<figure><img src=a><figcaption>The ferry and/or her sister, seen from the pier."
         " She lists a little.</figcaption></figure>"},
        ["and/or her sister, seen from the pier.", "She lists a little."],
    ),
    "sections after one on what was answered": (
        {"below": "<h2>Responses</h2><p>Forty islanders wrote back.</p><h2>Costs</h2><p>Nobody"
         " knows them yet.</p>"},
        ["Forty islanders", "Nobody knows them yet."],
    ),
    "cookies to eat, and those of a browser that are not the page's": (
        {"between": "<section><h2>On board</h2><p>Cookies are baked at five. The cookies cost two"
         " crowns.</p></section><section><h2>Tickets</h2><p>The ticket machine keeps cookies of"
         " a browser for a day.</p></section>"},
        ["baked at five", "ticket machine"],
    ),
    "a section behind one about the author": (
        {"below": "<h3>About the author</h3><p>He grew up in Sund.</p><h2>Prices</h2>" + "".join(
            f"<p>A crate of size {n} costs {n}0 crowns.</p>" for n in range(2, 8))},
        ["size 2", "size 7"],
    ),
    "reactions and people": (
        {"below": "<h2>Reaktionen</h2><p>Der Hafen ist froh.</p><h2>Zur Person</h2><p>Jonas Falk"
         " fährt seit 1998 zur See.</p>"},
        ["Reaktionen", "Der Hafen ist froh.", "seit 1998"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KEPT)
def test_what_only_looks_like_a_frame_stays(kind):
    around, wanted = KEPT[kind]
    told = extract(page(**around), path="a.html").text
    assert [words for words in wanted if words not in told] == []


def test_a_page_about_cookies_keeps_what_it_says_of_them():
    said = (
        "Cookies are set by this website and by others, and a browser sends them back.",
        "We use the word cookie for any of them, whoever sets it and however long it is kept.",
    )
    told = extract(
        "<html><head><title>Cookies of a browser</title></head><body><div><h1>Cookies of a browser"
        f"</h1><div><p>{said[0]}</p></div><div><p>{said[1]}</p></div></div></body></html>",
        path="a.html",
    ).text
    assert [sentence for sentence in said if sentence not in told] == []


def test_captions_inside_of_captions_and_long_ones_are_read():
    net = "<div class=caption>A net. Foto: Ida Berg</div>"
    told = extract(page(between=f"<div class=caption>A buoy. {net}</div>"), path="a.html").text
    assert SAID[2] in told
    long = f"<figure><figcaption>{'A. (b) ' * 20_000}</figcaption></figure>"
    assert SAID[2] in extract(page(between=long), path="a.html").text
