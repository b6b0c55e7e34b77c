"""Asking a labelled set, and summing up."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from labelled import COINS, DYE, UNANSWERABLE, bench_of, place, question, write_set
from stand_ins import ignore

import qa
from index.errors import IndexBroken
from qa.evaluation.dataset import read
from qa.evaluation.figures import conversation_figures, question_figures
from qa.evaluation.marks import Mark, TurnMark, mark
from qa.evaluation.run import as_json, evaluate

SCHEMA = json.loads((Path(qa.__file__).parent / "schema/eval-1.json").read_text(encoding="utf-8"))
ELSEWHERE = question("q3", evidence=[place("dye", DYE, "snails")], kind="elsewhere")


def marked(tmp_path, asked, *, threshold=0.0):
    folder = write_set(tmp_path / "set", questions=[asked])
    bench = bench_of(folder, tmp_path / "index", threshold=threshold)
    return mark(read(folder).questions[0], bench)


def test_a_right_quote_is_found_with_its_article_and_passage(tmp_path):
    got = marked(tmp_path, question())
    assert (got.article, got.passage, got.quote, got.lenient, got.shown) == (1, 1, 1, 1, 1)
    assert got.is_answered
    assert {"encode", "retrieve", "rerank", "total"} <= got.timings_ms.keys()


def test_a_declined_question_is_a_miss_as_shown_and_a_hit_with_the_threshold_at_zero(tmp_path):
    got = marked(tmp_path, question(), threshold=1.0)
    assert not got.is_answered
    assert (got.quote, got.shown) == (1, None)
    assert (got.lenient, got.shown_lenient) == (1, None)


def test_the_words_from_another_article_count_only_leniently(tmp_path):
    got = marked(tmp_path, ELSEWHERE)
    assert got.lenient == 1
    assert got.quote != 1


def test_evidence_without_a_span_is_met_anywhere_in_its_article(tmp_path):
    got = marked(tmp_path, question(evidence=[{"article": "coins"}], answers=[]))
    assert (got.passage, got.quote) == (1, 1)


def test_the_first_quote_is_measured_against_one_sentence_of_it(tmp_path):
    got = marked(tmp_path, question())
    sentence = "The emperor minted copper coins in Ravenna."
    assert got.words_alone == len(sentence.split())
    assert got.words in {len(sentence.split()), len(COINS.split())}


def test_a_question_without_a_word_gets_a_mark_too(tmp_path):
    got = marked(tmp_path, question(question="???"))
    assert (got.confidence, got.is_answered, got.quote, got.words) == (0.0, False, None, 0)


def one(rank=None, *, answered=True, answerable=True, confidence=0.5, **more):
    return Mark(
        more.pop("kind", "what"),
        answerable,
        answered,
        confidence,
        article=rank,
        passage=rank,
        quote=rank,
        lenient=more.pop("lenient", rank),
        **more,
    )


FOUR = [
    one(1, confidence=0.9, words=30, words_alone=20, timings_ms={"total": 10.0}),
    one(4, confidence=0.6, words=10, words_alone=10, timings_ms={"total": 30.0}),
    one(2, answered=False, confidence=0.2, lenient=1, timings_ms={"total": 20.0}),
    one(confidence=0.7, answerable=False, kind="who"),
]


def test_figures_of_four_questions_worked_by_hand():
    got = question_figures(FOUR)
    third = pytest.approx(1 / 3)
    assert (got.answerable, got.unanswerable) == (3, 1)
    assert got.passage_at == {"1": third, "3": pytest.approx(2 / 3), "5": 1.0}
    assert got.mrr_at_10 == pytest.approx((1 + 1 / 4 + 1 / 2) / 3)
    assert got.quote_at.shown == {"1": third, "5": pytest.approx(2 / 3)}
    assert got.quote_at.threshold_zero == {"1": third, "5": 1.0}
    assert got.lenient_quote_at.threshold_zero["1"] == pytest.approx(2 / 3)
    assert got.lenient_quote_at.shown["1"] == third
    assert (got.words.first_quote, got.words.one_sentence) == (20, 15)
    assert got.words.ratio == pytest.approx(4 / 3)
    assert got.auroc == third
    assert got.decisions.answered == pytest.approx(2 / 3)
    assert (got.decisions.declined, got.decisions.answered_of_all) == (0.0, 0.75)
    assert got.decisions.wrong_of_answered == third
    assert got.calibration.ece == pytest.approx((0.1 + 0.4 + 0.8 + 0.7) / 4)
    assert got.risk_coverage.curve == ((0.25, 0), (0.5, 0.5), (0.75, third), (1.0, 0.25))
    assert got.timings_ms == {"total": {"p50": 20.0, "p95": 30.0}}


def test_kinds_are_counted_apart():
    what, who = question_figures(FOUR).by_kind
    assert (what.kind, what.answerable, what.unanswerable) == ("what", 3, 0)
    assert what.decisions.declined is None
    assert (who.answerable, who.unanswerable, who.decisions.declined) == (0, 1, 0.0)
    assert who.quote_at.shown == {"1": None, "5": None}


def test_a_set_of_one_kind_has_no_auroc():
    assert question_figures(FOUR[:3]).auroc is None
    got = question_figures(FOUR[3:])
    assert (got.mrr_at_10, got.words, got.decisions.answered) == (None, None, None)


def test_first_turns_and_follow_ups_are_counted_apart():
    got = conversation_figures(
        [
            TurnMark(is_first=True, in_context=1, alone=1),
            TurnMark(is_first=False, in_context=3, alone=None, rewritten=1, has_rewrite=True),
            TurnMark(is_first=False, in_context=None, alone=None),
        ]
    )
    assert (got.first_turns.in_context.turns, got.first_turns.rewritten.turns) == (1, 0)
    assert got.first_turns.rewritten.passage_at == {"1": None, "5": None}
    assert got.follow_ups.in_context.passage_at == {"1": 0.0, "5": 0.5}
    assert got.follow_ups.alone.passage_at == {"1": 0.0, "5": 0.0}
    assert got.follow_ups.rewritten.passage_at == {"1": 1.0, "5": 1.0}


TALK = {
    "id": "talk",
    "turns": [
        {
            "question": "Which coins were minted in Ravenna?",
            "evidence": [place("coins", COINS, "copper coins")],
        },
        {
            "question": "And who dared to?",
            "rewrite": "Who dared to mint coins that year?",
            "evidence": [place("coins", COINS, "copper coins")],
        },
        {"question": "Why?"},
    ],
}


def test_a_follow_up_is_searched_with_its_context_alone_and_rewritten(tmp_path):
    folder = write_set(tmp_path / "set", conversations=[TALK])
    done = evaluate(read(folder), [bench_of(folder, tmp_path / "index")], report=ignore)
    assert done.questions is None
    got = done.conversations
    assert got.first_turns.in_context.turns == got.follow_ups.in_context.turns == 1
    assert got.follow_ups.in_context.passage_at["1"] == 1.0
    assert got.follow_ups.rewritten.passage_at["1"] == 1.0


def test_each_question_is_searched_once(tmp_path):
    folder = write_set(tmp_path / "set", questions=[question()], conversations=[TALK])
    bench, searched = bench_of(folder, tmp_path / "index"), []
    search = bench.retriever.search
    bench.retriever.search = lambda query, *more, **named: (
        searched.append(query) or search(query, *more, **named)
    )
    evaluate(read(folder), [bench], report=ignore)
    alone = TALK["turns"][0]["question"]
    assert searched.count(question()["question"]) == searched.count(alone) == 1


def test_the_json_keeps_its_contract_and_says_what_was_left_out(tmp_path):
    folder = write_set(
        tmp_path / "set", questions=[question(), b"{", UNANSWERABLE], conversations=[TALK]
    )
    done = evaluate(read(folder), [bench_of(folder, tmp_path / "index")], report=ignore)
    told = json.loads(json.dumps(as_json(done)))
    Draft202012Validator(SCHEMA).validate(told)
    assert [(fault["file"], fault["line"]) for fault in told["skipped"]] == [("questions.jsonl", 2)]
    assert (told["questions"]["answerable"], told["questions"]["unanswerable"]) == (1, 1)


@pytest.mark.parametrize("files", [{"questions": [question()]}, {"conversations": [TALK]}])
def test_the_json_of_half_a_set_keeps_the_contract(tmp_path, files):
    folder = write_set(tmp_path / "set", **files)
    done = evaluate(read(folder), [bench_of(folder, tmp_path / "index")], limit=1, report=ignore)
    told = json.loads(json.dumps(as_json(done)))
    Draft202012Validator(SCHEMA).validate(told)
    assert told["limit"] == 1


def test_benches_side_by_side_mark_as_one_alone_does(tmp_path):
    asked = [question(), UNANSWERABLE, ELSEWHERE]
    folder = write_set(
        tmp_path / "set", questions=[one | {"id": f"{at}"} for at, one in enumerate(10 * asked)]
    )
    benches = [bench_of(folder, tmp_path / f"index{at}") for at in range(3)]
    alone = as_json(evaluate(read(folder), benches[:1], report=ignore))["questions"]
    together = as_json(evaluate(read(folder), benches, report=ignore))["questions"]
    assert alone.pop("timings_ms").keys() == together.pop("timings_ms").keys()
    assert alone == together


def test_an_error_on_one_bench_ends_the_run(tmp_path):
    folder = write_set(tmp_path / "set", questions=[question(f"{at}") for at in range(40)])
    benches = [bench_of(folder, tmp_path / f"index{at}") for at in range(3)]
    benches[2].close()
    with pytest.raises(IndexBroken, match="closed"):
        evaluate(read(folder), benches, report=ignore)


def test_a_limit_takes_so_many_questions_and_turns(tmp_path):
    asked = [question(f"q{at}") for at in range(4)]
    folder = write_set(tmp_path / "set", questions=asked, conversations=[TALK])
    bench, told = bench_of(folder, tmp_path / "index"), []
    done = evaluate(read(folder), [bench], limit=1, report=told.append)
    assert done.questions.answerable == 1
    turns = done.conversations
    assert turns.first_turns.alone.turns + turns.follow_ups.alone.turns == 1
    assert [(progress.done, progress.total) for progress in told] == [(1, 2), (2, 2)]
