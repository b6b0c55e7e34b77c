"""The reader: one reading a passage in any company, and no file of it that we didn't make."""

import shutil

import pytest

from index.errors import ModelMissing
from index.models import sources
from index.models.reader import READ_AS, Reader
from index.text.as_read import ToRead
from index.types import Span

QUERY = "How many drones did Russia launch?"
ANSWER = "Russia launched 352 drones and 16 missiles."
TEXTS = [
    ANSWER,
    "The council voted on the cathedral roof. " * 8,
    "",
    "“Curly quotes”, naïve accents, 1,234.5 and $9 — all in one line.",
    "Drones were launched by Russia. " * 90,
    "x" * 5_000,
]


def plain(text, head=""):
    return ToRead(head, text, (Span(0, len(text)),) if text else ())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_what_answers_is_told_from_what_does_not_and_from_what_only_seems_to(reader):
    near = "Russia launched an attack with many drones, and Ukraine did not say how many."
    answering, seeming, other = reader.read(QUERY, [plain(ANSWER), plain(near), plain(TEXTS[1])])
    assert answering.answers > max(seeming.answers, other.answers)
    assert answering.relevance > 2 > -2 > other.relevance


@pytest.mark.parametrize("head", ["", "Night attack on Kyiv"])
def test_the_words_that_answer_are_found_in_the_passage_whatever_stands_above_it(reader, head):
    words = f"The night was long. {ANSWER} Nobody slept."
    spans = Span(0, 19), Span(20, 20 + len(ANSWER)), Span(21 + len(ANSWER), len(words))
    (reading,) = reader.read(QUERY, [ToRead(head, words, spans)])
    assert reading.words.of(words).startswith("352")
    for shares in (reading.starts, reading.ends):
        assert max(shares) == shares[1] > 0.9
        assert sum(shares) <= 1 + 1e-6


def test_a_passage_has_the_same_reading_alone_in_company_and_again(reader):
    texts = [plain(text) for text in TEXTS]
    company = reader.read(QUERY, texts)
    fresh = Reader(threads=1)
    assert [fresh.read(QUERY, [text])[0] for text in texts] == company
    assert fresh.read(QUERY, [*reversed(texts), *texts]) == [*reversed(company), *company]


@pytest.mark.parametrize(
    ("asked", "told", "answer"),
    [
        ("Who is mayor of Kolobrzeg?", "Anna Nowak is mayor of Kołobrzeg.", "Anna Nowak"),
        ("Who built Lysoen?", "Lysøen was built by Ole Bull.", "Ole Bull"),
        ("Who runs the office?", "The oﬃce of the ﬁrm is run by Aﬀa Biﬂin.", "Aﬀa Biﬂin"),
    ],
)
def test_letters_of_other_alphabets_and_of_print_are_read_as_people_type_them(
    reader, asked, told, answer
):
    plainly = told.translate(str.maketrans({key: str(value) for key, value in READ_AS.items()}))
    spelled, typed = reader.read(asked, [plain(told), plain(plainly)])
    assert spelled.answers == typed.answers
    assert spelled.words.of(told) == answer


def test_a_sentence_beyond_what_is_read_holds_nothing(reader):
    long = "Drones were launched by Russia. " * 200
    spans = tuple(Span(at, at + 31) for at in range(0, len(long) - 1, 32))
    (reading,) = reader.read(QUERY, [ToRead("A title " * 400, long, spans)])
    assert len(reading.starts) == len(reading.ends) == len(spans)
    assert reading.starts[-1] == reading.ends[-1] == 0.0


def test_a_question_longer_than_any_passage_is_read(reader):
    (reading,) = reader.read("How many drones, then? " * 1_000, [plain(ANSWER)])
    assert len(reading.starts) == 1


def test_no_passage_has_no_reading(reader):
    assert reader.read(QUERY, []) == []


@pytest.mark.parametrize("harm", ["cut", "swapped", "absent", "no seal", "a seal of junk"])
def test_files_that_are_not_those_that_ship_are_refused_in_one_sentence(
    tmp_path, monkeypatch, harm
):
    folder = tmp_path / "models"
    shutil.copytree(sources.READER_FOLDER, folder)
    monkeypatch.setattr(sources, "READER_FOLDER", folder)
    weights, seal = folder / sources.READER_WEIGHTS, folder / "reader.json"
    if harm == "cut":
        weights.write_bytes(weights.read_bytes()[:100_000])
    elif harm == "swapped":
        (folder / "tokenizer.json").write_text("{}")
    elif harm == "absent":
        weights.unlink()
    elif harm == "no seal":
        seal.unlink()
    else:
        seal.write_text('["reader.onnx"]')
    with pytest.raises(ModelMissing, match="not the file that we tested") as refused:
        Reader()
    assert "\n" not in str(refused.value)
