"""Sets of rows are sets."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.store.embedded.rowsets import RowSet

IDS = st.sets(st.integers(0, 99))


@given(IDS, IDS)
def test_rowsets_do_what_sets_do(one, other):
    first, second = RowSet.of(one), RowSet.of(other)
    assert set((first & second).ids().tolist()) == one & other
    assert set((first | second).ids().tolist()) == one | other
    assert set((first - second).ids().tolist()) == one - other
    assert len(first) == len(one)
    assert {row for row in range(120) if row in first} == one


@given(IDS)
def test_packed_bits_are_the_ids(ids):
    bits = np.unpackbits(RowSet.of(ids).packed(), bitorder="little")
    assert set(np.flatnonzero(bits).tolist()) == ids


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9))))
def test_ranges_hold_both_ends_and_what_is_between(ranges):
    held = RowSet.between([(first, first + more) for first, more in ranges])
    expected = {first + step for first, more in ranges for step in range(more + 1)}
    assert set(held.ids().tolist()) == expected
    assert len(held) == len(expected)
