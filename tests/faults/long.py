"""All faults, many times; one table: tried, lost, wrong, told.

    PYTHONPATH=tests python -m faults.long WORK [--scale 1.0]

Exits with 1 if anything was lost or wrong. What it was stands below the table.
"""

import argparse
import random
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import faulty_index
from faults.bench import Outcome, bench
from faults.test_flips import flips, shelf
from faults.test_fuzzed_files import fuzzed
from faults.test_kills import kills
from faults.test_readers_and_writer import crowd
from faults.test_writes_fail import failing_calls, small_disks, small_files

Kind = tuple[str, Iterable[Outcome]]


def main() -> None:
    """Try, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the long form")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = parser.parse_args()
    work = args.work.absolute() / "faults"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    print(f"seed {args.seed}, scale {args.scale}\n")
    print("| fault | tried | lost | wrong | told |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    faults: list[str] = []
    for name, outcomes in _kinds(work, args.scale, random.Random(args.seed)):
        tried = list(outcomes)
        lost, wrong, told = (
            sum(getattr(one, claim) for one in tried)
            for claim in ("is_lost", "is_wrong", "is_told")
        )
        print(f"| {name} | {len(tried):,} | {lost} | {wrong} | {told:,} |", flush=True)
        faults += [f"{one.what}: {one.says}" for one in tried if one.is_lost or one.is_wrong]
    print("\n".join(["", *faults]))
    sys.exit(1 if faults else 0)


def _kinds(work: Path, scale: float, chance: random.Random) -> Iterator[Kind]:
    def times(count: int) -> int:
        return max(1, round(count * scale))

    with bench(work / "operations") as place:
        yield "a call that fails", failing_calls(place, times(300), chance)
        yield "a file that may not grow", small_files(place, times(100), chance)
        disks = list(small_disks(place, times(100), chance))
        yield "a full disk" if disks else "a full disk (this user may mount none)", disks
        yield "SIGKILL", kills(place, times(200), chance)
    with faulty_index.small_limits():
        yield "a damaged file", flips(shelf(_made(work / "flips")), times(500), chance)
    readers = max(2, round(20 * min(1.0, scale)))
    asked = crowd(_made(work / "crowd"), readers, 60 * scale, chance)
    yield f"one writer, {readers} readers", asked
    yield "a damaged document", fuzzed(_made(work / "fuzzed"), 1, 600 * scale, chance)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
