"""The nouns of retrieval: Article, Span, Sentence, Passage, Hit."""

import os
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal, get_args

from index.errors import SkipKind

OmissionReason = Literal[
    "front matter",
    "cookie notice",
    "share line",
    "byline",
    "newsletter line",
    "read-also line",
    "advertisement",
    "rights line",
    "quoted reply",
    "signature",
    "repeated caption",
    "embedded data",
    "rest of the page",
    "links and labels",
]
PlaceKind = Literal["page", "chapter", "alias"]
SentenceKind = Literal["prose", "heading", "item"]
OffsetsKind = Literal["file", "extracted"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points into `Article.text`; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Cut this span out of the text; the text must reach that far."""
        if self.end > len(text):
            raise ValueError(f"span ends at {self.end}, the text at {len(text)}")
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Say whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of an article that is never indexed and never quoted."""

    span: Span
    reason: OmissionReason

    def __post_init__(self) -> None:
        if self.reason not in get_args(OmissionReason):
            raise ValueError(f"no such reason: {self.reason}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page or a chapter begins; it reaches to the next one of its kind.

    Another name of the whole article, an alias, is one that begins with its text.
    """

    start: int
    """Offset into `Article.text`."""
    kind: PlaceKind
    name: str
    """Number of the page, from 1; or the chapter's heading or the alias, one clean line."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells that a file is the one we read, without reading it."""

    bytes: int
    mtime_ns: int
    ctime_ns: int
    """Of the last change of its bytes, name, rights or times: that one nobody can set back."""

    @classmethod
    def of(cls, seen: os.stat_result) -> "FileStamp":
        """Give the stamp of a file that was looked at."""
        return cls(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the corpus, with its canonical text and where it came from."""

    path: str
    """Relative to its root, with forward slashes; unique inside that root. An article that is one
    of several in a file has a longer one: `mails.mbox#3`, `news.zip/monday.txt`."""
    text: str
    """Canonical text; for text and Markdown the file's own, with universal newlines."""
    title: str
    """One line for people; encoded only when it is not derived."""
    sha256: str
    """Of the source file's bytes, in hexadecimal."""
    title_is_derived: bool = False
    title_span: Span | None = None
    """Where the title stands in the text; not quoted, and not indexed as body."""
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO date, possibly partial: `2025`, `2025-06`, `2025-06-23`."""
    modified: str | None = None
    """ISO date of the last change that the article states; never a file's time."""
    url: str | None = None
    encoding: str = "utf-8"
    offsets: OffsetsKind = "file"
    """`file`: spans are also offsets into the decoded file; `extracted`: only into `text`."""
    omissions: tuple[Omission, ...] = ()
    """In order, disjoint."""
    root: str = ""
    """Absolute path of the folder or file that was indexed."""
    file: str = ""
    """Path of the file that holds it, relative to its root; empty where that is `path` itself."""
    format: str = "text"
    """Kind of file that it came from, as `index.readers.formats` names it."""
    places: tuple[Place, ...] = ()
    """Pages and chapters, in order of their starts."""
    reprints: tuple[str, ...] = ()
    """Paths of other articles of the corpus with (nearly) the same text."""

    def __post_init__(self) -> None:
        if not self.path:
            raise ValueError("an article needs a path")
        last = 0
        for omission in self.omissions:
            if omission.span.start < last or omission.span.end > len(self.text):
                raise ValueError(f"omissions of {self.path} overlap or leave the text")
            last = omission.span.end

    @property
    def called(self) -> str:
        """Its title with its other names, for the models to read and for keywords to find."""
        names = [place.name for place in self.places if place.kind == "alias"]
        return f"{self.title} ({', '.join(names)})" if names else self.title

    @property
    def in_file(self) -> str:
        """Path of the file that holds it, relative to its root."""
        return self.file or self.path

    def place_of(self, offset: int, kind: PlaceKind) -> str | None:
        """Name the page or chapter that holds the offset; None before the first or without any."""
        names = [p.name for p in self.places if p.kind == kind and p.start <= offset]
        return names[-1] if names else None

    def line_of(self, offset: int) -> int:
        r"""Number of the line, from 1, that holds the offset; only `\n` ends a line."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage: the smallest thing that is quoted."""

    span: Span
    kind: SentenceKind = "prose"
    is_cut: bool = False
    """The sentence was longer than a passage, so this is one piece of it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: what is embedded and retrieved."""

    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a passage needs a sentence")
        last = 0
        for sentence in self.sentences:
            if sentence.span.start < last:
                raise ValueError("sentences of a passage overlap or are out of order")
            last = sentence.span.end

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    def id_in(self, article: Article) -> str:
        """Hash of article, place and content: the same whenever nothing changed."""
        key = f"{article.root}\0{article.path}\0{self.span.start}\0{self.span.of(article.text)}"
        return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over question and passage tells."""

    relevance: float
    """Logit that the passage is about the question, about -11 to 11."""
    answers: float
    """Logit that it answers."""
    words: Span | None
    """The likeliest answer, counted from the first letter read; None where nothing was."""
    sure: float
    """Probability of just these words, 0 to 1, if it answers at all."""
    starts: tuple[float, ...]
    """Probability by sentence that the answer begins in it."""
    ends: tuple[float, ...]
    """Probability by sentence that the answer ends in it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and how well it fits; a higher score is better."""

    article: Article
    passage: Passage
    score: float
    """Of the stage that ranked last; comparable within one ranking only."""
    cosine: float | None = None
    """Between query and passage vectors, -1 to 1; None if only its words were found."""
    bm25: float | None = None
    """Keyword score, at least 0; None if only its vector was found."""
    timeliness: float = 0.0
    """Logits that the article's date takes off, where dates matter to the question; at most 0."""
    reading: Reading | None = None
    """What the reader made of it; None until it is read."""

    @property
    def relevance(self) -> float:
        """Logit that it is about the question; its score until it is read."""
        return self.reading.relevance if self.reading else self.score


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included; an open end reaches as far as there are articles."""

    first: date | None
    last: date | None
    words: str = ""
    """As they stand in a question; empty where a filter set it."""

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"a period can't end before it begins: {self.first}..{self.last}")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may be quoted; everything, unless something is said."""

    period: Period | None = None
    """Articles published on one of these days, possibly; undated ones are left out."""
    source: str | None = None
    """Part of an outlet's name or of an article's path, case folded."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What retrieval gave for a query, and what its stages took."""

    hits: tuple[Hit, ...]
    """Best first by reciprocal rank."""
    encode_ms: float
    retrieve_ms: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indexing run has come."""

    stage: Literal["preparing", "reading", "encoding", "saving"]
    done: int
    total: int
    """Of the stage's own units (files, or passages); 0 while it is not known."""
    note: str = ""
    """What is being worked on: a file's path, or a sentence such as "compiling the encoder"."""
    per_second: float | None = None
    """Units done a second, lately; None while it is not known."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that gave no article."""

    path: str
    reason: str
    kind: SkipKind = "damaged"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page of which most was not taken for its article."""

    path: str
    read: int
    """Words of the article."""
    left_out: int
    """Words in sentences beside it."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one indexing run did to one root."""

    root: str
    articles: int
    """In the index from this root, afterwards."""
    passages: int
    added: int
    changed: int
    removed: int
    skipped: tuple[Skipped, ...]
    seconds: float = 0.0
    """Of the whole run, loading models included."""
    notices: tuple[str, ...] = ()
    """One-sentence remarks for the person."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A root over which the last run has not come to its end, so that articles may be missing."""

    root: str
    files: int | None
    """That were found; None where the run had not counted them yet."""
    left: int | None
    """Files of them that are not read, or have changed since they were."""
    unseen: int
    """Files of them of which the index knows nothing yet."""
    is_under_way: bool
    """A process is at it; otherwise it was interrupted."""
    command: str
    """That goes on with it, as a person types it."""
