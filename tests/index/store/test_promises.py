"""What every store of an index promises to who asks, whatever it is made of."""

from datetime import date
from itertools import chain

import numpy as np
import pytest
from stand_ins import HashingEncoder, StandInRetriever, ignore, passage_judge
from stores.kinds import (
    BOATS,
    ROOT,
    WORDS,
    article,
    by_vector,
    by_words,
    keys_of,
    loaded,
    part,
    paths_of,
    put,
    vectors_for,
)
from stores.oracle import best, bm25

from index.ingest.run import Ingest
from index.search.passage_index import PassageIndex
from index.store.writer import Change
from index.text import keywords
from index.types import Period, Scope
from qa.answering.answerer import Answerer
from qa.types import Answer, Question, Searched

MARCH = Scope(Period(date(2024, 3, 1), date(2024, 3, 31)))
EARLY_IN_MARCH = Scope(Period(date(2024, 3, 2), date(2024, 3, 9)))


def test_what_was_committed_can_be_asked_about(boats):
    store = loaded(boats)
    assert by_words(store, "ferry") == ["ferry.txt"]
    assert by_vector(store, BOATS["canoe.txt"])[0] == "canoe.txt"
    assert [path for _, _, path in store.paths()] == sorted(BOATS)
    counts = store.counts()
    assert (counts.articles, counts.passages, counts.files, counts.unread) == (3, 3, 3, 0)


def test_an_open_store_takes_in_a_commit_when_it_is_refreshed(boats):
    store = loaded(boats)
    before = store.generation()
    put(boats, {"raft.txt": "They built a raft of old doors."})
    assert store.generation() == before + 1
    store.refresh()
    assert by_words(store, "raft") == ["raft.txt"]
    assert by_vector(store, "They built a raft of old doors.")[0] == "raft.txt"


def test_a_commit_that_fails_half_way_leaves_nothing_of_itself(boats):
    first = part("raft.txt", article("raft.txt", "They built a raft of old doors."))
    second = part("buoy.txt", article("buoy.txt", "The buoy rang all night."))
    with boats.writing() as writer:
        with pytest.raises(KeyError):
            writer.commit(
                ROOT, [first, second], vectors=vectors_for(first), change=Change(gone=["tug.txt"])
            )
        assert set(writer.known_files(ROOT)) == set(BOATS)
    store = loaded(boats)
    assert by_words(store, "raft") == []
    assert by_words(store, "tug") == ["tug.txt"]
    assert store.counts().articles == 3


@pytest.mark.parametrize(
    ("within", "left"),
    [
        ([], set(BOATS)),
        ([Scope()], set(BOATS)),
        ([MARCH], {"tug.txt", "ferry.txt"}),
        ([EARLY_IN_MARCH], {"ferry.txt"}),
        ([Scope(source="gazette")], {"ferry.txt", "canoe.txt"}),
        ([Scope(source="TUG.txt")], {"tug.txt"}),
        ([Scope(source="gazette"), MARCH], {"ferry.txt"}),
        ([MARCH, Scope(source="canoe")], set()),
    ],
)
def test_both_rankings_and_what_is_mentioned_keep_to_every_scope(boats, within, left):
    store = loaded(boats)
    assert set(by_vector(store, "river", within=within)) == left
    assert set(by_words(store, "barge ferry canoe", within=within)) == left
    for path, word in (("tug.txt", "barge"), ("ferry.txt", "noon"), ("canoe.txt", "lake")):
        assert store.mentions([word], within=within) == (path in left)
    in_all = [set(store.articles_in(scope)) for scope in within]
    named = {row: path for row, _, path in store.paths()}
    assert {named[row] for row in set(named).intersection(*in_all)} == left


def test_articles_without_a_day_are_counted(boats):
    assert loaded(boats).undated() == 1


def test_what_is_gone_is_found_by_nothing_and_its_ids_are_not_given_again(boats):
    store = loaded(boats)
    ((old, _),) = store.matching(keywords.parse("ferry"), 5)
    (old_article,) = [row for row, _, path in store.paths() if path == "ferry.txt"]
    with boats.writing() as writer:
        assert writer.commit(ROOT, change=Change(gone=["ferry.txt"])) == 1
    put(boats, {"punt.txt": "A punt drifted by the mill."})
    store.refresh()
    assert store.article(old_article) is None
    assert store.passages([old]) == {}
    assert by_words(store, "ferry") == []
    assert "ferry.txt" not in by_vector(store, BOATS["ferry.txt"])
    assert old_article not in [row for row, _, _ in store.paths()]


