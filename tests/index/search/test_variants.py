"""The corpus is found under other spellings of names, and other ways to write numbers and days."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_ins import ingest

from index.search import variants
from index.store.opening import open_store
from index.text.keywords import Choice
from index.text.names import MOST_RESPELLINGS, respellings
from index.text.numerals import date_forms, number_forms

FILLERS = [
    f"Rain fell over {where}, and the ferry waited for the evening tide to turn."
    for where in ("the harbour", "the estuary", "the islands", "the lighthouse")
]
"""No copies of one another: those would count once."""


def first_found(folder: Path, sentences: list[str], query: str) -> str | None:
    """Index one article for each sentence; give the one that the words of the query find first."""
    root = folder / "articles"
    root.mkdir()
    for number, sentence in enumerate([*sentences, *FILLERS]):
        (root / f"{number}.txt").write_text(f"{sentence}\n", encoding="utf-8")
    ingest(root, folder / "index")
    store = open_store(folder / "index")
    try:
        ranking = store.matching(variants.read(query, store.vocabulary()), 5)
        found = store.passages([row for row, _ in ranking])
        best = [found[row][0].text.strip() for row, _ in ranking]
        return best[0] if best else None
    finally:
        store.close()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("Zelenskyy", "On Monday Zelensky spoke to the council about the bridge."),
        ("kiev", "On Monday the mayor of Kyiv opened a bridge."),
        ("5,000", "The army ordered 5000 helmets for the winter."),
        ("5000 helmets", "The army ordered 5,000 of them for the winter."),
        ("five thousand", "The army ordered 5,000 of them for the winter."),
        ("twenty", "The army ordered 20 of them for the winter."),
        ("1.6bn", "The bridge cost the city 1.6 billion over ten years."),
        ("$1.6 billion", "The bridge cost the city $1.6bn over ten years."),
        ("fifty percent", "The bridge lost 50 per cent of its paint."),
        ("June 23", "The bridge opened on the 23rd of June after long delays."),
        ("23rd June", "The bridge opened on 23 June after long delays."),
        ("23 June 2025", "Published 2025-06-23 by the harbour office."),
        ("2025-06-23", "The bridge opened on June 23 after long delays."),
        ("Oct", "The bridge opened in October after long delays."),
        ("the US", "The United States paid for the bridge."),
        ("U.S.", "The bridge was paid for by the United States."),
        ("United Kingdom", "The bridge was paid for by the UK."),
        ("Lodz bridge", "In Łódź they opened it."),
        ("Łódź bridge", "In Lodz they opened it."),
        ("Tromsö bridge", "In Tromsø they opened it."),
        ("1500 at the bridge", "There were 1,500 men."),
        ("Doctors Without Borders", "MSF built the bridge."),
        ("how much CO2", "The bridge stores CO₂ in its concrete, says the harbour office."),
        ("how much CO₂", "The bridge stores CO2 in its concrete, says the harbour office."),
        ("10^9 drops", "Over the bridge fell 10⁹ of them in a night, says the harbour office."),
        ("10⁹ drops", "Over the bridge fell 10^9 of them in a night, says the harbour office."),
        ("60 km2", "The bridge spans 60 km² of marsh, says the harbour office."),
        ("60 km²", "The bridge spans 60 km2 of marsh, says the harbour office."),
        ("cease-fire", "The ceasefire held until the bridge was repaired."),
    ],
)
def test_the_same_thing_is_found_however_it_is_written(tmp_path, query, sentence):
    others = ["A council met on Friday.", "The 24 members of 1945 met in May.", "The army rested."]
    assert first_found(tmp_path, [*others, sentence], query) == sentence


def test_a_name_with_two_spellings_counts_once(tmp_path):
    both = "Zelenskyy, also spelt Zelensky, opened the bridge in the old town of the north."
    one = "Zelensky opened the bridge and its tunnel in the old town of the north today."
    assert first_found(tmp_path, [both, one], "Zelensky bridge tunnel") == one


def test_words_in_double_quotes_are_taken_literally(tmp_path):
    sentences = ["On Monday Zelensky spoke.", "On Monday Zelenskyy spoke."]
    assert first_found(tmp_path, sentences, '"Zelenskyy"') == sentences[1]


def test_common_words_have_no_other_spelling(tmp_path):
    sentence = "Later the latter diner served a dinner, and a tire by the tyre."
    assert first_found(tmp_path, [sentence, "Much later still."], "latter") == sentence


SAME = """zelensky zelenskyy|zelensky zelenskiy|zelenskyi zelensky|kyiv kiev|kyev kyiv
mohammed muhammad|mohamed muhammad|gaddafi qaddafi|gaddafi kadafi|gaddafi gadhafi|hussein hussain
hezbollah hizbullah|osama usama|odesa odessa|kharkiv kharkov|lviv lvov|sergei sergey|mahmoud mahmud
iraq irak|viktor victor|josef joseph|mueller muller|goebbels gobbels|qaeda qaida|ahmed ahmad
gorbachev gorbachov|farouk faruk|navalny navalnyy|lukashenko lukashenka|abdullah abdallah
dostoevsky dostoyevsky|chaikovsky tchaikovsky|yousef yusuf|hasan hassan""".replace("\n", "|")
DIFFERENT = """iran iraq|austria australia|biden bidet|biden baden|niger nigeria|maria marie
paul paula|mali malawi|slovakia slovenia|harris hariri|houston huston|bolton burton|marin marina
peterson petersen|korea corea|gates kates|carl karl|johnson johnston|moore more|michael michal
samuel samul|hudson hodson|oman uman|khan kan|gaza kaza|luther lothar|starr star|jordan jourdan"""


@pytest.mark.parametrize("pair", SAME.split("|"))
def test_spellings_of_one_name_meet(pair):
    one, other = pair.split()
    assert other in respellings(one)
    assert one in respellings(other)


@pytest.mark.parametrize("pair", DIFFERENT.replace("\n", "|").split("|"))
def test_different_names_never_meet(pair):
    one, other = pair.split()
    assert other not in respellings(one)
    assert one not in respellings(other)


@given(st.text(alphabet="abcdefghiklmnoqstuvyz", max_size=16))
def test_no_name_has_too_many_spellings_or_is_its_own(name):
    others = respellings(name)
    assert name not in others
    assert len(others) == len(set(others)) <= MOST_RESPELLINGS


@given(st.integers(min_value=2, max_value=10**14))
def test_every_number_is_written_in_digits_with_and_without_commas(number):
    for written in (f"{number:,} men", f"({number:,})"):
        ((typed, forms),) = number_forms(written)
        assert typed == f"{number:,}"
        assert {str(number), f"{number:,}"} <= set(forms)


@pytest.mark.parametrize("text", ["in 2014", "one day", "7.0 on the scale", "Covid-19", "v1.2.3"])
def test_years_names_and_measures_have_no_other_form(text):
    assert list(number_forms(text)) == []


@given(st.dates())
def test_every_iso_date_is_also_written_out(day):
    ((_, forms),) = date_forms(day.isoformat())
    assert f"{day.day} {day:%B}".lower() in forms
    assert list(number_forms(day.isoformat())) == []


@given(st.text())
def test_no_text_breaks_numbers_and_dates(text):
    list(number_forms(text))
    list(date_forms(text))


def test_a_choice_keeps_its_best_reading():
    choice = Choice((("june", "23"), ("june", "23rd"), ("06 23",)))
    assert choice.surplus({"june": 2, "23": 3, "23rd": 4}) == 3
    assert choice.surplus({"june": 2, "06 23": 5}) == 2
    assert choice.surplus({}) == 0
