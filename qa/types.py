"""The nouns of a conversation: Question, Citation, Quote, Answer, Abstention."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from index.text.headings import path_at
from index.types import Article, LeftOut, Period, Scope, Skipped, Span, Unfinished

AbstentionReason = Literal[
    "corpus-empty",
    "nothing-readable",
    "nothing-in-period",
    "nothing-from-source",
    "nothing-on-topic",
    "fact-missing",
    "phrase-missing",
    "not-a-question",
]

MOST_HEADING_CHARS = 48
"""Of the headings in the name of a place."""

Level = Literal["answer", "maybe", "none"]
"""Quotes that answer; the closest sentences, worth a look; nothing that answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the person typed, and what was asked before it."""

    text: str
    context: tuple[str, ...] = ()
    """Earlier questions of the same conversation, oldest first."""
    asked_on: date | None = None
    """The day that "this week" is reckoned from; None for today."""
    scope: Scope = Scope()
    """Which articles may be quoted."""
    left_out: tuple[str, ...] = ()
    """Words of earlier turns that the person does not want carried over, case folded."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words stand: an article and a span of it."""

    article: Article
    span: Span

    @property
    def text(self) -> str:
        """The words themselves, cut from the article."""
        return self.span.of(self.article.text)

    @property
    def line(self) -> int:
        """Line of the first word, from 1."""
        return self.article.line_of(self.span.start)

    @property
    def page(self) -> str | None:
        """Page of the first word; None where the article has no pages."""
        return self.article.place_of(self.span.start, "page")

    @property
    def last_page(self) -> str | None:
        """Page of the last word; None where the article has no pages."""
        return self.article.place_of(self.span.end - 1, "page")

    @property
    def chapter(self) -> str | None:
        """Chapter of the first word; None where the article has no chapters."""
        return self.article.place_of(self.span.start, "chapter")

    @property
    def under(self) -> tuple[str, ...]:
        """Headings above the first word, the outermost first; the title is none."""
        return path_at(self.article, self.span.start)

    @property
    def place(self) -> str:
        """Pages, chapter and headings in words, "pp. 3–4, “Flat 3 › Lease”"; empty without any."""
        chapter, under = self.chapter and f"ch. “{self.chapter}”", self._nearest()
        known = (self._pages(), chapter, under and f"“{under}”")
        return ", ".join(part for part in known if part)

    @property
    def where(self) -> str:
        """Path and line, with page and chapter where there are any: `book.pdf:120, p. 3`."""
        at = f"{self.article.path}:{self.line}"
        return f"{at}, {self.place}" if self.place else at

    def _nearest(self) -> str:
        """Name the innermost headings, as many as go into MOST_HEADING_CHARS."""
        named = ""
        for heading in reversed(self.under):
            longer = f"{heading} › {named}" if named else heading
            if len(longer) > MOST_HEADING_CHARS:
                return f"… › {named}" if named else f"{heading[: MOST_HEADING_CHARS - 1].rstrip()}…"
            named = longer
        return named

    def _pages(self) -> str:
        if self.page is None or self.page == self.last_page:
            return f"p. {self.page}" if self.page else ""
        return f"pp. {self.page}–{self.last_page}"


