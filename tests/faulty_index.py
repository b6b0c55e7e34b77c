"""A small index with all kinds of files, harm done to them, and what a person is told then.

Everything runs in this process with stand-in models: a question takes milliseconds, and a fault
can be tried hundreds of times.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from stand_ins import HashingEncoder, OverlapReader

from index.errors import PassageIndexError
from index.health import Check, check_index
from index.ingest import building
from index.ingest.building import BuildOptions
from index.store.embedded import derived, ledger, worded
from index.store.embedded.storage import Store
from index.types import IngestReport, Progress, Unfinished
from qa.library.places import Places
from qa.library.searcher import Models
from qa.library.workspace import Workspace
from qa.types import Abstention, Question, Reply

TOWNS = ("Ternhaven", "Skarnholm", "Ottermouth", "Lindwick", "Braeport", "Calderfoot")
THINGS = ("lighthouse", "ropewalk", "cannery", "observatory", "tannery")
QUESTIONS = tuple(
    f"Who opened the {thing} of {town}?" for thing in (*THINGS[:3], "kiosk") for town in TOWNS[::2]
)
MANY_WORDS = 20
"""Passages from which there is a word index here."""
PAGE = 4096

Harm = Callable[[Path, random.Random], None]


@dataclass(frozen=True, slots=True)
class Made:
    """Articles, and their index."""

    roots: tuple[Path, ...]
    home: Path


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody learns who asks all the questions."""

    replies: tuple[object, ...]
    """Quotes with their places, or why there is none."""
    remarks: tuple[str, ...]
    """Notices, without those on which articles were read."""
    error: str = ""
    """What ended it, one sentence; never a traceback."""

    @property
    def is_warning(self) -> bool:
        """The person knows that something is wrong."""
        return bool(self.error or self.remarks)


class KnowingReader(OverlapReader):
    """Knows no English words but those of the questions."""

    def knows(self, word: str) -> bool:
        return word in {"who", "opened"}


def write_articles(folder: Path) -> tuple[Path, ...]:
    """Write two folders of texts, and a table of several articles."""
    chance = random.Random(5)
    first, second = folder / "coast", folder / "inland"
    for root in (first, second):
        root.mkdir(parents=True)
    for number, (town, thing) in enumerate((town, thing) for town in TOWNS for thing in THINGS):
        path = (first, second)[
            number % 2
        ] / f"{town.lower()}-{thing}.{'md' if number % 5 else 'txt'}"
        path.write_text(_article(town, thing, chance), encoding="utf-8")
    rows = [f'{town} in brief,"{story(town, "harbour", chance)}"' for town in TOWNS[:4]]
    (second / "briefs.csv").write_text("\n".join(["title,text", *rows, ""]), encoding="utf-8")
    return first, second


def _article(town: str, thing: str, chance: random.Random) -> str:
    head = f"---\ntitle: The {thing} of {town}\npublished: 20{chance.randrange(10, 25)}-05-04\n"
    return f"{head}outlet: {town} Courier\n---\n\n{story(town, thing, chance)}\n"


def story(town: str, thing: str, chance: random.Random) -> str:
    names = ["Ada Quill", "Bertil Moss", "Cora Vane", "Dag Holm", "Edith Park", "Finn Roe"]
    facts = [
        f"The {thing} of {town} was opened by {chance.choice(names)} "
        f"in {chance.randrange(1800, 1990)}.",
        f"It cost {chance.randrange(100, 900)} crowns and took {chance.randrange(2, 40)} months.",
        *(
            f"Visitors from {chance.choice(TOWNS)} counted {chance.randrange(10**6)} "
            f"{chance.choice(['bricks', 'steps', 'lamps'])} there, says {chance.choice(names)}."
            for _ in range(14)
        ),
    ]
    return " ".join(facts)


@contextmanager
def small_limits() -> Iterator[None]:
    """Let there be a word index though the index is small, and compile no encoder."""
    compiling, many = building.Builder.compile, worded.MANY
    building.Builder.compile = lambda self: None  # type: ignore[method-assign]
    worded.MANY = MANY_WORDS
    try:
        yield
    finally:
        building.Builder.compile = compiling  # type: ignore[method-assign]
        worded.MANY = many


