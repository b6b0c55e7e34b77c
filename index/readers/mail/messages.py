"""E-mail and mailboxes -> one Document a message, and those that its attachments hold."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.utils import parseaddr
from functools import partial

from index.errors import Unreadable
from index.readers.documents import MAX_BYTES, Document, Source, Stated
from index.readers.formats import format_of
from index.readers.lines import one_line
from index.readers.mail import mime
from index.readers.mail.mailboxes import messages
from index.readers.mail.replies import Course, omissions
from index.readers.members import clean_name, read_member
from index.readers.moments import day_of
from index.readers.web.rendering import render
from index.types import Span

MAX_PARTS = 1000
"""Of one message."""
MAX_BODY_CHARS = 4 * 1024 * 1024
"""Of a message's own text, without what is attached."""
THIN_CHARS = 600
"""A plain text shorter than this may only say that the message is in the HTML beside it."""

_ANSWER = r"(?:re|aw|antw|antwort|sv|vs|rif|odp|ynt)"
_PASSED_ON = r"(?:fwd?|wg|tr|rv|vl|doorst)"
_COUNT = r"(?:\s?[\[(]\d{1,3}[\])]|\^\d{1,3})?"
_PREFIX = re.compile(
    rf"\s*(?:(?P<answer>{_ANSWER})|(?P<passed_on>{_PASSED_ON})){_COUNT}\s?[:：]\s*", re.IGNORECASE
)


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give a message's text and its attachments', or those of each message of a mailbox.

    A message without words of its own is given as an Unreadable.

    Raises:
        Unreadable: the message is encrypted; the file is no mailbox.
    """
    if format_of(source.name) == "mbox":
        yield from _mailbox(source)
    else:
        yield from _message(source)


def _mailbox(source: Source) -> Iterator[Document | Unreadable]:
    number = 0
    with source.open() as file:
        for number, raw in enumerate(messages(file, MAX_BYTES), start=1):
            part = f"#{number}"
            if raw is None:
                reason = f"larger than {MAX_BYTES // 1024**2} MB"
                yield Unreadable(source.path + part, reason, "too large")
                continue
            inner = replace(
                source,
                path=source.path + part,
                name="message.eml",
                size=len(raw),
                open=partial(io.BytesIO, raw),
            )
            yield from read_member(inner, part)
    if not number:
        raise Unreadable(source.path, "does not begin like a mailbox", "other format")


def _message(source: Source) -> Iterator[Document | Unreadable]:
    message = mime.parse(source.raw(), source.path)
    if mime.is_encrypted(message):
        raise Unreadable(source.path, "encrypted: only its receiver can read it", "encrypted")
    parts = _parts_of(message)
    subject, course = _subject(message)
    attached = False
    failure: Unreadable | None = None
    try:
        yield _document(source, parts, replace(_stated(message), title=subject), course)
    except Unreadable as error:
        failure = error
    for part in parts.attached:
        for one in _attachment(source, part):
            attached = True
            yield one
    if parts.is_cut:
        yield Unreadable(source.path, f"only its first {MAX_PARTS} parts were read", "too large")
    if failure and not (attached and failure.kind == "no words"):
        yield failure


def _document(source: Source, parts: "_Parts", stated: Stated, course: Course) -> Document:
    body = _body(parts, source.path)
    omitted = omissions(body.text, course, body.quoted)
    ends = [0, *(omission.span.end for omission in omitted)]
    starts = [*(omission.span.start for omission in omitted), len(body.text)]
    own = (body.text[end:start] for end, start in zip(ends, starts, strict=True))
    if not any(letter.isalnum() for words in own for letter in words):
        reason = "nothing in it but quoted messages" if omitted else "holds no words"
        raise Unreadable(source.path, reason, "no words")
    return Document(body.text, stated, encoding=body.encoding, omitted=omitted)


@dataclass(slots=True)
class _Parts:
    """What a message consists of, in its order."""

    plain: list[EmailMessage] = field(default_factory=list)
    pages: list[EmailMessage] = field(default_factory=list)
    attached: list[EmailMessage] = field(default_factory=list)
    is_cut: bool = False
    """There are more than `MAX_PARTS`."""


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    encoding: str
    quoted: tuple[Span, ...] = ()


def _parts_of(message: EmailMessage) -> _Parts:
    parts = _Parts()
    due = [message]
    count = 0
    while due and count < MAX_PARTS:
        part = due.pop()
        count += 1
        kind = part.get_content_type()
        is_named = part.get_filename() is not None or part.is_attachment()
        if kind == "message/rfc822" or (is_named and not kind.startswith("multipart/")):
            parts.attached.append(part)
        elif part.is_multipart():
            inner = part.get_payload()
            members = inner if isinstance(inner, list) else []
            due += [one for one in reversed(members) if isinstance(one, EmailMessage)]
        elif kind == "text/plain":
            parts.plain.append(part)
        elif kind == "text/html":
            parts.pages.append(part)
    parts.is_cut = bool(due)
    return parts


def _body(parts: _Parts, path: str) -> _Body:
    """The plain text; the HTML where there is none, or where it says much more.

    Raises:
        Unreadable: it is too large, or in no encoding that we are sure of.
    """
    decoded = [mime.text_of(part, path) for part in parts.plain if part.get_payload()]
    text = "\n\n".join(one.text for one in decoded)
    if len(text) > MAX_BODY_CHARS:
        reason = f"its text is larger than {MAX_BODY_CHARS // 1024**2} MB"
        raise Unreadable(path, reason, "too large")
    encoding = decoded[0].encoding if decoded else ""
    if parts.pages and len(text) < THIN_CHARS:
        page = mime.text_of(parts.pages[0], path)
        rendered = render(page.text, path=path)
        if len(rendered.text) > 3 * len(text):
            return _Body(rendered.text, page.encoding, rendered.quoted)
    return _Body(text, encoding or "utf-8")


def _attachment(source: Source, part: EmailMessage) -> Iterator[Document | Unreadable]:
    is_message = part.get_content_type() == "message/rfc822"
    name = clean_name(part.get_filename() or "").rpartition("/")[2]
    if is_message and format_of(name) != "email":
        name = "message.eml"
    if format_of(name) is None:
        return
    raw = mime.member_bytes(part)
    inner = replace(
        source,
        path=f"{source.path}/{name}",
        name=name,
        size=len(raw),
        open=partial(io.BytesIO, raw),
        encoding=None,
        depth=source.depth + 1,
    )
    yield from read_member(inner, f"/{name}")


def _subject(message: EmailMessage) -> tuple[str | None, Course]:
    """The subject without what answering and forwarding put before it, and which of them it was."""
    rest = mime.header(message, "Subject")[:2000]
    outermost = found = _PREFIX.match(rest)
    while found:
        rest = rest[found.end() :]
        found = _PREFIX.match(rest)
    is_forward = outermost is not None and outermost["passed_on"] is not None
    is_reply = not is_forward and (outermost is not None or "In-Reply-To" in message)
    return one_line(rest), Course(is_reply=is_reply, is_forward=is_forward)


def _stated(message: EmailMessage) -> Stated:
    name, address = parseaddr(mime.header(message, "From"))
    return Stated(
        author=one_line(name) or one_line(address),
        published=day_of(mime.header(message, "Date")),
    )
