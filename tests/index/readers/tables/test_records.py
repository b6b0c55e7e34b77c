"""Each record of a table becomes an article; the columns are found by their names."""

import csv
import io
import json

import pytest
from containers_made import BRIDGE, TUNNEL, quotable, read_bytes
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.readers.documents import Document, Source
from index.readers.formats import documents
from index.readers.tables.records import MAX_RECORD_CHARS


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def table(*rows, delimiter=","):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode()


def parsed(name, raw, columns=None):
    """Documents of a file that never was on a disk."""
    source = Source(name, name, len(raw), lambda: io.BytesIO(raw), columns=columns or {})
    return list(documents(source))


def test_objects_of_a_jsonl_file_have_what_their_keys_say(tmp_path):
    raw = lines(
        {"headline": "The bridge", "maintext": f"{BRIDGE}\r\n\r\n{TUNNEL}", "authors": ["A", "B"],
         "date_publish": None, "PublishedAt": "2025-06-23T23:30:00-07:00", "updated": "2025-06-25",
         "link": "https://example.org/1", "source": {"id": None, "name": "The Daily"}, "id": 7},
    )  # fmt: skip
    article = read_bytes(tmp_path, "a.jsonl", raw).articles[0]
    assert (article.path, article.in_file, article.format) == ("a.jsonl#1", "a.jsonl", "jsonl")
    assert (article.title, article.author, article.outlet) == ("The bridge", "A, B", "The Daily")
    assert (article.published, article.modified) == ("2025-06-23", "2025-06-25")
    assert article.url == "https://example.org/1"
    assert article.text == f"{BRIDGE}\n\n{TUNNEL}"
    assert quotable(article) == [BRIDGE, TUNNEL]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_of_a_table_have_what_the_header_says(tmp_path, delimiter):
    raw = table(
        ["ID", "Title", "Full Text", "Pub Date", "Byline", "Publisher", "URL"],
        ["1", "The bridge", f"{BRIDGE}\n\n{TUNNEL}; a | b, c\td", "23 June 2025", "Jane Smith",
         "https://example.org", "example.org"],
        delimiter=delimiter,
    )  # fmt: skip
    name = "a.tsv" if delimiter == "\t" else "a.csv"
    article = read_bytes(tmp_path, name, raw).articles[0]
    assert (article.path, article.format) == (f"{name}#2", "csv")
    assert (article.title, article.author) == ("The bridge", "Jane Smith")
    assert (article.published, article.outlet, article.url) == ("2025-06-23", None, None)
    assert article.text == f"{BRIDGE}\n\n{TUNNEL}; a | b, c\td"
    assert quotable(article)[0] == BRIDGE


def test_articles_are_named_by_the_row_that_a_spreadsheet_shows(tmp_path):
    raw = table(["text"], ["one\nline more"], [], [""], ["two words"])
    done = read_bytes(tmp_path, "a.csv", raw)
    assert [one.path for one in done.articles] == ["a.csv#2", "a.csv#5"]
    assert [(one.path, one.reason) for one in done.skipped] == [
        ("a.csv", "1 row has no words (first: row 4)")
    ]


def test_lines_that_are_no_records_are_summed_up(tmp_path):
    raw = b'{"text": "one"}\n\nnot json\n[1]\n{"title": "t"}\n{"text": "two"}\n{"text": "\\ud800"}'
    done = read_bytes(tmp_path, "a.ndjson", raw)
    assert [one.path for one in done.articles] == ["a.ndjson#1", "a.ndjson#6"]
    assert [(one.reason, one.kind) for one in done.skipped] == [
        ("4 lines are not JSON objects with words (first: line 3)", "damaged")
    ]


@pytest.mark.parametrize(("name", "raw"), [
    ("a.csv", b"Kopf;Inhalt\n1;2\n"), ("a.jsonl", b'{"Kopf": "1", "Inhalt": "2 3"}\n'),
])  # fmt: skip
def test_a_table_without_a_column_of_text_says_how_to_name_one(tmp_path, name, raw):
    with pytest.raises(Unreadable) as error:
        read_bytes(tmp_path, name, raw)
    assert error.value.kind == "no words"
    assert error.value.reason == (
        "its columns (Kopf, Inhalt) hold no text: name one with --column text=NAME"
    )
    done = read_bytes(tmp_path, name, raw, columns={"text": "inhalt", "title": "Kopf"})
    assert [(one.text[0], one.title) for one in done.articles] == [("2", "1")]


def test_a_chosen_column_may_lie_inside_of_another(tmp_path):
    raw = lines({"text": "not this", "story": {"head": "T", "paras": [BRIDGE, {"text": TUNNEL}]}})
    done = read_bytes(
        tmp_path, "a.jsonl", raw, columns={"text": "story.paras", "title": "story.head"}
    )
    assert (done.articles[0].text, done.articles[0].title) == (f"{BRIDGE}\n\n{TUNNEL}", "T")


@pytest.mark.parametrize(
    ("stated", "day"),
    [("Mon, 23 Jun 2025 23:30:00 -0700", "2025-06-23"), (1750708800, "2025-06-23"),
     (1750708800000, "2025-06-23"), ("1750708800", "2025-06-23"), (2025, "2025"),
     ("3/4/2025", "2025"), (True, None), ("soon", None), ("", None), (12, None)],
)  # fmt: skip
def test_dates_are_read_as_databases_write_them(stated, day):
    (document,) = parsed("a.jsonl", lines({"text": "words", "date": stated}))
    assert document.stated.published == day


