"""Bytes of a message -> its MIME parts, and each text part strictly decoded."""

import codecs
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy, compat32
from functools import lru_cache
from typing import cast

from index.errors import Unreadable
from index.readers.canonical import canonical
from index.readers.decoding import Decoded, decode

MAX_HEADER_CHARS = 1000
"""Of one header; the rest is cut off, since to parse it takes longer than linear time."""

MAX_LINES = 1_500_000
"""Of a message with all of its parts; 64 MB of attachments have fewer."""

_ESCAPING = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
"""They write their text in ASCII bytes or with NULs, so nothing else can be tried first."""
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_WIDENED = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What mail programs take these labels to mean, as browsers do (WHATWG Encoding Standard)."""


class _Bounded(EmailPolicy):
    """The standard policy, with headers of bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER_CHARS]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _parsed(name, value)


_STANDARD = EmailPolicy()


@lru_cache(maxsize=1024)
def _parsed(name: str, value: str) -> str:
    """The header's decoded value; the parser of messages asks for the same one again and again."""
    return cast("str", _STANDARD.header_fetch_parse(name, value))


def parse(raw: bytes, path: str) -> EmailMessage:
    """Take a message apart; faults of its format are passed over, as mail programs do.

    Raises:
        Unreadable: it has too many lines.
    """
    if raw.count(b"\n") > MAX_LINES:
        raise Unreadable(path, "has more lines than can be read", "too large")
    return cast("EmailMessage", message_from_bytes(raw, policy=_Bounded()))


def header(message: EmailMessage, name: str) -> str:
    """Give a header's decoded value; empty if it is not there or not decodable."""
    try:
        value = str(message.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""  # the standard library's parser stumbles over some malformed headers
    return "" if "\ufffd" in value else value


def text_of(part: EmailMessage, path: str) -> Decoded:
    """Decode a text part: UTF-8 if it is that, else the charset that it declares, else a guess.

    Raises:
        Unreadable: it is in none of them, or is not text.
    """
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    declared = _codec(part.get_content_charset())
    if declared and declared.startswith(_ESCAPING):
        try:
            return Decoded(canonical(raw.decode(declared), path=path), declared)
        except UnicodeError:
            pass
    is_page = part.get_content_subtype() != "plain"
    return decode(raw, path=path, is_page=is_page, known=declared)


def member_bytes(part: EmailMessage) -> bytes:
    """Give the bytes of an attachment; of a message that is attached, its source."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return inner.as_bytes(policy=compat32) if isinstance(inner, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def is_encrypted(message: EmailMessage) -> bool:
    """Say whether the words are only there for who has the key."""
    kind = message.get_content_type()
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return "signed" not in header(message, "Content-Type").lower()
    return kind == "multipart/encrypted"


def _codec(label: str | None) -> str | None:
    try:
        codec = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    return None if codec in _NO_CHARSETS else _WIDENED.get(codec, codec)
