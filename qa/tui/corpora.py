"""Every index on this machine -> the one to ask from now on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qa.library.places import Corpus
from qa.showing.render import root_line
from qa.tui.key_line import KeyLine
from qa.tui.line import Line
from qa.tui.wording import counted, last_indexed, size
from qa.visible import visible_line

NO_CORPUS = "Nothing is indexed yet. Ctrl+O in the chat indexes a folder."


class CorpusList(OptionList):
    """Every index, one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Ask these")]


class CorporaScreen(ModalScreen[Path | None]):
    """Asks which index is to be asked; gives its folder, or None to stay with the one before."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f3", "leave", "Back")]

    @dataclass
    class Known(Message):
        """What there is to choose from is known."""

        corpora: Sequence[Corpus]

    @dataclass
    class Failed(Message):
        """It can't be known."""

        reason: str

    def __init__(self) -> None:
        super().__init__()
        self._corpora: Sequence[Corpus] = ()

    def compose(self) -> ComposeResult:
        """A list that is still empty."""
        with Vertical(id="corpora-box"):
            yield Line("Ask other articles", "box-title")
            yield CorpusList(compact=True, markup=False)
            yield Line("", "problem")
        yield KeyLine()

    @on(Known)
    def _offer(self, event: Known) -> None:
        self._corpora = event.corpora
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_told(one), disabled=bool(one.fault)) for one in event.corpora)
        options.highlighted = next(
            (nth for nth, one in enumerate(event.corpora) if one.is_current and not one.fault), None
        )
        if not event.corpora:
            self._say(NO_CORPUS)

    @on(Failed)
    def _show_failure(self, event: Failed) -> None:
        self.query_one(".problem").add_class("error")
        self._say(event.reason)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._corpora[event.option_index].folder)

    def _say(self, words: str) -> None:
        line = self.query_one(".problem", Line)
        line.update(Content(visible_line(words)))
        line.display = True

    def action_leave(self) -> None:
        """Stay with the articles that are asked now."""
        self.dismiss(None)


def _told(corpus: Corpus) -> Content:
    """Name, and below it what it holds, or what is wrong with it."""
    current = " (current)" if corpus.is_current else ""
    if corpus.fault:
        about = corpus.fault
    else:
        parts = (
            counted(corpus.articles, "article"),
            size(corpus.bytes_on_disk),
            last_indexed(corpus.indexed_at),
            ", ".join(corpus.roots),
            *(root_line(one) for one in corpus.unfinished),
        )
        about = " · ".join(part for part in parts if part)
    return Content.assemble(
        (visible_line(corpus.name), "bold"),
        current,
        "\n",
        visible_line(about),
    )
