"""Misspelt words are read as words of the corpus; everything else is left alone."""

from collections.abc import Sequence

import pytest

from index.search.spelling import corrected, is_slip
from index.text.foreign import known_abroad


class Words:
    """A corpus that is a list of words, written as its articles write them."""

    def __init__(self, text: str) -> None:
        self.words = text.split()
        self.lower = text.lower()

    def holds(self, words: str) -> bool:
        return f" {words} " in f" {self.lower} "

    def held(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if self.holds(word)]

    def count(self, word: str) -> int:
        return self.lower.split().count(word)

    def written(self, word: str) -> list[str]:
        return [form for form in self.words if form.lower() == word]

    def like(self, word: str, *, start: int) -> set[str]:
        return {other for other in self.lower.split() if other.startswith(word[:start])}


CORPUS = Words(
    "the summit summit summit submit Zelensky Zelensky Starmer Octavia Kyiv Baden Currie Sudan "
    "missiles agreement tank drones strong strong strong string parliament government were held "
    "prime minister prime model Harriman reached Austria Niger Iran Luther card photos singer"
)
ENGLISH = set("tanks where being how many was the prime minister who is in of led".split())


def read(query: str, corpus: Words = CORPUS) -> str:
    return corrected(query, corpus=corpus, is_english=ENGLISH.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("where is the sumit being heldd?", "where is the summit being held?"),
        ("who is zelenskyy", "who is zelensky"),
        ("Zelenski", "Zelensky"),
        ("Stramer", "Starmer"),
        ("kyev", "kyiv"),
        ("how many drnoes and misiles", "how many drones and missiles"),
        ("a tnak", "a tank"),
        ("the agreemnet", "the agreement"),
        ("the parlimant and the goverment", "the parliament and the government"),
        ("Stong", "Strong"),
        ("the primeminister", "the prime minister"),
        ("WHERE IS THE SUMIT", "WHERE IS THE SUMMIT"),
    ],
)
def test_a_slip_of_the_keys_is_read_as_the_word_meant(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    "query",
    [
        "how many tanks",
        "xqzzt blorf",
        "zelensky",
        "NATO",
        "DECnet",
        "sum it",
        "2024",
        "who doesn't",
    ],
)
def test_english_words_names_and_nonsense_are_left_alone(query):
    assert read(query) == query


@pytest.mark.parametrize(
    "word", "modal bake macroscopic singers propel quarks legalise havent".split()
)
def test_an_english_word_that_no_article_has_is_not_misspelt(word):
    assert read(f"the {word}") == f"the {word}"


@pytest.mark.parametrize(
    "name",
    "Ottavia Biden Curie Sedan Harrison Australia Nigeria Iraq Lothar Pauli Rankine".split(),
)
def test_a_name_is_not_read_as_another_name(name):
    assert read(f"who is {name}") == f"who is {name}"


def test_who_types_in_small_letters_may_have_slipped_in_a_name_too():
    assert read("who is octvia") == read("who is ottavia") == "who is octavia"
    assert read("who is biden") == "who is biden"


@pytest.mark.parametrize(
    "query",
    [
        "dove si terrà la riunionne sul tankk sumit dronnes",
        " ".join(["sumit"] * 9 + ["is"] * 40),
    ],
)
def test_a_query_of_mostly_unknown_words_is_left_alone(query):
    assert read(query) == query


@pytest.mark.parametrize(
    "query",
    [
        "was kostet die Fähre",
        "Wer leitet den Hafen?",
        "combien coûte la traversée",
        "cuanto cuesta el billete",
        "hoeveel kost de overtocht",
        "ile kosztuje bilet na prom",
    ],
)
def test_a_question_in_another_language_is_left_alone(query):
    near = Words("costed costed leisten coste courte cuestas kosten overtocht kosztuja billet")
    assert read(query, near) == query


def test_a_usual_word_of_another_language_is_right_in_an_english_question_too():
    corpus = Words("the costed costed kosten kosten ticket ferry harbour harbour")
    assert read("what does kostet mean", corpus) == "what does kostet mean"
    assert read("what does the hrabour mean", corpus) == "what does the harbour mean"


def test_known_words_of_other_languages_are_told_with_their_mentions():
    words = ["fähre", "kostet", "überall", "zzyzx", "été"]
    german, _, french, *_ = known_abroad(words)
    assert set(german) == {"fähre", "kostet", "überall"}
    assert german["kostet"] > 100 * german["fähre"]
    assert "été" in french


def test_slips_in_every_word_are_read_where_each_has_a_likely_word():
    assert read("sumit drnoes misiles") == "summit drones missiles"


def test_of_equally_near_words_the_more_frequent_is_meant():
    corpus = Words("strong strong sting")
    assert read("a stong", corpus) == "a strong"
    assert read("a stong", Words("strong sting sting")) == "a sting"


def test_of_two_forms_of_one_stem_the_one_that_is_written_is_meant():
    class Stemmed(Words):
        def count(self, word: str) -> int:
            return super().count("severe") if word in ("sever", "severe") else super().count(word)

    assert read("a seveer storm", Stemmed("severe severe sever")) == "a severe storm"


def test_long_words_may_hold_two_slips_after_their_beginning():
    assert read("parlimant") == "parliament"
    assert read("parlimnat", Words("parley")) == "parlimnat"


def test_a_missing_space_is_put_where_the_articles_have_it():
    assert read("primeminister", Words("minister prime")) == "primeminister"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("stramer", "starmer"), ("scotish", "scottish"), ("zelesky", "zelensky")],
)
def test_swapped_doubled_and_lost_letters_are_slips(typed, name):
    assert is_slip(typed, name)
    assert is_slip(name, typed)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ottavia", "octavia"),
        ("biden", "baden"),
        ("austria", "australia"),
        ("niels", "niles"),
        ("boulton", "bolton"),
        ("christina", "christine"),
    ],
)
def test_names_of_their_own_are_no_slips(name, other):
    assert not is_slip(name, other)
    assert not is_slip(other, name)
