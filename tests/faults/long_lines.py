"""What reads a whole text, a question, a file or a page, by name, and what fills its texts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date

import documents_made
from stand_ins_quotes import article

from index.errors import Unreadable
from index.ingest.ignores import pattern_of
from index.ingest.preparing import prepare
from index.readers import dates, file_names, frontmatter, lines
from index.readers.articles import parse
from index.readers.mail import messages, replies
from index.readers.tables import records
from index.readers.web import feeds
from index.readers.web.rendering import plain
from index.search import spelling, variants, wordforms
from index.text import boilerplate, hyphens, keywords, names, numerals
from index.text.exponents import script_forms
from qa import visible as shown
from qa.answering import followups, sources, statements
from qa.language import answertype, english, restating, subjects, values
from qa.language.when import mention_of
from qa.types import Question

LINES = (
    *"ax_- 1\n\"“'([<*#|>.:",
    "a ", "A ", "foo-\nbar ", "foo-bar-", "a@", "http://a.b/", "A b. ", "A. ", "a, ",
    "a’s ", "and ", "1,000 ", "May 1, ", "\xa0", "\u200b", "- a\n", "a: b\n",
    "> a\n", "[[a", "**a** ", "U.S. ",
)  # fmt: skip
"""What fills a line, or a text of lines."""
TAGS = (
    "<p>a b. ", "<div>", "<b>", "<a href=x>a", "<ul><li>", "<table><tr><td>", "<x ", "<!--",
    "<script>", "&amp;", "&", "</p>", "<br>", "<h1>a", "<sup>", "<svg>", "<p class='cookie ",
    "<![CDATA[", "<q>",
)  # fmt: skip
"""What fills a page; the longest has tags some 10,000 deep."""
DAY = date(2024, 5, 1)


class Nothing:
    """A corpus without a word."""

    def holds(self, words: str) -> bool:
        """Say no."""
        return False

    def held(self, words: Sequence[str]) -> list[str]:
        """Give none."""
        return []

    def count(self, word: str) -> int:
        """Count none."""
        return 0

    def written(self, word: str) -> list[str]:
        """Give none."""
        return []

    def like(self, word: str, *, start: int) -> set[str]:
        """Give none."""
        return set()


Reads = Callable[[str], object]

OF_TEXTS: dict[str, Reads] = {
    "boilerplate": boilerplate.omissions,
    "passages": lambda text: prepare(article(text)),
    "Markdown": lambda text: _parsed(text, ".md"),
    "hyphens": lambda text: hyphens.joined(text, text),
    "front matter": lambda text: frontmatter.front_matter(f"---\ntitle: {text}"),
    "bare front matter": lambda text: frontmatter.front_matter(f"Title: a\n{text}"),
    "replies": lambda text: replies.omissions(text, replies.Course(is_reply=True)),
    "dates": dates.iso_date,
    "one line": lines.one_line,
    "shown": lambda text: (shown.visible(text), shown.visible_line(text), shown.pasteable(text)),
    "statements": lambda text: statements.only_states(article(text), text, "Who is it?"),
    "answers": lambda text: answertype.answering_spans("How many people came to Rome?", text),
    "names": lambda text: answertype.answering_spans("Who came to Rome?", text),
    "values": lambda text: values.value_of(text, "time", None),
    "shingles": sources.shingles,
}
OF_QUESTIONS: dict[str, Reads] = {
    "keywords": keywords.parse,
    "variants": lambda text: variants.read(text, Nothing()),
    "spelling": lambda text: spelling.corrected(text, corpus=Nothing(), is_english=str.isalpha),
    "word forms": lambda text: [one.forms for one in wordforms.sought_in(text)],
    "numbers": lambda text: list(numerals.numbers_in(text)),
    "number forms": lambda text: list(numerals.number_forms(text)),
    "days": lambda text: list(numerals.date_forms(text)),
    "formulas": lambda text: list(script_forms(text)),
    "respellings": names.respellings,
    "when": lambda text: mention_of(text, DAY),
    "type": answertype.asked,
    "foreign": english.is_foreign,
    "restated": restating.restated,
    "subject": lambda text: (subjects.subject_of(text), subjects.event_of(text)),
    "follow-up": lambda text: followups.query_for(Question(text, context=("Who won?",))),
    "unclear": followups.is_unclear,
    "file name": lambda text: file_names.name_title(text, is_note=True),
    "ignore line": lambda text: _read(pattern_of, text),
}
OF_FILES: dict[str, Reads] = {
    "mail": lambda text: _made(
        messages.documents, "a.eml", f"Subject: {text[:900]}\n\nA b.\n{text}"
    ),
    "headers": lambda text: _made(messages.documents, "a.eml", f"Subject: {text}\n\nA b."),
    "feed": lambda text: _made(
        feeds.documents, "a.xml", f"<rss><channel><item><description>A b. {text}"
    ),
    "table": lambda text: _made(records.documents, "a.csv", f"title,text\na,{text}\nb,{text}"),
}
OF_PAGES: dict[str, Reads] = {
    "page": lambda text: _parsed(f"<html><body><article><p>A b c. {text}", ".html"),
    "rendered": lambda text: plain(text, path="a.eml"),
}


def _read(read: Reads, text: str) -> None:
    with suppress(Unreadable, ValueError):
        read(text)


def _parsed(text: str, suffix: str) -> None:
    origin = {"path": "a", "root": "/", "sha256": "0" * 64, "encoding": "utf-8"}
    _read(lambda words: parse(words, suffix=suffix, **origin), text)


def _made(documents: Callable, name: str, text: str) -> None:
    _read(lambda words: list(documents(documents_made.source_of(words.encode(), name))), text)


def reads() -> Iterator[tuple[str, Reads, tuple[str, ...]]]:
    """Give each by name, with what its texts are made of."""
    lined = OF_TEXTS | OF_QUESTIONS | OF_FILES
    for kinds, units in ((lined, LINES), (OF_PAGES, (*TAGS, *LINES[:4]))):
        yield from ((name, read, units) for name, read in kinds.items())
