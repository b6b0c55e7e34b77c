"""A bit, a byte, a page or the end of any file of an index is lost: told, and mended."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import faulty_index
import pytest
from faults.bench import Outcome, litter
from faulty_index import HARMS, Made, Told, tried

ASKED = faulty_index.QUESTIONS[::5]


@dataclass(frozen=True, slots=True)
class Shelf:
    """An index at rest, one that a kill left, and what an undisturbed one says and holds."""

    folder: Path
    made: Made
    killed: Made
    calm: Told
    whole: list[tuple]


def shelf(folder: Path) -> Shelf:
    """Index articles of two folders."""
    made = faulty_index.make(folder)
    killed = faulty_index.killed(made, folder / "killed")
    for root in made.roots:
        faulty_index.bring(made.home, root)
    calm = faulty_index.ask(made.home, ASKED)
    return Shelf(folder, made, killed, calm, faulty_index.contents(made.home))


def flips(place: Shelf, tries: int, chance: random.Random) -> Iterator[Outcome]:
    """Harm each kind of file in turn, and of that kind each file by its size."""
    kinds = ("database", "log", "ledger", "vectors", "words")
    for number in range(tries):
        kind, harm = kinds[number % len(kinds)], HARMS[number // len(kinds) % len(HARMS)]
        home = place.folder / "harmed" / "index"
        shutil.rmtree(home.parent, ignore_errors=True)
        home.parent.mkdir()
        left = place.killed if kind == "log" else place.made
        harmed = faulty_index.copied(left, home)
        file = chance.choice(faulty_index.kinds_of(home)[kind])
        before = file.read_bytes()
        harm(file, chance)
        is_harmless = file.suffix == ".lock" or file.read_bytes() == before
        yield _judged(f"{harm.__name__} {file.name}", harmed, place, is_harmless=is_harmless)


def _judged(what: str, harmed: Made, place: Shelf, *, is_harmless: bool) -> Outcome:
    came = tried(harmed, place.calm, place.whole, ASKED)
    left = litter(harmed.home)
    is_untrue = not is_harmless and came.doctor == "ok" and "-wal" not in what
    is_untrue = is_untrue or came.doctor == "crash"
    return Outcome(
        f"{what}: asked {came.asked}, doctor {came.doctor}, next run {came.mended}",
        is_lost=came.mended != "same",
        is_wrong=came.asked in ("other", "crash") or is_untrue or bool(left),
        is_told=came.asked == "told",
        says="; ".join([came.says, *left]),
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Shelf]:
    with faulty_index.small_limits():
        yield shelf(tmp_path_factory.mktemp("flips"))


def test_harm_to_any_file_is_told_and_mended(place):
    outcomes = list(flips(place, 10, random.Random(5)))
    assert len(outcomes) == 10
    assert not [one for one in outcomes if one.is_lost or one.is_wrong]
    assert any(one.is_told for one in outcomes)
