"""Models and indexes: each thing that can be wrong with them is found, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from stand_ins import ingest

from index import health
from index.health import Check, check_index, check_models
from index.models import sources as models
from index.store.embedded import examining, runs
from index.store.embedded.storage import Store
from index.text.as_read import ToRead
from index.types import Reading

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"
SAYS_MODEL = (
    "INSERT OR REPLACE INTO manifest VALUES "
    f"('model', '{models.ENCODER.model}'), ('fingerprint', '{models.ENCODER.sha256}')"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An index made with a stand-in encoder, which says that it was made with the shipped one."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "heron.txt").write_text(HERON)
    ingest(tmp_path / "articles", tmp_path / "index")
    commit(tmp_path / "index", SAYS_MODEL)
    return tmp_path / "index"


def change(folder: Path, *statements: str) -> None:
    """Change the database behind the index's back."""
    connection = sqlite3.connect(folder / "index.sqlite3")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def commit(folder: Path, *statements: str) -> None:
    """Change it as indexing does."""
    with closing(Store.create(folder)) as store, store.transaction():
        for statement in statements:
            store.connection.execute(statement)


def by_name(found: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in found}


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE passages SET vector = x''", "1 vectors that are not as they were"),
        ("UPDATE passages SET sentences = '[[0, 9, 9, 9]]'", "1 passages that are not as they"),
        ("UPDATE articles SET text = replace(text, 'three', 'seven')", "1 articles that are not"),
        ("UPDATE articles SET published = '1999'", "1 articles that are not as they were"),
        ("DELETE FROM passages", "1 articles of which passages are missing"),
        ("DELETE FROM passages", "words and passages do not agree on 1 passages"),
        ("DELETE FROM articles", "1 files of which articles are missing"),
        ("UPDATE passages SET article_id = 77", "1 rows belong to nothing"),
        ("UPDATE manifest SET value = '7' WHERE name = 'articles'", "holds 1 articles"),
        ("UPDATE manifest SET value = '1' WHERE name = 'commits'", "lost what was written last"),
        ("UPDATE roots SET other_kinds = '[]'", "it is not as it was written"),
        ("UPDATE manifest SET value = 'x' WHERE name = 'fingerprint'", "other weights"),
        ("DELETE FROM manifest WHERE name = 'model'", "does not say its model"),
        ("UPDATE manifest SET value = '/no/model' WHERE name = 'model'", "/no/model"),
    ],
)
def test_an_index_whose_parts_do_not_agree_fails(home, statement, says):
    change(home, statement)
    check = check_index(home, "index x")
    assert (check.verdict, check.part, says in check.says) == ("failed", "index", True), check
    assert check.advice


def test_damage_inside_the_database_is_found(home):
    store = Store.open(home)
    (page,) = store.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'passages_by_text'"
    ).fetchone()
    (size,) = store.connection.execute("PRAGMA page_size").fetchone()
    store.close()
    connection = sqlite3.connect(home / "index.sqlite3")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with (home / "index.sqlite3").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert check_index(home, "x").verdict == "failed"


@pytest.mark.parametrize("is_torn", [True, False])
def test_a_torn_or_missing_faiss_file_is_only_a_warning(home, is_torn):
    (file,) = home.glob("*.faiss")
    if is_torn:
        file.write_bytes(file.read_bytes()[:-1])
    else:
        file.unlink()
    check = check_index(home, "x")
    assert (check.verdict, "FAISS file" in check.says) == ("warning", True)


def test_an_index_that_was_not_finished_is_a_warning_with_the_way_to_go_on(home):
    root = home.parent / "articles"
    with closing(Store.create(home)) as store, store.transaction():
        runs.count(store, 1, files=62, due=50)
    check = check_index(home, "x")
    assert (check.verdict, "12 of 62 files read" in check.says) == ("warning", True)
    assert check.advice == f"to go on: qa index --index {home} {root}"


def test_an_index_whose_first_run_was_killed_at_once_is_not_called_sound(tmp_path):
    Store.create(tmp_path / "index").close()
    check = check_index(tmp_path / "index", "x")
    assert (check.verdict, "nothing was ever indexed" in check.says) == ("warning", True)


