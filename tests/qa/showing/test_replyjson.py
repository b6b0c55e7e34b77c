"""The JSON contract: what comes out is what the schema says and what the reply holds."""

import json
import re
from datetime import date
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from replies import NASTY, SAID, TEXT, abstention, answer, article, nasty_replies, quote

from index.types import Period, Place, Scope, Span
from qa.showing.replyjson import as_json, dump, error_as_json
from qa.types import AbstentionReason, Answer, Citation, Comparison, Finding, Question

LIVE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def validator(name):
    schema = json.loads((files("qa") / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


REPLY = validator("reply-1")


def test_an_answer_has_the_shape_of_the_contract():
    written = as_json(answer(quote(also=(Citation(article("b.txt"), Span(13, 20)),))))
    assert written == {
        "schema": "qa.reply/1",
        "question": "How many drones?",
        "asked_on": None,
        "scope": {"since": None, "until": None, "source": None},
        "query": "How many drones?",
        "carried": [],
        "period": None,
        "answered": True,
        "level": "answer",
        "confidence": 0.9877,
        "threshold": 0.0,
        "abstention": None,
        "quotes": [
            {
                "n": 1,
                "text": SAID,
                "article": "a.txt",
                "file": "a.txt",
                "format": "text",
                "title": "A headline",
                "title_is_derived": False,
                "outlet": None,
                "published": None,
                "modified": None,
                "offsets": "file",
                "start": 13,
                "end": 58,
                "line": 3,
                "page": None,
                "last_page": None,
                "chapter": None,
                "under": [],
                "sha256": "0" * 64,
                "score": 0.9124,
                "context": {"start": 0, "end": len(TEXT)},
                "items_left": 0,
                "highlights": [[23, 33]],
                "also": [{"article": "b.txt", "start": 13, "end": 20, "line": 3}],
                "reprints": [],
                "stale": "",
                "why": None,
            }
        ],
        "nearest": [],
        "comparison": None,
        "searched": {
            "root": "/clippings",
            "articles": 2,
            "passages": 3,
            "skipped": 1,
            "files": 0,
            "unfinished": [],
        },
        "timings_ms": {"encode": 3.1, "total": 130.0},
        "notices": [],
    }
    REPLY.validate(written)


def test_an_abstention_gives_its_reason_and_the_nearest_but_no_quotes():
    written = as_json(abstention(quote()))
    REPLY.validate(written)
    assert written["answered"] is False
    assert written["quotes"] == []
    assert [near["text"] for near in written["nearest"]] == [SAID]
    assert written["abstention"] == {
        "reason": "nothing-on-topic",
        "message": "Nothing in these articles is about that.",
    }


def test_the_day_of_asking_is_echoed():
    asked = Question("When?", asked_on=date(2025, 6, 23))
    reply = answer()
    reply = Answer(asked, reply.query, 1.0, reply.quotes, reply.searched)
    assert as_json(reply)["asked_on"] == "2025-06-23"
    REPLY.validate(as_json(reply))


def test_findings_are_written_side_by_side():
    found = Comparison((Finding("352 drones", (1,), 1), Finding("339 drones", (2, 3), 2)))
    written = as_json(answer(comparison=found))
    assert written["comparison"] == {
        "differ": True,
        "findings": [
            {"words": "352 drones", "quotes": [1], "outlets": 1},
            {"words": "339 drones", "quotes": [2, 3], "outlets": 2},
        ],
    }
    REPLY.validate(written)


def test_what_was_carried_over_and_which_days_were_meant_is_told():
    written = as_json(
        abstention(
            carried=("drones", "Russia"),
            period=Period(date(2025, 6, 1), None, "since June"),
        )
    )
    assert written["carried"] == ["drones", "Russia"]
    assert written["period"] == {"first": "2025-06-01", "last": None, "words": "since June"}
    assert written["comparison"] is None
    REPLY.validate(written)


def test_the_filters_are_echoed():
    asked = Question("When?", scope=Scope(Period(None, date(2025, 6, 23)), "times"))
    reply = Answer(asked, "When?", 1.0, (quote(),), answer().searched)
    assert as_json(reply)["scope"] == {"since": None, "until": "2025-06-23", "source": "times"}
    REPLY.validate(as_json(reply))


@pytest.mark.parametrize("reason", get_args(AbstentionReason))
def test_the_schema_knows_every_reason(reason):
    written = as_json(abstention()) | {"abstention": {"reason": reason, "message": "No."}}
    REPLY.validate(written)


@pytest.mark.parametrize(
    "change",
    [
        {"answered": False},
        {"quotes": []},
        {"confidence": 1.1},
        {"extra": 1},
        {"schema": "qa.reply/2"},
        {"abstention": {"reason": "tired", "message": "No."}},
        {"comparison": {"differ": False, "findings": []}},
        {"period": {"first": "2025-06-01"}},
    ],
)
def test_the_schema_refuses_what_is_no_reply(change):
    assert not REPLY.is_valid(as_json(answer()) | change)


@given(nasty_replies())
def test_every_reply_is_one_line_of_valid_harmless_json_that_says_the_same(reply):
    line = dump(as_json(reply))
    assert not LIVE.search(line)
    read_back = json.loads(line.encode("utf-8"))
    REPLY.validate(read_back)
    assert read_back == json.loads(json.dumps(as_json(reply)))


@given(nasty_replies())
def test_every_text_is_the_slice_that_its_offsets_name(reply):
    written = as_json(reply)
    quotes = reply.quotes if isinstance(reply, Answer) else reply.nearest
    for one, told in zip(quotes, written["quotes"] + written["nearest"], strict=True):
        assert told["text"] == one.at.article.text[told["start"] : told["end"]]
        assert told["line"] == one.at.article.text[: told["start"]].count("\n") + 1


@given(st.integers(1), NASTY)
def test_an_error_has_the_shape_of_its_schema(line, message):
    written = json.loads(dump(error_as_json(line, message)).encode("utf-8"))
    validator("error-1").validate(written)
    assert written["line"] == line


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump({"confidence": float("nan")})


def test_page_chapter_and_file_are_said_where_they_are_known():
    paged = article(
        "news.zip/a.pdf",
        file="news.zip",
        format="pdf",
        places=(
            Place(0, "page", "1"),
            Place(10, "page", "2"),
            Place(30, "page", "3"),
            Place(0, "chapter", "Storms"),
        ),
        reprints=("b.txt",),
    )
    (said,) = as_json(answer(quote(source=paged, stale="the file is gone")))["quotes"]
    assert (said["page"], said["last_page"], said["chapter"]) == (2, 3, "Storms")
    assert said["file"] == "news.zip"
    assert (said["format"], said["reprints"]) == ("pdf", ["b.txt"])
    assert said["stale"] == "the file is gone"
