"""Members of archives are articles; nothing is unpacked to the disk, and no bomb goes off."""

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage

import pytest
from containers_made import BRIDGE, TUNNEL, quotable, read_bytes

from index.errors import Unreadable
from index.readers.documents import MAX_BYTES, Allowance, Document, Source
from index.readers.formats import documents


def zipped(members, **how):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, raw in members:
            archive.writestr(name, raw)
    return made.getvalue()


def parsed(name, raw, **how):
    source = Source(name, name, len(raw), lambda: io.BytesIO(raw), **how)
    return list(documents(source))


def test_a_gzipped_file_is_read_as_what_its_inner_name_says(tmp_path):
    article = read_bytes(tmp_path, "a.txt.gz", gzip.compress(BRIDGE.encode())).articles[0]
    assert (article.path, article.format, article.offsets) == ("a.txt.gz", "text", "extracted")
    assert quotable(article) == [BRIDGE]


def test_records_of_a_gzipped_file_keep_their_numbers(tmp_path):
    raw = gzip.compress(b'{"body": "one"}\n{"text": "two"}\n')
    done = read_bytes(tmp_path, "a.jsonl.gz", raw, columns={"text": "body"})
    assert [(one.path, one.format) for one in done.articles] == [("a.jsonl.gz#1", "jsonl")]


def test_members_of_an_archive_are_articles_in_their_order(tmp_path):
    mail = EmailMessage()
    mail["Subject"] = "A tunnel"
    mail.set_content(TUNNEL)
    raw = zipped(
        [
            ("monday/a.txt", BRIDGE),
            ("monday/", ""),
            ("b.eml", mail.as_bytes()),
            ("c.csv", "title,text\nT,words\n"),
            ("d.jpg", "x"),
            ("e.JPG", "x"),
            ("f", "x"),
            (".hidden/a.txt", "hidden words"),
            ("__MACOSX/._a.txt", "hidden words"),
            ("g.txt", b"\0\0"),
        ]
    )
    done = read_bytes(tmp_path, "news.zip", raw)
    assert [(one.path, one.in_file, one.format) for one in done.articles] == [
        ("news.zip/monday/a.txt", "news.zip", "text"),
        ("news.zip/b.eml", "news.zip", "email"),
        ("news.zip/c.csv#2", "news.zip", "csv"),
    ]
    assert quotable(done.articles[0]) == [BRIDGE]
    assert done.articles[1].title == "A tunnel"
    assert [(one.path, one.reason, one.kind) for one in done.skipped] == [
        ("news.zip/g.txt", "not text", "other format"),
        ("news.zip", "holds 3 files of kinds that are not read (.jpg, none)", "other format"),
    ]


def test_archives_inside_of_archives_are_read_to_some_depth(tmp_path):
    raw = zipped([("a.txt", BRIDGE)])
    for _ in range(5):
        raw = zipped([("in.zip", raw), ("b.txt", TUNNEL)])
    done = read_bytes(tmp_path, "a.zip", raw)
    assert [one.path for one in done.articles] == [
        "a.zip/in.zip/in.zip/b.txt",
        "a.zip/in.zip/b.txt",
        "a.zip/b.txt",
    ]
    assert [(one.reason, one.kind) for one in done.skipped][:1] == [
        ("nested too deep", "too large")
    ]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("C:\\a.txt", "C:/a.txt"),
        ("a\nb\x1b[31m.txt", "a b [31m.txt"),
        ("café.txt", "café.txt"),
        ("x" * 2000 + "/a.txt", None),
    ],
)
def test_names_of_members_are_only_names(tmp_path, name, path):
    folder = tmp_path / "in"
    folder.mkdir()
    article = read_bytes(folder, "a.zip", zipped([(name, BRIDGE)])).articles[0]
    assert article.text == BRIDGE
    assert path is None or article.path == f"a.zip/{path}"
    assert article.path.isprintable()
    assert {one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*")} == {
        "in",
        "in/a.zip",
    }


def test_a_name_in_utf_8_that_does_not_say_so_is_understood(tmp_path):
    raw = zipped([("cafXX.txt", BRIDGE)]).replace(b"cafXX", "café".encode())
    assert read_bytes(tmp_path, "a.zip", raw).articles[0].path == "a.zip/café.txt"


def test_two_members_of_one_name_are_two_articles(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped([("a.txt", BRIDGE), ("a.txt", TUNNEL)])
    first, second = read_bytes(tmp_path, "a.zip", raw).articles
    assert (first.text, second.text) == (BRIDGE, TUNNEL)
    assert first.path != second.path


def encrypted(raw):
    """Set the mark of encryption on every member of an archive."""
    made = bytearray(raw)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := raw.find(signature, start)) >= 0:
            made[start + at] |= 1
            start += 4
    return bytes(made)


