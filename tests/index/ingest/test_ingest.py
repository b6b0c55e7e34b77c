"""Folder -> index: only what changed, and nothing lost."""

import os
import sqlite3
from pathlib import Path

import pytest
from stand_ins import HashingEncoder, StandInRetriever, ignore, ingest

from index.errors import BadPath, IndexBroken, IndexMissing
from index.ingest.run import Ingest
from index.search.passage_index import PassageIndex
from index.store.embedded import holdings
from index.store.embedded.database import DATABASE
from index.store.embedded.storage import Store
from index.store.embedded.writer import EmbeddedWriter
from index.types import Progress

HERON = "The heron stood in the shallows all morning. It ate three frogs before noon.\n"
FERRY = "The ferry to the island was cancelled on Friday. Passengers waited for six hours.\n"
QUARRY = "The granite quarry closed in 1987. Its pit is a lake today.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "heron.txt").write_text(HERON)
    (folder / "ferry.md").write_text(FERRY)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


def first(home: Path, query: str) -> str:
    hits = StandInRetriever(home).search(query).hits
    return hits[0].article.path if hits else ""


def paths(home: Path) -> list[str]:
    return [path for _, _, path in PassageIndex.open(home).store.paths()]


def ids(home: Path) -> set[tuple[int, str]]:
    return set(Store.open(home).connection.execute("SELECT id, public_id FROM passages"))


def test_the_right_passage_is_found(root, home):
    report = ingest(root, home)
    assert (report.articles, report.added, report.skipped) == (2, 2, ())
    assert first(home, "what did the heron eat") == "heron.txt"
    assert first(home, "when was the ferry cancelled") == "ferry.md"


def test_an_unchanged_folder_is_neither_read_nor_encoded_again(root, home):
    ingest(root, home)
    before = ids(home)
    encoder = HashingEncoder()
    report = ingest(root, home, encoder=encoder)
    assert (report.added, report.changed, report.removed, encoder.encoded) == (0, 0, 0, [])
    assert ids(home) == before


def test_a_touched_file_with_the_same_bytes_keeps_its_passages(root, home):
    ingest(root, home)
    before = ids(home)
    (root / "heron.txt").write_text(HERON)
    assert ingest(root, home).changed == 0
    assert ids(home) == before


def test_a_changed_file_is_read_again_and_its_old_words_are_gone(root, home):
    ingest(root, home)
    (root / "heron.txt").write_text(QUARRY)
    assert ingest(root, home).changed == 1
    assert first(home, "when did the quarry close") == "heron.txt"
    assert not [hit for hit in StandInRetriever(home).search("heron frogs").hits if hit.bm25]


def test_only_the_changed_sentences_of_a_file_are_encoded_again(root, home):
    long = "\n\n".join(f"Paragraph {n} is about the topic number {n}. " * 9 for n in range(6))
    (root / "long.txt").write_text(long)
    ingest(root, home)
    (root / "long.txt").write_text(long + "\n\n" + QUARRY)
    encoder = HashingEncoder()
    ingest(root, home, encoder=encoder)
    assert 1 <= len(encoder.encoded) <= 2


def test_a_removed_file_is_gone_from_every_answer(root, home):
    ingest(root, home)
    (root / "ferry.md").unlink()
    assert ingest(root, home).removed == 1
    assert paths(home) == ["heron.txt"]
    assert {hit.article.path for hit in StandInRetriever(home).search("ferry").hits} == {
        "heron.txt"
    }


def test_roots_accumulate_and_only_the_named_one_is_pruned(root, home, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "quarry.txt").write_text(QUARRY)
    ingest(root, home)
    ingest(other, home)
    (root / "heron.txt").unlink()
    (other / "quarry.txt").unlink()
    ingest(root, home)
    assert paths(home) == ["ferry.md", "quarry.txt"]


def test_a_missing_root_drops_nothing_and_says_so(root, home, tmp_path):
    ingest(root, home)
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(BadPath, match="nothing indexed from it was dropped"):
        ingest(root, home)
    assert len(paths(home)) == 2


