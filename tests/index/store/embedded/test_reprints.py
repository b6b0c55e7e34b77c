"""Copies of one article are one source: found once, listed, and never lost with their original."""

from pathlib import Path

import pytest
from stand_ins import HashingEncoder, StandInRetriever, ingest

from index.search.passage_index import PassageIndex
from index.store.embedded import holdings
from index.store.embedded.storage import Store

SENTENCES = [
    f"On day {day} the harbour pilots of Ternhaven brought {day * 7 + 3} ships past the sandbank, "
    f"and the {name} tug stood by for {day + 2} hours."
    for day, name in enumerate(
        "amber beech cedar dahlia elder fennel garlic hazel indigo jasmine kale lilac".split(), 1
    )
]
STORY = "\n\n".join(" ".join(SENTENCES[at : at + 2]) for at in range(0, 12, 2)) + "\n"
EDITED = STORY.replace("brought 66 ships", "brought 67 ships")
OTHER = "The bakery sells rye bread on Mondays. It opens at six in the morning.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "other.txt").write_text(OTHER)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


def found(home: Path, query: str) -> list[str]:
    return [hit.article.path for hit in StandInRetriever(home).search(query).hits]


def reprints(home: Path) -> tuple[tuple[str, str], ...]:
    return holdings.reprints(Store.open(home))


def test_a_copy_is_found_once_and_listed_with_its_original(root, home):
    (root / "b.txt").write_text(STORY.upper().lower().capitalize())
    report = ingest(root, home)
    assert report.articles == 3
    assert reprints(home) == (("b.txt", "a.txt"),)
    assert "b.txt" not in found(home, "the jasmine tug of the harbour pilots")
    (article,) = PassageIndex.open(home).articles_named("a.txt")
    assert article.reprints == ("b.txt",)
    (copy,) = PassageIndex.open(home).articles_named("b.txt")
    assert copy.reprints == ("a.txt",)


def test_words_that_only_a_near_copy_has_are_found_there(root, home):
    (root / "b.txt").write_text(EDITED)
    ingest(root, home)
    assert reprints(home) == (("b.txt", "a.txt"),)
    hits = StandInRetriever(home).search("67 ships").hits
    assert {hit.article.path for hit in hits if "67 ships" in passage_of(hit)} == {"b.txt"}
    passages = [passage_of(hit) for hit in StandInRetriever(home).search("harbour pilots").hits]
    assert len(passages) == len(set(passages))


def passage_of(hit) -> str:
    return hit.passage.span.of(hit.article.text)


def test_a_copy_takes_the_place_of_an_original_that_went(root, home):
    (root / "b.txt").write_text(STORY)
    ingest(root, home)
    (root / "a.txt").unlink()
    encoder = HashingEncoder()
    report = ingest(root, home, encoder=encoder)
    assert (report.removed, report.articles) == (1, 2)
    assert found(home, "the jasmine tug")[0] == "b.txt"
    assert reprints(home) == ()
    assert encoder.encoded == []


def test_a_copy_stands_alone_once_its_original_says_something_else(root, home):
    (root / "b.txt").write_text(STORY)
    ingest(root, home)
    (root / "a.txt").write_text("The museum shows two hundred clocks. None of them is right.\n")
    ingest(root, home)
    assert found(home, "the jasmine tug")[0] == "b.txt"
    assert reprints(home) == ()


def test_two_reports_of_one_event_are_no_copies(root, home):
    (root / "b.txt").write_text(
        " ".join(f"Pilots of the port said that ship {n} had a narrow escape." for n in range(20))
    )
    ingest(root, home)
    assert reprints(home) == ()


def test_a_file_that_moved_keeps_its_vectors(root, home):
    ingest(root, home)
    (root / "moved").mkdir()
    (root / "a.txt").rename(root / "moved" / "z.txt")
    encoder = HashingEncoder()
    report = ingest(root, home, encoder=encoder)
    assert (report.added, report.removed, encoder.encoded) == (1, 1, [])
    assert found(home, "the jasmine tug")[0] == "moved/z.txt"
    assert Store.open(home).connection.execute("SELECT * FROM spare_vectors").fetchall() == []


def test_an_article_longer_than_a_commit_is_encoded_once_whatever_happens(root, home, monkeypatch):
    monkeypatch.setattr("index.ingest.batches.COMMIT_PASSAGES", 2)
    monkeypatch.setattr("index.ingest.batches.MOST_PASSAGES", 2)
    long = "\n\n".join(
        f"Paragraph {n} tells of pier {n}. {line}" for n, line in enumerate(SENTENCES * 9)
    )
    (root / "a.txt").write_text(long)

    class Failing(HashingEncoder):
        def encode_passages(self, texts):
            if len(self.encoded) >= 10:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    first = Failing()
    with pytest.raises(KeyboardInterrupt):
        ingest(root, home, encoder=first)
    second = HashingEncoder()
    ingest(root, home, encoder=second)
    assert len(first.encoded) >= 10
    assert not set(first.encoded[:8]) & set(second.encoded)
    assert found(home, "pier 40 of paragraph 40")[0] == "a.txt"
