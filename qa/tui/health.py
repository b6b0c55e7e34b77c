"""Status -> what was read, and what was not and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen

from index.errors import SkipKind
from index.types import Skipped
from qa.showing.render import root_line
from qa.tui.key_line import KeyLine
from qa.tui.line import Line
from qa.tui.rows import Row, Rows
from qa.tui.wording import counted, last_indexed, size
from qa.types import Status

_KINDS: Mapping[SkipKind, str] = {
    "scanned": "Scanned: pictures without a text layer",
    "encrypted": "Locked with a password",
    "encoding": "In no encoding that we can be sure of",
    "damaged": "Damaged, or not what the name says",
    "too slow": "Took too long; will be tried once more, with twice the time",
    "too slow twice": "Took too long, twice",
    "too large": "Too large",
    "forbidden": "We have no permission to read them",
    "gone": "Gone before they could be read",
    "empty": "Empty",
    "no words": "Without any sentence to quote",
    "other format": "Of a kind that is not read",
}
"""In this order; what a person can mend comes first."""


class HealthScreen(ModalScreen[None]):
    """Everything that the index holds and does not hold, to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f2,q", "leave", "Back")]

    @dataclass
    class Known(Message):
        """What the index holds is known."""

        status: Status

    @dataclass
    class Failed(Message):
        """It can't be known."""

        reason: str

    def compose(self) -> ComposeResult:
        """Start without anything: it is on its way."""
        yield Line("Health of the index", "box-title")
        yield Rows()
        yield KeyLine()

    @on(Known)
    def _show(self, event: Known) -> None:
        self.query_one(Rows).show(list(health_rows(event.status)))

    @on(Failed)
    def _show_failure(self, event: Failed) -> None:
        self.query_one(Rows).show([Row(event.reason)])

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def health_rows(status: Status) -> Iterator[Row]:
    """Say what was read, and then everything that was not, by the sort of trouble."""
    yield Row(", ".join(PurePath(root).name or root for root in status.roots), is_heading=True)
    held = f"{counted(status.articles, 'article')}, {counted(status.passages, 'passage')}"
    yield Row(f"{held}, of {counted(status.files, 'file')}" if status.files else held)
    for fault in (*status.faults, *status.outdated):
        yield Row(fault)
    for root in status.roots:
        yield Row(root)
    yield Row(f"{last_indexed(status.indexed_at)}, {size(status.bytes_on_disk)} on disk")
    unfinished = [root_line(one) for one in status.unfinished]
    yield from _list("Not indexed whole yet; Ctrl+O on the same folder goes on, too", unfinished)
    yield from _counts("Read", status.formats)
    if status.skipped or not status.unfinished:
        yield from _skipped(status.skipped)
    pages = [
        f"{page.path}: {counted(page.read, 'word')} read, {page.left_out:,} left out"
        for page in status.mostly_left_out
    ]
    yield from _list("Pages of which most was left out; open one to see what", pages)
    reprints = [f"{path} repeats {original}" for path, original in status.reprints]
    yield from _list("Printed twice, and quoted once", reprints)
    yield from _counts("Other kinds of files, not read", status.other_kinds)
    recoded = [f"{path}: {encoding}" for path, encoding in status.recoded]
    yield from _list("Not in UTF-8", recoded)
    yield from _list("Not in English, it seems", status.other_languages)
    yield from _counts("Left out of articles, in lines", status.omitted_lines)


def _skipped(skipped: Sequence[Skipped]) -> Iterator[Row]:
    if not skipped:
        yield from _list("Skipped", ["nothing: every file of these kinds was read"])
    by_kind: dict[SkipKind, list[str]] = {kind: [] for kind in _KINDS}
    for file in skipped:
        by_kind[file.kind].append(f"{file.path}: {file.reason}")
    for kind, files in by_kind.items():
        yield from _list(f"Skipped · {_KINDS[kind]} · {counted(len(files), 'file')}", files)


def _counts(heading: str, counts: Mapping[str, int]) -> Iterator[Row]:
    most_first = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    yield from _list(heading, [f"{count:,} {name}" for name, count in most_first])


def _list(heading: str, lines: Sequence[str]) -> Iterator[Row]:
    """A heading and what stands below it; nothing if nothing does."""
    if lines:
        yield Row("")
        yield Row(heading, is_heading=True)
    yield from (Row(line, indent=2) for line in lines)