def make(folder: Path) -> Made:
    """Index two folders; the index has a FAISS file and a word index."""
    made = Made(write_articles(folder / "articles"), folder / "index")
    for root in made.roots:
        bring(made.home, root)
    with closing(Store.create(made.home)) as store:
        derived.rebuild(store, many_words=MANY_WORDS)
    return made


def bring(home: Path, root: Path) -> IngestReport:
    """Do what `qa index` does with one path."""
    options = BuildOptions(cache=home.parent / "cache", encoder=HashingEncoder())
    return building.build(root, home, options, report=_ignore)


def copied(made: Made, folder: Path) -> Made:
    """Copy an index, as it lies there, to do harm to it; the articles are the same."""
    shutil.copytree(made.home, folder)
    return Made(made.roots, folder)


def killed(made: Made, folder: Path) -> Made:
    """Copy an index as a kill would leave it: with commits that only its log holds."""
    with closing(sqlite3.connect(made.home / "index.sqlite3")) as held:
        held.execute("SELECT count(*) FROM manifest").fetchone()  # so that the log stays
        for number in range(3):
            for town in TOWNS[:3]:
                later = made.roots[0] / f"{town.lower()}-kiosk.md"
                later.write_text(f"The kiosk {number} of {town} was opened by Ida Lund.\n")
            bring(made.home, made.roots[0])
        shutil.copytree(made.home, folder)
    noted = ledger.read(folder)
    roots = tuple(replace(root, files=None) for root in noted.roots)
    ledger.write(folder, replace(noted, roots=roots, digest=""))
    return Made(made.roots, folder)


def ask(home: Path, questions: tuple[str, ...] = QUESTIONS) -> Told:
    """Ask all questions in a process of its own, as far as a fresh opening is one."""
    places = Places(home.parent / "data", home.parent / "cache")
    replies: list[object] = []
    remarks: dict[str, None] = {}
    try:
        opened = Workspace(home, places=places)
        with closing(opened):
            opened._models = Models(HashingEncoder(), KnowingReader(), made_with(opened))
            for question in questions:
                reply = opened.answer(Question(question))
                remarks.update(dict.fromkeys(reply.notices))
                remarks.update((f"{one.root} is unfinished", None) for one in _unfinished(reply))
                replies.append(_words_of(reply))
                remarks.update((q.stale, None) for q in _quotes(reply) if q.stale)
    except PassageIndexError as error:
        return Told(tuple(replies), tuple(remarks), str(error))
    return Told(tuple(replies), tuple(remarks))


def made_with(opened: Workspace) -> tuple[str, str]:
    said = opened._require_open().passages.store.manifest()
    return str(said.model), str(said.fingerprint)


def _quotes(reply: object) -> tuple:
    return reply.nearest if isinstance(reply, Abstention) else reply.quotes


def _unfinished(reply: Reply) -> tuple[Unfinished, ...]:
    return reply.searched.unfinished


def _words_of(reply: object) -> object:
    quotes = [
        (q.text, q.at.article.path, q.at.article.title, q.at.article.published, q.at.article.outlet)
        for q in _quotes(reply)
    ]
    searched = (reply.searched.articles, reply.searched.passages)
    return type(reply).__name__, tuple(quotes), searched


def contents(home: Path) -> list[tuple]:
    """Give all that an index holds, but for row ids, times and what is derived."""
    with closing(Store.open(home)) as store:
        return [
            store.connection.execute(sql).fetchall()
            for sql in (
                "SELECT roots.path, files.path, bytes, mtime_ns, ctime_ns, sha256, "
                "files.articles, encoding FROM files "
                "JOIN roots ON roots.id = root_id ORDER BY 1, 2",
                "SELECT articles.path, title, outlet, author, published, omissions, places, text "
                "FROM articles ORDER BY 1, 2",
                "SELECT public_id, sentences, text_key, vector FROM passages ORDER BY 1",
                "SELECT path, reason, kind FROM skipped ORDER BY 1, 2",
                "SELECT term, doc, cnt FROM vocabulary ORDER BY 1",
                "SELECT count(*) FROM keywords_docsize",
                "SELECT name, value FROM manifest WHERE name IN ('articles', 'passages', 'model')",
            )
        ]


