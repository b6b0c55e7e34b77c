"""A quote whose file has changed: read again, or marked; never shown as current."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from replies import answer, article, quote

from index.seals import digest
from index.types import FileStamp, Span
from qa.answering import proof
from qa.library.workspace import Workspace
from qa.types import Citation, Comparison, Finding, Question

BRIDGE = "The old bridge at Ternhaven was closed in 2019. Its towers were too rusty for lorries.\n"
ELSEWHERE = "The bakery sells rye bread on Mondays. It opens at six in the morning.\n"


@pytest.fixture
def told(seed_places, tmp_path):
    """A workspace over two files, with the real models."""
    root = tmp_path / "clippings"
    root.mkdir()
    (root / "bridge.txt").write_text(BRIDGE)
    (root / "bakery.txt").write_text(ELSEWHERE)
    opened = Workspace(None, places=seed_places)
    opened.index_folder(root, lambda _: None, lambda: False)
    yield opened, root
    opened.close()


ASKED = Question("When was the old bridge at Ternhaven closed?")


def first(opened: Workspace) -> str:
    reply = opened.answer(ASKED)
    quotes = getattr(reply, "quotes", ()) or getattr(reply, "nearest", ())
    return quotes[0].text if quotes else ""


def test_a_file_that_changed_is_read_again_before_its_words_are_shown(told):
    opened, root = told
    assert "2019" in first(opened)
    (root / "bridge.txt").write_text(BRIDGE.replace("2019", "2021"))
    reply = opened.answer(ASKED)
    assert "2021" in reply.quotes[0].text
    assert reply.quotes[0].stale == ""
    said = "changed since it was indexed, and read again just now: bridge.txt"
    assert said in reply.notices


def test_words_of_a_file_that_is_gone_are_not_shown_and_it_is_said_to_be_gone(told):
    opened, root = told
    assert "2019" in first(opened)
    (root / "bridge.txt").unlink()
    reply = opened.answer(ASKED)
    assert "2019" not in first(opened)
    assert "gone since it was indexed, and taken out just now: bridge.txt" in reply.notices
    assert not any("read again" in notice for notice in reply.notices)


def test_a_folder_that_became_a_file_took_its_articles_with_it(tmp_path):
    (tmp_path / "notes").write_text("a file")
    reply = answer(quote(1, source=article("notes/a.txt", root=str(tmp_path))))
    found = proof.stale_files(reply, lambda _: (FileStamp(1, 1, 1), "a hash"))
    assert list(found.values()) == [proof.GONE]


def test_of_several_files_each_is_named_with_what_became_of_it():
    stale = {
        ("/r", "b.txt"): proof.CHANGED,
        ("/r", "a.txt"): proof.CHANGED,
        ("/r", "c.txt"): proof.GONE,
        ("/r", "d.txt"): proof.OUT_OF_REACH,
    }
    assert proof.looked_at_again(stale) == (
        "changed since they were indexed, and read again just now: a.txt, b.txt",
        "gone since it was indexed, and taken out just now: c.txt",
    )


def test_a_file_that_was_only_touched_is_still_current(told):
    opened, root = told
    os.utime(root / "bridge.txt", ns=(1, 1))
    reply = opened.answer(ASKED)
    assert (reply.quotes[0].stale, reply.notices) == ("", ())


def test_words_out_of_reach_are_marked_and_kept(told):
    opened, root = told
    root.rename(root.parent / "elsewhere")
    reply = opened.answer(ASKED)
    assert "2019" in reply.quotes[0].text
    assert reply.quotes[0].stale == proof.OUT_OF_REACH


def test_where_the_index_cant_be_written_the_quote_is_marked(told):
    opened, root = told
    (root / "bridge.txt").write_text("x" * 2_000_000)
    reply = opened.answer(ASKED)
    assert reply.quotes[0].stale == proof.CHANGED


def test_nothing_is_compared_with_words_that_are_out_of_date(tmp_path):
    old = article("a.txt", root=str(tmp_path))
    new = article("b.txt", root=str(tmp_path))
    first_quote, second = quote(1, source=old), quote(2, source=new)
    said = Comparison((Finding("352", (1, 2), 2),))
    reply = answer(first_quote, second, comparison=said)
    assert proof.marked(reply, {}) is reply
    stale = proof.marked(reply, {(str(tmp_path), "b.txt"): proof.GONE})
    assert stale.comparison is None
    assert [one.stale for one in stale.quotes] == ["", proof.GONE]


def test_other_places_of_the_same_words_go_with_their_file(tmp_path):
    gone = article("b.txt", root=str(tmp_path))
    place = Citation(gone, Span(0, 3))
    reply = answer(quote(1, source=article("a.txt", root=str(tmp_path)), also=(place,)))
    stale = proof.marked(reply, {(str(tmp_path), "b.txt"): proof.GONE})
    assert stale.quotes[0].also == ()


def told_of(file: Path, stamp: FileStamp, sha256: str) -> list[str]:
    reply = answer(quote(1, source=article(file.name, root=str(file.parent))))
    return list(proof.stale_files(reply, lambda _: (stamp, sha256)).values())


def test_a_file_is_believed_by_its_bytes_whatever_its_times_say(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("words")
    stamp, sha256 = FileStamp.of(file.stat()), digest(file)
    assert told_of(file, stamp, sha256) == []
    assert told_of(file, FileStamp(stamp.bytes, 1, 1), sha256) == []
    assert told_of(file, FileStamp(-1, -1, -1), sha256) == []
    assert told_of(file, stamp, "another hash") == [proof.CHANGED]


def test_words_changed_under_an_old_time_are_seen(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("The quay holds forty boats.")
    stamp, sha256 = FileStamp.of(file.stat()), digest(file)
    assert told_of(file, stamp, sha256) == []
    file.write_text("The quay holds ninety boats."[:27])
    os.utime(file, ns=(stamp.mtime_ns, stamp.mtime_ns))
    assert file.stat().st_size == stamp.bytes
    assert told_of(file, stamp, sha256) == [proof.CHANGED]


def test_a_very_large_file_is_believed_by_its_stamp(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(proof, "MOST_BYTES", 3)
    file = tmp_path / "a.txt"
    file.write_text("words")
    stamp = FileStamp.of(file.stat())
    assert told_of(file, stamp, "another hash") == []
    for other in (replace(stamp, mtime_ns=1), replace(stamp, ctime_ns=1)):
        assert told_of(file, other, "another hash") == [proof.CHANGED]
        assert told_of(file, other, digest(file)) == []


def test_a_file_edited_under_its_old_time_is_read_again_before_its_words_are_shown(told):
    opened, root = told
    assert "2019" in first(opened)
    seen = (root / "bridge.txt").stat()
    (root / "bridge.txt").write_text(BRIDGE.replace("2019", "2024"))
    os.utime(root / "bridge.txt", ns=(seen.st_mtime_ns, seen.st_mtime_ns))
    reply = opened.answer(ASKED)
    assert "2024" in reply.quotes[0].text
    assert reply.quotes[0].stale == ""
