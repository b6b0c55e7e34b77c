"""Words for a time: which days they mean, and which words only look like one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.when import mention_of, parsed_day, period_of

WEDNESDAY = date(2025, 6, 18)

RELATIVE = [
    ("What happened today?", "today", "2025-06-18", "2025-06-18"),
    ("Who was killed last night?", "last night", "2025-06-17", "2025-06-18"),
    ("What did he say yesterday?", "yesterday", "2025-06-17", "2025-06-17"),
    ("What did Biden announce this week?", "this week", "2025-06-11", "2025-06-18"),
    ("Who won last week?", "last week", "2025-06-09", "2025-06-15"),
    ("Who won in the past week?", "the past week", "2025-06-11", "2025-06-18"),
    ("Who played over the weekend?", "the weekend", "2025-06-14", "2025-06-15"),
    ("Who played last weekend?", "last weekend", "2025-06-14", "2025-06-15"),
    ("How many died this month?", "this month", "2025-06-01", "2025-06-18"),
    ("How many died last month?", "last month", "2025-05-01", "2025-05-31"),
    ("What did Apple earn last quarter?", "last quarter", "2025-01-01", "2025-03-31"),
    ("How many so far this year?", "so far this year", "2025-01-01", "2025-06-18"),
    ("Who hosts this year's cup?", "this year", "2025-01-01", "2025-06-18"),
    ("Who won it last year?", "last year", "2024-01-01", "2024-12-31"),
    ("What grew over the past decade?", "the past decade", "2015-06-18", "2025-06-18"),
    ("Who fell in the past 3 days?", "past 3 days", "2025-06-15", "2025-06-18"),
    ("Who left in the last few days?", "last few days", "2025-06-13", "2025-06-18"),
    ("Who left in the last 36 hours?", "last 36 hours", "2025-06-16", "2025-06-18"),
    ("Who left in recent weeks?", "recent weeks", "2025-05-14", "2025-06-18"),
    ("Who resigned 3 days ago?", "3 days ago", "2025-06-15", "2025-06-15"),
    ("Who resigned two weeks ago?", "two weeks ago", "2025-06-01", "2025-06-07"),
    ("Who resigned a month ago?", "a month ago", "2025-05-01", "2025-05-31"),
    ("What was found recently?", "recently", "2025-04-19", "2025-06-18"),
    ("What is the latest on Taurus?", "latest", "2025-04-19", "2025-06-18"),
    ("Where was the most recent summit?", "most recent", "2025-04-19", "2025-06-18"),
    ("Who is currently in charge?", "currently", "2025-04-19", "2025-06-18"),
    ("What burnt last summer?", "last summer", "2024-06-01", "2024-08-31"),
    ("What burns this summer?", "this summer", "2025-06-01", "2025-06-18"),
    ("What froze last winter?", "last winter", "2024-12-01", "2025-02-28"),
    ("Who met last June?", "last June", "2024-06-01", "2024-06-30"),
    ("Who met this June?", "this June", "2025-06-01", "2025-06-18"),
    ("Who met in May?", "May", "2025-05-01", "2025-05-31"),
    ("who met in march", "march", "2025-03-01", "2025-03-31"),
    ("Who met in September?", "September", "2024-09-01", "2024-09-30"),
    ("Who met in late May?", "late May", "2025-05-21", "2025-05-31"),
    ("Who retired on Tuesday?", "Tuesday", "2025-06-17", "2025-06-17"),
    ("Who retired Wednesday?", "Wednesday", "2025-06-18", "2025-06-18"),
    ("Who retired last Wednesday?", "last Wednesday", "2025-06-11", "2025-06-11"),
    ("What fell on 3 June?", "3 June", "2025-06-03", "2025-06-03"),
    ("What fell on 29 February?", "29 February", "2024-02-29", "2024-02-29"),
    ("How many since last week?", "since last week", "2025-06-09", "2025-06-18"),
    ("How many since June?", "since June", "2025-06-01", "2025-06-18"),
    ("How many since the start of the year?", "since the start of the year", "2025-01-01",
     "2025-06-18"),
    ("Who spoke from Monday to Friday?", "from Monday to Friday", "2025-06-09", "2025-06-13"),
]  # fmt: skip

EVENTS = [
    ("Who was king in 1066?", "1066", "1066-01-01", "1066-12-31"),
    ("Who won the 2014 elections?", "2014", "2014-01-01", "2014-12-31"),
    ("What caused the Great Depression of 1929?", "1929", "1929-01-01", "1929-12-31"),
    ("Who led in late 2014?", "late 2014", "2014-08-31", "2014-12-31"),
    ("Who led in mid-2014?", "mid-2014", "2014-05-02", "2014-09-01"),
    ("Who met in June 2014?", "June 2014", "2014-06-01", "2014-06-30"),
    ("Who met in the summer of 2014?", "summer of 2014", "2014-06-01", "2014-08-31"),
    ("Who met on June 23, 2025?", "June 23, 2025", "2025-06-23", "2025-06-23"),
    ("Who met on the 3rd of June 2020?", "3rd of June 2020", "2020-06-03", "2020-06-03"),
    ("Who met on 2014-06-23?", "2014-06-23", "2014-06-23", "2014-06-23"),
    ("Who met on 23/6/2014?", "23/6/2014", "2014-06-23", "2014-06-23"),
    ("Who met on Monday, June 23, 2014?", "Monday, June 23, 2014", "2014-06-23", "2014-06-23"),
    ("Who met on June 3-10, 2014?", "June 3-10, 2014", "2014-06-03", "2014-06-10"),
    ("Who sang in the 1990s?", "the 1990s", "1990-01-01", "1999-12-31"),
    ("Who sang in the '90s?", "the '90s", "1990-01-01", "1999-12-31"),
    ("Who sang in the nineties?", "the nineties", "1990-01-01", "1999-12-31"),
    ("Who ruled in the 1800s?", "the 1800s", "1800-01-01", "1899-12-31"),
    ("Who ruled in the 19th century?", "19th century", "1801-01-01", "1900-12-31"),
    ("Who ruled in the nineteenth century?", "nineteenth century", "1801-01-01", "1900-12-31"),
    ("Who ruled last century?", "last century", "1901-01-01", "2000-12-31"),
    ("Who fell five years ago?", "five years ago", "2020-01-01", "2020-12-31"),
    ("What is the January 6 committee?", "January 6", "2025-01-06", "2025-01-06"),
    ("How many since 2014?", "since 2014", "2014-01-01", "2025-06-18"),
    ("How many after 2014?", "after 2014", "2015-01-01", "2025-06-18"),
    ("How many before March 2020?", "before March 2020", None, "2020-02-29"),
    ("How many by 2030?", "by 2030", None, "2030-12-31"),
    ("How many until Friday?", "until Friday", None, "2025-06-13"),
    ("Who led from 2010 to 2014?", "from 2010 to 2014", "2010-01-01", "2014-12-31"),
    ("Who led between 2010 and 2014?", "between 2010 and 2014", "2010-01-01", "2014-12-31"),
    ("Who fought in 1939-1945?", "1939-1945", "1939-01-01", "1945-12-31"),
    ("Who won in 2014-15?", "2014-15", "2014-01-01", "2015-12-31"),
    ("Who met between June and August 2014?", "between June and August 2014", "2014-06-01",
     "2014-08-31"),
    ("Who met from June 3 to June 10, 2024?", "from June 3 to June 10, 2024", "2024-06-03",
     "2024-06-10"),
]  # fmt: skip

AHEAD = [
    ("What opens tomorrow?", "tomorrow", "2025-06-19", "2025-06-19"),
    ("What opens next month?", "next month", "2025-07-01", "2025-07-31"),
    ("Who meets next June?", "next June", "2026-06-01", "2026-06-30"),
    ("Who will be elected on Sunday?", "Sunday", "2025-06-22", "2025-06-22"),
    ("Who will play in February?", "February", "2026-02-01", "2026-02-28"),
    ("What falls on June 23?", "June 23", "2025-06-23", "2025-06-23"),
    ("What opens later this year?", "later this year", "2025-06-18", "2025-12-31"),
]

LOOKALIKES = """
May I ask who was Theresa May?
Who replaced May?
How may 3 people enter?
Did troops march on Washington?
Who writes for the Sunday Times?
When is Black Friday?
Who works every Sunday?
What takes place on Tuesday afternoons?
Who reads USA Today?
Who hosts Last Week Tonight?
Who ran for a second time?
Who made Windows 95?
Who wrote "1984" and Catch-22?
Who sang "Yesterday"?
Who sang ‘Last Christmas’ and 'Yesterday'?
Where does Highway 61 end?
Who won World War 2?
Were 2000 people killed?
Were more than 1500 homes lost?
Who won the 1500 metres?
Who paid $2000, or 1,500?
Who flew flight 1549?
Who ruled around 1500 BC, in the 5th century BC?
What was his last year in office?
How were the last years of his life?
How long did it last?
Who was player of the year?
Is it the first time in 20 years?
When must it be paid at the latest?
What happened on 3/4/2025?
What happened on February 30?
Who fired at the Fourth of July parade?
""".strip().splitlines()


def days(period):
    return [day.isoformat() if day else None for day in (period.first, period.last)]


@pytest.mark.parametrize(("question", "words", "first", "last"), RELATIVE)
def test_words_reckoned_from_the_day_of_asking_say_when_the_report_is_from(
    question, words, first, last
):
    mention = mention_of(question, WEDNESDAY)
    assert [mention.period.words, *days(mention.period)] == [words, first, last]
    assert mention.is_relative


@pytest.mark.parametrize(("question", "words", "first", "last"), EVENTS + AHEAD)
def test_a_time_of_its_own_or_ahead_may_be_reported_on_any_day(question, words, first, last):
    mention = mention_of(question, WEDNESDAY)
    assert [mention.period.words, *days(mention.period)] == [words, first, last]
    assert not mention.is_relative


@pytest.mark.parametrize("question", LOOKALIKES)
def test_words_that_only_look_like_a_time_are_left_alone(question):
    assert period_of(question, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which team won its first title since 1998 this week?", "this week"),
        ("What did she release last week, having recently left?", "last week"),
        ("Who, elected in 2014, fell on 3 March 2016?", "3 March 2016"),
        ("What did they say this year, and what on Monday?", "Monday"),
    ],
)
def test_of_several_times_the_one_that_tells_the_most_counts(question, words):
    assert period_of(question, WEDNESDAY).words == words


@pytest.mark.parametrize(
    ("asked_on", "first", "last"),
    [
        (date(2025, 6, 16), date(2025, 6, 14), date(2025, 6, 15)),
        (date(2025, 6, 20), date(2025, 6, 21), date(2025, 6, 22)),
        (date(2025, 6, 21), date(2025, 6, 21), date(2025, 6, 21)),
        (date(2025, 6, 22), date(2025, 6, 21), date(2025, 6, 22)),
    ],
)
def test_this_weekend_is_the_nearest_one(asked_on, first, last):
    period = period_of("Who plays this weekend?", asked_on)
    assert (period.first, period.last) == (first, last)


def test_a_question_in_capitals_is_read_as_well():
    assert period_of("WHO WON LAST WEEK?", WEDNESDAY).words == "LAST WEEK"


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        (" 2025-06-23 ", "2025-06-23", "2025-06-23"),
        ("3 June 2025", "2025-06-03", "2025-06-03"),
        ("june 3rd, 2025", "2025-06-03", "2025-06-03"),
        ("23.6.2025", "2025-06-23", "2025-06-23"),
        ("Yesterday", "2025-06-17", "2025-06-17"),
        ("last  week", "2025-06-09", "2025-06-15"),
        ("Last Week", "2025-06-09", "2025-06-15"),
        ("tuesday", "2025-06-17", "2025-06-17"),
        ("june", "2025-06-01", "2025-06-18"),
        ("May", "2025-05-01", "2025-05-31"),
        ("may 2024", "2024-05-01", "2024-05-31"),
        ("two weeks ago", "2025-06-01", "2025-06-07"),
        ("since 2014", "2014-01-01", "2025-06-18"),
    ],
)
def test_an_option_takes_dates_and_words(typed, first, last):
    assert days(parsed_day(typed, WEDNESDAY)) == [first, last]


@pytest.mark.parametrize(
    "typed", ["", "soon", "3/4/2025", "2025-02-30", "31 June 2024", "2025-6", "June and", "'2014'"]
)
def test_what_is_no_date_is_refused_with_what_is(typed):
    with pytest.raises(ValueError, match=r"is no date; write a day \(2025-06-23\)"):
        parsed_day(typed, WEDNESDAY)


WORDS = st.lists(
    st.sampled_from(
        """this last past next early mid late in on since until by before after between and from to
        the of few two ago week weekend month quarter year years decade century hours June May 23
        29 February 2014 2014-15 1990s 9999 0001 12 3rd Tuesday summer winter yesterday recently
        tomorrow latest will 21st nineteenth , - ' " “ ” /""".split()
    ),
    max_size=9,
).map(" ".join)


@given(WORDS | st.text(), st.dates())
def test_no_question_and_no_day_is_too_much(question, asked_on):
    mention = mention_of(question, asked_on)
    if mention:
        assert mention.period.words
        assert mention.period.words in question
        assert mention.period.first or mention.period.last


@given(WORDS | st.text(), st.dates())
def test_any_option_is_days_or_refused(typed, asked_on):
    refused = ""
    try:
        period = parsed_day(typed, asked_on)
    except ValueError as error:
        refused = str(error)
    assert "is no date" in refused if refused else period.first or period.last


@given(st.dates())
def test_an_iso_day_is_that_day(day):
    assert parsed_day(day.isoformat(), WEDNESDAY).first == day
