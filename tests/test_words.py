"""The word index ranks as FTS5 does, holds what it was given, and is never trusted when torn."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_keywords import search as by_fts5

from index.errors import IndexBroken
from index.keywords import Choice, KeywordQuery, parse
from index.rowsets import RowSet
from index.words import WordIndex

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
    return WordIndex.open(folder / "words")


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
    monkeypatch.setattr("index.words._FEW", 0)
    assert rows(index, "the", k=1, only=RowSet.of([6])) == [6]
    assert rows(index, "the", k=1, only=RowSet.of([5])) == []


def test_writing_twice_changes_nothing_and_dropped_rows_are_gone(index, tmp_path):
    before = rows(index, "the ferry")
    WordIndex.open(tmp_path / "words").write([(4, TEXTS[3])], [])
    assert rows(WordIndex.open(tmp_path / "words"), "the ferry") == before
    WordIndex.open(tmp_path / "words").write([(7, "a new ferry")], [4])
    fresh = WordIndex.open(tmp_path / "words")
    assert set(rows(fresh, "ferry")) == {3, 6, 7}
    assert rows(index, "the ferry") == before


@given(st.text())
def test_no_text_at_all_breaks_a_query(shared, query):
    rows(shared, query)


@pytest.mark.parametrize("harm", ["cut", "missing", "foreign", "gone"])
def test_a_torn_one_is_refused(index, tmp_path, harm):
    folder = Path(shutil.copytree(tmp_path / "words", tmp_path / "torn"))
    files = [file for file in folder.iterdir() if file.suffix in (".term", ".idx")]
    assert len(files) == 2
    for file in files:
        if harm == "cut":
            file.write_bytes(file.read_bytes()[:-9])
        elif harm == "foreign":
            file.write_bytes(b"something else" * 9)
        elif harm == "missing":
            file.unlink()
    if harm == "gone":
        folder = tmp_path / "elsewhere"
    with pytest.raises(IndexBroken):
        WordIndex.open(folder)
