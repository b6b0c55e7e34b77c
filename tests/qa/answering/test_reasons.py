"""Why nothing answers: a code, and one sentence for people."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replies import NASTY, periods
from stand_ins import corpus, passage_judge
from strategies import article_of

from index.text.passages import split
from index.types import Hit, Period, Scope
from qa.answering.answerer import Answerer
from qa.answering.finding import Found
from qa.answering.reasons import left_unread, remarks, why_not
from qa.types import Abstention, Citation, Question, Quote, Searched

TOLD = (
    "Keir Starmer met President Zelensky at Lancaster House. Berlin sent Taurus missiles to Kyiv"
    " and had them flown in by night. The quarry owners were glad of the deal.\n"
)
JUNE = Period(date(2025, 6, 1), None)
WEEK = Period(date(2025, 6, 16), date(2025, 6, 22), "this week")
SEARCHED = Searched("articles", 1, 1)


def found_for(query, *, logit=3.0, text=TOLD, **known):
    article = article_of(text)
    hits = tuple(Hit(article, passage, logit) for passage in split(article))
    return Found(query=query, hits=hits, windows=(), timings_ms={}, **known)


def shown_of(found):
    """Each passage that was found, as a quote of its first sentence in the whole of it."""
    return tuple(
        Quote(
            n=n,
            at=Citation(hit.article, hit.passage.sentences[0].span),
            score=0.1,
            context=hit.passage.span,
        )
        for n, hit in enumerate(found.hits, start=1)
    )


def reasoned(found, question, *, is_mentioned=lambda words: False):
    return why_not(found, question, nearest=shown_of(found), is_mentioned=is_mentioned)


def told(text, *, scope=None, is_mentioned=lambda words: False, **known):
    question = Question(text, scope=scope or Scope())
    return reasoned(found_for(text, **known), question, is_mentioned=is_mentioned)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much does one Taurus missile cost?", "don't say how much one Taurus missile costs"),
        ("How much does one Taurus missile cost?", ": none gives a price that answers."),
        ("When did Keir Starmer become prime minister?", "when Keir Starmer became"),
        ("When did Keir Starmer meet Zelensky?", ": none gives a date that answers."),
        ("In what year did Starmer meet Zelensky?", "none gives a year that answers."),
        ("How old is Keir Starmer?", "they touch on Keir Starmer, but none gives an age"),
        ("How many missiles did Berlin send?", ": none gives a number that answers."),
        ("What percentage of Taurus missiles?", "none gives a percentage that answers."),
        ("How far is Lancaster House?", "Lancaster House, but none gives a measurement"),
        ("How long did Starmer meet Zelensky?", "none gives a length of time that answers."),
        ("How much did the missiles weigh?", "none gives an amount that answers."),
        ("Where did Berlin send the missiles?", ": no sentence in them answers."),
        ("Who met the quarry owners?", "who met the quarry owners: no sentence in them answers."),
        ("Why did Berlin send missiles to Kyiv?", ": none gives a reason that answers."),
        ("Taurus missiles", "they touch on Taurus, but no sentence in them answers."),
        ("missiles", "they touch on this, but no sentence in them answers."),
    ],
)
def test_a_missing_fact_is_named_by_what_was_asked_for(question, words):
    reason, message = told(question)
    assert reason == "fact-missing"
    assert message.startswith("These articles don't say")
    assert words in message


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the population of Kyiv?", "mentions “population”."),
        ("What colour was Starmer's tie?", "mentions “colour” or “tie”."),
        ("What did Zelensky say to Macron?", "mentions “Macron”."),
        ("Was Starmer at Chequers, Balmoral, Sandringham or Windsor?", "“Sandringham”."),
    ],
)
def test_words_that_occur_nowhere_are_named(question, words):
    reason, message = told(question)
    assert reason == "fact-missing"
    assert ": nothing in them mentions “" in message
    assert message.endswith(words)


@pytest.mark.parametrize(
    "question", ["When did Starmer become known?", "Which of them sold Taurus missiles?"]
)
def test_a_verb_is_never_missed(question):
    assert "mentions" not in told(question)[1]


def test_another_spelling_of_a_name_is_no_missing_word():
    assert "mentions" not in told("Where did Zelenskyy go?")[1]


def test_nothing_on_topic_takes_a_far_passage_and_absent_words():
    reason, message = told("What is the capital of Australia?", logit=-9.0)
    assert reason == "nothing-on-topic"
    assert message == (
        "These articles don't say what the capital of Australia is: none of them is about this."
    )
    assert told("WHO WON THE CUP", logit=-9.0)[0] == "nothing-on-topic"
    assert told("Where is Keir Starmer?", logit=-9.0)[0] == "fact-missing"
    assert told("How do I bake sourdough bread?", logit=3.0)[0] == "fact-missing"


def test_articles_with_most_of_the_words_are_about_it_though_they_lack_the_only_name():
    question = "Were the quarry owners of the missiles deal glad to see IOTA there by night?"
    reason, message = told(question, logit=-9.0)
    assert reason == "fact-missing"
    assert "IOTA" not in message


def test_nothing_found_at_all_is_nothing_on_topic():
    nothing = Found(query="who?", hits=(), windows=(), timings_ms={})
    assert reasoned(nothing, Question("who?"))[0] == "nothing-on-topic"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ('who saw the "purple heron"', "none holds “purple heron” word for word."),
        ('“a b” and "c d"', "none holds “a b” and “c d” word for word in one passage."),
    ],
)
def test_a_phrase_that_no_passage_holds_is_named(question, words):
    reason, message = told(question, lacks_phrase=True)
    assert reason == "phrase-missing"
    assert message.endswith(words)


def test_a_phrase_that_runs_over_two_passages_is_not_said_to_be_nowhere():
    question = Question('Who said "the deal. Birds"?')
    text = f"{TOLD}Birds {'sang ' * 80}there.\n"
    message = reasoned(found_for(question.text, text=text, lacks_phrase=True), question)[1]
    assert message.endswith("no single passage in them holds “the deal. Birds” word for word.")


@pytest.mark.parametrize(
    ("scope", "start"),
    [
        (Scope(JUNE), "The articles dated 2025-06-01 or later don't say"),
        (Scope(source="reuters"), "The articles from “reuters” don't say"),
        (Scope(JUNE, "bbc"), "The articles from “bbc” dated 2025-06-01 or later don't say"),
    ],
)
def test_with_filters_only_those_articles_are_spoken_of(scope, start):
    assert told("Why did Berlin send missiles?", scope=scope)[1].startswith(start)


def test_days_that_moved_articles_are_named():
    message = told("Who met Starmer this week?", period=WEEK)[1]
    assert message.startswith("These articles, those of 2025-06-16 to 2025-06-22 first, don't say")


def test_a_question_in_another_language_is_told_so_where_articles_are_english():
    question = Question("Wie viele Raketen hat Berlin nach Kyjiw geschickt?")
    found = found_for(question.text)
    reason, message = reasoned(found, question)
    assert reason == "nothing-on-topic"
    assert message.endswith("a question that isn't in English.")
    assert remarks(found, question, SEARCHED) == ("Questions are understood in English only.",)


def test_articles_in_another_language_may_be_asked_in_it():
    german = "Berlin hat Raketen geschickt, und der Kanzler wurde nicht gefragt. " * 9
    question = Question("Wer hat der Ministerin nicht geschrieben?")
    assert not remarks(found_for(question.text, text=german), question, SEARCHED)


@given(
    text=NASTY | st.sampled_from(["Who met Starmer?", "Wer ist nicht da?"]),
    logit=st.floats(-12, 12),
    period=st.none() | periods(),
    source=st.none() | NASTY,
    lacks_phrase=st.booleans(),
)
def test_any_question_gets_one_sentence(text, logit, period, source, lacks_phrase):
    found = found_for(text, logit=logit, period=period, lacks_phrase=lacks_phrase)
    _, message = reasoned(found, Question(text, scope=Scope(period, source)))
    assert message.endswith(".")
    assert "don't say" in message
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in message)
    assert len(message) < 800


@pytest.mark.parametrize(
    ("skipped", "said"),
    [
        (0, ()),
        (1, ("1 file could not be read; `qa status` names it.",)),
        (7, ("7 files could not be read; `qa status` names them.",)),
    ],
)
def test_files_that_could_not_be_read_are_counted(skipped, said):
    assert left_unread(Searched("articles", 1, 1, skipped)) == said


def reply(tmp_path, question, searched=SEARCHED):
    answerer = Answerer(corpus(tmp_path, {"told.txt": TOLD}), judge=passage_judge())
    return answerer.answer(question, searched)


@pytest.mark.parametrize(
    ("question", "searched", "reason", "notices"),
    [
        (Question("why purple emperors minted"), (1, 1, 2), "nothing-on-topic", 1),
        (Question("why purple emperors minted"), (1, 1, 0), "nothing-on-topic", 0),
        (Question("who?", scope=Scope(source="bbc")), (1, 1, 2), "nothing-from-source", 1),
        (Question("who?", scope=Scope(JUNE)), (1, 1, 2), "nothing-in-period", 1),
        (Question("?!"), (1, 1, 2), "not-a-question", 1),
        (Question("who?"), (0, 0, 0), "corpus-empty", 0),
        (Question("who?"), (0, 0, 3), "nothing-readable", 0),
        (Question('the "purple heron"'), (1, 1, 0), "phrase-missing", 0),
        (Question("why did Starmer see purple emperors of Copper"), (1, 1, 0), "fact-missing", 0),
    ],
)
def test_each_reason_comes_out_of_the_answerer(tmp_path, question, searched, reason, notices):
    given_reply = reply(tmp_path, question, Searched("articles", *searched))
    assert isinstance(given_reply, Abstention)
    assert given_reply.reason == reason
    assert given_reply.message.endswith(".")
    assert sum("could not be read" in notice for notice in given_reply.notices) == notices


def test_an_answer_does_not_speak_of_unread_files(tmp_path):
    answered = reply(
        tmp_path, Question("Keir Starmer met President Zelensky"), Searched("articles", 1, 1, 5)
    )
    assert not isinstance(answered, Abstention)
    assert answered.notices == ()
