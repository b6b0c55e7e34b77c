"""Roots -> index: the old one stays until the new one is whole, and nothing is left beside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from stand_ins import ignore

from index.errors import IndexBroken
from index.ingest.building import BuildOptions, build, forget_root
from index.rules import Rules
from index.store.embedded import runs
from index.store.embedded.holdings import roots
from index.store.embedded.locking import locked
from index.store.embedded.storage import Store
from index.types import IngestReport, Progress

TEXT = "The windmill on the {} hill lost two of its sails in the storm of May.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def make(seed_places, home):
    """Index a root as a person does; the compiled encoder is there already."""

    def make(
        root: Path,
        *,
        report: Callable[[Progress], None] = ignore,
        is_cancelled: Callable[[], bool] = lambda: False,
        **options: object,
    ) -> IngestReport:
        how = BuildOptions(cache=seed_places.cache, **options)
        return build(root, home, how, report=report, is_cancelled=is_cancelled)

    return make


def articles(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / f"{name}.txt").write_text(TEXT.format(name))
    return folder


def held(home: Path) -> list[str]:
    with sqlite3.connect(home / "index.sqlite3") as base:
        rows = base.execute("SELECT path FROM articles ORDER BY path").fetchall()
    base.close()
    return [path for (path,) in rows]


def beside(home: Path) -> list[str]:
    return sorted(one.name for one in home.parent.iterdir() if one.name.startswith(".index"))


class Stop(Exception):
    """Somebody pressed Ctrl+C."""


def test_a_rebuild_that_is_interrupted_leaves_the_old_index_and_no_draft(make, home, tmp_path):
    root = articles(tmp_path / "articles", "green", "stony")
    make(root)
    (root / "green.txt").unlink()

    def stop(progress: Progress) -> None:
        if progress.stage == "reading" and progress.done:
            raise Stop

    with pytest.raises(Stop):
        make(root, rebuild=True, report=stop)
    assert (held(home), beside(home)) == (["green.txt", "stony.txt"], [".index.lock"])


def test_a_rebuild_that_is_cancelled_leaves_the_old_index_and_says_so(make, home, tmp_path):
    root = articles(tmp_path / "articles", "green", "stony")
    make(root)
    done = make(root, rebuild=True, is_cancelled=lambda: True)
    assert "the index is as it was before; the new one was thrown away" in done.notices
    assert (held(home), beside(home)) == (["green.txt", "stony.txt"], [".index.lock"])


@pytest.mark.parametrize("litter", ["draft", "old", "removed"])
def test_what_a_killed_process_left_is_cleared_away_by_the_next_that_writes(
    make, home, tmp_path, litter
):
    root = articles(tmp_path / "articles", "green")
    make(root)
    left = tmp_path / f".index.{litter}"
    Store.create(left).close()
    (left / "words-7").mkdir()
    (left / "vectors-3.faiss").touch()
    forget_root(home, root)
    assert beside(home) == [".index.lock"]


def test_a_folder_with_such_a_name_that_holds_something_else_is_left_alone(home, tmp_path):
    (tmp_path / ".index.draft").mkdir()
    (tmp_path / ".index.draft" / "letter.txt").write_text("Dear all")
    with locked(home):
        pass
    assert (tmp_path / ".index.draft" / "letter.txt").read_text() == "Dear all"


@pytest.mark.parametrize(
    "older",
    [
        "UPDATE manifest SET value = '1' WHERE name = 'format'",
        "UPDATE roots SET rules = 'of another kind'",
        "ALTER TABLE roots DROP COLUMN rules",
    ],
)
def test_a_rebuild_takes_over_the_roots_of_an_index_of_another_format(make, home, tmp_path, older):
    make(articles(tmp_path / "one", "green"))
    make(articles(tmp_path / "two", "stony"))
    with sqlite3.connect(home / "index.sqlite3") as base:
        base.execute("UPDATE manifest SET value = '1' WHERE name = 'format'")
        base.execute(older)
    base.close()
    (home / "ledger.json").unlink()  # the first formats had none
    with pytest.raises(IndexBroken, match="--rebuild"):
        Store.open(home)
    make(tmp_path / "two", rebuild=True)
    assert held(home) == ["green.txt", "stony.txt"]


def test_a_rebuild_says_which_folder_is_not_there_any_more(make, home, tmp_path):
    make(articles(tmp_path / "one", "green"))
    make(articles(tmp_path / "two", "stony"))
    (tmp_path / "one").rename(tmp_path / "elsewhere")
    done = make(tmp_path / "two", rebuild=True)
    assert held(home) == ["stony.txt"]
    assert any(f"{tmp_path / 'one'} is not there" in notice for notice in done.notices)


def test_a_first_run_is_unfinished_before_its_models_are_loaded_and_keeps_its_rules(
    make, home, tmp_path
):
    root = articles(tmp_path / "articles", "green", "stony")

    def stop(progress: Progress) -> None:
        raise Stop

    with pytest.raises(Stop):
        make(root, report=stop, rules=Rules(include=("green*",)))
    store = Store.open(home)
    assert [one.root for one in runs.unfinished(store)] == [str(root)]
    store.close()
    make(root)
    assert held(home) == ["green.txt"]


def test_a_root_that_is_forgotten_is_no_longer_unfinished(make, home, tmp_path):
    root = articles(tmp_path / "articles", "green", "stony")
    make(root, is_cancelled=lambda: True)
    forget_root(home, root)
    make(articles(tmp_path / "others", "sandy"))
    store = Store.open(home)
    assert (roots(store), runs.unfinished(store)) == ((str(tmp_path / "others"),), ())
    store.close()
