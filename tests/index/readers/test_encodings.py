"""Bytes become text strictly, or not at all."""

import codecs
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from index.errors import Unreadable
from index.readers import read
from index.text.passages import split

ENGLISH = (
    "The café’s owner said “it was naïve” – a £5 fee, no more. Élodie agreed with the mayor.\n"
)
RUSSIAN = "Президент заявил, что реформа необходима, несмотря на возражения депутатов и граждан.\n"
PLAIN = "The owner said that nobody in the town had agreed to pay the new fee.\n"


def written(folder: Path, raw: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (ENGLISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ENGLISH.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + ENGLISH.encode("utf-32-le"), "utf-32"),
        (ENGLISH.encode("cp1252"), "cp1252"),
        (ENGLISH.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
         .encode("latin-1"), "cp1252"),
    ],
)  # fmt: skip
def test_text_is_read_in_its_own_encoding_which_is_remembered(tmp_path, raw, encoding):
    article = read(written(tmp_path, raw), root=tmp_path)
    assert article.encoding == encoding
    assert article.text == raw.decode(encoding)
    assert not article.text.startswith("\ufeff")
    again = read(tmp_path / "a.txt", root=tmp_path, encoding=article.encoding)
    assert again == article


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_the_detector_finds_other_scripts(tmp_path, encoding):
    article = read(written(tmp_path, (RUSSIAN * 5).encode(encoding)), root=tmp_path)
    assert article.text == RUSSIAN * 5


def test_a_stored_encoding_wins_over_the_detector(tmp_path):
    raw = ENGLISH.encode("cp1252")
    article = read(written(tmp_path, raw), root=tmp_path, encoding="cp1250")
    assert (article.encoding, article.text) == ("cp1250", raw.decode("cp1250"))


@pytest.mark.parametrize("stored", ["cp1252", "utf-16", "no-such-codec", "rot13"])
def test_a_file_saved_anew_as_utf8_is_read_as_utf8(tmp_path, stored):
    article = read(written(tmp_path, ENGLISH.encode()), root=tmp_path, encoding=stored)
    assert (article.encoding, article.text) == ("utf-8", ENGLISH)


@pytest.mark.parametrize(
    ("declaration", "raw_encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<meta charset="shift_jis">', "shift_jis"),
        ('<meta charset="iso-2022-jp">', "iso2022_jp"),
    ],
)
def test_a_page_is_decoded_as_it_declares(tmp_path, declaration, raw_encoding):
    words = "大統領は改革が必要だと述べた。" if "j" in raw_encoding else RUSSIAN.strip()
    page = f"<html><head>{declaration}</head><body><article><p>{words * 8}</p></article></body>"
    article = read(written(tmp_path, page.encode(raw_encoding), "a.html"), root=tmp_path)
    assert words in article.text


def test_a_page_that_says_latin_1_means_what_browsers_take_it_for(tmp_path):
    page = f'<meta charset="iso-8859-1"><article><p>{ENGLISH * 5}</p></article>'
    article = read(written(tmp_path, page.encode("cp1252"), "a.html"), root=tmp_path)
    assert "café’s owner said “it" in article.text
    assert article.encoding == "cp1252"


@pytest.mark.parametrize("label", ["unicode_escape", "rot13", "hex", "idna", "utf-7", "nonsense"])
def test_a_page_cannot_choose_a_codec_that_is_not_an_encoding(tmp_path, label):
    page = f'<meta charset="{label}"><article><p>{ENGLISH * 5}</p></article>'
    article = read(written(tmp_path, page.encode("cp1252"), "a.html"), root=tmp_path)
    assert article.encoding == "cp1252"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"  \n \n", "no words"),
        (b"\x00\x01\x02abc", "not text"),
        (b"%PDF-1.7\nnothing", "not text"),
        (b"PK\x03\x04zip", "not text"),
        (PLAIN.encode("utf-16-le"), "not text"),
        (b"\x01\x02\x03\x04\x05\x06 abc", "not text"),
        (bytes(range(1, 256)) * 20, "encoding"),
        (codecs.BOM_UTF16_LE + b"odd", "encoding"),
        (codecs.BOM_UTF8 + b"caf\xe9", "encoding"),
    ],
)
def test_what_is_not_certainly_text_is_refused_with_a_reason(tmp_path, raw, reason):
    with pytest.raises(Unreadable, match=reason) as caught:
        read(written(tmp_path, raw), root=tmp_path)
    assert caught.value.path == "a.txt"


def test_control_characters_in_an_article_are_kept_as_they_are(tmp_path):
    text = f"{PLAIN}A \x1b[31mred\x1b[0m word and a bell\x07.\n{PLAIN * 4}"
    assert read(written(tmp_path, text.encode()), root=tmp_path).text == text


def has_no_binary(text: str) -> bool:
    odd = (letter < " " or "\x7f" <= letter < "\xa0" for letter in text if letter != "\n")
    return "\0" not in text and sum(odd) < 3


@given(
    text=texts().filter(has_no_binary),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_is_what_is_read_and_offsets_are_true(text, encoding, newline):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(text.replace("\n", newline).encode(encoding))
        if not any(letter.isalnum() for letter in text):
            with pytest.raises(Unreadable, match=r"words|empty"):
                read(path, root=Path(folder))
            return
        article = read(path, root=Path(folder))
        with path.open(encoding=encoding, newline=None) as file:
            in_file = file.read()
    assert article.text == in_file
    for passage in split(article):
        for sentence in passage.sentences:
            assert (
                sentence.span.of(article.text) == in_file[sentence.span.start : sentence.span.end]
            )
