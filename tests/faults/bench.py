"""Articles that change, an index of how they were, and what came of a fault: is anything lost?

One outcome is of one fault. Lost: the next undisturbed run did not end like one that nothing ever
disturbed. Wrong: other words than those of a commit in silence, a traceback, a doctor who says
what isn't so, or something left behind. Told: the person read a sentence.
"""

import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faulty_index
from faults.operations import OPERATIONS, perform
from faults.stage import Disturbed, Ended, Stage, paths
from faulty_index import Told
from stand_ins import dated

from index.errors import PassageIndexError

QUESTIONS = tuple(
    f"Who opened the {what}?"
    for what in (
        "lighthouse of Ternhaven",
        "lighthouse of Skarnholm",
        "lighthouse of Lindwick",
        "kiosk of Ternhaven",
        "tannery of Braeport",
    )
)
"""The articles that answer them: changed, gone, as before, new, and of the other root."""
_LEFT_IN_HOME = re.compile(r"index\.sqlite3(-wal|-shm)?|ledger\.json|vectors-\d+\.faiss|words-\d+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fault."""

    what: str
    is_lost: bool = False
    is_wrong: bool = False
    is_told: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What an index says and holds that nothing disturbed."""

    told: tuple[Told, ...]
    """To each question."""
    whole: list[tuple]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where faults are tried."""

    folder: Path
    roots: tuple[Path, ...]
    before: Path
    """The index of the articles as they were."""
    states: dict[str, State]
    """At the end of each operation; `before`; and with one root of two indexed."""
    stage: Stage

    def disturbed(self, operation: str, **fault: float | str | bool) -> Disturbed:
        """Describe a fault, and put the index in place to which it happens."""
        place = self.folder / "data" / "indexes"
        for old in (place, _kept(place)):
            shutil.rmtree(old, ignore_errors=True)
        place.mkdir(parents=True)
        home = place / "towns"
        if operation != "first":
            shutil.copytree(self.before, home)
        return Disturbed(operation, str(home), paths(self.roots), **fault)  # type: ignore[arg-type]

    def tried(self, what: Disturbed) -> tuple[Ended, Outcome]:
        """Let it happen, and look at what is there then."""
        ended = self.stage.perform(what)
        home = Path(what.home)
        kept = _kept(home.parent)
        if kept.exists():
            shutil.rmtree(home.parent)
            kept.rename(home.parent)
        return ended, self._judged(what, ended)

    def _judged(self, what: Disturbed, ended: Ended) -> Outcome:
        home = Path(what.home)
        faults = [ended.says] if ended.how == "crash" else []
        if ended.has_left_processes:
            faults.append("processes were left")
        seen, is_warned = self._asked(what, home)
        faults += seen
        lost = self._lost(what, home)
        if not lost:
            faults += litter(home)
        says = "; ".join(faults + lost)
        name = f"{_in_words(what)}: {ended.how}"
        is_told = ended.how == "told" or is_warned
        return Outcome(name, bool(lost), bool(faults), is_told, says or ended.says)

    def _asked(self, what: Disturbed, home: Path) -> tuple[list[str], bool]:
        """Ask a copy, since asking reads again what changed; and let the doctor look.

        Returns:
            What is wrong, and whether somebody who asks is told more than without a fault.
        """
        copy = self.folder / "asked" / "towns"
        shutil.rmtree(copy.parent, ignore_errors=True)
        known = [self.states[name] for name in ("before", "one root", what.operation)]
        try:
            if home.exists():
                shutil.copytree(home, copy)
            asked = ask(copy)
            verdict = faulty_index.examined(home).verdict
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return [f"asking or the doctor: {error!r}"], False
        usual = {remark for state in known for told in state.told for remark in told.remarks}
        faults = [
            f"other words in silence: {told.replies}"
            for number, told in enumerate(asked)
            if not told.is_warning
            and all(told.replies != state.told[number].replies for state in known)
        ]
        if verdict == "ok" and faulty_index.contents(home) not in [one.whole for one in known]:
            faults.append("the doctor calls it sound")
        return faults, any(told.error or set(told.remarks) - usual for told in asked)

    def _lost(self, what: Disturbed, home: Path) -> list[str]:
        """Do it again undisturbed, and say what differs then."""
        operation = what.operation
        if operation == "remove":
            operation = "remove" if home.exists() else "first"
        try:
            perform(operation, home, self.roots)
        except PassageIndexError as error:
            if operation != "forget" or "nothing in" not in str(error):
                return [f"the next run says: {error}"]
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return [f"the next run: {error!r}"]
        if operation == "remove":
            return ["it is still there"] if home.exists() else []
        wanted = self.states[operation]
        if faulty_index.contents(home) != wanted.whole:
            return ["the next run ends with another index"]
        if operation == "forget":
            perform("refresh", home, self.roots[:1])
            wanted = self.states["one root"]
        asked = ask(home)
        is_alike = all(map(faulty_index.agree, asked, wanted.told))
        is_calm = not any(told.is_warning for told in asked)
        return [] if is_alike and is_calm else [f"after the next run: {asked}, not {wanted.told}"]


def ask(home: Path) -> tuple[Told, ...]:
    """Ask each question by itself, so that what one reply warns of excuses no other."""
    return tuple(faulty_index.ask(home, (question,)) for question in QUESTIONS)


def litter(home: Path) -> list[str]:
    """Name what nobody will ever clear away."""
    beside = {home.name, f".{home.name}.lock", "cache", "data"}
    left = [path.name for path in home.parent.iterdir() if path.name not in beside]
    if home.exists():
        inside = [path.name for path in home.iterdir()]
        left += [name for name in inside if not _LEFT_IN_HOME.fullmatch(name)]
        for kind in ("vectors-", "words-"):
            if sum(name.startswith(kind) for name in inside) > 1:
                left.append(f"more than one {kind}")
    return [f"left behind: {', '.join(left)}"] if left else []


def _in_words(what: Disturbed) -> str:
    if what.kill_after >= 0:
        return f"{what.operation}, killed after {what.kill_after:.3f} s"
    if what.file_bytes >= 0:
        return f"{what.operation}, files up to {what.file_bytes} bytes"
    if what.disk_bytes >= 0:
        return f"{what.operation}, a disk of {what.disk_bytes} bytes"
    more = " and later" if what.is_lasting else ""
    return f"{what.operation}, {what.kind} {what.nth}{more}, error {what.error}"


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """Write articles, index them, change them, and do each operation undisturbed."""
    roots = _write(folder / "articles")
    before = folder / "before" / "towns"
    with faulty_index.small_limits(), Stage() as stage:
        perform("first", before, roots)
        _change(roots[0])
        aged, alone = folder / "aged" / "towns", folder / "alone" / "towns"
        shutil.copytree(before, aged)
        perform("first", alone, roots[:1])
        states = {
            "before": State(ask(aged), faulty_index.contents(before)),
            "one root": State(ask(alone), faulty_index.contents(alone)),
        }
        made = Bench(folder, roots, before, states, stage)
        for operation in OPERATIONS:
            home = Path(made.disturbed(operation).home)
            perform(operation, home, roots)
            if operation == "remove":
                states[operation] = State(ask(home), [])
                continue
            whole = faulty_index.contents(home)  # asking reads again what changed
            states[operation] = State(ask(home), whole)
        yield made


def _write(folder: Path) -> tuple[Path, ...]:
    chance = random.Random(7)
    roots = folder / "coast", folder / "inland"
    for root, towns in zip(roots, (faulty_index.TOWNS[:4], faulty_index.TOWNS[4:]), strict=True):
        root.mkdir(parents=True)
        for town in towns:
            for thing in ("lighthouse", "tannery"):
                _write_one(root, town, thing, chance)
    return roots


def _write_one(root: Path, town: str, thing: str, chance: random.Random) -> None:
    story = faulty_index.story(town, thing, chance)
    path = root / f"{town.lower()}-{thing}.md"
    path.write_text(dated("2015-03-02", f"{story}\n", title=f"The {thing} of {town}"))


def _change(root: Path) -> None:
    """Let one article change, one go and one come."""
    chance = random.Random(8)
    _write_one(root, "Ternhaven", "lighthouse", chance)
    (root / "skarnholm-lighthouse.md").unlink()
    _write_one(root, "Ternhaven", "kiosk", chance)


def _kept(place: Path) -> Path:
    """Say where a disk that is gone with its process was copied to."""
    return place.with_name(f"{place.name}.kept")