def examined(home: Path) -> Check:
    """Let the doctor look at one index."""
    return check_index(home, "index x")


def flip(path: Path, chance: random.Random) -> None:
    """Change one bit of one byte."""
    raw = bytearray(path.read_bytes())
    if raw:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)


def scramble(path: Path, chance: random.Random) -> None:
    """Change one byte to any other."""
    raw = bytearray(path.read_bytes())
    if raw:
        place = chance.randrange(len(raw))
        raw[place] = (raw[place] + chance.randrange(1, 256)) % 256
        path.write_bytes(raw)


def zero(path: Path, chance: random.Random) -> None:
    """Let one page hold nothing but zeros."""
    raw = bytearray(path.read_bytes())
    start = PAGE * chance.randrange(-(-len(raw) // PAGE) or 1)
    raw[start : start + PAGE] = bytes(len(raw[start : start + PAGE]))
    path.write_bytes(raw)


def cut(path: Path, chance: random.Random) -> None:
    """Lose the end of a file."""
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw) or 1)])


def kinds_of(home: Path) -> dict[str, list[Path]]:
    """Give the files of an index by what they are, the larger ones of a kind more than once."""
    found = {
        "database": home.glob("index.sqlite3"),
        "log": home.glob("index.sqlite3-wal"),
        "ledger": home.glob("ledger.json"),
        "vectors": home.glob("vectors-*"),
        "words": home.glob("words-*/*"),
    }
    return {
        kind: [
            file for path in sorted(paths) for file in [path] * (1 + path.stat().st_size // PAGE)
        ]
        for kind, paths in found.items()
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fault."""

    asked: Literal["same", "told", "other", "crash"]
    """Replies as before; or a sentence that warns; or neither; or a traceback."""
    doctor: Literal["ok", "warning", "failed", "crash"]
    mended: Literal["same", "told", "other", "crash"]
    """What the next indexing made of it, against an undisturbed index."""
    says: str


def tried(
    harmed: Made, calm: Told, whole: list[tuple], questions: tuple[str, ...] = QUESTIONS
) -> Outcome:
    """Ask, examine, index again, and compare with what an undisturbed index has and says.

    Args:
        harmed: Articles, and their index with a fault in it.
        calm: What an undisturbed index says to these questions.
        whole: What it holds.
        questions: Fewer of them take less time.
    """
    told, fault = _asked(harmed.home, questions)
    if told is None:
        asked = "crash"
    elif told.replies == calm.replies and not told.error:
        asked = "told" if told.is_warning else "same"
    else:
        asked = "told" if told.is_warning else "other"
    try:
        doctor = examined(harmed.home).verdict
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        doctor, fault = "crash", fault or repr(error)
    mended, words = _mended(harmed, calm, whole, questions)
    return Outcome(asked, doctor, mended, fault or (told.error if told else "") or words)


def agree(told: Told, calm: Told) -> bool:
    """Compare the best quotes: lesser ones that fit as well come by their age in the index."""
    best, before = ([quotes[:1] for _, quotes, _ in one.replies] for one in (told, calm))
    return best == before


def _asked(home: Path, questions: tuple[str, ...]) -> tuple[Told | None, str]:
    try:
        return ask(home, questions), ""
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None, repr(error)


def _mended(
    harmed: Made, calm: Told, whole: list[tuple], questions: tuple[str, ...]
) -> tuple[str, str]:
    try:
        for root in harmed.roots:
            bring(harmed.home, root)
    except PassageIndexError as error:
        return "told", str(error)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "crash", repr(error)
    told, fault = _asked(harmed.home, questions)
    try:
        is_alike = contents(harmed.home) == whole
    except (PassageIndexError, sqlite3.DatabaseError) as error:
        return "other", str(error)
    if not is_alike or told is None or told.is_warning or not agree(told, calm):
        return "other", fault
    return "same", ""


HARMS: tuple[Harm, ...] = (flip, scramble, zero, cut)


def _ignore(_: Progress) -> None:
    """Report to nobody."""
