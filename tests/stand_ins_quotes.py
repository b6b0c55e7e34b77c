"""The example articles, and quotes of them that the stand-in library gives."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files

from index.types import Article, Omission, OmissionReason, Place, Span
from qa.types import Citation, Quote, Searched

PRODUCTION = "000_333bd8d987ca2fd0.txt"
LEAP = "001_9a903c9ad95b38f9.txt"
DRONES = "002_48a90801323c2d29.txt"
MISSILES = "003_048866fb0eaad4a3.txt"
FINANCING = "004_f3084c2cf6ee16b7.txt"

SEEDS = Searched(root="/articles/seeds", articles=5, passages=41)

_OMITTED: dict[str, Sequence[tuple[str, OmissionReason]]] = {
    PRODUCTION: [("This website uses cookies", "cookie notice")],
    LEAP: [("AI\nBy AI", "byline"), ("Share This Article", "share line")],
}
_TITLED = {
    PRODUCTION: "Starmer and Zelensky Collaborate on Military Production Initiative",
    LEAP: "Zelensky and Starmer hail a ’massive leap forward’ in military collaboration",
}


@cache
def seed(name: str) -> Article:
    """An example article, with its last or first lines left out as a reader would."""
    raw = (files("seeds") / name).read_bytes()
    text = raw.decode("utf-8").replace("\r\n", "\n")
    omissions = []
    for beginning, reason in _OMITTED.get(name, ()):
        start = text.index(beginning)
        stops = [text.find("\n\n", start), len(text.rstrip())]
        end = min(stop for stop in stops if stop > start)
        omissions.append(Omission(Span(start, end), reason))
    return Article(
        path=name,
        text=text,
        title=_TITLED.get(name) or " ".join(text.split()[:8]),
        title_is_derived=name not in _TITLED,
        outlet="The Epoch Times" if name == PRODUCTION else None,
        published="2025-06-23" if name == PRODUCTION else None,
        sha256=sha256(raw).hexdigest(),
        omissions=tuple(omissions),
        root=SEEDS.root,
    )


def article(text: str, *, path: str = "note.txt", title: str = "A note") -> Article:
    """An article of one's own."""
    return Article(path=path, text=text, title=title, sha256="0" * 64, root=SEEDS.root)


def cite(source: Article, words: str) -> Citation:
    """Where the words stand."""
    start = source.text.index(words)
    return Citation(source, Span(start, start + len(words)))


def quote(n: int, source: Article, words: str, *lit: str, also: Sequence[Citation] = ()) -> Quote:
    """A quote of these words in the context of their paragraph."""
    at = cite(source, words)
    start = source.text.rfind("\n", 0, at.span.start) + 1
    end = source.text.find("\n", at.span.end)
    highlights = []
    for word in lit:
        begin = source.text.index(word, at.span.start)
        highlights.append(Span(begin, begin + len(word)))
    return Quote(
        n=n,
        at=at,
        score=1 - n / 10,
        context=Span(start, end if end > 0 else len(source.text)),
        highlights=tuple(highlights),
        also=tuple(also),
    )


def attack_quotes() -> tuple[Quote, ...]:
    source = seed(PRODUCTION)
    return (
        quote(
            1,
            source,
            "Ukraine’s air force reported successfully downing 339 of the 352 drones and 15 of the"
            " 16 missiles launched by Russia during the attack on four Ukrainian regions.",
            "352 drones",
        ),
        quote(2, source, "Russia unleashed hundreds of drones on Ukraine overnight.", "hundreds"),
    )


def king_quotes() -> tuple[Quote, ...]:
    leap = cite(seed(LEAP), "Zelensky had earlier visited King Charles III at Windsor Castle")
    return (
        quote(
            1,
            seed(MISSILES),
            "Before arriving at Downing Street, Mr. Zelensky met King Charles at Windsor Castle.",
            "Windsor Castle",
            also=[leap],
        ),
        quote(
            2,
            seed(PRODUCTION),
            "Mr. Zelensky met with Britain’s King Charles at Windsor Castle",
            "Windsor Castle",
        ),
        quote(3, seed(MISSILES), "This is the third meeting known between the two this year."),
    )


def afterwards_quotes() -> tuple[Quote, ...]:
    words = (
        "Following the war’s conclusion, Britain and Ukraine will divide the produced aircraft"
        " between themselves."
    )
    return (quote(1, seed(DRONES), words, "divide the produced aircraft"),)


def cost_quotes() -> tuple[Quote, ...]:
    return (
        quote(
            1,
            seed(FINANCING),
            "He revealed that the UK plans to utilize £1.6 billion ($2 billion) in export financing"
            " to provide 5,000 air defense missiles for Ukraine.",
        ),
        quote(2, seed(DRONES), "the first three years"),
    )


def visit_quotes() -> tuple[Quote, ...]:
    return (
        quote(
            1,
            seed(MISSILES),
            "On the morning of October 24, Ukrainian President Volodymyr Zelensky was in the UK to"
            " hold talks with British Prime Minister Keir Starmer and about 20 other European"
            " leaders.",
            "October 24",
        ),
        quote(
            2,
            seed(LEAP),
            "Ukrainian President Volodymyr Zelensky met with UK Prime Minister Keir Starmer at"
            " Downing Street on June 23.",
            "June 23",
        ),
        quote(
            3,
            seed(PRODUCTION),
            "Mr. Zelensky’s brief visit to London",
        ),
    )


def slow_quotes() -> tuple[Quote, ...]:
    return (quote(1, seed(FINANCING), "The meeting, hosted by Starmer at Lancaster House"),)


def paged_quote(
    *,
    chapter: str = "The Storm",
    reprints: Sequence[str] = ("news/storm.txt", "mails.mbox#3", "again.txt", "more.txt"),
) -> Quote:
    """A quote on the second page of a chapter, of an article that was printed elsewhere too."""
    text = "The harbour was quiet that evening.\n\nThe storm came at night. Nobody had seen it.\n"
    places = (Place(0, "chapter", chapter), Place(0, "page", "1"), Place(37, "page", "2"))
    source = article(text, path="book.pdf", title="A book")
    source = replace(source, places=places, reprints=tuple(reprints), format="pdf")
    return quote(1, source, "The storm came at night.", "at night")
