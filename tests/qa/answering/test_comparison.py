"""What several articles say, side by side: agreement, disagreement, or silence."""

from dataclasses import replace

import pytest
from replies import article

from index.types import Span
from qa.answering.comparison import compare
from qa.language.answertype import answering_spans
from qa.types import Citation, Quote

FLOOD = "How many people died in the flood at Ostra?"
VISIT = "When was Kos in Ostra?"


def told(question, *said, **known):
    """One quote for each (words, what is known of its article), the best first."""
    quotes = []
    for n, one in enumerate(said, start=1):
        words, more = one if isinstance(one, tuple) else (one, {})
        path = more.get("path", f"{n}.txt")
        facts = {key: value for key, value in more.items() if key not in ("path", "body", "score")}
        body = more.get("body", f"Report {n} of its own.")
        source = article(path, f"{body}\n\n{words}\n", title="News", title_is_derived=True, **facts)
        quotes.append(_quote(n, words, source, question, more.get("score", 0.9)))
    return quotes


def _quote(n, words, source, question, score):
    start = source.text.index(words)
    span = Span(start, start + len(words))
    lit = answering_spans(question, words, start)
    return Quote(n, Citation(source, span), score, span, highlights=lit)


def findings(question, *said):
    compared = compare(told(question, *said), question)
    return compared and [(one.words, one.quotes, one.outlets) for one in compared.findings]


def test_two_outlets_with_two_numbers_differ():
    assert findings(
        FLOOD,
        ("The flood at Ostra killed 12 people.", {"outlet": "Times"}),
        ("In Ostra, 17 people died in the flood.", {"outlet": "Courier"}),
    ) == [("12 people", (1,), 1), ("17 people", (2,), 1)]


def test_two_outlets_with_one_number_in_other_words_agree():
    assert findings(
        FLOOD,
        ("The flood at Ostra killed 12 people.", {"outlet": "Times"}),
        ("Twelve people died in the flood, Ostra’s mayor said.", {"outlet": "Courier"}),
    ) == [("12 people", (1, 2), 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000 people", "more than 5000 people"),
        ("around 58,000 people", "58,217 people"),
        ("1.2 million people", "1,200,000 people"),
        ("two dozen people", "24 people"),
        ("five thousand two hundred people", "5,200 people"),
    ],
)
def test_a_number_is_one_however_it_is_written(one, other):
    found = findings(
        FLOOD, f"The flood at Ostra killed {one}.", f"In the flood at Ostra {other} died."
    )
    assert found == [(one, (1, 2), 2)]


@pytest.mark.parametrize(
    ("one", "other"), [("12 people", "13 people"), ("5,000 people", "5,200 people")]
)
def test_numbers_that_are_near_are_not_one(one, other):
    found = findings(
        FLOOD, f"The flood at Ostra killed {one}.", f"In the flood at Ostra {other} died."
    )
    assert [words for words, _, _ in found] == [one, other]


def test_money_in_two_currencies_is_not_compared():
    question = "How much did the Ostra bridge cost?"
    assert findings(question, "The Ostra bridge cost £5m.", "The bridge at Ostra cost $6m.") is None
    assert (
        len(findings(question, "The Ostra bridge cost £5m.", "The bridge at Ostra cost £6m.")) == 2
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("23 June", "June 23"),
        ("23rd of June", "Jun. 23, 2025"),
        ("2025-06-23", "June 23"),
        ("June 2025", "23 June 2025"),
    ],
)
def test_a_date_is_one_in_every_notation(one, other):
    found = findings(VISIT, f"Kos was in Ostra on {one}.", f"On {other} Kos came to Ostra.")
    assert found == [(one, (1, 2), 2)]


def test_weekdays_are_reckoned_from_the_day_of_publication():
    assert findings(
        VISIT,
        ("Kos was in Ostra on Monday.", {"published": "2025-06-25"}),
        ("On 23 June Kos came to Ostra.", {"published": "2025-07-01"}),
        ("Kos came to Ostra yesterday.", {"published": "2025-06-24"}),
    ) == [("Monday", (1, 2, 3), 3)]