def test_an_encrypted_archive_is_called_that(tmp_path):
    raw = encrypted(zipped([("a.txt", BRIDGE), ("b.txt", TUNNEL)]))
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.zip", raw)
    assert (error.value.reason, error.value.kind) == (
        "encrypted: it needs a password",
        "encrypted",
    )


@pytest.mark.parametrize("cut", [10, 200, -30, -5])
def test_an_archive_that_is_cut_off_is_damaged(tmp_path, cut):
    raw = zipped([("a.txt", BRIDGE), ("b.txt", TUNNEL)])
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.zip", raw[:cut])
    assert error.value.kind == "damaged"


def test_a_member_that_is_damaged_does_not_keep_the_next_one_from_being_read(tmp_path):
    raw = bytearray(zipped([("a.txt", BRIDGE), ("b.txt", TUNNEL)]))
    raw[40:50] = b"\xff" * 10
    done = read_bytes(tmp_path, "a.zip", bytes(raw))
    assert [one.text for one in done.articles] == [TUNNEL]
    assert [(one.path, one.kind) for one in done.skipped] == [("a.zip/a.txt", "damaged")]


@pytest.mark.parametrize("cut", [5, 30, -6])
def test_a_gzipped_file_that_is_cut_off_is_damaged(tmp_path, cut):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.txt.gz", gzip.compress(BRIDGE.encode() * 9)[:cut])
    assert error.value.kind == "damaged"


@pytest.mark.parametrize("name", ["a.gz", "a.tar.gz", "a.jpg.gz"])
def test_a_gzipped_file_of_another_kind_is_called_that(tmp_path, name):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, name, made.getvalue())
    assert error.value.kind == "other format"


@pytest.mark.parametrize("ending", ["txt", "jsonl", "csv", "mbox", "zip"])
def test_a_bomb_is_given_up_early(ending):
    size = MAX_BYTES + 1024
    for name, raw in (
        (f"a.{ending}.gz", gzip.compress(b"a" * size, 1)),
        ("a.zip", zipped([(f"a.{ending}", b"a" * size)], compresslevel=1)),
    ):
        try:
            found = parsed(name, raw)
        except Unreadable as error:
            found = [error]
        assert found
        assert all(isinstance(one, Unreadable) for one in found)


def test_what_all_members_unpack_to_is_bounded_however_deep_they_lie():
    inner = zipped([(f"{n}.txt", "words " * 1000) for n in range(20)])
    raw = zipped([(f"{n}.zip", inner) for n in range(20)])
    allowance = Allowance(bytes_left=100_000)
    found = parsed("a.zip", raw, allowance=allowance)
    texts = [one for one in found if isinstance(one, Document)]
    assert 10 <= len(texts) <= 16
    assert found[-1].kind == "too large"
    assert len(found) - len(texts) < 5


def test_the_number_of_members_is_bounded_however_deep_they_lie():
    inner = zipped([(f"{n}.txt", "words") for n in range(20)])
    raw = zipped([(f"{n}.zip", inner) for n in range(20)])
    found = parsed("a.zip", raw, allowance=Allowance(members_left=50))
    assert sum(isinstance(one, Document) for one in found) == 20 + 20 + 50 - 43
    assert found[-1].kind == "too large"


def test_a_member_that_lies_about_its_size_is_not_believed():
    raw = zipped([("a.txt", b"words " * 10_000)])
    size = (60_000).to_bytes(4, "little")
    found = parsed("a.zip", raw.replace(size, (6).to_bytes(4, "little")))
    assert [getattr(one, "kind", None) for one in found] == ["damaged"]
    found = parsed("a.zip", raw.replace(size, (2**32 - 2).to_bytes(4, "little")))
    assert all(isinstance(one, Unreadable) or len(one.text) == 60_000 for one in found)


def test_a_list_of_members_that_would_fill_the_memory_is_refused():
    raw = bytearray(zipped([("a.txt", BRIDGE)]))
    end = raw.rfind(b"PK\x05\x06")
    raw[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    with pytest.raises(Unreadable) as error:
        parsed("a.zip", bytes(raw))
    assert error.value.kind == "too large"


def test_an_archive_larger_than_its_members_may_be_is_read():
    rows = "".join(json.dumps({"text": f"words of {n}"}) + "\n" for n in range(3000))
    found = parsed("a.zip", zipped([("a.jsonl", rows), ("b.txt", BRIDGE)]))
    assert len(found) == 3001
    assert (found[-2].part, found[-1].part) == ("/a.jsonl#3000", "/b.txt")


def test_an_empty_archive_holds_no_article(tmp_path):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, "a.zip", zipped([]))
    assert error.value.kind == "no words"
