"""Pictures, keys and programs that stand in a text as letters are left out of it."""

import random
import string
from base64 import b64encode

import pytest
from containers_made import quotable
from strategies import article_of

from index.text.boilerplate import omissions
from index.text.boilerplate_data import data_in

BEFORE = "The post boat leaves at twenty past five from the long pier."
AFTER = "It takes three hours to the outer islands, and four in winter."
CHANCE = random.Random(7)


def letters(count: int) -> str:
    return b64encode(CHANCE.randbytes(count)).decode()


def wrapped(data: str, width: int = 64) -> str:
    return "\n".join(data[at : at + width] for at in range(0, len(data), width))


DATA = {
    "a picture": f"![map](data:image/png;base64,{letters(900)})",
    "a picture with a title": f'![](data:image/jpeg;base64,{letters(900)} "The pier")',
    "a picture in HTML": f'<img alt="map" src="data:image/gif;base64,{letters(900)}" width=20>',
    "a picture by reference": f"[image1]: <data:image/png;base64,{letters(900)}>",
    "a drawing": f"![](data:image/svg+xml;charset=utf-8,%3Csvg{'%20d' * 90})",
    "a run of letters": letters(900),
    "a run of hexadecimal digits": CHANCE.randbytes(400).hex(),
    "lines of letters": wrapped(letters(900)),
    "lines of letters, quoted": "\n".join(
        f"> {line}" for line in wrapped(letters(900)).split("\n")
    ),
    "a key": f"-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 2\n\n{wrapped(letters(300))}\n"
    "=ab12\n-----END PGP PUBLIC KEY BLOCK-----",
    "a certificate": f"-----BEGIN CERTIFICATE-----\n{wrapped(letters(300))}\n"
    "-----END CERTIFICATE-----",
    "a program": "!function(e,t){for(var n=0;n<e.length;n++)t[e[n]]=function(){return n}}" * 30,
    "data of a program": '{"id":1,"pier":[3,5],"open":true},' * 60,
}


@pytest.mark.parametrize("kind", DATA)
def test_data_are_left_out_and_the_words_around_them_stay(kind):
    article = article_of(f"{BEFORE}\n\n{DATA[kind]}\n\n{AFTER}\n", suffix=".md")
    assert quotable(article) == [BEFORE, AFTER]
    (omission,) = article.omissions
    assert (omission.reason, omission.span.of(article.text)) == ("embedded data", DATA[kind])


def test_a_picture_inside_of_a_sentence_is_left_out_alone():
    article = article_of(f"{BEFORE} {DATA['a picture']} {AFTER}", suffix=".md")
    assert quotable(article) == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "words",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
        "https://example.org/a/very/long/address?"
        + "&".join(f"key{n}=value{n}" for n in range(40)),
        "`for x in range(3): print(x)`",
        "a; b; c; d " * 200,
        "ACGT is how it begins.",
        "data:image/png;base64, is how it begins.",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe pier is shut on Friday.",
        "=" * 60,
    ],
)
def test_words_are_no_data(words):
    assert list(data_in(f"{BEFORE}\n\n{words}\n\n{AFTER}")) == []


def test_two_megabytes_of_pictures_in_a_note_cost_nothing_but_their_place():
    picture = b64encode(CHANCE.randbytes(1_500_000)).decode()
    article = article_of(
        f"{BEFORE}\n\n![](data:image/png;base64,{picture})\n\n{AFTER}", suffix=".md"
    )
    assert quotable(article) == [BEFORE, AFTER]
    assert article.text.endswith(AFTER)


@pytest.mark.parametrize(
    "unit",
    ["x", "_", " ", "foo-", "data:", "data:a/b;", "![", "<a b=", "-----BEGIN A B-----\n", "> "],
)
def test_a_hundred_thousand_characters_of_anything_are_looked_through(unit):
    text = f"{BEFORE}\n\n{unit * (100_000 // len(unit))}\n\n{AFTER}"
    spans = [omission.span for omission in omissions(text)]
    assert spans == sorted(spans)
    assert not any(BEFORE in span.of(text) for span in spans)


def test_omissions_stay_apart_wherever_data_stand():
    for seed in range(200):
        chance = random.Random(seed)
        pieces = [
            "".join(chance.choices(string.ascii_letters + "019", k=chance.choice([3, 250]))),
            "Share this article", "Advertisement", "\n", "\n\n", " ", "data:image/png;base64,",
            "![](", ")", "-----BEGIN X-----", "-----END X-----", "We use cookies on your device.",
        ]  # fmt: skip
        text = "".join(chance.choices(pieces, k=30))
        ends = 0
        for omission in omissions(text):
            assert omission.span.start >= ends
            ends = omission.span.end