def test_the_day_of_change_is_not_the_day_of_publication():
    (document,) = parsed("a.jsonl", lines({"text": "words", "modified": "2025-06-23"}))
    assert (document.stated.published, document.stated.modified) == (None, "2025-06-23")


def test_html_in_a_record_becomes_text():
    raw = lines({"text": f"<p>{BRIDGE}</p><p>R&amp;D<br>a &lt; b</p>"}, {"text": "1 < 2 & 3 > 2"})
    assert [one.text for one in parsed("a.jsonl", raw)] == [
        f"{BRIDGE}\n\nR&D\na < b",
        "1 < 2 & 3 > 2",
    ]


def test_a_whole_page_in_a_record_is_read_as_a_page():
    body = "".join(f"<p>{BRIDGE} {TUNNEL} Number {n}.</p>" for n in range(5))
    page = f"<!DOCTYPE html><html><body><nav>Home</nav><article>{body}</article></body></html>"
    (document,) = parsed("a.jsonl", lines({"html": page}))
    assert BRIDGE in document.text
    assert "Home" not in document.text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "utf-32"]
)
def test_the_encoding_of_a_table_is_found(tmp_path, encoding):
    words = f"{BRIDGE} Café, naïve, “quoted”" if encoding == "cp1252" else f"{BRIDGE} Café, naïve"
    raw = f'title,text\nA,"{words}"\n'.encode(encoding)
    assert read_bytes(tmp_path, "a.csv", raw).articles[0].text == words


def test_a_word_that_is_not_utf_8_far_below_decides_the_encoding():
    raw = b"text\n" + (b"plain words of a row " * 100 + b"\n") * 800 + "Café São\n".encode("cp1252")
    found = parsed("a.csv", raw)
    assert found[-1].text == "Café São"
    assert {one.encoding for one in found} == {"cp1252"}


@pytest.mark.parametrize("raw", [b"text\n\0\0\0\n", b"%PDF-1.4\ntext\n", b"\xff\xfet"])
def test_what_is_no_text_is_no_table(tmp_path, raw):
    with pytest.raises(Unreadable):
        read_bytes(tmp_path, "a.csv", raw)


def test_a_quotation_mark_that_never_closes_ends_the_table_and_keeps_what_was_read():
    raw = b'text\nwords of a row\n"' + b"never closed\n" * (MAX_RECORD_CHARS // 13 + 2)
    first, second = parsed("a.csv", raw)
    assert first.text == "words of a row"
    assert (second.kind, "never ends" in second.reason) == ("too large", True)


def test_a_line_without_end_is_passed_over():
    raw = lines({"text": "one"}) + b"[" * (MAX_RECORD_CHARS + 5) + b"\n" + lines({"text": "two"})
    first, second, third = parsed("a.jsonl", raw)
    assert [(first.text, first.part), (second.text, second.part)] == [("one", "#1"), ("two", "#3")]
    assert third.reason == "1 line is no JSON object with words (first: line 2)"


@pytest.mark.parametrize("raw", [
    b'{"text":' * 50_000, b"[" * 100_000, b'{"date": ' + b"1" * 100_000 + b', "text": "a"}',
    b'{"text": "' + b"<p " * 50_000 + b'"}', b'{"text": "\\u0000"}',
])  # fmt: skip
def test_hostile_lines_do_not_keep_the_next_one_from_being_read(raw):
    found = parsed("a.jsonl", raw + b"\n" + lines({"text": "words"}))
    assert [one.text for one in found if isinstance(one, Document)][-1] == "words"


def test_records_are_read_as_they_are_asked_for():
    class Endless(io.RawIOBase):
        """A file of which nobody has seen the end."""

        handed_out = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            chunk = (b'{"text": "words"}\n' * 4000)[: len(buffer)]
            buffer[: len(chunk)] = chunk
            Endless.handed_out += len(chunk)
            return len(chunk)

    source = Source("a.jsonl", "a.jsonl", 1, lambda: io.BufferedReader(Endless()))
    assert next(documents(source)).text == "words"
    assert Endless.handed_out < 80 * 1024 * 1024


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="<&\ufeff")
    | st.sampled_from('\n\r\t ;,|"'),
    max_size=40,
)


@given(st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_every_cell_with_words_is_given_to_the_letter(cells, delimiter):
    raw = table(["title", "text"], *(["t", cell] for cell in cells), delimiter=delimiter)
    found = [one for one in parsed_or_none("a.csv", raw) if isinstance(one, Document)]
    expected = [cell for cell in cells if any(c.isalnum() for c in cell)]
    assert [one.text for one in found] == [
        cell.replace("\r\n", "\n").replace("\r", "\n") for cell in expected
    ]


@given(st.lists(CELLS, min_size=1, max_size=8))
def test_every_object_with_words_is_given_to_the_letter(cells):
    found = parsed_or_none("a.jsonl", lines(*({"text": cell} for cell in cells)))
    expected = {
        f"#{n}": cell.replace("\r\n", "\n").replace("\r", "\n")
        for n, cell in enumerate(cells, start=1)
        if any(c.isalnum() for c in cell)
    }
    assert {one.part: one.text for one in found if isinstance(one, Document)} == expected


def parsed_or_none(name, raw):
    try:
        return parsed(name, raw)
    except Unreadable as error:
        return [error]
