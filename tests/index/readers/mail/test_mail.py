"""A message becomes an article with its sender, date and subject; a mailbox one for each."""

import mailbox
from email.message import EmailMessage
from email.mime.text import MIMEText
from io import BytesIO

import pytest
from containers_made import BRIDGE, TUNNEL, quotable, read_bytes
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.readers.mail.mailboxes import messages


def message(text=BRIDGE, subject="The bridge", **headers):
    mail = EmailMessage()
    mail["From"] = headers.pop("sender", "Jane Smith <jane@example.org>")
    mail["Subject"] = subject
    mail["Date"] = headers.pop("date", "Mon, 23 Jun 2025 23:30:00 -0700")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def only(folder, mail):
    return read_bytes(folder, "a.eml", mail.as_bytes()).articles[0]


def test_a_message_states_its_sender_day_and_subject(tmp_path):
    article = only(tmp_path, message())
    assert (article.title, article.title_is_derived) == ("The bridge", False)
    assert (article.author, article.outlet) == ("Jane Smith", None)
    assert article.published == "2025-06-23"  # the day where it was written, not in Greenwich
    assert (article.path, article.format, article.offsets) == ("a.eml", "email", "extracted")
    assert quotable(article) == [BRIDGE]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: The bridge", "The bridge"),
        ("AW: WG: Re[2]: Fwd: The bridge", "The bridge"),
        ("RE : the bridge", "the bridge"),
        ("Résumé – café", "Résumé – café"),
        ("Regarding: a bridge", "Regarding: a bridge"),
    ],
)
def test_a_title_is_the_subject_without_what_answering_puts_before_it(tmp_path, subject, title):
    assert only(tmp_path, message(subject=subject)).title == title


def test_a_sender_without_a_name_is_called_by_the_address(tmp_path):
    assert only(tmp_path, message(sender="jane@example.org")).author == "jane@example.org"


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2025 10:00:00 +0000"])
def test_a_date_that_is_none_is_not_guessed(tmp_path, date):
    raw = message().as_bytes().replace(b"Mon, 23 Jun 2025 23:30:00 -0700", date.encode())
    assert read_bytes(tmp_path, "a.eml", raw).articles[0].published is None


def test_plain_text_is_taken_rather_than_the_same_in_html(tmp_path):
    mail = message(f"{BRIDGE}\n\n{TUNNEL}\n")
    mail.add_alternative(f"<p>{BRIDGE}</p><p>{TUNNEL}</p><p>Unsubscribe</p>", subtype="html")
    assert only(tmp_path, mail).text == f"{BRIDGE}\n\n{TUNNEL}\n"


def test_html_is_taken_where_the_plain_text_only_points_to_it(tmp_path):
    mail = message("View this in your browser.")
    mail.add_alternative(
        "<html><head><style>p {color: red}</style></head><body>"
        '<div style="display:none">preview of the letter</div><!-- hidden -->'
        f"<p>{BRIDGE}</p><p>{TUNNEL.replace('twice', '<b>twice</b>')}</p>"
        "<ul><li>One</li><li>Two &amp; three</li></ul><script>alert(1)</script></body></html>",
        subtype="html",
    )
    article = only(tmp_path, mail)
    assert article.text == f"{BRIDGE}\n\n{TUNNEL}\n\n- One\n- Two & three"
    assert quotable(article)[:2] == [BRIDGE, TUNNEL]


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("utf-8", "utf-8"), ("iso-8859-1", "iso-8859-1"), ("windows-1252", "iso-8859-1"),
     ("utf-8", "us-ascii"), ("utf-8", "no-such-charset"), ("iso-2022-jp", "iso-2022-jp"),
     ("koi8-r", "koi8-r"), ("utf-16", "utf-16")],
)  # fmt: skip
def test_a_text_is_decoded_as_declared_or_as_what_it_is(tmp_path, charset, declared):
    words = {"iso-2022-jp": "東京で会いました。", "koi8-r": "Министры встретились в Лиссабоне."}
    text = words.get(charset, "Ministers met at the café in São Paulo, naïve as ever.")
    head = f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={declared}\n"
    raw = f"{head}Content-Transfer-Encoding: 8bit\n\n".encode() + text.encode(charset)
    if charset == "utf-16":
        raw = MIMEText(text, "plain", "utf-16").as_bytes()
    assert read_bytes(tmp_path, "a.eml", raw).articles[0].text.strip() == text


def test_bytes_in_no_certain_encoding_are_reported_and_not_patched(tmp_path):
    head = b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n"
    raw = head + bytes(range(0x80, 0x100)) * 3
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.eml", raw)
    assert error.value.kind in ("encoding", "other format")


def test_a_subject_that_does_not_decode_is_no_title(tmp_path):
    raw = b"Subject: caf\xe9 \xff\nFrom: x@example.org\n\n" + BRIDGE.encode()
    article = read_bytes(tmp_path, "a.eml", raw).articles[0]
    assert article.title_is_derived
    assert "\ufffd" not in article.title


def test_attachments_that_can_be_read_are_articles_of_their_own(tmp_path):
    mail = message()
    mail.add_attachment(TUNNEL.encode(), maintype="text", subtype="plain", filename="../../b .txt")
    mail.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="c.gif")
    mail.add_attachment(b"\0\0\0", maintype="text", subtype="plain", filename="d.txt")
    inner = message("The words of the message that is passed on.", "Passed on")
    mail.add_attachment(inner)
    done = read_bytes(tmp_path, "a.eml", mail.as_bytes())
    assert [(one.path, one.in_file, one.title, one.format) for one in done.articles] == [
        ("a.eml", "a.eml", "The bridge", "email"),
        ("a.eml/b .txt", "a.eml", done.articles[1].title, "text"),
        ("a.eml/message.eml", "a.eml", "Passed on", "email"),
    ]
    assert quotable(done.articles[1]) == [TUNNEL]
    assert [(skipped.path, skipped.kind) for skipped in done.skipped] == [
        ("a.eml/d.txt", "other format")
    ]