def test_a_file_that_is_committed_again_replaces_what_it_gave(boats):
    put(boats, {"tug.txt": "The tug was sold for scrap."})
    store = loaded(boats)
    assert by_words(store, "barge") == []
    assert by_words(store, "scrap") == ["tug.txt"]
    assert store.counts().articles == 3


def test_phrases_must_occur_in_what_either_ranking_gives(boats):
    store = loaded(boats)
    assert by_words(store, 'the "up the river"') == ["tug.txt"]
    assert by_vector(store, "river", phrases=("the river", "noon")) == ["ferry.txt"]
    assert by_vector(store, "river", phrases=("river the",)) == []


def test_equal_scores_are_ordered_by_id(kind):
    parts = [part(f"{name}.txt", article(f"{name}.txt", f"The {name} sank.")) for name in WORDS]
    same = np.full(64, 1 / 8, np.float32)
    keys = chain.from_iterable(keys_of(one) for each in parts for one in each.articles)
    with kind.writing() as writer:
        writer.commit(ROOT, parts, vectors=dict.fromkeys(keys, same))
    store = loaded(kind)
    for ranking in (store.nearest(same, 4), store.matching(keywords.parse("sank"), 4)):
        assert paths_of(store, ranking) == [f"{name}.txt" for name in WORDS[:4]]


@pytest.mark.parametrize("seed", range(4))
def test_rankings_are_those_of_an_oracle(kind, seed):
    draw = np.random.default_rng(seed)
    texts = {
        f"{n}.txt": f"No {n}: " + " ".join(draw.choice(WORDS, int(draw.integers(3, 12)))) + "."
        for n in range(30)
    }
    put(kind, texts)
    store = loaded(kind)
    rows = [row for row, _ in store.nearest(np.ones(64, np.float32) / 8, 100)]
    held = {row: one.text for row, (one, _) in store.passages(rows).items()}
    assert sorted(held.values()) == sorted(texts.values())
    asked = tuple(draw.choice(WORDS, 3, replace=False))
    (query,) = HashingEncoder().encode_queries([" ".join(asked)])
    rows = list(held)
    vectors = HashingEncoder().encode_passages([held[row] for row in rows])
    expected = {
        "words": best(bm25(held, asked), 10),
        "vectors": best(dict(zip(rows, (vectors @ query).tolist(), strict=True)), 10),
    }
    found = {
        "words": store.matching(keywords.parse(" ".join(asked)), 10),
        "vectors": store.nearest(query, 10),
    }
    for name, ranking in found.items():
        scores = [score for _, score in ranking]
        assert scores == pytest.approx([score for _, score in expected[name]], abs=1e-5)
        whole = (
            bm25(held, asked)
            if name == "words"
            else dict(zip(rows, (vectors @ query).tolist(), strict=True))
        )
        assert scores == pytest.approx([whole[row] for row, _ in ranking], abs=1e-5)


def test_passages_beside_a_stretch_are_given_from_the_nearest_on(kind):
    text = "\n\n".join("The keeper of the " + f"{word} " * 90 + "slept." for word in WORDS[:5])
    put(kind, {"long.txt": text})
    store = loaded(kind)
    rows = [row for row, _ in store.nearest(np.ones(64, np.float32) / 8, 50)]
    found = list(store.passages(rows).values())
    spans = sorted(passage.span for _, passage in found)
    assert len(spans) > 2
    before, after = store.beside(found[0][0], spans[1])
    assert [passage.span for passage in before] == spans[:1]
    assert [passage.span for passage in after] == spans[2:]


def test_a_folder_is_indexed_and_a_question_answered_through_the_seam_alone(kind, tmp_path):
    root = tmp_path / "articles"
    root.mkdir()
    for path, text in BOATS.items():
        (root / path).write_text(f"{text}\n", encoding="utf-8")
    with kind.writing() as writer:
        report = Ingest(writer, lambda _: HashingEncoder()).run(
            root, report=ignore, is_cancelled=lambda: False
        )
    assert (report.added, report.articles, report.skipped) == (3, 3, ())
    with kind.writing() as writer:
        again = Ingest(writer, lambda _: HashingEncoder()).run(
            root, report=ignore, is_cancelled=lambda: False
        )
    assert (again.added, again.changed, again.articles) == (0, 0, 3)
    retriever = StandInRetriever.over(PassageIndex(kind.open()))
    searched = Searched(str(root), 3, 3)
    reply = Answerer(retriever, judge=passage_judge()).answer(
        Question("Who saw the canoe on the lake?"), searched
    )
    assert isinstance(reply, Answer)
    assert reply.quotes[0].text == BOATS["canoe.txt"]
    assert retriever.passages.articles_named("tug.txt")[0].text.startswith("The tug")