@dataclass(frozen=True, slots=True)
class Why:
    """What led to a quote."""

    passage: float
    """The reader's logit that its passage is about the question, about -11 to 11."""
    sentences: float
    """What the reader holds of the quoted sentences, in logits; less where they hardly answer."""
    cosine: float | None
    """Between question and passage; None if its vector did not bring it here."""
    bm25: float | None
    """Of its words; None if they did not bring it here."""
    timeliness: float = 0.0
    """Logits that the article's date takes off; at most 0."""
    answers: float = 0.0
    """The reader's logit that its passage answers."""
    words: str = ""
    """The likeliest words of the passage; empty where nothing was read."""
    sure: float = 0.0
    """Probability of just these words, 0 to 1, if it answers at all."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim slice of an article that may answer the question."""

    n: int
    """Rank by fit, from 1."""
    at: Citation
    score: float
    """Reranker probability that these sentences answer, 0 to 1."""
    context: Span
    """The surroundings to show; contains the quote, crosses no line that was left out."""
    highlights: tuple[Span, ...] = ()
    """Words inside the quote to light, as spans into the article."""
    also: tuple[Citation, ...] = ()
    """Near-identical words in other articles."""
    stale: str = ""
    """One sentence where the file no longer is what was indexed, and could not be read anew."""
    why: Why | None = None
    items_left: int = 0
    """Items of the list that is quoted, where it is too long to be quoted whole."""

    def __post_init__(self) -> None:
        if not self.context.contains(self.at.span):
            raise ValueError("the context must contain the quote")
        if not all(self.at.span.contains(lit) for lit in self.highlights):
            raise ValueError("highlights must lie inside the quote")

    @property
    def text(self) -> str:
        """The quoted words, cut from the article."""
        return self.at.text

    @property
    def place(self) -> str:
        """Where they stand: `book.pdf:120, p. 3`."""
        return self.at.where


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer to what was asked, and the quotes that give it."""

    words: str
    """The answering words, as the first of its quotes has them."""
    quotes: tuple[int, ...]
    """Numbers of the quotes, the best first."""
    outlets: int
    """Independent sources among them: one an outlet, reprints counted once."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several articles say to one question, held side by side."""

    findings: tuple[Finding, ...]
    """The newest first where they differ; one where all agree."""

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError("there is nothing to compare")

    @property
    def differ(self) -> bool:
        """Say whether the articles give different answers."""
        return len(self.findings) > 1


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for a reply."""

    root: str
    """The folder that was indexed; several are joined by ", "."""
    articles: int
    passages: int
    skipped: int = 0
    """Files that could not be read."""
    files: int = 0
    """Files that were found, read or not; 0 where that is not known."""
    unfinished: tuple[Unfinished, ...] = ()
    """Roots of which articles may be missing, since indexing them has not come to its end."""

    @property
    def unread(self) -> int:
        """How many of the files are not read yet, or not as they are now."""
        return sum(one.left or 0 for one in self.unfinished)


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer, the best first."""

    question: Question
    query: str
    """The question as searched, with words carried over from earlier turns."""
    confidence: float
    """Calibrated probability that at least one quote answers, 0 to 1."""
    quotes: tuple[Quote, ...]
    """One to `top`."""
    searched: Searched
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    """One-sentence remarks for the person."""
    carried: tuple[str, ...] = ()
    """Words of earlier turns that the query holds, in order."""
    period: Period | None = None
    """Days that the question speaks of, where they shaped what was found."""
    comparison: Comparison | None = None
    """Where at least two articles answer."""
    threshold: float = 0.0
    """Confidence from which the judge lets an answer through."""

    @property
    def level(self) -> Level:
        """How sure we are: of an answer, sure."""
        return "answer"

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The quotes that answer."""
        return self.quotes


@dataclass(frozen=True, slots=True)
class Abstention:
    """We decline to answer, and say why."""

    question: Question
    query: str
    confidence: float
    """Calibrated probability that one of the nearest answers all the same, 0 to 1."""
    reason: AbstentionReason
    message: str
    """One sentence for the person."""
    nearest: tuple[Quote, ...]
    """Up to three; not an answer."""
    searched: Searched
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    period: Period | None = None
    threshold: float = 0.0
    level: Level = "none"
    """"maybe" where the nearest are worth a look."""

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The nearest passages, which are no answer."""
        return self.nearest


Reply = Answer | Abstention


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds."""

    folder: str
    """Where the index lies."""
    roots: tuple[str, ...]
    articles: int
    passages: int
    model: str
    """Name of the encoder that made the vectors."""
    indexed_at: str
    """ISO time of the last commit, UTC."""
    bytes_on_disk: int
    encodings: Mapping[str, int]
    """Articles by text encoding."""
    recoded: tuple[tuple[str, str], ...]
    """(path, encoding) of each article that is not UTF-8."""
    omitted_lines: Mapping[str, int]
    """Stretches left out as boilerplate, by reason."""
    skipped: tuple[Skipped, ...]
    other_languages: tuple[str, ...]
    """Paths of articles that do not look English."""
    files: int = 0
    """Files of the kinds that are read, read or not."""
    formats: Mapping[str, int] = field(default_factory=dict)
    """Articles by format."""
    reprints: tuple[tuple[str, str], ...] = ()
    """(path, path of the article that it repeats)."""
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    """Files of kinds that are not read, by ending."""
    unfinished: tuple[Unfinished, ...] = ()
    """Roots that indexing has not come to the end of."""
    faults: tuple[str, ...] = ()
    """What of the index is damaged, and what to do about it, one sentence each."""
    mostly_left_out: tuple[LeftOut, ...] = ()
    """Pages of which most was not taken for the article."""
    outdated: tuple[str, ...] = ()
    """Which roots an older version has read, and what to do about it, one sentence each."""