def test_a_weekday_without_a_date_stands_beside_dates_that_differ():
    said = (
        "On the morning of October 24, Kos was in Ostra.",
        "Kos met the mayor of Ostra on June 23.",
        "Kos met the mayor of Ostra on Saturday.",
        "Kos left on 23 June after a visit to Ostra.",
    )
    assert [words for words, _, _ in findings(VISIT, *said)] == [
        "October 24",
        "June 23",
        "Saturday",
    ]
    assert findings(VISIT, *said)[1][1] == (2, 4)
    assert findings(VISIT, said[1], said[2]) is None


def test_a_date_of_another_event_takes_no_part():
    assert (
        findings(
            VISIT,
            "Kos was in Ostra on June 23.",
            "The talks of Kos in Ostra preceded a summit on 24 June.",
        )
        is None
    )


def test_a_date_in_a_sentence_that_is_not_about_it_takes_no_part():
    question = "When is the harvest fair?"
    assert (
        findings(
            question, "The harvest fair is on 24 June.", "They met on 23 June. The fair came later."
        )
        is None
    )


def test_one_name_in_several_spellings_is_one():
    question = "Who opened the bridge in Ostra?"
    assert findings(
        question,
        "The bridge in Ostra was opened by Volodymyr Zelensky.",
        "President Zelenskyy opened the bridge in Ostra.",
    ) == [("Volodymyr Zelensky", (1, 2), 2)]


def test_two_names_differ():
    question = "Who opened the bridge in Ostra?"
    assert findings(
        question,
        "The bridge in Ostra was opened by Ann Lee.",
        "Mr. Marlow opened the bridge in Ostra.",
    ) == [("Ann Lee", (1,), 1), ("Mr. Marlow", (2,), 1)]


def test_an_article_that_names_both_does_not_differ():
    question = "Where did the talks with Kos begin?"
    assert (
        findings(
            question,
            "The talks with Kos began in Ostra.",
            ("The talks with Kos began at Marlow House.", {"body": "A day in Ostra."}),
        )
        is None
    )


def test_a_name_that_is_no_place_does_not_differ_from_one():
    question = "Where were the talks with Kos held?"
    said = ("The talks with Kos were held in Ostra.", "Well, the talks with Kos were held.")
    assert findings(question, *said) is None
    apart = (said[0], "The talks with Kos were held near Marlow.")
    assert [words for words, _, _ in findings(question, *apart)] == ["Ostra", "Marlow"]


def test_of_a_year_only_the_year_is_compared():
    question = "In which year was the Ostra bridge opened?"
    said = ("The Ostra bridge opened on 3 May 1999.", "Opened in 1999, the Ostra bridge is old.")
    assert findings(question, *said) == [("3 May 1999", (1, 2), 2)]
    later = ("The Ostra bridge opened on Monday.", {"published": "2025-06-25"})
    assert findings(question, said[0], later) is None


def test_a_question_about_something_else_than_was_said_makes_no_difference():
    question = "When did Kos sell the Ostra bridge?"
    said = ("Kos was in Ostra on 3 May.", "On 5 May Kos spoke in Ostra.")
    assert findings(question, *said) is None


def test_two_sentences_about_two_people_do_not_say_the_same():
    question = "What happened?"
    said = (
        "The budget adviser Ann Lee has tested positive for the river fever on Monday.",
        "The budget adviser Jan Marlow has tested positive for the river fever on Monday.",
    )
    assert findings(question, *said) is None


def test_of_a_part_and_its_total_the_one_that_was_asked_for_is_compared():
    said = (
        "Kos said its air force downed 339 of the 352 drones launched by Ruritania.",
        "Ruritania launched 352 drones.",
    )
    assert findings("How many drones did Ruritania launch?", *said) == [("352 drones", (1, 2), 2)]
    assert findings("How many of Ruritania’s drones were downed?", *said) != [
        ("352 drones", (1, 2), 2)
    ]


def test_a_quote_of_several_values_may_agree_but_not_differ():
    several = "Over 3 days the flood at Ostra killed 12 people, or 14 people by another count."
    one = "In the flood at Ostra 14 people died."
    assert findings(FLOOD, several, one) == [("14 people", (1, 2), 2)]
    assert findings(FLOOD, several, one.replace("14", "19")) is None


