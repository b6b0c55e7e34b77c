"""A page saved as MHTML becomes the article that it shows."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from containers_made import BRIDGE, TUNNEL, left_out, quotable, read_bytes

from index.errors import Unreadable

BODY = "".join(f"<p>{BRIDGE} {TUNNEL} The café number {n} stays open.</p>" for n in range(4))
PAGE = (
    "<!DOCTYPE html><html><head><title>A Bridge for Lisbon</title>"
    '<meta property="article:published_time" content="2025-06-20T08:00:00Z"></head>'
    '<body><nav><a href="/">Home</a></nav><article><h1>A Bridge for Lisbon</h1>'
    f"{BODY}</article></body></html>"
)


def saved(page=PAGE, charset="utf-8", **headers):
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://www.example.org/bridge"
    whole["Subject"] = "A Bridge for Lisbon"
    whole["Date"] = "Mon, 30 Jun 2025 10:00:00 +0000"
    css = MIMEText("p { color: red }", "css")
    part = MIMEText(page, "html", charset)
    part["Content-Location"] = "https://www.example.org/bridge"
    frame = MIMEText("<html><body><p>An advertisement in a frame.</p></body></html>", "html")
    for name, value in headers.items():
        part[name.replace("_", "-")] = value
    for one in (css, part, frame):
        whole.attach(one)
    return whole


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht"])
def test_a_saved_page_states_what_the_page_states_and_not_when_it_was_saved(tmp_path, name):
    article = read_bytes(tmp_path, name, saved().as_bytes()).articles[0]
    assert article.title == "A Bridge for Lisbon"
    assert article.published == "2025-06-20"
    assert article.url == "https://www.example.org/bridge"
    assert (article.path, article.format, article.offsets) == (name, "mhtml", "extracted")
    assert BRIDGE in quotable(article)
    assert "advertisement" not in article.text
    assert "Home" not in quotable(article)
    assert ("links and labels", "Home") in [
        (why, words.splitlines()[-1]) for why, words in left_out(article)
    ]


def test_a_page_without_a_date_of_its_own_has_none(tmp_path):
    page = PAGE.replace('content="2025-06-20T08:00:00Z"', "")
    assert read_bytes(tmp_path, "a.mhtml", saved(page).as_bytes()).articles[0].published is None


def test_the_charset_of_the_part_is_obeyed(tmp_path):
    raw = saved(charset="iso-8859-1").as_bytes()
    assert "The café number 2" in read_bytes(tmp_path, "a.mhtml", raw).articles[0].text


def test_the_page_is_the_part_that_is_named_as_the_start(tmp_path):
    whole = saved(Content_ID="<page@example.org>")
    whole.set_param("start", "<page@example.org>")
    parts = whole.get_payload()
    whole.set_payload([parts[0], parts[2], parts[1]])
    assert BRIDGE in read_bytes(tmp_path, "a.mhtml", whole.as_bytes()).articles[0].text


def test_a_file_without_a_page_says_so(tmp_path):
    mail = EmailMessage()
    mail.set_content(BRIDGE)
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.mhtml", mail.as_bytes())
    assert (error.value.reason, error.value.kind) == ("holds no web page", "no words")


def test_a_saved_page_that_is_cut_off_is_read_as_far_as_it_goes_or_reported(tmp_path):
    raw = saved().as_bytes()
    done = read_bytes(tmp_path, "a.mhtml", saved(PAGE + " " * 2000).as_bytes()[: len(raw) - 900])
    assert BRIDGE in done.articles[0].text
