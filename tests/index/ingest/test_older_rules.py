"""An index whose files an older version has read says so, and the next run reads them again."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cli_rooms import STATUS
from stand_ins import HashingEncoder, ignore, ingest

from index.health import check_index
from index.ingest.run import Ingest
from index.models.sources import ENCODER
from index.search.passage_index import PassageIndex
from index.store.embedded.storage import Store
from index.store.opening import open_store, writing
from qa.cli.status import as_json
from qa.library.overview import outdated_in, status_of
from qa.tui.health import health_rows

TEXTS = {"heron.txt": "The heron ate three frogs.", "ferry.txt": "The ferry sank at noon."}


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path, root) -> Path:
    """An index as an older version has left it: it says of no root by which rules it was read."""
    ingest(root, tmp_path / "index")
    with closing(Store.create(tmp_path / "index")) as store, store.transaction():
        store.connection.execute("DELETE FROM manifest WHERE name LIKE 'read:%'")
        store.set_manifest("model", ENCODER.model)
        store.set_manifest("fingerprint", ENCODER.sha256)
    return tmp_path / "index"


def outdated(home: Path) -> tuple[str, ...]:
    with closing(open_store(home)) as store:
        return store.outdated()


def test_an_index_that_was_just_made_is_not_outdated(root, tmp_path):
    ingest(root, tmp_path / "index")
    assert outdated(tmp_path / "index") == ()


def test_an_older_index_says_which_root_is_outdated_and_how_to_read_it_again(home, root):
    assert outdated(home) == (str(root),)
    with closing(PassageIndex.open(home)) as passages:
        (said,) = outdated_in(passages)
        assert status_of(passages).outdated == (said,)
    assert said.startswith(f"{root} was read by the rules of an older version")
    assert said.endswith(f"qa index --index {home} {root}")
    found = check_index(home, "index")
    assert found.verdict == "warning"
    assert "older version" in found.says


def test_the_next_run_reads_every_file_again_and_encodes_nothing_twice(home, root):
    encoder = HashingEncoder()
    report = ingest(root, home, encoder=encoder)
    assert (report.added, report.changed, report.articles) == (0, 2, 2)
    assert encoder.encoded == []
    assert outdated(home) == ()
    again = ingest(root, home)
    assert (again.added, again.changed) == (0, 0)


def test_a_run_that_was_stopped_leaves_the_rest_due(home, root):
    with writing(home) as writer:
        Ingest(writer, lambda _: HashingEncoder()).run(
            root, report=ignore, is_cancelled=lambda: True
        )
    with closing(open_store(home)) as store:
        assert [one.left for one in store.unfinished()] == [2]
    assert ingest(root, home).changed == 2


def test_a_root_that_is_indexed_beside_an_older_one_leaves_that_as_it_is(home, root, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "owl.txt").write_text("The owl slept all day.\n", encoding="utf-8")
    ingest(other, home)
    assert outdated(home) == (str(root),)


def test_a_forgotten_root_is_not_outdated_when_it_is_indexed_again(home, root):
    with writing(home) as writer:
        writer.forget(str(root))
    assert ingest(root, home).added == 2
    assert outdated(home) == ()


def test_status_and_the_chat_show_what_is_outdated():
    status = replace(STATUS, outdated=("/notes was read by older rules; run: qa index /notes",))
    assert json.loads(json.dumps(as_json(status)))["outdated"] == list(status.outdated)
    assert status.outdated[0] in [row.words for row in health_rows(status)]
