"""Sizes and times of a run -> rate and time left: said late rather than wrongly."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.pace import Pace
from index.types import Progress

SLACK_S = 12.0
"""What is read ahead and not committed yet, and what comes after the last file."""


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Machine:
    """How long things take where a run is simulated, in seconds."""

    load: float = 0.0
    """Loading the model, before the first passages are encoded."""
    start: float = 0.0
    """Starting the processes that read, before the first file is there."""
    per_mb: float = 20.0
    per_file: float = 0.01
    commit: float = 3.0
    """Work in one commit, about."""
    unevenness: float = 1.0
    """The factor by which one file may take longer than another of its size."""


def run(sizes: list[int], machine: Machine) -> Iterator[tuple[float, Progress]]:
    """Give the time and what is told, at every moment at which something is told."""
    clock = Clock()
    pace = Pace(sizes, clock)
    clock.now += machine.start
    waiting, is_loaded, chance = 0.0, False, Random(len(sizes))
    for size in sizes:
        clock.now += machine.per_file
        waiting += machine.per_mb * size / 1e6 * chance.uniform(1, machine.unevenness)
        if has_committed := waiting >= (machine.commit if is_loaded else 0.5):
            yield clock.now, pace.progress("encoding")
            if not is_loaded:
                clock.now += machine.load
                is_loaded = True
            clock.now += waiting
            waiting = 0.0
        pace.step()
        if has_committed:
            pace.mark()
        yield clock.now, pace.progress("a file")
    clock.now += waiting
    yield clock.now, pace.progress("the end")


machines = st.builds(
    Machine,
    load=st.floats(0, 90),
    start=st.floats(0, 30),
    per_mb=st.floats(5, 200),
    per_file=st.floats(0, 0.02),
)
sizes = st.lists(st.integers(0, 2_000_000) | st.integers(1_000, 40_000), min_size=1, max_size=400)


@given(sizes, machines, st.floats(1, 50))
def test_the_time_left_is_never_one_that_the_rate_contradicts(sizes, machine, unevenness):
    for _, told in run(sizes, replace(machine, unevenness=unevenness)):
        if told.seconds_left is not None:
            assert told.per_second
            left = told.total - told.done
            assert told.seconds_left * told.per_second == pytest.approx(left, abs=1e-6)


@given(sizes, machines)
def test_the_time_left_is_not_far_from_the_time_that_it_takes(sizes, machine):
    told = list(run(sizes, machine))
    end = told[-1][0]
    for now, progress in told:
        if progress.seconds_left is not None:
            truly = end - now
            assert progress.seconds_left < 2.5 * truly + SLACK_S, (progress, truly)
            assert truly < 2.5 * progress.seconds_left + SLACK_S, (progress, truly)


@given(st.integers(600, 1_200), st.integers(0, 1 << 30), machines)
def test_a_run_over_files_of_like_sizes_tells_its_time_before_half_of_it_is_over(
    files, seed, machine
):
    drawn = Random(seed)
    sizes = [drawn.randint(3_000, 9_000) for _ in range(files)]
    told = list(run(sizes, machine))
    began, end = told[0][0], told[-1][0]
    first = next((now for now, progress in told if progress.seconds_left is not None), end)
    working = end - began - machine.load
    assert working < 40 or first - began - machine.load < working / 2


def test_nothing_is_told_while_the_model_is_being_loaded_or_just_after():
    machine = Machine(load=60.0)
    for now, progress in run([5_000] * 3_000, machine):
        if now < 100 + 60 + 10:
            assert progress.seconds_left is None


def test_a_machine_that_stood_still_says_nothing_until_it_knows_again():
    clock = Clock()
    pace = Pace([1_000] * 1_000, clock)
    for _ in range(300):
        clock.now += 0.1
        pace.step()
        pace.mark()
    before = pace.progress("").seconds_left
    clock.now += 75
    assert pace.progress("").seconds_left is None
    pace.step()
    pace.mark()
    assert pace.progress("").seconds_left is None
    for _ in range(500):
        clock.now += 0.1
        pace.step()
        pace.mark()
        left = pace.progress("").seconds_left
        assert left is None or left < 1.6 * before
    assert left == pytest.approx(19.9, rel=0.6)