def test_bad_files_are_named_with_a_reason_and_the_others_go_on(root, home):
    (root / "empty.txt").write_bytes(b"")
    (root / "binary.txt").write_bytes(bytes(range(256)) * 40)
    report = ingest(root, home)
    assert report.articles == 2
    assert [skipped.path for skipped in report.skipped] == ["binary.txt", "empty.txt"]
    assert all(skipped.reason for skipped in report.skipped)


def test_a_skipped_file_is_tried_again(root, home):
    (root / "later.txt").write_bytes(b"")
    ingest(root, home)
    (root / "later.txt").write_text(QUARRY)
    report = ingest(root, home)
    assert (report.added, report.skipped) == (1, ())


def test_an_article_that_turned_into_rubbish_is_no_longer_quoted(root, home):
    ingest(root, home)
    (root / "heron.txt").write_bytes(b"")
    report = ingest(root, home)
    assert [skipped.path for skipped in report.skipped] == ["heron.txt"]
    assert paths(home) == ["ferry.md"]


def test_files_of_other_kinds_are_counted(root, home):
    (root / "photo.jpg").write_bytes(b"\xff\xd8")
    assert any("another kind" in notice for notice in ingest(root, home).notices)


def test_hidden_files_and_links_out_of_the_root_are_never_read(root, home, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(QUARRY)
    (root / "link.txt").symlink_to(secret)
    (root / ".hidden.txt").write_text(QUARRY)
    (root / "loop").symlink_to(root)
    assert ingest(root, home).articles == 2


def test_a_name_that_is_no_utf8_is_indexed_and_found(root, home):
    strange = root / "caf\udce9.txt"
    try:
        strange.write_text(QUARRY)
    except OSError:
        strange = root / "plain.txt"
        strange.write_text(QUARRY)
    ingest(root, home)
    assert first(home, "granite quarry") == strange.name
    assert ingest(root, home).added == 0


def test_one_file_can_be_a_root(root, home):
    report = ingest(root / "heron.txt", home)
    assert (report.articles, paths(home)) == (1, ["heron.txt"])


def test_a_file_that_vanishes_in_the_middle_is_named_and_the_others_go_on(root, home):
    def take_away(progress: Progress) -> None:
        if progress.stage == "reading" and progress.total:
            (root / "heron.txt").unlink(missing_ok=True)

    store = Store.create(home)
    report = Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
        root, report=take_away, is_cancelled=lambda: False
    )
    store.close()
    assert [skipped.path for skipped in report.skipped] == ["heron.txt"]
    assert paths(home) == ["ferry.md"]
    assert ingest(root, home).skipped == ()


def test_articles_in_another_language_are_said_once(root, home):
    german = "Der Reiher stand den ganzen Morgen im flachen Wasser und fraß drei Frösche. " * 6
    (root / "reiher.txt").write_text(german)
    assert any("not look English" in notice for notice in ingest(root, home).notices)
    assert not ingest(root, home).notices
    assert holdings.other_languages(Store.open(home)) == ("reiher.txt",)


