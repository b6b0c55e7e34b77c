"""SIGKILL at any instant of an operation: the last commit stays, and the next run goes on."""

import random
from collections.abc import Iterator

import pytest
from faults.bench import Bench, Outcome, bench
from faults.operations import OPERATIONS


def kills(place: Bench, tries: int, chance: random.Random) -> Iterator[Outcome]:
    """Kill each operation in turn, at instants spread over the time that it takes."""
    seconds = {one: place.stage.perform(place.disturbed(one)).seconds for one in OPERATIONS}
    for number in range(tries):
        operation = OPERATIONS[number % len(OPERATIONS)]
        fault = place.disturbed(
            operation,
            kill_after=chance.uniform(0, seconds[operation]),
            is_group_killed=bool(number % 2),
        )
        yield place.tried(fault)[1]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("kills")) as made:
        yield made


def test_a_kill_loses_nothing_and_leaves_nothing(place):
    outcomes = list(kills(place, 10, random.Random(4)))
    assert len(outcomes) == 10
    assert not [one for one in outcomes if one.is_lost or one.is_wrong]


def test_the_kill_reaches_the_operation(place):
    ended = place.stage.perform(place.disturbed("first", kill_after=0.0))
    assert ended.how == "killed"
