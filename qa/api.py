"""folder -> Articles that can be asked: the front door for programs.

What stands here and in `qa.types` is promised to stay; everything else may change.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from index.types import Article, Progress, Scope
from qa.library import workspace
from qa.library.places import Places, index_folder_for
from qa.types import Question, Reply, Status

EVERYTHING = Scope()


def _silent(_: Progress) -> None:
    """Tell nobody."""


def open_folder(
    folder: str | PathLike[str],
    *,
    refresh: bool = True,
    top: int = 5,
    data_dir: Path | None = None,
    cache_dir: Path | None = None,
    report: Callable[[Progress], None] = _silent,
) -> "Articles":
    """Open a folder of articles, or one file, for asking; the index is the one that `qa` uses.

    Args:
        folder: Its path.
        refresh: Index what is new or changed first, as `qa index` does; the first time, all of it.
            Without, what is indexed is asked as it is.
        top: Quotes in an answer, at most.
        data_dir: Where indexes are kept, if not in the user's data folder.
        cache_dir: Where compiled encoders are kept, if not in the user's cache folder.
        report: Called as indexing goes on.

    Raises:
        BadPath: the folder isn't there.
        IndexMissing: it was never indexed, and is not to be now.
        IndexBusy: another process is indexing it.
        PassageIndexError: it can't be indexed or asked; the message says what to do.
    """
    path, usual = Path(folder), Places.default()
    places = Places(data=data_dir or usual.data, cache=cache_dir or usual.cache)
    index_folder = index_folder_for(path, places=places)
    if refresh:
        workspace.build(
            [path],
            index_folder=index_folder,
            options=workspace.BuildOptions(),
            report=report,
            places=places,
        )
    settings = workspace.Settings(top=top)
    return Articles(workspace.Workspace(index_folder, settings=settings, places=places))


class Articles:
    """The articles of one folder, opened for asking; every method may be called from any thread."""

    def __init__(self, opened: workspace.Workspace) -> None:
        """`open_folder` makes one."""
        self._opened = opened

    def ask(
        self,
        question: str,
        *,
        context: Sequence[str] = (),
        asked_on: date | None = None,
        scope: Scope = EVERYTHING,
    ) -> Reply:
        """Answer with verbatim quotes, or decline and say why; nothing is ever made up.

        Args:
            question: In English; words in double quotes must occur.
            context: Earlier questions of the same conversation, oldest first.
            asked_on: The day that “this week” is reckoned from; None for today.
            scope: Which articles may be quoted.

        Raises:
            ModelMissing: a model is not on this machine.
            PassageIndexError: the index can't be used any more.
        """
        return self._opened.answer(Question(question, tuple(context), asked_on, scope))

    def article(self, name: str) -> Article:
        """Give an article by its path, its file's name or a part of its path.

        Raises:
            BadPath: none has that name, or several do.
        """
        return self._opened.article(name)

    def articles(self) -> Iterator[Article]:
        """Give every article with its text, by path."""
        yield from self._opened.articles()

    def status(self) -> Status:
        """Say what the index holds, and what could not be read."""
        return self._opened.status()

    def close(self) -> None:
        """Let go of the files; leaving a `with` block does it."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
