"""What a message repeats of earlier ones is never quoted; answers and forwarded words are."""

from email.message import EmailMessage

import pytest
from containers_made import BRIDGE, TUNNEL, left_out, quotable, read_bytes
from hypothesis import given
from hypothesis import strategies as st

from index.readers.mail.replies import Course, omissions
from index.types import Span

OLD = "What was said before by somebody else must not be found twice."
GMAIL = "On Mon, Jun 23, 2025 at 9:15 AM John Doe <john@example.org> wrote:"
WRAPPED = "On Mon, Jun 23, 2025 at 9:15 AM John Doe <\njohn@example.org> wrote:"
APPLE = "On 23 Jun 2025, at 09:15, John Doe <john@example.org> wrote:"
GERMAN = "Am 23.06.2025 um 09:15 schrieb John Doe <john@example.org>:"
GERMAN_GMAIL = "Am Mo., 23. Juni 2025 um 09:15 Uhr schrieb John Doe <\njohn@example.org>:"
FRENCH = "Le lun. 23 juin 2025 à 09:15, John Doe <john@example.org> a écrit :"
SPANISH = "El lun, 23 jun 2025 a las 9:15, John Doe (<john@example.org>) escribió:"
OUTLOOK = (
    "From: John Doe <john@example.org>\nSent: Monday, June 23, 2025 9:15 AM\n"
    "To: Jane Smith\nSubject: The bridge\n"
)
OUTLOOK_DE = "*Von:* John Doe\n*Gesendet:* Montag, 23. Juni 2025\n*An:* Jane\n*Betreff:* Brücke\n"


def read(folder, text, subject="Re: The bridge", *, subtype="plain"):
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "Jane Smith <jane@example.org>"
    mail.set_content(text, subtype=subtype)
    return read_bytes(folder, "a.eml", mail.as_bytes()).articles[0]


@pytest.mark.parametrize(
    "above", [GMAIL, WRAPPED, APPLE, GERMAN, GERMAN_GMAIL, FRENCH, SPANISH, "John Doe wrote:"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_quoted_reply_is_left_out_with_the_line_above_it(tmp_path, above, gap):
    article = read(tmp_path, f"{BRIDGE}\n\n{above}{gap}> {OLD}\n>> {OLD}\n>\n> {OLD}\n")
    assert quotable(article) == [BRIDGE]
    assert left_out(article) == [
        ("quoted reply", article.text[len(BRIDGE) + 2 :].rstrip("\n")),
    ]


@pytest.mark.parametrize(
    "above",
    [GMAIL, WRAPPED, APPLE, GERMAN, GERMAN_GMAIL, FRENCH, SPANISH, "-----Original Message-----",
     "-------- Ursprüngliche Nachricht --------", OUTLOOK, OUTLOOK_DE, "_" * 32 + "\n" + OUTLOOK],
)  # fmt: skip
def test_an_earlier_message_without_marks_is_left_out_to_the_end(tmp_path, above):
    article = read(tmp_path, f"{BRIDGE}\n\n{above}\n\n{OLD}\n\n{OLD}\n")
    assert quotable(article) == [BRIDGE]


def test_answers_between_quoted_lines_stay(tmp_path):
    article = read(tmp_path, f"{GMAIL}\n> {OLD}\n\n{BRIDGE}\n\n> {OLD}\n{TUNNEL}\n")
    assert quotable(article) == [BRIDGE, TUNNEL]
    assert [reason for reason, _ in left_out(article)] == ["quoted reply", "quoted reply"]


@pytest.mark.parametrize(
    "text",
    [
        f"See below.\n\n---------- Forwarded message ---------\nFrom: A <a@b.org>\n\n{TUNNEL}\n",
        f"See below.\n\nBegin forwarded message:\n\n> From: A <a@b.org>\n> \n> {TUNNEL}\n",
        f"See below.\n\n-----Original Message-----\n{OUTLOOK}\n{TUNNEL}\n",
        f"See below.\n\n{OUTLOOK}\n{TUNNEL}\n",
        f"{OUTLOOK}\n{TUNNEL}\n",
    ],
    ids=range(5),
)
def test_the_words_of_a_forwarded_message_stay(tmp_path, text):
    article = read(tmp_path, text, "Fwd: The bridge")
    assert any(TUNNEL in sentence for sentence in quotable(article))


def test_what_a_forwarded_message_quotes_itself_is_left_out(tmp_path):
    text = f"Begin forwarded message:\n\n> {TUNNEL}\n>\n> {GMAIL}\n>> {OLD}\n"
    article = read(tmp_path, text, "Fwd: The bridge")
    assert not any(OLD in sentence for sentence in quotable(article))
    assert any(TUNNEL in sentence for sentence in quotable(article))


@pytest.mark.parametrize(
    "page",
    [
        f'<div>{BRIDGE}</div><br><div class="gmail_quote"><div class="gmail_attr">{GMAIL}<br></div>'
        f'<blockquote class="gmail_quote"><div>{OLD}</div></blockquote></div>',
        f'<p>{BRIDGE}</p><div>{APPLE}</div><blockquote type="cite"><p>{OLD}</p>'
        f"<blockquote type=cite>{OLD}</blockquote></blockquote>",
        f"<p>{BRIDGE}</p><div style='border-top:solid'><p><b>From:</b> John Doe<br><b>Sent:</b> "
        f"Monday<br><b>To:</b> Jane<br><b>Subject:</b> x</p></div><p>{OLD}</p>",
    ],
    ids=["Gmail", "Apple Mail", "Outlook"],
)
def test_quoted_replies_of_html_messages_are_left_out(tmp_path, page):
    assert quotable(read(tmp_path, page, subtype="html")) == [BRIDGE]


def test_a_forwarded_message_in_html_stays_though_it_is_marked_as_cited(tmp_path):
    page = (
        '<div>See below.</div><blockquote type="cite"><div>Begin forwarded message:</div>'
        f"<div>From: A</div><p>{TUNNEL}</p></blockquote>"
    )
    assert TUNNEL in quotable(read(tmp_path, page, "Fwd: x", subtype="html"))


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("-- \nJane Smith\nDirector of Bridges", "signature"),
        ("Sent from my iPhone", "signature"),
        ("_" * 47 + "\nBridges mailing list\nBridges@example.org", "signature"),
    ],
)
def test_signatures_are_left_out(tmp_path, end, reason):
    article = read(tmp_path, f"{BRIDGE}\n\n{end}\n", "New")
    assert left_out(article) == [(reason, end)]
    assert quotable(article) == [BRIDGE]


