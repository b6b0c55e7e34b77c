"""A library over the example articles that answers a few questions the same way every time."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from index.errors import PassageIndexError, StorageFailed
from index.types import Article, IngestReport, Omission, OmissionReason, Progress, Skipped, Span
from qa.tui.app import ChatApp
from qa.tui.prompt import Prompt
from qa.types import Abstention, Answer, Citation, Question, Quote, Reply, Searched

PRODUCTION = "000_333bd8d987ca2fd0.txt"
LEAP = "001_9a903c9ad95b38f9.txt"
DRONES = "002_48a90801323c2d29.txt"
MISSILES = "003_048866fb0eaad4a3.txt"
FINANCING = "004_f3084c2cf6ee16b7.txt"

SEEDS = Searched(root="/articles/seeds", articles=5, passages=41)
CLIPPINGS = Searched(root="/articles/clippings", articles=12, passages=96, skipped=4)

ATTACK = "How many drones did Russia launch in the overnight attack?"
KING = "Where did the King receive Zelensky?"
AFTERWARDS = "What happens to the drones after the war ends?"
COST = "How much will the drone project cost in total?"
SLOW = "Who attended the summit at Lancaster House?"
BROKEN = "What is on the broken disk?"

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


def slow_quotes() -> tuple[Quote, ...]:
    return (quote(1, seed(FINANCING), "The meeting, hosted by Starmer at Lancaster House"),)


class StandInLibrary:
    """Knows the questions above by heart; a test holds and releases its slow steps."""

    def __init__(self, *, searched: Searched | None = SEEDS) -> None:
        self.asked: list[Question] = []
        self.may_load = Event()
        self.may_load.set()
        self.may_answer_slowly = Event()
        self.may_index = Event()
        self.may_index.set()
        self.load_error: PassageIndexError | None = None
        self.index_error: PassageIndexError | None = None
        self.replies: dict[str, tuple[Quote, ...]] = {
            ATTACK: attack_quotes(),
            KING: king_quotes(),
            AFTERWARDS: afterwards_quotes(),
            SLOW: slow_quotes(),
        }
        self.indexed: Path | None = None
        self.was_stopped = False
        self.changed_to: Searched | None = None
        self._searched = searched

    def load(self, announce: Callable[[str], None]) -> None:
        announce("loading the reranker…")
        while not self.may_load.wait(0.1):
            announce("loading the reranker…")
        if self.load_error:
            raise self.load_error

    def searched(self) -> Searched | None:
        return self._searched

    def answer(self, question: Question) -> Reply:
        self.asked.append(question)
        if question.text == BROKEN:
            raise StorageFailed("the index can’t be read; run: qa index --rebuild seeds")
        if question.text == SLOW:
            self.may_answer_slowly.wait(30)
        searched = self._searched or SEEDS
        query = question.text
        if question.text.startswith("And ") and question.context:
            query = f"{question.text} {question.context[-1]}"
        if quotes := self.replies.get(question.text):
            return Answer(question, query, 0.87, quotes, searched)
        return Abstention(
            question,
            query,
            0.12,
            "fact-missing",
            "These articles speak of the drone project, but none of them says what it costs.",
            cost_quotes(),
            searched,
            notices=("1 article is not in English; the models read English only.",),
        )

    def refreshed(self) -> bool:
        if self.changed_to is None:
            return False
        self._searched, self.changed_to = self.changed_to, None
        return True

    def index_folder(
        self,
        folder: Path,
        report: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> IngestReport:
        self.indexed = folder
        report(Progress("reading", 3, 12, "clippings/harbour.html"))
        while not self.may_index.wait(0.01):
            if is_cancelled():
                self.was_stopped = True
                break
        if self.index_error:
            raise self.index_error
        self._searched = CLIPPINGS
        skipped = tuple(Skipped(f"scan-{n}.txt", "not text in any encoding") for n in range(1, 5))
        return IngestReport(str(folder), 12, 96, 12, 0, 0, skipped, 3.5)


def chat(library: StandInLibrary | None = None, **settings: Any) -> ChatApp:
    """The chat over the stand-in; it looks for other processes' changes only if told to."""
    return ChatApp(library or StandInLibrary(), **({"refresh_s": None} | settings))


def screen_text(app: App[None]) -> str:
    """What stands on the screen, row by row."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Let the app work until something is so; fail after many turns of its loop."""
    for _ in range(500):
        await pilot.pause(0.01)
        if is_so():
            return
    raise AssertionError(f"it never came to be; the screen:\n{screen_text(pilot.app)}")


async def settle(pilot: Pilot[None]) -> None:
    """Let every worker end and everything it told be shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def ask(pilot: Pilot[None], question: str) -> None:
    """Type a question and send it."""
    pilot.app.screen.query_one(Prompt).text = question
    await pilot.press("enter")
    await settle(pilot)