def test_messages_inside_of_messages_end_at_some_depth(tmp_path):
    mail = message("The innermost words of them all.")
    for _ in range(6):
        outer = message("These words come with a message.")
        outer.add_attachment(mail)
        mail = outer
    done = read_bytes(tmp_path, "a.eml", mail.as_bytes())
    assert len(done.articles) == 4
    assert [(one.reason, one.kind) for one in done.skipped] == [("nested too deep", "too large")]


@pytest.mark.parametrize(
    "head",
    ["Content-Type: multipart/encrypted; boundary=a", "Content-Type: application/pkcs7-mime"],
)
def test_an_encrypted_message_is_called_that(tmp_path, head):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.eml", f"Subject: x\n{head}\n\n--a\n\nx\n--a--\n".encode())
    assert error.value.kind == "encrypted"


def test_a_message_with_nothing_but_quotations_says_so(tmp_path):
    with pytest.raises(Unreadable) as error:
        only(tmp_path, message("Jane wrote:\n> All of this was said before.\n"))
    assert (error.value.reason, error.value.kind) == (
        "nothing in it but quoted messages",
        "no words",
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx y\n" * 12_000,
        b"".join(b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (n, n) for n in range(600)),
        b"Content-Type: text/plain; " + b';"' * 50_000 + b"\n\nwords",
        b"Subject: " + b"Re: " * 50_000 + b"\n\nwords",
        b"From: " + b"(" * 100_000 + b"\n\nwords",
        b"Subject: x\n\nword\n" + b"On wrote On \n" * 10_000,
        b"Subject: Re: x\n\nword\n" + b"From: a\n--\n" * 5_000,
        b"Content-Type: text/html\n\n" + b"<blockquote type=cite>a" * 20_000,
        b"Content-Type: text/html\n\n" + b"<" * 200_000,
    ],
    ids=range(9),
)  # fmt: skip
def test_a_hostile_message_does_not_keep_the_next_one_from_being_read(tmp_path, raw):
    box = b"From a@example.org Mon Jun 23 10:00:00 2025\n" + raw + b"\n\n"
    box += b"From a@example.org Mon Jun 23 10:00:00 2025\n" + message().as_bytes()
    done = read_bytes(tmp_path, "m.mbox", box)
    assert quotable(done.articles[-1]) == [BRIDGE]
    assert {one.kind for one in done.skipped} <= {"no words", "too large"}


def mailbox_of(folder, *mails):
    box = mailbox.mbox(folder / "made")
    for mail in mails:
        box.add(mail)
    box.flush()
    box.close()
    return (folder / "made").read_bytes()


def test_a_mailbox_gives_its_messages_by_number(tmp_path):
    raw = mailbox_of(
        tmp_path,
        message(f"{BRIDGE}\n\nFrom here on it is {TUNNEL}\n\nFrom Lisbon, at 10:00, Jane\n"),
        message("> Nothing of its own.\n", "Re: The bridge"),
        message(TUNNEL, "A tunnel", sender="John Doe <john@example.org>"),
    )
    done = read_bytes(tmp_path, "m.mbox", raw)
    assert [(one.path, one.file, one.title, one.author) for one in done.articles] == [
        ("m.mbox#1", "m.mbox", "The bridge", "Jane Smith"),
        ("m.mbox#3", "m.mbox", "A tunnel", "John Doe"),
    ]
    assert "\n\nFrom Lisbon, at 10:00, Jane\n" in done.articles[0].text
    assert [(one.path, one.kind) for one in done.skipped] == [("m.mbox#2", "no words")]


def test_a_file_that_is_no_mailbox_is_not_taken_for_one(tmp_path):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "m.mbox", b"From: jane@example.org\n\nwords\n")
    assert error.value.kind == "other format"


def test_a_message_that_is_too_large_is_left_out_and_the_next_one_read():
    mark = b"From a@example.org Mon Jun 23 10:00:00 2025\n"
    raw = mark + b"x\n\n" + mark + b"y" * 100 + b"\n\n" + mark + b"z\n"
    assert list(messages(BytesIO(raw), 50)) == [b"x\n\n", None, b"z\n"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=80), min_size=1, max_size=5))
def test_a_mailbox_loses_and_adds_no_line(texts):
    bodies = [f"\n{text}\n".replace("\r", "").encode() for text in texts]
    box = b"".join(
        b"From a@example.org Mon Jun 23 10:00:00 2025\n"
        + b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line
                     for line in body.split(b"\n"))
        + b"\n"
        for body in bodies
    )  # fmt: skip
    assert list(messages(BytesIO(box), 10_000)) == [body + b"\n" for body in bodies]


@pytest.mark.parametrize(
    ("kind", "line", "count"),
    [
        ("plain", "\n", 1_600_000),
        ("plain", "w" * 79 + "\n", 60_000),
        ("html", "<p>" + "w" * 76 + "\n", 110_000),
    ],
)
def test_a_message_that_would_fill_the_memory_is_refused(tmp_path, kind, line, count):
    raw = f"Subject: x\nContent-Type: text/{kind}\n\n{line * count}".encode()
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.eml", raw)
    assert error.value.kind == "too large"
