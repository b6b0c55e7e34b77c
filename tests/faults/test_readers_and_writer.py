"""One writes, many read: each reply is of one committed state, or the reader is told."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import faulty_index
from faults.bench import Outcome, litter
from faults.operations import perform
from faults.stage import TESTS

from index.store.embedded.storage import Store


def crowd(folder: Path, readers: int, seconds: float, chance: random.Random) -> Iterator[Outcome]:
    """Let a writer and readers loose, then look at what they left."""
    seed = chance.randrange(10**6)
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from faults.crowd import run; run({str(folder)!r}, {readers}, {seconds}, {seed})",
        ],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path},
        check=True,
        capture_output=True,
        text=True,
    )
    for line in done.stdout.splitlines():
        met = json.loads(line)
        says = met["wrong"] or met["told"]
        yield Outcome(
            met["what"], is_wrong=bool(met["wrong"]), is_told=bool(met["told"]), says=says
        )
    yield _left(folder)


def _left(folder: Path) -> Outcome:
    """Compare what they left, after one more run, with an index that was made in peace."""
    home, calm = folder / "data" / "indexes" / "beacons", folder / "calm" / "beacons"
    with faulty_index.small_limits():
        for one in (home, calm):
            perform("first", one, [folder / "articles"])
    with closing(Store.open(home)) as store:
        is_sound = store.fault() is None and faulty_index.examined(home).verdict == "ok"
    is_lost = faulty_index.contents(home) != faulty_index.contents(calm)
    left = litter(home)
    return Outcome("what was left", is_lost, bool(left) or not is_sound, says=" ".join(left))


def test_readers_are_given_one_committed_state_or_told(tmp_path):
    outcomes = list(crowd(tmp_path, 4, 6.0, random.Random(6)))
    assert sum(one.what == "reader" for one in outcomes) > 10
    assert any(one.what.startswith("writer") for one in outcomes)
    wrong = [one for one in outcomes if one.is_lost or one.is_wrong]
    assert not wrong, "\n".join(f"{one.what}: {one.says}" for one in wrong)
