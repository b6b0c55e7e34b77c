"""Reprints are recognised; two writers on one event are not."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import article_of

from index.text import copies

VOCABULARY = [f"{start}{end}" for start in "ba ce di fo gu ha ke li mo nu".split()
              for end in "rn st lt mp nd sk ft lk rd ng".split()]  # fmt: skip
PARAGRAPHS = [
    "The harbour at Leith was closed on Tuesday morning after the strongest storm in eleven years "
    "tore two boats from their moorings, the harbour master said.",
    "The coastguard recovered both vessels by noon and towed them to Granton, where engineers will "
    "inspect them for damage to their hulls and to the engines.",
    "No one was aboard either boat, and the crews of three trawlers that were due to sail at dawn "
    "had been told to stay ashore by their owners on Monday night.",
    "Ferries to the islands are suspended until Thursday. Passengers with tickets for Wednesday "
    "may travel on any other day of the month at no charge at all.",
    "The last storm of this kind struck in 2014 and cost the port four million pounds, according "
    "to the annual report that the port authority gave for that year.",
    "Councillors will meet next week to hear what a higher sea wall would cost, a question that "
    "was put off twice last year when the budget of the town was short.",
    "Shopkeepers on the front said that water stood a foot deep in their cellars by six o’clock, "
    "and that the pumps of the fire service came only after noon.",
    "Forecasters expect the wind to fall during the night, with rain on the hills and a calmer "
    "day on Wednesday before another front comes in from the west.",
]
STORY = "\n\n".join(PARAGRAPHS)
RIVAL = (
    "Two boats broke loose in Leith on Tuesday when a storm swept the Firth of Forth, and the port "
    "was shut for most of the morning.\n\nBy midday the coastguard had towed both of them to "
    "Granton. Nobody had been aboard. Winds of ninety miles an hour were measured on the sea wall, "
    "which the council may now raise.\n\nIslanders must wait for their ferries until Thursday, and "
    "those who live on the front spent the day pumping out their cellars, as they did in 2014."
)


def likeness(one: str, other: str) -> float:
    return copies.likeness(copies.signature(one), copies.signature(other))


def are_near(one: str, other: str) -> bool:
    share_a_key = set(copies.band_keys(copies.signature(one))) & set(
        copies.band_keys(copies.signature(other))
    )
    return bool(share_a_key) and likeness(one, other) >= copies.NEAR


@pytest.mark.parametrize(
    "reprint",
    [
        STORY,
        STORY.upper().replace("\n\n", "\n"),
        f"Boats adrift as gale shuts port\n\n{STORY}",
        f"{STORY}\n\nThis article first appeared in the Firth Herald and is printed with leave.",
        STORY.replace(PARAGRAPHS[6], "Shopkeepers pumped out their cellars for most of the day."),
        "\n\n".join([*PARAGRAPHS[:5], *PARAGRAPHS[6:], PARAGRAPHS[5]]),
        "\n\n".join(PARAGRAPHS[:-1]),
    ],
)
def test_a_reprint_is_a_near_copy(reprint):
    assert are_near(STORY, reprint)


@pytest.mark.parametrize("other", [RIVAL, "\n\n".join([*PARAGRAPHS[:3], RIVAL])])
def test_another_article_on_the_event_is_none_even_if_it_quotes_the_first(other):
    assert not are_near(STORY, other)


def test_exact_copies_differ_in_case_space_quotes_and_dashes_only():
    assert copies.text_hash("“It’s over,” he said") == copies.text_hash('"IT\'S  over", He\nsaid')
    assert copies.text_hash("Cafe\u0301 no\xa03") == copies.text_hash("café no 3")
    assert copies.text_hash("He said so") != copies.text_hash("He so said")
    assert copies.text_hash("12 1") != copies.text_hash("1 21")


def test_a_short_text_has_exact_copies_only():
    short = " ".join(VOCABULARY[: copies.MIN_WORDS - 1])
    assert copies.signature(short) == b""
    assert copies.band_keys(b"") == ()
    assert copies.likeness(b"", b"") == copies.likeness(b"", copies.signature(STORY)) == 0.0
    assert copies.signature(f"{short} more") != b""


def test_what_is_left_out_and_the_title_are_not_compared():
    plain = article_of(f"Storm shuts the port of Leith\n\n{STORY}")
    dressed = article_of(
        f"# A gale at Leith\n\nBy Jane Smith\n\nShare This Article\n\n{STORY}\n\nAdvertisement\n"
    )
    assert {omission.reason for omission in dressed.omissions} >= {"byline", "share line"}
    words = [copies.words_of(article) for article in (plain, dressed)]
    assert copies.text_hash(words[0]) == copies.text_hash(words[1])


def test_an_article_that_is_all_furniture_is_compared_as_a_whole():
    notice, label = (article_of(text) for text in ("Share This Article", "Advertisement"))
    hashes = {copies.text_hash(copies.words_of(article)) for article in (notice, label)}
    assert len(hashes) == 2


def test_a_title_inside_of_an_omission_is_cut_out_once():
    article = article_of(f"A title of some words\n\nShare This Article\n\n{STORY}")
    assert article.title_span is not None
    moved = replace(article, title_span=article.omissions[0].span)
    assert copies.words_of(moved).count("A title of some words") == 1
    assert "Share" not in copies.words_of(moved)


@settings(max_examples=30)
@given(st.randoms(use_true_random=False), st.integers(60, 400), st.floats(0, 1))
def test_the_sketch_tells_the_share_of_runs_in_common(rng, length, kept):
    one = rng.choices(VOCABULARY, k=length)
    at = round(kept * length)
    other = one[:at] + rng.choices(VOCABULARY, k=length - at)
    runs = [set(zip(*(words[n:] for n in range(5)), strict=False)) for words in (one, other)]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    # Five standard deviations of the mean of 128 draws.
    assert likeness(" ".join(one), " ".join(other)) == pytest.approx(true, abs=0.22)


def test_pairs_with_four_fifths_in_common_share_a_key_and_are_near():
    rng = random.Random(7)
    found = 0
    for _ in range(200):
        words = rng.choices(VOCABULARY, k=400)
        # 400 words have 396 runs; other 44 words at the end leave 352 of 440 in common.
        other = words[:356] + rng.choices(VOCABULARY, k=44)
        found += are_near(" ".join(words), " ".join(other))
    assert found >= 198


@given(st.text(max_size=400))
def test_any_text_has_a_hash_and_a_sketch_and_is_like_itself(text):
    sketch = copies.signature(text)
    assert len(copies.text_hash(text)) == 16
    assert len(sketch) in (0, 2 * copies.PERMUTATIONS)
    assert copies.likeness(sketch, sketch) == float(bool(sketch))
    assert len(set(copies.band_keys(sketch))) == (copies.BANDS if sketch else 0)


def test_sketches_stay_the_same_for_good():
    assert copies.signature(STORY)[:8].hex() == "9cb31d870668fa2f"
    assert copies.text_hash(STORY)[:8].hex() == "4fb162f40fc817e8"


def test_importing_it_is_quick():
    code = "import sys, index.text.copies; assert not {'scipy', 'datasketch'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
