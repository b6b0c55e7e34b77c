"""One page is fetched when asked for, within bounds, and read like any other file."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.errors import FetchFailed, StorageFailed
from index.readers import read
from index.readers.web import fetching
from index.types import Progress

PAGE = (
    "<!DOCTYPE html><html><head><title>A café by the sea</title></head><body><article>"
    "<h1>A café by the sea</h1><p>The café opened in May, and the whole town came to see it.</p>"
    "<p>It closed in June.</p></article></body></html>"
)
HTML = "text/html; charset=utf-8"


PDF = b"%PDF-1.7 not really"
ANSWERS = {
    "/news/A-Café_story.aspx": (200, {"Content-Type": HTML}, PAGE.encode()),
    "/latin": (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, PAGE.encode("latin-1")),
    "/marked": (200, {"Content-Type": "text/html"}, PAGE.encode("utf-8-sig")),
    "/wide": (200, {"Content-Type": "text/html"}, PAGE.encode("utf-16")),
    "/packed": (
        200,
        {"Content-Type": HTML, "Content-Encoding": "gzip"},
        gzip.compress(PAGE.encode()),
    ),
    "/moved": (302, {"Location": "/moved-on"}, b""),
    "/moved-on": (301, {"Location": "news/A-Caf%C3%A9_story.aspx#part"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/out": (302, {"Location": "file:///etc/passwd"}, b""),
    "/paper": (200, {"Content-Type": "application/pdf"}, PDF),
    "/file.pdf": (200, {"Content-Type": "application/octet-stream"}, PDF),
    "/notes.md": (200, {"Content-Type": "text/plain"}, b"# Notes\n"),
    "/notes": (200, {"Content-Type": "text/plain"}, b"Notes\n"),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, b"<rss/>"),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/untyped": (200, {}, PAGE.encode()),
    "/empty": (200, {"Content-Type": HTML}, b""),
    "/broken": (200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, b"no gzip"),
}


class Pages(BaseHTTPRequestHandler):
    """Answers what it knows; anything else is not there."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"<p>" * 100)
                self.wfile.flush()
                time.sleep(0.05)
            return
        if self.path == "/silent":
            time.sleep(0.6)
            return
        path = self.path.replace("%C3%A9", "é")
        status, headers, body = ANSWERS.get(path, (404, {}, b"gone"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the tests' output clean."""


class QuietServer(ThreadingHTTPServer):
    """Says nothing about clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is what some of the tests are about."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with QuietServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetch(address: str, into: Path, **options: float) -> Path:
    return fetching.fetch(address, into, report=lambda progress: None, **options)


def test_a_page_becomes_a_file_that_is_read_with_its_address(site, tmp_path):
    seen: list[Progress] = []
    address = f"{site}/news/A-Café_story.aspx"
    path = fetching.fetch(f" {address}#top ", tmp_path / "new", report=seen.append)
    article = read(path, root=tmp_path)
    assert article.title == "A café by the sea"
    assert article.text.endswith("It closed in June.")
    assert (article.url or "").startswith(f"{site}/news/A-Caf")
    assert path.name.startswith("127.0.0.1-a-caf-story-")
    assert path.suffix == ".html"
    assert [progress.note for progress in seen] == [f"fetching {address}#top"]


def test_the_same_page_again_replaces_its_file_and_leaves_nothing_else(site, tmp_path):
    first = fetch(f"{site}/untyped", tmp_path)
    first.write_text("old")
    assert fetch(f"{site}/untyped#part", tmp_path) == first
    assert PAGE in first.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [first]


def test_redirects_are_followed_and_the_last_address_is_kept(site, tmp_path):
    path = fetch(f"{site}/moved", tmp_path)
    assert read(path, root=tmp_path).url == f"{site}/news/A-Caf%C3%A9_story.aspx"
    assert path == fetch(f"{site}/moved-on", tmp_path)


@pytest.mark.parametrize("page", ["latin", "marked", "wide", "packed", "untyped"])
def test_a_page_is_read_in_the_encoding_that_it_was_sent_in(site, tmp_path, page):
    article = read(fetch(f"{site}/{page}", tmp_path), root=tmp_path)
    assert "The café opened in May" in article.text


@pytest.mark.parametrize(
    ("page", "suffix"),
    [
        ("paper", ".pdf"),
        ("file.pdf", ".pdf"),
        ("notes.md", ".md"),
        ("notes", ".txt"),
        ("feed", ".rss"),
    ],
)
def test_other_kinds_are_kept_as_they_are_sent(site, tmp_path, page, suffix):
    path = fetch(f"{site}/{page}", tmp_path)
    assert path.suffix == suffix
    assert path.read_bytes() == ANSWERS[f"/{page}"][2]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("nowhere", "answered 404"),
        ("round", "from one address to the next"),
        ("out", "no http address"),
        ("image", "a kind that is not read"),
        ("empty", "is empty"),
        ("broken", "could not be fetched"),
    ],
)
def test_a_page_that_is_of_no_use_says_why_and_leaves_no_file(site, tmp_path, page, reason):
    with pytest.raises(FetchFailed, match=reason):
        fetch(f"{site}/{page}", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/a", "example.org", "http://", "http://[::1", ""],
)
def test_only_http_addresses_are_fetched(tmp_path, address):
    with pytest.raises(FetchFailed, match=r"http address|could not be fetched"):
        fetch(address, tmp_path)


@pytest.mark.parametrize(("page", "reason"), [("slow", "too long"), ("silent", "does not answer")])
def test_a_slow_server_is_given_up(site, tmp_path, page, reason):
    with pytest.raises(FetchFailed, match=reason):
        fetch(f"{site}/{page}", tmp_path, timeout_s=0.2)


def test_a_server_that_is_not_there_is_said_to_be(tmp_path):
    with QuietServer(("127.0.0.1", 0), Pages) as server:
        port = server.server_port
    with pytest.raises(FetchFailed, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/a", tmp_path)


@pytest.mark.parametrize("page", ["packed", "untyped"])
def test_a_page_that_is_too_large_is_refused(site, tmp_path, monkeypatch, page):
    monkeypatch.setattr(fetching, "MAX_BYTES", 100)
    with pytest.raises(FetchFailed, match="larger than"):
        fetch(f"{site}/{page}", tmp_path)


def test_a_folder_that_cannot_be_written_is_said_to_be(site, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match="file"):
        fetch(f"{site}/untyped", tmp_path / "file" / "folder")
