"""What every store of an index promises to who writes it, whatever it is made of."""

import numpy as np
import pytest
from stores.kinds import (
    BOATS,
    ROOT,
    STAMP,
    WORDS,
    article,
    by_vector,
    by_words,
    loaded,
    part,
    put,
    vectors_for,
)

from index.errors import IndexBusy
from index.rules import Rules
from index.store.writer import UNFINISHED, Change, FilePart, PreparedFile
from index.types import FileStamp, Skipped


def test_a_second_writer_is_told_that_another_one_is_at_it(boats):
    with boats.writing(), pytest.raises(IndexBusy), boats.writing():
        raise AssertionError("two wrote at once")
    with boats.writing() as writer:
        assert writer.roots() == (ROOT,)


def test_files_are_known_by_stamp_and_by_what_kept_them_from_being_read(boats):
    skipped = Skipped("torn.pdf", "it is damaged", "too slow")
    torn = PreparedFile("sha of torn", "pdf", "", (), (skipped,))
    stamp = FileStamp(7, 8, 9)
    with boats.writing() as writer:
        writer.commit(ROOT, [FilePart("torn.pdf", stamp, torn, ())])
        known = writer.known_files(ROOT)
        assert writer.known_files("/elsewhere") == {}
    assert (known["torn.pdf"].stamp, known["torn.pdf"].troubles) == (stamp, {"too slow"})
    assert (known["tug.txt"].stamp, known["tug.txt"].troubles) == (STAMP, set())
    assert known["tug.txt"].sha256 == "sha of tug.txt"
    store = loaded(boats)
    (tug,) = [store.article(row) for row, _, path in store.paths() if path == "tug.txt"]
    assert store.stamp_of(tug) == (STAMP, "sha of tug.txt")
    assert store.holdings().skipped == (skipped,)
    assert (store.counts().unread, store.counts().skipped) == (1, 1)


def test_a_long_file_counts_as_unread_until_its_last_part_is_in(kind):
    chapters = [article(f"log.txt#{n}", f"Chapter {n} of the log: {word}.") for n, word in
                enumerate(WORDS[:2], 1)]  # fmt: skip
    first, last = (
        part("log.txt", one, is_first=not n, is_last=bool(n)) for n, one in enumerate(chapters)
    )
    with kind.writing() as writer:
        writer.commit(ROOT, [first], vectors=vectors_for(first))
        assert writer.known_files(ROOT)["log.txt"].stamp == UNFINISHED
        assert loaded(kind).counts().articles == 1
        writer.commit(ROOT, [last], vectors=vectors_for(last))
        assert writer.known_files(ROOT)["log.txt"].stamp == STAMP
    assert loaded(kind).counts().articles == 2


def test_a_file_that_was_only_touched_gets_its_new_stamp_and_keeps_its_articles(boats):
    stamp = FileStamp(10, 21, 31)
    store = loaded(boats)
    before = store.generation()
    with boats.writing() as writer:
        writer.commit(ROOT, change=Change(restamped={"tug.txt": stamp}))
        assert writer.known_files(ROOT)["tug.txt"].stamp == stamp
    assert store.generation() == before
    assert by_words(store, "barge") == ["tug.txt"]


def test_a_run_is_unfinished_from_its_beginning_to_its_whole_end(boats):
    def left():
        return [(one.root, one.files, one.left) for one in loaded(boats).unfinished()]

    def finish(*, is_whole):
        with boats.writing() as writer:
            writer.finish(ROOT, unlisted=(), is_whole=is_whole, has_changed=True)

    assert left() == []
    with boats.writing() as writer:
        writer.begin({ROOT: None})
    assert left() == [(ROOT, None, None)]
    with boats.writing() as writer:
        writer.count(ROOT, files=4, due=3)
        writer.commit(ROOT, change=Change(restamped={"tug.txt": STAMP}, done=1))
    assert left() == [(ROOT, 4, 2)]
    finish(is_whole=False)
    assert left() == [(ROOT, 4, 2)]
    finish(is_whole=True)
    assert left() == []
    assert loaded(boats).manifest().indexed_at


def test_rules_are_kept_with_their_root(boats):
    rules = Rules(include=("*.md",), hidden=True)
    with boats.writing() as writer:
        assert writer.rules(ROOT) == writer.rules("/never/seen") == Rules()
        writer.describe_root(ROOT, rules=rules, other_kinds={".mp3": 2})
        writer.begin({ROOT: None})
    with boats.writing() as writer:
        assert writer.rules(ROOT) == rules


def test_a_forgotten_root_takes_along_all_that_it_gave_and_its_run(boats):
    with boats.writing() as writer:
        writer.begin({ROOT: None, "/other": None})
        assert writer.forget(ROOT) == 3
        assert writer.roots() == ("/other",)
    store = loaded(boats)
    assert (store.counts().articles, store.counts().files) == (0, 0)
    assert [one.root for one in store.unfinished()] == ["/other"]
    assert by_words(store, "river") == by_vector(store, "river") == []


def test_vectors_are_found_again_by_their_text_until_the_run_has_ended(boats):
    tug = part("tug.txt", article("tug.txt", BOATS["tug.txt"]))
    raft = part("raft.txt", article("raft.txt", "They built a raft of old doors."))
    ((tug_key, tug_vector),) = vectors_for(tug).items()
    ((raft_key, raft_vector),) = vectors_for(raft).items()
    with boats.writing() as writer:
        assert set(writer.vectors_of([tug_key, raft_key])) == {tug_key}
        writer.keep({raft_key: raft_vector})
        writer.commit(ROOT, change=Change(gone=["tug.txt"]))
        found = writer.vectors_of([tug_key, raft_key])
        assert np.array_equal(found[tug_key], tug_vector)
        assert np.array_equal(found[raft_key], raft_vector)
        writer.finish(ROOT, unlisted=(), is_whole=False, has_changed=True)
        assert writer.vectors_of([tug_key, raft_key]) == {}


def test_a_copy_adds_nothing_to_be_found_and_is_due_again_when_its_original_goes(boats):
    put(boats, {"copy.txt": BOATS["tug.txt"]})
    store = loaded(boats)
    assert by_words(store, "barge") == ["tug.txt"]
    assert store.counts().articles == 4
    with boats.writing() as writer:
        writer.commit(ROOT, change=Change(gone=["tug.txt"]))
        assert writer.known_files(ROOT)["copy.txt"].stamp == UNFINISHED


def test_an_index_says_by_which_encoder_it_was_made(kind):
    with kind.writing() as writer:
        assert (writer.manifest().model, writer.manifest().indexed_at) == (None, "")
        writer.describe(model="tiny", fingerprint="f00")
    said = loaded(kind).manifest()
    assert (said.model, said.fingerprint) == ("tiny", "f00")
