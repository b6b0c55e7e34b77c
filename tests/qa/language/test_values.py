"""Words to values that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.values import Amount, Moment, Name, same, value_of

KINDS = ("number", "time", "name")
PUBLISHED = st.none() | st.sampled_from(
    ["2025", "2025-06", "2025-06-23", "0001-01-01", "9999-12-31"]
)
WORDS = st.text() | st.lists(
    st.sampled_from(
        "5 17 2,000 £1.6 $3bn five thousand dozen hundreds % years km 23rd June 31 Feb 2024 Monday "
        "today tomorrow next week 19th century noon Zelensky Zelenskyy Ann Lee Mr. King of the UK "
        "United Kingdom 1990s 30 BC - and a".split()
    ),
    max_size=5,
).map(" ".join)


def number(words):
    return value_of(words, "number", None)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("5,000", Amount(5000)),
        ("five thousand", Amount(5000)),
        ("two hundred and forty-one", Amount(241)),
        ("two dozen", Amount(24)),
        ("a million", Amount(10**6)),
        ("1.6 million", Amount(1_600_000)),
        ("£1.6 billion", Amount(1_600_000_000, "pound")),
        ("$5bn", Amount(5_000_000_000, "dollar")),
        ("3.5 percent", Amount(3.5, "percent")),
        ("3.5%", Amount(3.5, "percent")),
        ("3.5 per cent", Amount(3.5, "percent")),
        ("three years", Amount(3, "year")),
        ("12 kilometres", Amount(12, "kilometer")),
        ("12 km", Amount(12, "kilometer")),
        ("hundreds", None),
        ("millions", None),
        ("half", None),
    ],
)
def test_an_amount_is_read_with_its_unit(words, amount):
    assert number(words) == amount


@pytest.mark.parametrize(
    ("words", "published", "moment"),
    [
        ("June 23", None, Moment(None, 6, 23)),
        ("23rd of June", "2025", Moment(2025, 6, 23, 0)),
        ("June 23", "2025-06-25", Moment(2025, 6, 23, 0)),
        ("30 December", "2025-01-02", Moment(2024, 12, 30, 0)),
        ("January", "2024-12-30", Moment(2025, 1)),
        ("June 2014", "2025-06-25", Moment(2014, 6)),
        ("2014", None, Moment(2014)),
        ("31 February 2024", None, Moment(2024, 2, 31)),
        ("Saturday", None, Moment(weekday=5)),
        ("Saturday", "2025-06", Moment(weekday=5)),
        ("Monday", "2025-06-25", Moment(2025, 6, 23, 0)),
        ("Wednesday", "2025-06-25", Moment(2025, 6, 25, 2)),
        ("yesterday", "2025-06-25", Moment(2025, 6, 24, 1)),
        ("yesterday", None, None),
        ("last summer", "2025-06-25", None),
        ("tomorrow", "9999-12-31", None),
        ("Sunday", "0001-01-01", Moment(weekday=6)),
        ("19th century", None, Moment(other="19th century")),
    ],
)
def test_a_moment_is_read_as_far_as_it_is_told(words, published, moment):
    assert value_of(words, "time", published) == moment


def test_a_weekday_of_what_will_be_is_the_next_one():
    ahead = value_of("Saturday", "time", "2025-06-25", is_ahead=True)
    assert ahead == Moment(2025, 6, 28, 5)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Moment(None, 6, 23), Moment(2025, 6, 23, 0), True),
        (Moment(2022), Moment(2022, 2), True),
        (Moment(2022), Moment(2023, 2), False),
        (Moment(2022), Moment(None, 6, 23), None),
        (Moment(weekday=5), Moment(None, 6, 23), None),
        (Moment(weekday=5), Moment(2025, 6, 23, 0), False),
        (Moment(weekday=5), Moment(2025, 6, 28, 5), None),
        (Moment(weekday=5), Moment(weekday=5), True),
        (Moment(weekday=5), Moment(weekday=6), False),
        (Amount(5, "year"), Amount(5), None),
        (Amount(1.6e9, "pound"), Amount(1.63e9, "pound"), True),
        (Amount(100), Amount(104), False),
        (Amount(100, "", is_rough=True), Amount(104), True),
        (Amount(0), Amount(3), False),
        (Amount(5), Name(("five",)), None),
    ],
)
def test_values_are_the_same_or_differ_or_it_can_not_be_told(one, other, verdict):
    assert same(one, other) is verdict
    assert same(other, one) is verdict


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Volodymyr Zelensky", "President Zelenskyy", True),
        ("Zelensky", "zelenskiy", True),
        ("King Charles III", "Charles", True),
        ("José García", "Jose Garcia", True),
        ("United Kingdom", "UK", True),
        ("U.S.", "United States", True),
        ("Kyiv", "Kiev", True),
        ("J. Smith", "John Smith", True),
        ("Charlotte Smith", "John Smith", False),
        ("Ann Lee", "Ann Marlow", False),
        ("Octavia", "Ottavia", False),
        ("London", "Paris", False),
    ],
)
def test_names_are_one_however_they_are_spelt(one, other, is_same):
    first, second = value_of(one, "name", None), value_of(other, "name", None)
    assert same(first, second) is is_same


@given(st.sampled_from(KINDS), WORDS, PUBLISHED, st.booleans())
def test_every_value_is_the_same_as_itself(kind, words, published, is_ahead):
    value = value_of(words, kind, published, is_ahead=is_ahead)
    assert value is None or same(value, value)


@given(st.sampled_from(KINDS), WORDS, WORDS, PUBLISHED)
def test_sameness_does_not_depend_on_the_order(kind, one, other, published):
    first, second = value_of(one, kind, published), value_of(other, kind, published)
    if first and second:
        assert same(first, second) is same(second, first)
