"""One writer and several readers of one index, each in a process of its own.

All articles state the number of the day on which they were written. While nobody writes, a reply
quotes that day alone; while somebody does, no day before the last whole run, and none to come.
"""

import json
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from struct import pack_into, unpack_from
from traceback import format_exc

import faulty_index
from faults.operations import perform, places_of
from stand_ins import HashingEncoder

from index.errors import IndexBusy, PassageIndexError
from qa.library.searcher import Models
from qa.library.workspace import Workspace
from qa.types import Abstention, Question, Reply

ASKED = tuple(Question(f"Which day does the beacon of {town} show?") for town in faulty_index.TOWNS)
_OUTCOMES = ("tried", "wrong", "told")


@dataclass(slots=True)
class Days:
    """What the writer has begun and come to the end of, for all processes to see."""

    shared: mmap

    def note(self, begun: int, whole: int) -> None:
        """Say how far the writer is."""
        pack_into("qq", self.shared, 0, begun, whole)

    def now(self) -> tuple[int, int]:
        """Give the day that was begun last, and that of which all is indexed."""
        begun, whole = unpack_from("qq", self.shared, 0)
        return begun, whole


def write_day(root: Path, day: int) -> None:
    """Put the articles of a day in the place of those before."""
    root.mkdir(parents=True, exist_ok=True)
    for town in faulty_index.TOWNS:
        draft = root / f".{town}"
        draft.write_text(f"The beacon of {town} shows day {day}, says the keeper of {town}.\n")
        draft.replace(root / f"{town.lower()}.txt")


def run(folder: str, readers: int, seconds: float, seed: int) -> None:
    """Let them loose for some seconds, and print what each of them met, as JSON."""
    base, end = Path(folder), time.monotonic() + seconds
    days = Days(mmap(-1, 16))
    with faulty_index.small_limits():
        home, root = base / "data" / "indexes" / "beacons", base / "articles"
        write_day(root, 1)
        perform("first", home, [root])
        days.note(1, 1)
        children = {}
        for number in range(readers + 1):
            ours, theirs = os.pipe()
            child = os.fork()
            if not child:
                chance = random.Random(f"{seed} {number}")
                _act(_read if number else _write, (home, root, days, end, chance), theirs)
            os.close(theirs)
            children[child] = ours
        for child, pipe in children.items():
            with open(pipe, encoding="utf-8") as said:  # noqa: PTH123
                sys.stdout.write(said.read())
            os.waitpid(child, 0)


def _act(play: object, given: tuple, pipe: int) -> None:
    with open(pipe, "w", encoding="utf-8") as said:
        try:
            for what, told, wrong in play(*given):  # type: ignore[operator]
                said.write(json.dumps({"what": what, "told": told, "wrong": wrong}) + "\n")
        except BaseException:  # noqa: BLE001 - that is what is looked for
            line = {"what": play.__name__, "told": "", "wrong": format_exc()[-2000:]}  # type: ignore[attr-defined]
            said.write(json.dumps(line) + "\n")
    os._exit(0)


def _write(
    home: Path, root: Path, days: Days, end: float, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    day = 1
    while time.monotonic() < end:
        day += 1
        days.note(day, day - 1)
        write_day(root, day)
        operation = chance.choices(("refresh", "rebuild", "remove"), (6, 2, 1))[0]
        for one in (operation, "refresh") if operation == "remove" else (operation,):
            yield _done(one, home, root)
        days.note(day, day)
        time.sleep(chance.uniform(0.0, 0.3))  # a time in which nobody writes


def _done(operation: str, home: Path, root: Path) -> tuple[str, str, str]:
    """Do it, as often as others that read again what changed are in the way."""
    while True:
        try:
            perform(operation, home, [root])
        except IndexBusy:
            continue
        except PassageIndexError as error:
            return f"writer, {operation}", str(error), "the writer can't go on"
        return f"writer, {operation}", "", ""


def _read(
    home: Path, _root: Path, days: Days, end: float, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    while time.monotonic() < end:
        try:
            with closing(Workspace(home, places=places_of(home))) as opened:
                made_with = faulty_index.made_with(opened)
                if "None" in made_with:
                    yield "reader", "its first run has only begun", ""
                    continue
                opened._models = Models(HashingEncoder(), faulty_index.KnowingReader(), made_with)
                for _ in range(chance.randrange(1, 12)):
                    yield _replied(opened, chance.choice(ASKED), days)
        except PassageIndexError as error:
            is_sentence = "\n" not in str(error) and bool(str(error))
            yield "reader", str(error), "" if is_sentence else "no sentence"


def _replied(opened: Workspace, question: Question, days: Days) -> tuple[str, str, str]:
    begun, whole = days.now()
    reply = opened.answer(question)
    begun_then, whole_then = days.now()
    quotes = reply.nearest if isinstance(reply, Abstention) else reply.quotes
    said = {int(day) for quote in quotes for day in re.findall(r"shows day (\d+)", quote.text)}
    told = " ".join(_warnings(reply))
    is_calm = begun == whole == begun_then == whole_then
    wrong = ""
    if not said and not told:
        wrong = f"nothing found in silence: {reply.searched}"
    elif said and (min(said) < whole or max(said) > begun_then) and not told:
        wrong = f"quotes days {sorted(said)} between {whole} and {begun_then}"
    elif is_calm and len(said) > 1 and not told:
        wrong = f"quotes days {sorted(said)} of {whole}"
    return "reader", told, wrong


def _warnings(reply: Reply) -> Iterator[str]:
    yield from reply.notices
    if isinstance(reply, Abstention) and reply.reason == "corpus-empty":
        yield reply.message
    yield from (f"{one.root} is unfinished" for one in reply.searched.unfinished)
    quotes = reply.nearest if isinstance(reply, Abstention) else reply.quotes
    yield from (quote.stale for quote in quotes if quote.stale)
