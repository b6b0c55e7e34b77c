"""The word index ranks as FTS5 does, holds what it was given, and is never trusted when torn."""

import errno
import os
import random
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from fts5 import search as by_fts5
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexBroken
from index.seals import sealed_folder
from index.store.embedded.rowsets import RowSet
from index.store.embedded.words import WordIndex
from index.text.keywords import Choice, KeywordQuery, parse

TEXTS = [
    "the granite quarry closed after the flood",
    "the quarry of granite closed",
    "two ferries sailed past the café",
    "a ferry carried 5,000 people, and U.S. coins",
    "an orchid, a pebble and a lantern",
    "the lantern of the ferry",
]


def made(folder: Path, texts: list[str]) -> WordIndex:
    WordIndex.create(folder / "words").write(enumerate(texts, start=1), ())
    return opened(folder / "words")


def opened(folder: Path) -> WordIndex:
    return WordIndex.open(folder, seals=sealed_folder(folder, {}))


def continued(
    folder: Path, draft: Path, added: list[tuple[int, str]], gone: list[int]
) -> WordIndex:
    WordIndex.continued(folder, draft, seals=sealed_folder(folder, {})).write(added, gone)
    return opened(draft)


def rows(index: WordIndex, query: str | KeywordQuery, k: int = 10, **masks) -> list[int]:
    parsed = parse(query) if isinstance(query, str) else query
    ranking = index.search(parsed, k, only=masks.get("only"), without=masks.get("without"))
    return [row for row, _ in ranking]


@pytest.fixture
def index(tmp_path) -> WordIndex:
    return made(tmp_path, TEXTS)


def test_scores_are_those_of_fts5_for_words_that_few_passages_have(tmp_path):
    rng = random.Random(1)
    common = [f"common{n}" for n in range(50)]
    rare = [f"rare{n}" for n in range(300)]
    texts = [" ".join([*rng.choices(common, k=12), *rng.choices(rare, k=3)]) for _ in range(400)]
    index = made(tmp_path, texts)
    for query in ("rare1 rare7", "rare100 rare101 rare102", "rare50"):
        expected = dict(by_fts5(texts, query))
        found = dict(index.search(parse(query), 400, only=None, without=None))
        assert found.keys() == expected.keys() != set()
        for row, score in found.items():
            assert score == pytest.approx(expected[row], rel=0.02)


@pytest.mark.parametrize("query", ["ferry", "cafe", "CAFÉ", "5,000", "U.S.", "sailing", "coin"])
def test_words_are_read_as_fts5_reads_them(index, query):
    assert set(rows(index, query)) == {row for row, _ in by_fts5(TEXTS, query)} != set()


def test_a_phrase_in_double_quotes_must_occur(index):
    assert rows(index, 'why did the "granite quarry" close') == [1]
    assert rows(index, '"closed granite"') == []


def test_a_passage_counts_the_best_reading_only(tmp_path):
    both = "zelenskyy also spelt zelensky opened the old bridge"
    one = "zelensky opened the bridge and the tunnel in town"
    index = made(tmp_path, [both, one, *["rain fell over the harbour"] * 4])
    query = KeywordQuery(
        ("zelensky", "bridge", "tunnel"), (), (Choice((("zelensky",), ("zelenskyy",))),)
    )
    assert rows(index, query)[0] == 2
    assert set(rows(index, query)) == {1, 2}


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> WordIndex:
    return made(tmp_path_factory.mktemp("shared"), TEXTS)


@given(only=st.none() | st.sets(st.integers(0, 9)), without=st.none() | st.sets(st.integers(0, 9)))
def test_masked_rows_never_come_back_and_all_others_do(shared, only, without):
    found = rows(
        shared,
        "the a",
        only=None if only is None else RowSet.of(only),
        without=None if without is None else RowSet.of(without),
    )
    allowed = set(range(1, 7)) if only is None else only & set(range(1, 7))
    assert set(found) == allowed - (without or set())


def test_of_many_rows_the_best_are_found_behind_masked_ones(index, tmp_path, monkeypatch):
    monkeypatch.setattr("index.store.embedded.words._FEW", 0)
    assert rows(index, "the", k=1, only=RowSet.of([6])) == [6]
    assert rows(index, "the", k=1, only=RowSet.of([5])) == []


