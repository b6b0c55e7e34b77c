"""Flipped bits, zeroed pages, lost ends: the last commit's words, or the person is told."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import faulty_index
import pytest
from faulty_index import HARMS, QUESTIONS, Made, Told, tried

SLOW = True

ASKED = QUESTIONS[::5]
TRIES = {"database": 12, "log": 6, "words": 8, "vectors": 3, "ledger": 3}
"""Of each kind of file; many more are in the long form."""


@dataclass(frozen=True, slots=True)
class Bench:
    """An index at rest, one that a kill left, and what an undisturbed one says and holds."""

    made: Made
    killed: Made
    calm: Told
    whole: list[tuple]


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    base = tmp_path_factory.mktemp("damage")
    with faulty_index.small_limits():
        made = faulty_index.make(base)
        killed = faulty_index.killed(made, base / "killed")
        for root in made.roots:
            faulty_index.bring(made.home, root)
        calm = faulty_index.ask(made.home, ASKED)
        assert not calm.is_warning
        yield Bench(made, killed, calm, faulty_index.contents(made.home))


@pytest.mark.parametrize(
    ("kind", "seed"), [(kind, seed) for kind, tries in TRIES.items() for seed in range(tries)]
)
def test_damage_gives_no_other_quotes_in_silence_and_no_traceback_and_is_mended(
    bench, tmp_path, kind, seed
):
    chance = random.Random(f"{kind} {seed}")
    harmed = faulty_index.copied(bench.killed if kind == "log" else bench.made, tmp_path / "index")
    harm = HARMS[seed % len(HARMS)]
    file = chance.choice(faulty_index.kinds_of(harmed.home)[kind])
    before = file.read_bytes()
    harm(file, chance)
    is_harmless = file.suffix == ".lock" or file.read_bytes() == before
    outcome = tried(harmed, bench.calm, bench.whole, ASKED)
    assert outcome.asked in ("same", "told"), outcome
    assert outcome.mended == "same", outcome
    wanted = ("ok",) if is_harmless else ("warning", "failed")
    assert outcome.doctor in wanted or kind == "log", outcome
    if outcome.asked == "told":
        assert outcome.doctor != "ok", outcome


def test_an_index_that_a_kill_left_is_no_damaged_one(bench, tmp_path):
    left = faulty_index.copied(bench.killed, tmp_path / "index")
    outcome = tried(left, bench.calm, bench.whole, ASKED)
    assert (outcome.asked, outcome.mended) == ("same", "same"), outcome


def test_a_copy_elsewhere_is_no_damaged_one_whatever_its_times(bench, tmp_path):
    shutil.copytree(bench.made.home, tmp_path / "index", copy_function=shutil.copyfile)
    assert faulty_index.ask(tmp_path / "index", ASKED) == bench.calm
    assert faulty_index.examined(tmp_path / "index").verdict == "ok"


@pytest.mark.parametrize("name", ["index.sqlite3", "ledger.json", "words", "vectors"])
def test_a_file_that_is_missing_is_told_and_made_again(bench, tmp_path, name):
    harmed = faulty_index.copied(bench.made, tmp_path / "index")
    (file,) = harmed.home.glob(f"{name}*")
    shutil.rmtree(file) if file.is_dir() else file.unlink()
    outcome = tried(harmed, bench.calm, bench.whole, ASKED)
    assert outcome.asked == ("same" if name == "ledger.json" else "told"), outcome
    assert outcome.doctor in ("warning", "failed"), outcome
    assert outcome.mended == "same", outcome


def test_a_database_cut_to_nothing_is_no_new_index(bench, tmp_path):
    harmed = faulty_index.copied(bench.made, tmp_path / "index")
    Path(harmed.home, "index.sqlite3").write_bytes(b"")
    outcome = tried(harmed, bench.calm, bench.whole, ASKED)
    assert (outcome.asked, outcome.doctor, outcome.mended) == ("told", "failed", "same"), outcome
    assert "qa doctor --repair" in outcome.says
