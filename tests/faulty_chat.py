"""The chat over a stand-in library, as a program of its own; some questions and folders break it.

As long as the file that HELD_BY names is there, nothing is loaded and no folder is indexed whole.
"""

import os
import threading
from pathlib import Path

from cli_rooms import report_on
from stand_ins_chat import StandInLibrary

from index.errors import IndexMissing
from index.types import IngestReport, Progress
from qa.cli import main
from qa.cli.rooms import Rooms
from qa.cli.ways import Ways

BREAKS_WORKER = "Which question breaks the worker?"
BREAKS_SCREEN = "Which question breaks the screen?"
CURSED, ENDLESS, NEW = "cursed", "endless", "new"
"""Names of folders: one that can't be indexed, one that never is, and one that never was."""
USUAL = Ways()


def wait(announce):
    pause = threading.Event()
    while Path(os.environ.get("HELD_BY", "/nowhere")).exists():
        announce("loading the stand-in…")
        pause.wait(0.01)


class FaultyLibrary(StandInLibrary):
    def load(self, announce):
        wait(announce)

    def answer(self, question):
        if question.text == BREAKS_WORKER:
            raise ZeroDivisionError("the worker divided\x1b[31m by nothing")
        if question.text == BREAKS_SCREEN:
            return None
        return super().answer(question)

    def index_folder(self, folder, report, is_cancelled) -> IngestReport:
        if folder.name == CURSED:
            raise LookupError("a parser lost its way")
        if folder.name == ENDLESS:
            report(Progress("preparing", 0, 0, "for ever"))
            threading.Event().wait()
        return super().index_folder(folder, report, is_cancelled)

    def close(self):
        pass


class FaultyRooms(Rooms):
    """Opens the faulty library, whatever is asked for."""

    is_built = False

    def current(self):
        return Path("/nowhere")

    def make_current(self, index_folder):
        pass

    def open(self, index_folder):
        if index_folder.name.startswith(NEW) and not self.is_built:
            raise IndexMissing("not yet")
        return FaultyLibrary()

    def build(self, paths, *, report, ways=USUAL):
        wait(lambda _: report(Progress("reading", 3, 12, "harbour.html")))
        self.is_built = True
        return [report_on(path) for path in paths]


if __name__ == "__main__":
    main(FaultyRooms)