def test_what_is_written_on_is_another_one_and_the_one_before_stays(index, tmp_path):
    folder, before = tmp_path / "words", rows(index, "the ferry")
    files = sealed_folder(folder, {})
    later = continued(folder, tmp_path / "later", [(7, "a new ferry")], [4])
    assert set(rows(later, "ferry")) == {3, 6, 7}
    last = continued(tmp_path / "later", tmp_path / "last", [(8, "the last ferry")], [3, 7])
    assert set(rows(last, "ferry")) == {6, 8}
    assert sealed_folder(folder, {}) == files
    assert rows(index, "the ferry") == before == rows(opened(folder), "the ferry")


def test_most_of_it_is_shared_with_the_one_before_and_copied_where_the_disk_can_only_do_that(
    index, tmp_path, monkeypatch
):
    folder = tmp_path / "words"
    continued(folder, tmp_path / "shared", [(7, "a new ferry")], [])
    names = {file.name for file in folder.glob("*.term")}
    assert all((folder / name).samefile(tmp_path / "shared" / name) for name in names)

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no second names here")

    monkeypatch.setattr(os, "link", refuse)
    copied = continued(folder, tmp_path / "copied", [(7, "a new ferry")], [4])
    assert not any((folder / name).samefile(tmp_path / "copied" / name) for name in names)
    assert set(rows(copied, "ferry")) == {3, 6, 7}


@given(st.text())
def test_no_text_at_all_breaks_a_query(shared, query):
    rows(shared, query)


@pytest.mark.parametrize("harm", ["cut", "missing", "foreign", "one bit", "more", "gone"])
def test_one_that_is_not_what_was_written_is_refused(index, tmp_path, harm):
    seals = sealed_folder(tmp_path / "words", {})
    folder = Path(shutil.copytree(tmp_path / "words", tmp_path / "torn"))
    (file,) = folder.glob("*.term")
    raw = file.read_bytes()
    if harm == "cut":
        file.write_bytes(raw[:-9])
    elif harm == "foreign":
        file.write_bytes(b"something else" * 9)
    elif harm == "one bit":
        file.write_bytes(raw[:20] + bytes([raw[20] ^ 4]) + raw[21:])
    elif harm == "missing":
        file.unlink()
    elif harm == "more":
        (folder / "more.term").write_bytes(raw)
    else:
        folder = tmp_path / "elsewhere"
    for use in (WordIndex.open, partial(WordIndex.continued, draft=tmp_path / "draft")):
        with pytest.raises(IndexBroken):
            use(folder, seals=seals)


def test_a_panic_of_the_library_is_an_index_that_cant_be_read(index, tmp_path):
    """As in a file too large to be compared whole."""
    (file,) = (tmp_path / "words").glob("*.idx")
    size = file.stat().st_size
    file.unlink()  # it is mapped into memory, and must not be cut there
    file.write_bytes(bytes(size))
    with pytest.raises(IndexBroken):
        rows(opened(tmp_path / "words"), "ferry quarry")


@pytest.mark.parametrize("ending", ["term", "fast", "fieldnorm"])
def test_one_that_cant_be_written_on_says_so_and_does_not_blame_the_disk(tmp_path, ending):
    made(tmp_path, TEXTS)
    torn = Path(shutil.copytree(tmp_path / "words", tmp_path / "torn"))
    (file,) = torn.glob(f"*.{ending}")
    file.write_bytes(bytes(file.stat().st_size))
    with pytest.raises(IndexBroken):
        continued(torn, tmp_path / "draft", [(9, "the ferry")], [3])


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from index.errors import StorageFailed
from index.seals import sealed_folder
from index.store.embedded.words import WordIndex
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
added = [(row, f"the ferry number {row}") for row in range(10, 4000)]
try:
    WordIndex.continued(folder, folder.parent / "draft", seals=sealed_folder(folder, {})).write(
        added, [1, 2]
    )
except StorageFailed as error:
    print("STORAGE", error)
"""


@pytest.mark.parametrize("most_bytes", [10, 1_000, 5_000])
def test_a_full_disk_is_said_and_the_one_before_stays(index, tmp_path, most_bytes):
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "words"), str(most_bytes)]
    before = sealed_folder(tmp_path / "words", {})
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "STORAGE" in done.stdout, done.stderr
    assert sealed_folder(tmp_path / "words", {}) == before
    later = continued(tmp_path / "words", tmp_path / "later", [(7, "a new ferry")], [4])
    assert set(rows(later, "ferry")) == {3, 6, 7}
