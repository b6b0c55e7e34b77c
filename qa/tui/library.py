"""What the chat needs from the rest of the program."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from index.types import IngestReport, Progress
from qa.library.places import Corpus
from qa.types import Question, Reply, Searched, Status


class ChatLeft(Exception):
    """The person left while something was still loading."""


class Library(Protocol):
    """A searchable folder of articles; every method is called from threads, at the same time."""

    def load(self, announce: Callable[[str], None]) -> None:
        """Load the models, announcing each stage (`loading the reader…`).

        `announce` raises `ChatLeft` once nobody waits any more: let it pass.

        Raises:
            PassageIndexError: a model or the index can't be opened.
        """

    def searched(self) -> Searched | None:
        """What is searched; None while nothing is indexed. May be asked before `load`."""

    def answer(self, question: Question) -> Reply:
        """Answer or abstain.

        Raises:
            PassageIndexError: nothing is indexed, or the index can't be read.
        """

    def refreshed(self) -> bool:
        """Reopen the index if another process changed it, and say whether it did."""

    def index_folder(
        self,
        folder: Path,
        report: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> IngestReport:
        """Index a folder and answer from it afterwards.

        Returns:
            What was done; when cancelled, what was committed before.

        Raises:
            PassageIndexError: the folder can't be indexed.
        """

    def roots(self) -> tuple[Path, ...]:
        """Name the folders and files that the index was made of; none while there is no index."""

    def update(
        self,
        root: Path,
        report: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> IngestReport:
        """Read again what changed under one of the roots, and answer from it afterwards.

        Raises:
            IndexBusy: another process indexes at the moment.
            BadPath: the root is not there.
            PassageIndexError: it can't be indexed; the index stays as it is.
        """

    def status(self) -> Status:
        """Say what the index holds, and what it does not.

        Raises:
            PassageIndexError: nothing is indexed, or the index can't be read.
        """

    def corpora(self) -> tuple[Corpus, ...]:
        """List every index on this machine, broken ones too."""

    def switch(self, folder: Path) -> None:
        """Answer from the index in this folder.

        Raises:
            PassageIndexError: it can't be opened; the one before stays open.
        """