def test_a_root_that_is_not_there_is_a_warning_with_the_way_to_drop_it(home):
    root = home.parent / "articles"
    root.rename(home.parent / "moved")
    check = check_index(home, "x")
    assert (check.verdict, f"--path {root}" in check.advice) == ("warning", True)


def test_a_database_too_big_to_be_looked_through_in_time_is_said_to_be(home, monkeypatch):
    monkeypatch.setattr(examining, "MOST_SECONDS", -1.0)
    commit(
        home,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
        "INSERT INTO spare_vectors SELECT CAST(i AS BLOB), x'', zeroblob(400) FROM n",
    )
    check = check_index(home, "x")
    assert (check.verdict, "too big" in check.says) == ("warning", True)


def test_no_index_at_all_fails(tmp_path):
    assert check_index(tmp_path, "x").verdict == "failed"


def test_a_model_that_is_not_here_fails_with_what_to_do(tmp_path):
    found = by_name(list(check_models(tmp_path, "no/such-model")))
    encoder = found["encoder"]
    assert (encoder.verdict, encoder.part, "--download" in encoder.advice) == (
        "failed",
        "model",
        True,
    )
    assert "compiled encoder" not in found


def test_weights_that_are_not_the_tested_ones_fail(tmp_path, monkeypatch):
    class Altered:
        def locate_file(self, folder: str) -> Path:
            return tmp_path

    for name in (models.ENCODER.weights, models.READER_WEIGHTS):
        (tmp_path / name).write_bytes(b"altered")
    monkeypatch.setattr(models, "READER_FOLDER", tmp_path)
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Altered())
    found = by_name(list(check_models(tmp_path, None)))
    assert {check.verdict for check in found.values()} == {"failed"}
    assert "--force-reinstall --no-deps pullquote" in found["reader"].advice


def test_an_encoder_that_is_not_compiled_or_torn_is_a_warning(seed_places, tmp_path):
    found = by_name(list(check_models(tmp_path, None)))
    assert found["compiled encoder"].verdict == "warning"
    (whole,) = (seed_places.cache / "encoders").iterdir()
    torn = tmp_path / "encoders" / whole.name
    torn.mkdir(parents=True)
    for file in whole.iterdir():
        (torn / file.name).write_bytes(file.read_bytes()[: 50 if file.suffix == ".onnx" else None])
    found = by_name(list(check_models(tmp_path, None)))
    assert found["compiled encoder"].verdict == "warning"
    assert "torn" in found["compiled encoder"].says


class Fickle:
    """An encoder whose vectors depend on what else is encoded."""

    def __init__(self, folder: Path, *, fingerprint: str) -> None:
        pass

    def encode_passages(self, texts: list[str]) -> np.ndarray:
        return np.eye(3, dtype=np.float32)[[len(texts) - 1, *range(len(texts) - 1)]]


def test_an_encoder_that_does_not_agree_with_itself_fails(seed_places, monkeypatch):
    monkeypatch.setattr(health, "CompiledEncoder", Fickle)
    found = by_name(list(check_models(seed_places.cache, None)))
    assert found["compiled encoder"].verdict == "failed"


@pytest.mark.parametrize("answers", [[0.0, 1.0], [float("nan"), 0.0]])
def test_a_reader_that_prefers_what_does_not_answer_fails(tmp_path, monkeypatch, answers):
    class Wrong:
        def read(self, query: str, passages: list[ToRead]) -> list[Reading]:
            return [Reading(1.0, logit, None, 0.0, (), ()) for logit in answers]

    monkeypatch.setattr(health, "Reader", Wrong)
    assert by_name(list(check_models(tmp_path, None)))["reader"].verdict == "failed"


def test_a_reader_that_does_not_run_fails_and_is_no_crash(tmp_path, monkeypatch):
    def refuse() -> None:
        raise ImportError("libonnx.so: cannot open\nmore")

    monkeypatch.setattr(health, "Reader", refuse)
    reader = by_name(list(check_models(tmp_path, None)))["reader"]
    assert (reader.verdict, "libonnx.so" in reader.says) == ("failed", True)
    assert "\n" not in reader.says
