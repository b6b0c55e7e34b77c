"""Bytes -> text: strictly, in an encoding that the file states or that we are sure of."""

import codecs
import re
from dataclasses import dataclass

from index.errors import Unreadable

MIN_CONFIDENCE = 0.9
"""Of the detector, 0 to 1: the share of its checks that found nothing odd in the text."""
MAX_NULS = 0.01
"""Of the bytes of a page; there are more in what is no text, and in UTF-16."""
MAX_CONTROLS = 0.02
"""Share of control characters above which bytes are not text."""
SAMPLE_BYTES = 256 * 1024
"""The detector looks at this much."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_NOT_FOR_PAGES = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "palmos"}
)
_WIDENED = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers take these labels to mean (WHATWG Encoding Standard)."""
_NEVER_GUESSED = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140", "utf_7"]
_NEVER_GUESSED += ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
_WESTERN = frozenset("éèàâêëîïôöùûüçñßäÄÖÜÉÈÀÇÑáíóúãõåæøœÁÍÓÚÅØÆ¿¡£€–—‘’“”…°©®™«»·½¼¾§\xa0")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, with universal newlines and without a byte order mark."""

    text: str
    encoding: str
    """Name of the codec that gave it."""


def decode(raw: bytes, *, path: str, is_page: bool, known: str | None = None) -> Decoded:
    """Decode a whole file or refuse it; nothing is ever replaced, or dropped but a page's NULs.

    Browsers pass over those.

    In order: a byte order mark, UTF-8, what a page declares, the encoding that the file was in
    when it was last read, and the detector above `MIN_CONFIDENCE`.

    Raises:
        Unreadable: the bytes are not text, or in no encoding that we are sure of.
    """
    if is_page and 0 < raw.count(b"\0") <= MAX_NULS * len(raw):
        raw = raw.replace(b"\0", b"")
    marked = next((codec for bom, codec in _BOMS if raw.startswith(bom)), None)
    if marked is None and (b"\0" in raw or raw.startswith(_SIGNATURES)):
        raise Unreadable(path, "not text", "other format")
    declared = _declared(raw) if is_page and marked is None else None
    # Without its mark, a file is no longer in an encoding that is known by the mark.
    stored = None if known in {codec for _, codec in _BOMS} else known
    if declared and declared.startswith(("iso2022", "hz")):
        # These write other scripts in ASCII bytes, so UTF-8 would accept them too.
        candidates: tuple[str | None, ...] = (declared,)
    else:
        candidates = (marked,) if marked else ("utf-8", declared, stored)
    for codec in candidates:
        text = _decoded(raw, codec) if codec else None
        if codec and text is not None:
            return _checked(text, codec, path)
    guess = None if marked else _guessed(raw)
    if guess is None:
        raise Unreadable(path, "its text encoding is not certain; save it as UTF-8", "encoding")
    return _checked(guess.text, guess.encoding, path)


def _checked(text: str, codec: str, path: str) -> Decoded:
    controls = sum(1 for _ in _CONTROLS.finditer(text)) + text.count("\0")
    if "\0" in text or controls > MAX_CONTROLS * len(text) + 2:
        raise Unreadable(path, "not text", "other format")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), codec)


def _decoded(raw: bytes, codec: str) -> str | None:
    """The text, or None where the bytes are not in this encoding."""
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4096])
    if found is None:
        return None
    try:
        codec = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, UnicodeError):
        return None
    return None if codec in _NOT_FOR_PAGES else _WIDENED.get(codec, codec)


def _guessed(raw: bytes) -> Decoded | None:
    import charset_normalizer  # noqa: PLC0415 - slow, and seldom needed

    matches = charset_normalizer.from_bytes(raw[:SAMPLE_BYTES], cp_exclusion=_NEVER_GUESSED)
    best = matches.best()
    if best is None or 1 - best.chaos < MIN_CONFIDENCE:
        return None
    codec = best.encoding
    # Neighbouring code pages look equally likely to the detector; the models are English, so
    # Western Europe wins where the text has nothing but its letters.
    western = _decoded(raw, "cp1252")
    if western is not None and all(
        letter in _WESTERN for letter in set(western) if letter > "\x7f"
    ):
        codec = "cp1252"
    text = _decoded(raw, codec)
    return Decoded(text, codec) if text is not None else None