def test_a_signature_above_the_quoted_reply_ends_there(tmp_path):
    article = read(tmp_path, f"{BRIDGE}\n\n-- \nJane\n\n{GMAIL}\n> {OLD}\n\n{TUNNEL}\n")
    assert [reason for reason, _ in left_out(article)] == ["signature", "quoted reply"]
    assert quotable(article) == [BRIDGE, TUNNEL]


@pytest.mark.parametrize(
    "text",
    [
        f"On 23 June 2025 the minister wrote:\n\n{TUNNEL}",
        f"He said this in the letter:\n\n{TUNNEL}",
        f"--\n\n{TUNNEL}\n\n" + "\n\n".join([BRIDGE] * 8),
        f"From: Lisbon\n\n{TUNNEL}",
        f"The date: 23 June. From: here to there. {TUNNEL}",
    ],
    ids=range(5),
)
def test_what_only_looks_like_a_quoted_reply_stays(tmp_path, text):
    article = read(tmp_path, f"{BRIDGE}\n\n{text}\n", "Re: News")
    assert not left_out(article)


LINES = st.sampled_from(
    ["", BRIDGE, f"> {OLD}", f">> {OLD}", GMAIL, WRAPPED, GERMAN, "-- ", "--", "_" * 30, OUTLOOK,
     "-----Original Message-----", "Begin forwarded message:", "Sent from my iPhone", ">", "x"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14), st.booleans(), st.booleans(), st.data())
def test_omissions_are_whole_lines_in_order_and_leave_the_first_own_words(
    lines, is_reply, is_forward, data
):
    text = "\n".join(lines)
    cuts = st.integers(min_value=0, max_value=len(text))
    ends = sorted(data.draw(st.tuples(cuts, cuts)))
    quoted = (Span(*ends),) if ends[0] < ends[1] else ()
    found = omissions(text, Course(is_reply=is_reply, is_forward=is_forward), quoted)
    last = 0
    for one in found:
        assert one.span.start >= last
        last = one.span.end
        assert text[: one.span.start].endswith("\n") or one.span.start == 0
        assert text[one.span.end :].startswith("\n") or one.span.end == len(text)
    if lines and lines[0] == BRIDGE and not quoted:
        assert not found or found[0].span.start >= len(BRIDGE)
