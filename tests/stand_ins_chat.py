"""A library over the example articles that answers a few questions the same way every time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from stand_ins_corpora import CORPORA, STATUS
from stand_ins_quotes import (
    SEEDS,
    afterwards_quotes,
    attack_quotes,
    cost_quotes,
    king_quotes,
    slow_quotes,
    visit_quotes,
)
from textual.app import App
from textual.pilot import Pilot

from index.errors import PassageIndexError, StorageFailed
from index.types import IngestReport, Progress, Scope, Skipped
from qa.library.places import Corpus
from qa.tui import EVERYTHING
from qa.tui.app import ChatApp
from qa.tui.filters import Filters
from qa.tui.prompt import Prompt
from qa.types import (
    Abstention,
    Answer,
    Comparison,
    Finding,
    Question,
    Quote,
    Reply,
    Searched,
    Status,
)

CLIPPINGS = Searched(root="/articles/clippings", articles=12, passages=96, skipped=4)

ATTACK = "How many drones did Russia launch in the overnight attack?"
KING = "Where did the King receive Zelensky?"
AFTERWARDS = "What happens to the drones after the war ends?"
COST = "How much will the drone project cost in total?"
SHOT_DOWN = "How many of them were shot down?"
VISIT = "When was Zelensky in London?"
AGREED = "Which castle did Zelensky visit?"
SLOW = "Who attended the summit at Lancaster House?"
BROKEN = "What is on the broken disk?"

VISITS = Comparison((Finding("June 23", (2, 3), 2), Finding("October 24", (1,), 1)))
CASTLE = Comparison((Finding("Windsor Castle", (1, 2), 2),))


class StandInLibrary:
    """Knows the questions above by heart; a test holds and releases its slow steps."""

    def __init__(self, *, searched: Searched | None = SEEDS) -> None:
        self.asked: list[Question] = []
        self.may_load = Event()
        self.may_load.set()
        self.may_answer_slowly = Event()
        self.answers_slowly_again = False
        self.may_index = Event()
        self.may_index.set()
        self.load_error: PassageIndexError | None = None
        self.index_error: PassageIndexError | None = None
        self.replies: dict[str, tuple[Quote, ...]] = {
            ATTACK: attack_quotes(),
            KING: king_quotes(),
            AFTERWARDS: afterwards_quotes(),
            SLOW: slow_quotes(),
            VISIT: visit_quotes(),
            AGREED: king_quotes(),
        }
        self.comparisons = {VISIT: VISITS, AGREED: CASTLE}
        self.notices: dict[str, tuple[str, ...]] = {}
        self.spelt: dict[str, str] = {}
        self.carried: dict[str, tuple[str, ...]] = {SHOT_DOWN: ("drones", "Russia", "launch")}
        self.progress = Progress("reading", 3, 12, "clippings/harbour.html")
        self.indexed: Path | None = None
        self.was_stopped = False
        self.changed_to: Searched | None = None
        self.updated: list[Path] = []
        self.update_report = IngestReport("/articles/seeds", 7, 50, 2, 0, 0, ())
        self.update_error: PassageIndexError | None = None
        self.may_update = Event()
        self.may_update.set()
        self.corpora_there: tuple[Corpus, ...] = CORPORA
        self.corpora_error: PassageIndexError | None = None
        self.switched: Path | None = None
        self.switch_error: PassageIndexError | None = None
        self.status_there = STATUS
        self.status_error: PassageIndexError | None = None
        self._searched = searched

    def load(self, announce: Callable[[str], None]) -> None:
        announce("loading the reader…")
        while not self.may_load.wait(0.1):
            announce("loading the reader…")
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
        if self.answers_slowly_again and question.left_out:
            self.may_answer_slowly.wait(30)
        searched = self._searched or SEEDS
        if question.context and (words := self.carried.get(question.text)):
            carried = tuple(word for word in words if word.casefold() not in question.left_out)
            return self._follow_up(question, carried, searched)
        query = question.text
        if question.text.startswith("And ") and question.context:
            query = f"{question.text} {question.context[-1]}"
        if quotes := self.replies.get(question.text):
            comparison = self.comparisons.get(question.text)
            notices = self.notices.get(question.text, ())
            return Answer(
                question, query, 0.87, quotes, searched, notices=notices, comparison=comparison
            )
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

    def _follow_up(self, question: Question, carried: tuple[str, ...], searched: Searched) -> Reply:
        query = " ".join([self.spelt.get(question.text, question.text), *carried])
        if "drones" in carried:
            return Answer(question, query, 0.74, attack_quotes(), searched, carried=carried)
        message = "These articles don’t say how many of what were shot down."
        return Abstention(
            question, query, 0.08, "nothing-on-topic", message, (), searched, carried=carried
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
        report(self.progress)
        while not self.may_index.wait(0.01):
            if is_cancelled():
                self.was_stopped = True
                break
        if self.index_error:
            raise self.index_error
        self._searched = CLIPPINGS
        skipped = tuple(Skipped(f"scan-{n}.txt", "not text in any encoding") for n in range(1, 5))
        return IngestReport(str(folder), 12, 96, 12, 0, 0, skipped, 3.5)

    def roots(self) -> tuple[Path, ...]:
        return (Path(self._searched.root),) if self._searched else ()

    def update(
        self,
        root: Path,
        report: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> IngestReport:
        self.updated.append(root)
        report(Progress("encoding", 30, 400))
        while not self.may_update.wait(0.01):
            if is_cancelled():
                self.was_stopped = True
                break
        if self.update_error:
            raise self.update_error
        if self.update_report.added:
            self._searched = Searched(str(root), 7, 50)
        return self.update_report

    def status(self) -> Status:
        if self.status_error:
            raise self.status_error
        return self.status_there

    def corpora(self) -> tuple[Corpus, ...]:
        if self.corpora_error:
            raise self.corpora_error
        return self.corpora_there

    def switch(self, folder: Path) -> None:
        if self.switch_error:
            raise self.switch_error
        self.switched = folder
        self._searched = CLIPPINGS


def chat(
    library: StandInLibrary | None = None,
    *,
    scope: Scope = EVERYTHING,
    asked_on: date | None = None,
    **settings: Any,
) -> ChatApp:
    """The chat over the stand-in; it looks for other processes' changes only if told to."""
    settings = {"refresh_s": None, "filters": Filters(scope, asked_on)} | settings
    return ChatApp(library or StandInLibrary(), **settings)


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
    """Let every worker end and everything it told be shown; no letter waits for another one."""
    await pilot.pause()
    await until(pilot, lambda: not pilot.app.is_holding)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def ask(pilot: Pilot[None], question: str) -> None:
    """Type a question and send it."""
    pilot.app.screen.query_one(Prompt).text = question
    await pilot.press("enter")
    await settle(pilot)
