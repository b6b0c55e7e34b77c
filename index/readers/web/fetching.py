"""Address of a page -> a file that is read like any other; the door of urllib3.

The one module that opens a connection, and only for an address that a person typed.
"""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from index.errors import FetchFailed, StorageFailed
from index.readers.documents import MAX_BYTES
from index.readers.formats import SUFFIXES
from index.types import Progress

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

MAX_REDIRECTS = 5
MAX_SLUG_CHARS = 60
"""Of a file's name: what is taken of the address's path."""
SILENCE_S = 15.0
"""A server that says nothing for so long is given up."""
WHOLE_S = 60.0
"""A page that is not there after so long is given up."""

_CHUNK_BYTES = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "multipart/related": ".mhtml",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".ndjson",
    "application/jsonl": ".jsonl",
}
_TOO_GENERAL = frozenset(
    {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/zip"}
    | {"application/gzip", "application/x-gzip", "application/json"}
)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARES = re.compile(rb"<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding", re.IGNORECASE)
_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class _Fetched:
    address: str
    """The one that answered, after all redirects."""
    content_type: str
    body: bytes


def fetch(
    address: str, into: Path, *, report: Callable[[Progress], None], timeout_s: float = WHOLE_S
) -> Path:
    """Fetch one page and keep it in a folder, under a name made of its address.

    The same address gets the same name, and replaces what was fetched before. A web page gets a
    first line that says where it came from, as browsers write one; other files stay as they are.

    Raises:
        FetchFailed: no such page, no http address, too slow, too large, or of a kind not read.
        StorageFailed: the folder can't be written.
    """
    address = address.strip()
    report(Progress("preparing", 0, 0, f"fetching {address}"))
    fetched = _fetched(address, timeout_s)
    ending = _ending(fetched)
    body = _with_origin(fetched) if ending in (".html", ".xhtml") else fetched.body
    path = into / _name(fetched.address, ending)
    try:
        into.mkdir(parents=True, exist_ok=True)
        _write(path, body)
    except OSError as error:
        what = error.strerror or "it can't be written"
        raise StorageFailed(f"{into}: {what}; free space or change the rights") from error
    return path


def _fetched(address: str, timeout_s: float) -> _Fetched:
    from urllib3 import PoolManager, Timeout
    from urllib3.exceptions import HTTPError
    from urllib3.exceptions import TimeoutError as TooSlow

    deadline = time.monotonic() + timeout_s
    silence_s = min(SILENCE_S, timeout_s)
    headers = {"User-Agent": "pullquote", "Accept": "text/html,application/xhtml+xml,*/*;q=0.5"}
    try:
        with PoolManager(timeout=Timeout(silence_s), retries=False, headers=headers) as pool:
            at = address
            for _ in range(MAX_REDIRECTS + 1):
                at = _checked(at)
                answer = _answer(pool, at)
                try:
                    if answer.status not in _MOVED or "Location" not in answer.headers:
                        return _Fetched(at, *_body(answer, address, deadline))
                finally:
                    answer.close()
                at = urljoin(at, answer.headers["Location"])
    except TooSlow as error:
        raise FetchFailed(f"{address} does not answer; check it and the connection") from error
    except (HTTPError, ValueError) as error:
        raise FetchFailed(
            f"{address} could not be fetched ({type(error).__name__}); check the address and the"
            " connection"
        ) from error
    raise FetchFailed(f"{address} leads from one address to the next without end; check it")


def _answer(pool: "PoolManager", address: str) -> "BaseHTTPResponse":
    return pool.request("GET", address, redirect=False, preload_content=False)


def _checked(address: str) -> str:
    """The address without its fragment, if it is one that can be asked for."""
    bare = urldefrag(address)[0]
    parts = urlsplit(bare)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise FetchFailed(f"{address} is no http address; pages are fetched from http(s):// only")
    return bare


def _body(answer: "BaseHTTPResponse", address: str, deadline: float) -> tuple[str, bytes]:
    """The content type and the bytes, unpacked."""
    if answer.status != 200:
        raise FetchFailed(f"{address} answered {answer.status}; check the address in a browser")
    body = bytearray()
    while chunk := answer.read(_CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchFailed(f"{address} is larger than {MAX_BYTES // 1024**2} MB; save a part")
        if time.monotonic() > deadline:
            raise FetchFailed(f"{address} takes too long; save the page in a browser instead")
    if not body:
        raise FetchFailed(f"{address} is empty; check the address in a browser")
    return answer.headers.get("Content-Type", ""), bytes(body)


def _ending(fetched: _Fetched) -> str:
    """What the content type says; where it says little, the address, and then the first bytes."""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    stated = PurePosixPath(urlsplit(fetched.address).path).suffix.lower()
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    if kind in _TOO_GENERAL and stated in SUFFIXES:
        return stated
    if fetched.body.startswith(b"%PDF-"):
        return ".pdf"
    if kind == "text/plain":
        return ".txt"
    if not kind and b"<html" in fetched.body[:2048].lower():
        return ".html"
    raise FetchFailed(
        f"{fetched.address} is of a kind that is not read ({kind or 'not stated'});"
        " save it as text, HTML or PDF"
    )


def _with_origin(fetched: _Fetched) -> bytes:
    """The page after a line with its address, and with the encoding if only the server said it."""
    body = fetched.body
    if body.startswith(_WIDE_MARKS) or b"\0" in body[:256]:
        return body  # of two bytes a letter; a line in ASCII would break it
    address = fetched.address.replace("--", "-%2D").replace(">", "%3E").encode("ascii", "ignore")
    line = b"<!-- saved from url=(%04d)%s -->" % (len(address), address)
    charset = _CHARSET.search(fetched.content_type)
    named = "utf-8" if body.startswith(_UTF8_MARK) else charset[1] if charset else ""
    if named and not _DECLARES.search(body[:4096]):
        line += b'<meta charset="%s">' % named.encode("ascii", "ignore")
    return line + b"\n" + body.removeprefix(_UTF8_MARK)


def _name(address: str, ending: str) -> str:
    """Host, the path's last words and a hash: `example.org-storm-closes-harbour-1a2b3c4d.html`."""
    parts = urlsplit(address)
    last = PurePosixPath(unquote(parts.path)).stem.lower()
    slug = _NOT_IN_NAMES.sub("-", last)[:MAX_SLUG_CHARS].strip("-")
    host = re.sub(r"[^a-z0-9.-]+", "-", (parts.hostname or "").removeprefix("www."))[
        :MAX_SLUG_CHARS
    ]
    digest = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return "-".join(filter(None, (host.strip(".-"), slug, digest))) + ending


def _write(path: Path, body: bytes) -> None:
    """Write a file that is there whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, prefix=".fetched-", delete=False) as file:
        try:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