def test_a_file_edited_to_the_same_size_under_its_old_time_is_read_again(root, home):
    ingest(root, home)
    seen = (root / "heron.txt").stat()
    (root / "heron.txt").write_text(HERON.replace("three", "seven"))
    os.utime(root / "heron.txt", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    now = (root / "heron.txt").stat()
    assert (now.st_size, now.st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)
    assert ingest(root, home).changed == 1
    hit = StandInRetriever(home).search("frogs of the heron").hits[0]
    assert "seven frogs" in hit.article.text


def test_a_file_of_which_only_the_rights_changed_is_only_stamped_anew(root, home):
    ingest(root, home)
    before = ids(home)
    (root / "heron.txt").chmod(0o600)
    encoder = HashingEncoder()
    report = ingest(root, home, encoder=encoder)
    assert (report.added, report.changed, encoder.encoded) == (0, 0, [])
    assert ids(home) == before
    stamps = Store.open(home).connection.execute("SELECT ctime_ns FROM files ORDER BY path")
    assert stamps.fetchall()[1] == ((root / "heron.txt").stat().st_ctime_ns,)


class Stop(Exception):
    """Somebody pressed Ctrl+C."""


def test_an_interrupt_leaves_the_last_commit_and_the_next_run_goes_on(root, home, monkeypatch):
    monkeypatch.setattr("index.ingest.batches.COMMIT_PASSAGES", 1)
    seen: list[Progress] = []

    def stop_at_the_second(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == "reading" and progress.done == 1:
            raise Stop

    store = Store.create(home)
    with pytest.raises(Stop):
        Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
            root, report=stop_at_the_second, is_cancelled=lambda: False
        )
    store.close()
    assert paths(home) == ["ferry.md"]
    assert first(home, "ferry") == "ferry.md"
    report = ingest(root, home)
    assert (report.added, report.articles) == (1, 2)


def test_cancelling_keeps_what_was_committed_and_says_so(root, home):
    store = Store.create(home)
    report = Ingest(EmbeddedWriter(store), lambda _: HashingEncoder()).run(
        root, report=ignore, is_cancelled=lambda: True
    )
    store.close()
    assert any("stopped before the end" in notice for notice in report.notices)


@pytest.mark.parametrize("harm", ["cut", "missing", "foreign"])
def test_a_faiss_file_that_cant_be_trusted_is_rebuilt_before_use(root, home, harm):
    ingest(root, home)
    expected = StandInRetriever(home).search("heron frogs").hits
    (file,) = home.glob("vectors-*.faiss")
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:40])
    elif harm == "missing":
        file.unlink()
    else:
        file.write_bytes(b"something else")
    assert StandInRetriever(home).search("heron frogs").hits == expected
    ingest(root, home)
    assert next(home.glob("vectors-*.faiss")).stat().st_size > 40


def test_rows_after_the_faiss_file_are_searched_and_deleted_ones_masked(root, home):
    ingest(root, home)
    (root / "quarry.txt").write_text(QUARRY)
    (root / "ferry.md").unlink()
    ingest(root, home)
    assert [file.name for file in home.glob("vectors-*.faiss")] == ["vectors-1.faiss"]
    hits = StandInRetriever(home).search("the granite quarry and the ferry").hits
    assert [hit.article.path for hit in hits if hit.cosine is not None] == [
        "quarry.txt",
        "heron.txt",
    ]


def test_an_open_index_sees_what_another_process_commits(root, home):
    ingest(root, home)
    opened = StandInRetriever(home)
    opened.search("heron")
    (root / "quarry.txt").write_text(QUARRY)
    ingest(root, home)
    assert opened.search("granite quarry").hits[0].article.path == "quarry.txt"


def test_no_index_and_a_broken_one_are_told_apart(tmp_path):
    with pytest.raises(IndexMissing):
        Store.open(tmp_path)
    (tmp_path / DATABASE).write_bytes(b"this is no database at all" * 99)
    with pytest.raises(IndexBroken):
        Store.open(tmp_path)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE somebody_elses (x)")
    other.close()
    (tmp_path / DATABASE).write_bytes((tmp_path / "other.db").read_bytes())
    with pytest.raises(IndexBroken):
        Store.open(tmp_path)


def test_an_index_on_a_disk_that_may_not_be_written_can_be_asked(root, home):
    ingest(root, home)
    for path in [*home.iterdir(), home]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert first(home, "heron") == "heron.txt"
    finally:
        home.chmod(0o755)


def test_the_keyword_index_forgets_what_was_removed(root, home):
    ingest(root, home)
    for path in list(root.iterdir()):
        path.unlink()
    ingest(root, home)
    store = Store.open(home)
    assert holdings.counts(store).passages == 0
    found = store.connection.execute("SELECT count(*) FROM keywords WHERE keywords MATCH 'heron'")
    assert found.fetchone() == (0,)
