"""Partial dates: which days they may be, and how far they lie from a period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.days import days_apart, days_of, may_lie_in
from index.types import Period

JUNE = Period(date(2025, 6, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-06-23", date(2025, 6, 23), date(2025, 6, 23)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_a_partial_date_may_be_any_of_its_days(published, first, last):
    assert days_of(published) == (first, last)


@pytest.mark.parametrize(
    "published",
    [
        None, "", "0000", "2025-13", "2025-00", "2025-02-30", "2025-6", "2025-06-", "20250623",
        "25", "２０２５", "2025-06-23T10:00", " 2025", "2025\n", "last week",
    ],
)  # fmt: skip
def test_what_is_no_date_has_no_days(published):
    assert days_of(published) is None
    assert days_apart(published, JUNE) is None
    assert not may_lie_in(published, JUNE)


@pytest.mark.parametrize(
    ("published", "apart"),
    [
        ("2025-06-01", 0),
        ("2025-06-30", 0),
        ("2025-07-01", 1),
        ("2025-05-31", -1),
        ("2025", 0),
        ("2025-07", 1),
        ("2025-05", -1),
        ("2024", -152),
        ("2026", 185),
    ],
)
def test_days_after_a_period_count_up_and_days_before_it_count_down(published, apart):
    assert days_apart(published, JUNE) == apart
    assert may_lie_in(published, JUNE) == (apart == 0)


def test_an_open_end_reaches_as_far_as_there_are_days():
    assert days_apart("9999-12-31", Period(date(2025, 6, 1), None)) == 0
    assert days_apart("2025-05-30", Period(date(2025, 6, 1), None)) == -2
    assert days_apart("0001", Period(None, date(2025, 6, 1))) == 0
    assert days_apart("2025-06-03", Period(None, date(2025, 6, 1))) == 2
    assert may_lie_in("2025", Period(None, None))


@given(st.dates(), st.dates(), st.dates())
def test_moving_by_the_distance_reaches_the_period(published, one, other):
    period = Period(min(one, other), max(one, other))
    apart = days_apart(published.isoformat(), period)
    assert apart is not None
    assert may_lie_in((published - timedelta(days=apart)).isoformat(), period)


@given(st.text())
def test_any_text_is_days_in_order_or_none(text):
    days = days_of(text)
    assert days is None or days[0] <= days[1]
