"""What is whole of a damaged index is kept, the rest read again, and what stays lost is told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import faulty_index
import pytest
from faulty_index import Made, bring, contents
from stand_ins import HashingEncoder, StandInRetriever, ignore

from index.errors import IndexBroken, IndexDamaged, IndexMissing, StorageFailed
from index.ingest import building
from index.ingest.building import BuildOptions, forget_root
from index.ingest.repairing import repair
from index.rules import Rules
from index.store.embedded import holdings, ledger
from index.store.embedded.storage import Store

SLOW = True

STORY = "The ropewalk of Ternhaven burned in 1904. It was rebuilt in brick two years later."


@pytest.fixture(autouse=True)
def limits():
    with faulty_index.small_limits():
        yield


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Two folders: a few texts with a copy among them, and a table; and a hidden note."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for number in range(4):
        (first / f"{number}.txt").write_text(f"The mill number {number} stands by a weir. {STORY}")
    (first / "copy.txt").write_text((first / "2.txt").read_text())
    (first / "empty.txt").touch()
    (second / "table.csv").write_text(
        "title,text\n"
        + "".join(f'Row {n},"Boat {n} was built of oak. {STORY}"\n' for n in range(4))
    )
    (second / ".note.md").write_text("A hidden note about the weir. It says little.")
    index(tmp_path / "index", first)
    index(tmp_path / "index", second, rules=Rules(hidden=True))
    return Made((first, second), tmp_path / "index")


def index(home: Path, root: Path, **options: object):
    options = BuildOptions(cache=home.parent / "cache", encoder=HashingEncoder(), **options)
    return building.build(root, home, options, report=ignore)


def mend(home: Path) -> tuple[str, ...]:
    options = BuildOptions(cache=home.parent / "cache", encoder=HashingEncoder())
    return repair(home, options, report=ignore)


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "index.sqlite3")) as connection, connection:
        connection.create_function("row_sum", -1, lambda *_: b"")
        for statement in statements:
            connection.execute(statement)


DAMAGES = [
    "UPDATE articles SET text = replace(text, '1904', '1905') WHERE id = 2",
    "UPDATE articles SET title = x'ff' WHERE id = 2",
    "UPDATE articles SET text = CAST(x'ff' AS TEXT) WHERE id = 3",
    "UPDATE articles SET omissions = '[' WHERE id = 2",
    "UPDATE articles SET id = 77 WHERE id = 7",
    "UPDATE passages SET sentences = '[[0, 5, \"prose\", 0]]' WHERE id = 2",
    "UPDATE passages SET vector = zeroblob(256) WHERE id = 2",
    "UPDATE passages SET article_id = 1 WHERE id = 2",
    "DELETE FROM passages WHERE id = 3",
    "DELETE FROM articles WHERE id = 8",
    "DELETE FROM files WHERE id = 2",
    "UPDATE files SET path = x'ff00' WHERE id = 2",
    "UPDATE skipped SET kind = 'nonsense'",
    "DELETE FROM skipped",
    "DELETE FROM keywords_data WHERE id > 10",
    "UPDATE keywords_docsize SET id = 99 WHERE id = 1",
    "DELETE FROM manifest",
    "UPDATE manifest SET value = 'x' WHERE name = 'generation'",
    "UPDATE roots SET rules = '{' WHERE id = 2",
    "UPDATE roots SET other_kinds = '[' WHERE id = 1",
    "UPDATE roots SET path = '/elsewhere' WHERE id = 1",
    "DROP TABLE bands",
]


@pytest.mark.parametrize("how", ["indexing", "repairing"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_damaged_the_index_is_whole_again_and_what_was_done_is_said(made, damage, how):
    before = contents(made.home)
    change(made.home, "PRAGMA foreign_keys = OFF", damage)
    if how == "indexing":
        notices = [notice for root in made.roots for notice in bring(made.home, root).notices]
    else:
        notices = mend(made.home)
    assert any("the index was damaged" in notice for notice in notices)
    assert contents(made.home) == before
    assert faulty_index.examined(made.home).verdict == "ok"
    assert mend(made.home) == ()


def test_only_what_is_not_whole_is_read_again_and_encoded(made):
    change(made.home, "UPDATE articles SET text = 'x' || text WHERE path = '1.txt'")
    encoder = HashingEncoder()
    options = BuildOptions(cache=made.home.parent / "cache", encoder=encoder)
    report = building.build(made.roots[0], made.home, options, report=ignore)
    assert report.notices[0] == "the index was damaged: 1 of 8 files are read again"
    assert (report.added, len(encoder.encoded)) == (1, 1)


def test_a_copy_of_an_article_that_is_damaged_is_read_again_with_it(made):
    before = contents(made.home)
    change(made.home, "UPDATE articles SET text = 'x' || text WHERE path = '2.txt'")
    (notice, *_) = mend(made.home)
    assert notice == "the index was damaged: 2 of 8 files are read again"
    assert contents(made.home) == before
    with closing(Store.open(made.home)) as store:
        assert holdings.reprints(store) == (("copy.txt", "2.txt"),)


def test_a_database_that_cant_be_opened_is_made_anew_from_all_its_folders_and_their_rules(made):
    before = contents(made.home)
    (made.home / "index.sqlite3").write_bytes(b"nothing of ours" * 999)
    report = bring(made.home, made.roots[0])
    assert report.notices[0] == "the index was damaged: 8 of 8 files are read again"
    assert contents(made.home) == before


def test_without_a_ledger_an_index_that_cant_be_opened_is_refused_with_what_to_do(made):
    (made.home / "index.sqlite3").write_bytes(b"nothing of ours" * 999)
    (made.home / "ledger.json").unlink()
    for attempt in (lambda: bring(made.home, made.roots[0]), lambda: mend(made.home)):
        with pytest.raises(IndexBroken, match="--rebuild"):
            attempt()
    assert (made.home / "index.sqlite3").read_bytes().startswith(b"nothing of ours")
    index(made.home, made.roots[0], rebuild=True)
    assert faulty_index.examined(made.home).verdict == "ok"


def test_with_a_torn_ledger_what_is_not_known_is_said(made):
    (made.home / "index.sqlite3").write_bytes(b"nothing of ours" * 999)
    (made.home / "ledger.json").write_text("{}\n")
    with pytest.raises(IndexBroken, match="not even which folders"):
        mend(made.home)
    assert (made.home / "index.sqlite3").read_bytes().startswith(b"nothing of ours")
    report = bring(made.home, made.roots[0])
    assert "what else it held must be indexed again" in report.notices[0]
    with closing(Store.open(made.home)) as store:
        assert holdings.roots(store) == (str(made.roots[0]),)


def test_what_cant_be_read_again_is_kept_if_whole_and_else_told_until_its_folder_is_back(made):
    before = contents(made.home)
    made.roots[0].rename(made.home.parent / "away")
    change(made.home, "UPDATE articles SET text = 'x' || text WHERE path = '1.txt'")
    done = mend(made.home)
    assert done[0] == "the index was damaged: 1 of 8 files are read again"
    assert any(str(made.roots[0]) in line and "not there now" in line for line in done)
    retriever = StandInRetriever(made.home)
    assert retriever.search("mill number 3").hits[0].article.path == "3.txt"
    assert any("lost to damage" in fault for fault in retriever.passages.store.known_faults())
    check = faulty_index.examined(made.home)
    assert (check.verdict, "damage took articles" in check.says) == ("failed", True)
    (made.home.parent / "away").rename(made.roots[0])
    bring(made.home, made.roots[0])
    assert contents(made.home)[1:] == before[1:]
    assert StandInRetriever(made.home).passages.store.known_faults() == ()
    assert faulty_index.examined(made.home).verdict == "ok"


def test_a_folder_that_stays_away_can_be_dropped(made):
    made.roots[0].rename(made.home.parent / "away")
    change(made.home, "UPDATE articles SET text = 'x' || text WHERE path = '1.txt'")
    mend(made.home)
    forget_root(made.home, made.roots[0])
    check = faulty_index.examined(made.home)
    assert (check.verdict, check.says) == ("ok", "sound; articles: 5")


def test_a_rebuild_of_a_damaged_index_takes_all_its_folders_along(made):
    before = contents(made.home)
    (made.home / "index.sqlite3").write_bytes(b"nothing of ours" * 999)
    index(made.home, made.roots[0], rebuild=True)
    assert sorted(map(len, contents(made.home))) == sorted(map(len, before))
    with closing(Store.open(made.home)) as store:
        assert set(holdings.roots(store)) == set(map(str, made.roots))


def test_a_rebuild_of_an_index_of_another_format_takes_all_its_folders_along(made):
    with closing(Store.create(made.home)) as store, store.transaction():
        store.set_manifest("format", "2")
    (made.home / "ledger.json").unlink()
    with pytest.raises(IndexBroken, match="of format 2"):
        bring(made.home, made.roots[0])
    index(made.home, made.roots[0], rebuild=True)
    with closing(Store.open(made.home)) as store:
        assert set(holdings.roots(store)) == set(map(str, made.roots))


def test_a_disk_too_full_to_mend_leaves_the_damaged_index_and_its_warning(made, monkeypatch):
    change(made.home, "UPDATE articles SET text = 'x' || text WHERE path = '1.txt'")
    before = (made.home / "index.sqlite3").read_bytes()

    def full(*_: object) -> None:
        raise StorageFailed("cannot write: the disk is full")

    monkeypatch.setattr("index.store.embedded.salvage._write", full)
    with pytest.raises(StorageFailed):
        mend(made.home)
    assert (made.home / "index.sqlite3").read_bytes() == before
    assert any(
        "is damaged" in fault for fault in StandInRetriever(made.home).passages.store.known_faults()
    )


def test_what_is_not_damaged_is_left_alone(made):
    before = (made.home / "index.sqlite3").read_bytes()
    assert mend(made.home) == ()
    assert (made.home / "index.sqlite3").read_bytes() == before
    assert ledger.read(made.home).digest


def test_where_there_is_no_index_none_is_made(tmp_path):
    with pytest.raises(IndexMissing):
        mend(tmp_path / "index")
    assert not list(tmp_path.glob("index/*"))


def test_a_damaged_article_is_not_shown_and_others_still_are(made, monkeypatch):
    """In a database too large to be compared whole."""
    monkeypatch.setattr("index.store.embedded.database.WHOLE_BYTES", 0)
    index(made.home, made.roots[0])
    change(made.home, "UPDATE articles SET text = replace(text, 'weir', 'pier') WHERE id = 2")
    retriever = StandInRetriever(made.home)
    shown = {hit.article.path for hit in retriever.search("mill by a weir").hits}
    assert "0.txt" in shown
    assert "1.txt" not in shown
    assert any(
        "a part of it is not as it was written" in f
        for f in retriever.passages.store.known_faults()
    )
    with pytest.raises(IndexDamaged):
        retriever.passages.articles_named("1.txt")
    (made.roots[0] / "1.txt").unlink()
    notices = bring(made.home, made.roots[0]).notices
    assert any("the index was damaged" in notice for notice in notices)
    assert StandInRetriever(made.home).passages.store.known_faults() == ()


def test_a_passage_that_is_missing_where_the_vectors_know_it_is_told(made, monkeypatch):
    monkeypatch.setattr("index.store.embedded.database.WHOLE_BYTES", 0)
    index(made.home, made.roots[0])
    change(made.home, "DELETE FROM passages WHERE id = 2")
    retriever = StandInRetriever(made.home)
    retriever.search("mill number 1 by a weir")
    assert any("damaged" in fault for fault in retriever.passages.store.known_faults())
