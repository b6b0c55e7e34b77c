"""The disk fails in the middle of an operation: the last commit's words, or the person is told."""

import errno
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from faults.bench import Bench, Outcome, bench
from faults.operations import OPERATIONS
from faults.stage import Disturbed

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
SMALL_FILES, SMALL_DISKS = 2, 1
"""Of an operation, in the short form."""


def failing_calls(place: Bench, tries: int, chance: random.Random) -> Iterator[Outcome]:
    """Let calls fail that are spread over all that each operation makes."""
    counts = {one: place.stage.perform(place.disturbed(one)).calls for one in OPERATIONS}
    all_calls = [
        (operation, kind, nth)
        for operation, calls in counts.items()
        for kind, count in calls.items()
        for nth in range(1, count + 1)
    ]
    chance.shuffle(all_calls)
    for number, (operation, kind, nth) in enumerate(_spread(all_calls, tries)):
        fault = place.disturbed(
            operation,
            kind=kind,
            nth=nth,
            error=ERRORS[number % len(ERRORS)],
            is_lasting=bool(number // len(ERRORS) % 2),
        )
        yield place.tried(fault)[1]


def _spread(calls: Sequence[tuple[str, str, int]], tries: int) -> Iterator[tuple[str, str, int]]:
    """Take of each operation and kind in turn, until there are so many or all."""
    groups: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for call in calls:
        groups.setdefault(call[:2], []).append(call)
    while tries > 0 and groups:
        for key in list(groups):
            if tries <= 0:
                return
            yield groups[key].pop()
            tries -= 1
            if not groups[key]:
                del groups[key]


def small_files(place: Bench, tries: int, chance: random.Random) -> Iterator[Outcome]:
    """Let no file outgrow so many bytes: what SQLite, FAISS and tantivy write, too."""
    for number in range(tries):
        fault = place.disturbed(
            OPERATIONS[number % len(OPERATIONS)], file_bytes=chance.randrange(_largest(place))
        )
        yield place.tried(fault)[1]


def small_disks(place: Bench, tries: int, chance: random.Random) -> Iterator[Outcome]:
    """Let the disk be full at some time; nothing where this user may mount none."""
    size = sum(path.stat().st_size for path in place.before.rglob("*"))
    for number in range(tries):
        operation = OPERATIONS[number % len(OPERATIONS)]
        held = 0 if operation == "first" else size + 64 * 4096
        fault = place.disturbed(operation, disk_bytes=held + chance.randrange(2 * size))
        ended, outcome = place.tried(fault)
        if ended.how == "forbidden":
            return
        yield outcome


def can_mount(place: Bench) -> bool:
    """Say whether this user may have a disk of some size."""
    ended = place.stage.perform(place.disturbed("first", disk_bytes=64_000_000))
    return ended.how != "forbidden"


def _largest(place: Bench) -> int:
    return max(path.stat().st_size for path in place.before.rglob("*"))


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Bench]:
    with bench(Path(tmp_path_factory.mktemp("writes"))) as made:
        yield made


def _faults(outcomes: Iterator[Outcome]) -> list[Outcome]:
    tried = list(outcomes)
    assert tried
    return [one for one in tried if one.is_lost or one.is_wrong]


def test_undisturbed_operations_make_calls_of_each_kind(place):
    made = place.stage.perform(place.disturbed("rebuild"))
    assert made.how == "done", made.says
    assert {"open", "write", "fsync", "rename", "unlink"} <= made.calls.keys()


def test_a_call_that_fails_loses_nothing_and_is_told(place):
    assert not _faults(failing_calls(place, 24, random.Random(1)))


def test_a_file_that_may_not_grow_loses_nothing_and_is_told(place):
    assert not _faults(small_files(place, SMALL_FILES * len(OPERATIONS), random.Random(2)))


def test_a_full_disk_loses_nothing_and_is_told(place):
    if not can_mount(place):
        pytest.skip("this user may mount no small disk")
    assert not _faults(small_disks(place, SMALL_DISKS * len(OPERATIONS), random.Random(3)))


def test_the_fault_reaches_the_operation(place):
    fault = place.disturbed("refresh", kind="fsync", nth=1, error=errno.ENOSPC)
    assert isinstance(fault, Disturbed)
    ended, _ = place.tried(fault)
    assert ended.has_failed
    assert ended.how == "told", ended.says