def test_a_weak_quote_takes_no_part():
    weak = ("In the flood at Ostra 14 people died.", {"score": 0.02})
    assert findings(FLOOD, "The flood at Ostra killed 12 people.", weak) is None
    sure = (weak[0], {"score": 0.92})
    best = ("The flood at Ostra killed 12 people.", {"score": 0.9999})
    assert len(findings(FLOOD, best, sure)) == 2


def test_one_article_is_not_held_against_itself():
    same = {"path": "a.txt"}
    assert (
        findings(
            FLOOD,
            ("The flood at Ostra killed 12 people.", same),
            ("In the flood at Ostra 14 people died.", same),
        )
        is None
    )


def test_the_newest_comes_first_and_the_undated_last():
    said = (
        "The flood at Ostra killed 11 people.",
        ("The flood at Ostra killed 12 people.", {"published": "2025-06-01"}),
        ("The flood at Ostra killed 15 people.", {"published": "2025-06-03"}),
        ("The flood at Ostra killed 14 people.", {"published": "2025-06"}),
    )
    assert [quotes for _, quotes, _ in findings(FLOOD, *said)] == [(3,), (2,), (4,), (1,)]


BODY = (
    "Rain fell on the hills for three days and the river rose above its banks on the second "
    "night. Families left their houses in boats and the army brought bread and blankets to the "
    "school, where four hundred beds were made ready before morning came."
)


def test_a_reprint_is_counted_once_whatever_its_outlet():
    assert findings(
        FLOOD,
        ("The flood at Ostra killed 12 people.", {"outlet": "Times", "body": BODY}),
        (
            "Twelve people died in the flood in Ostra.",
            {"outlet": "Courier", "body": f"By us. {BODY}"},
        ),
    ) == [("12 people", (1, 2), 1)]


def test_a_near_identical_quote_in_another_article_raises_no_count():
    quotes = told(FLOOD, ("The flood at Ostra killed 12 people.", {"outlet": "Times"}))
    copy = article("copy.txt", "The flood at Ostra killed 12 people.\n", outlet="Courier")
    quotes = [replace(quotes[0], also=(Citation(copy, Span(0, 36)),))]
    compared = compare(quotes, FLOOD)
    assert [(one.quotes, one.outlets) for one in compared.findings] == [((1,), 1)]


def test_without_a_value_quotes_corroborate_by_their_words():
    question = "What happened to the bridge?"
    said = (
        "The old stone bridge over the Ostra collapsed into the river at dawn.",
        "At dawn the stone bridge at Ostra collapsed and fell into the river, police said.",
        "A new school opens its doors to two hundred children in the village.",
    )
    assert findings(question, *said) == [(said[0], (1, 2), 2)]
    denied = "At dawn the stone bridge at Ostra had not collapsed into the river, police said."
    assert findings(question, said[0], denied) is None


def test_no_quotes_and_one_quote_are_nothing_to_compare():
    assert compare([], FLOOD) is None
    assert findings(FLOOD, "The flood at Ostra killed 12 people.") is None


def test_what_the_first_quote_does_not_give_heads_no_reply():
    assert (
        findings(
            FLOOD,
            "The flood at Ostra was the worst in years, and people died.",
            ("The flood at Ostra killed 12 people.", {"outlet": "Times"}),
            ("In Ostra, 12 people died in the flood.", {"outlet": "Courier"}),
        )
        is None
    )
    assert (
        findings(
            FLOOD,
            "The flood at Ostra killed 12 people in May and 30 people in June.",
            ("The flood at Ostra killed 15 people.", {"outlet": "Times"}),
            ("In Ostra, 17 people died in the flood.", {"outlet": "Courier"}),
        )
        is None
    )


@pytest.mark.parametrize("question", ["Who is Ida Kos?", "who was ida kos", "Who’s Ida Kos?"])
def test_what_several_articles_call_somebody_does_not_differ(question):
    assert not findings(
        question,
        "Ida Kos, the Mayor of Ostra, opened the lock on Monday.",
        "The lock was opened by Ida Kos and the Harbour Master Jan Lund on Monday.",
    )


def test_names_that_are_asked_for_still_differ():
    assert findings(
        "Who opened the lock?",
        "The lock at Ostra was opened by Ida Kos on Monday.",
        "Jan Lund opened the lock at Ostra on Monday.",
    )
