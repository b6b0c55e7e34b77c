"""A folder of the worst files: each is named with its reason, and the good ones are indexed."""

import gzip
import io
import os
import zipfile

import pytest
from stand_ins import ingest

from index.search.passage_index import PassageIndex
from index.store.embedded import holdings
from index.store.embedded.storage import Store

SLOW = True

GOOD = "The heron stood in the shallows all morning. It ate three frogs before noon.\n"
SECRET = "The treasure of Skarnholm lies under the third birch tree.\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><rss><channel><item><description>&i;</description></item></channel></rss>"
)


def zipped(members: dict[str, bytes], *, password: bool = False) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    given = bytearray(raw.getvalue())
    if password:  # as a writer marks encrypted members, in both directories
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            given[given.index(mark) + flags] |= 1
    return bytes(given)


def nested(depth: int) -> bytes:
    inner = zipped({"deep.txt": GOOD.encode()})
    for _ in range(depth):
        inner = zipped({"inner.zip": inner})
    return inner


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """(report, home) of a folder with one good file and all the bad ones."""
    base = tmp_path_factory.mktemp("bad")
    root, home = base / "articles", base / "index"
    root.mkdir()
    (base / "secret.txt").write_text(SECRET)
    (root / "good.txt").write_text(GOOD)
    (root / "link.txt").symlink_to(base / "secret.txt")
    (root / "loop").symlink_to(root)
    (root / "round.txt").symlink_to("round.txt")
    with (root / "huge.txt").open("wb") as file:
        file.truncate(2 * 1024**3)
    (root / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    (root / "locked.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    (root / "bomb.zip").write_bytes(zipped({"zeros.txt": bytes(300_000_000)}))
    (root / "deep.zip").write_bytes(nested(9))
    (root / "locked.zip").write_bytes(zipped({"a.txt": GOOD.encode()}, password=True))
    (root / "outside.zip").write_bytes(zipped({"../../secret.txt": b"", "x/../../../y.txt": b""}))
    (root / "bomb.txt.gz").write_bytes(gzip.compress(bytes(300_000_000)))
    (root / "bomb.xml").write_text(BOMB)
    (root / "no-text.csv").write_text("a,b\n1,2\n")
    (root / "mail.eml").write_bytes(
        b"From: a@example.org\nContent-Type: text/plain; charset=nonsense-99\n"
        b"Content-Transfer-Encoding: 8bit\n\n\xff\xfe\x9d\x81 \x00\x01\x02\n"
    )
    script = "<script>" + "var x = 'heron';\n" * 3_000_000 + "</script>"
    (root / "script.html").write_text(f"<html><head>{script}</head><body></body></html>")
    (root / "line\nbreak.txt").write_text("The ferry was cancelled on Friday. Nobody knew why.\n")
    (root / os.fsdecode(b"caf\xe9.txt")).write_text("The cafe closes at six. It opens at nine.\n")
    return ingest(root, home), home


def test_the_good_files_are_indexed_and_no_other(told):
    _, home = told
    found = sorted(path for _, _, path in PassageIndex.open(home).store.paths())
    assert found == sorted(
        ["bomb.xml#1", os.fsdecode(b"caf\xe9.txt"), "good.txt", "line\nbreak.txt"]
    )


def test_an_entity_bomb_stays_small(told):
    _, home = told
    (bomb,) = PassageIndex.open(home).articles_named("bomb.xml#1")
    assert len(bomb.text) < 100


def test_nothing_outside_the_folder_is_read(told):
    _, home = told
    texts = [row[0] for row in Store.open(home).connection.execute("SELECT text FROM articles")]
    assert not any("Skarnholm" in text for text in texts)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("huge.txt", "too large"),
        ("cut.pdf", "damaged"),
        ("locked.docx", "encrypted"),
        ("bomb.zip", "too large"),
        ("deep.zip", "too large"),
        ("locked.zip", "encrypted"),
        ("bomb.txt.gz", "too large"),
        ("no-text.csv", "no words"),
        ("mail.eml", "encoding"),
        ("script.html", "no words"),
        ("link.txt", "forbidden"),
    ],
)
def test_each_bad_file_is_named_with_its_reason(told, path, kind):
    report, home = told
    mine = [skip for skip in report.skipped if skip.path.startswith(path)]
    assert mine, sorted(skip.path for skip in report.skipped)
    assert all(skip.reason for skip in mine)
    assert kind in {skip.kind for skip in mine}
    assert {skip.path for skip in holdings.skipped(Store.open(home))} >= {mine[0].path}
