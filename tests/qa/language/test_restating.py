"""Questions, read for how we answer them: their language, and their indirect form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replies import NASTY

from index.text import keywords
from qa.language.english import is_foreign
from qa.language.restating import MAX_CHARS, restated


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos drones lanzó Rusia?",
        "Combien de drones la Russie a-t-elle lancés ?",
        "Quanti droni sono stati abbattuti?",
        "Quantos drones foram lançados?",
        "Waarom heeft Duitsland geweigerd?",
        "Сколько дронов запустила Россия?",
        "俄罗斯发射了多少架无人机？",
        "كم عدد الطائرات المسيرة؟",
    ],
)
def test_other_languages_are_recognised(question):
    assert is_foreign(question)


@pytest.mark.parametrize(
    "question",
    [
        *(
            "Zelensky",
            "drones",
            "wie",
            "2024",
            "",
            "sumit nato",
            "asdf qwer zxcv",
            "kyiv population",
        ),
        *("rio de la plata river length", "Les Misérables cast", "Quando Quando Quando lyrics"),
        *(
            "que sera sera lyrics",
            "Michelle Wie West husband",
            "El Niño and La Niña",
            "pas de deux",
        ),
        *("who is Зеленский", "Зеленский age", "what does c'est la vie mean", "die hard cast"),
        *("What is the German for wie viele ist das?", "naïve café fiancé", "kim jong un age"),
        "who sang comment te dire adieu",
        "drones " * 200 + "launch",
    ],
)
def test_english_is_never_taken_for_another_language(question):
    assert not is_foreign(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who won the 2024 election?", "who won the 2024 election"),
        ("how many goals did arsenal score", ""),
        ("How many tanks did Britain send?", "how many tanks Britain sent"),
        (
            "How many drones will the plant build a month?",
            "how many drones the plant will build a month",
        ),
        ("What does it cover?", "what it covers"),
        ("When was the treaty signed in Paris?", "when the treaty was signed in Paris"),
        ("where is the summit being held", "where the summit is being held"),
        ("Where was Zelensky in June?", "where Zelensky was in June"),
        ("Who’s the mayor of Kyiv?", "who the mayor of Kyiv is"),
        ("What is the capital of Australia", "what the capital of Australia is"),
        ("Which country has refused to help?", "which country has refused to help"),
        ("Which country has Russia attacked?", "which country Russia has attacked"),
        ("Which firm is being sued?", "which firm is being sued"),
        ("How many people were killed?", "how many people were killed"),
        ("Why did Berlin refuse and deny it?", ""),
        ("What is the name given to the input?", ""),
        ("What is the prime minister doing?", ""),
        ("Who had Kublai wanted to succeed him?", ""),
        ("Why is the sky blue?", ""),
        ("When did the king of Spain visit Rome?", ""),
        ("Is it true?", ""),
        ("WHO WON?", ""),
        ("A man fell. Who saw it?", ""),
        ("who won\x1b[31m the cup", ""),
        ("who won " + "the cup " * 20, ""),
        ("who", ""),
        ("?", ""),
    ],
)
def test_plain_questions_are_restated_and_others_left(question, words):
    assert restated(question) == words


@given(NASTY | st.lists(st.sampled_from(
    "who what when how many did was the is Kyiv sent built of to in and , ? ’s been".split()
)).map(" ".join))  # fmt: skip
def test_restating_uses_the_words_of_the_question(text):
    words = restated(text)
    assert len(words) <= MAX_CHARS + 8
    for word in keywords.parse(words).terms:
        assert word[:2] in text.lower() or word in {"went", "is"}
