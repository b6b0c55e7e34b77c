"""A stand-in for the rooms below the command line: it remembers what it was asked."""

from pathlib import Path

from replies import SAID, abstention, answer, article, quote

from index.errors import BadPath, IndexMissing
from index.health import Check
from index.types import IngestReport, Omission, Skipped, Span, Unfinished
from qa.cli.ways import Ways
from qa.library.places import Corpus
from qa.types import Answer, Searched, Status

USUAL = Ways()
SHOWN = article(
    "news/a.txt",
    "A headline.\nShare This Article\nKyiv said so. By AI\nThe end.\n",
    omissions=(Omission(Span(12, 30), "share line"), Omission(Span(45, 50), "byline")),
)
STATUS = Status(
    folder="/data/i",
    roots=("/clippings",),
    articles=2,
    passages=3,
    model="all-MiniLM-L6-v2",
    indexed_at="2025-06-23T10:00:00Z",
    bytes_on_disk=1_234_567,
    encodings={"utf-8": 1, "cp1252": 1},
    recoded=(("old\x1b.txt", "cp1252"),),
    omitted_lines={"byline": 2},
    skipped=(
        Skipped("photo.txt", "binary", "encoding"),
        Skipped("scan.pdf", "has no text layer", "scanned"),
        Skipped("blurred.pdf", "has no text layer", "scanned"),
    ),
    other_languages=("fr.txt",),
    files=5,
    formats={"text": 1, "pdf": 1},
    reprints=(("copy.txt", "old\x1b.txt"),),
    other_kinds={".jpg": 3},
)
UNFINISHED = Unfinished(
    root="/clip\x1bpings",
    files=62,
    left=50,
    unseen=49,
    is_under_way=False,
    command="qa index --name last '/clip\x1bpings'",
)
CORPORA = (
    Corpus("clippings", Path("/data/clippings"), fault="torn; run: qa index --rebuild PATH"),
    Corpus(
        name="last",
        folder=Path("/data/last"),
        roots=("/clip\x1bpings",),
        articles=2,
        bytes_on_disk=1_234_567,
        indexed_at="2025-06-23T10:00:00+00:00",
        is_current=True,
    ),
)


def report_on(path, **more):
    return IngestReport(
        root=str(path),
        articles=5,
        passages=41,
        added=5,
        changed=0,
        removed=0,
        skipped=more.pop("skipped", (Skipped("photo\x1b.txt", "binary"),)),
        seconds=3.21,
        notices=more.pop("notices", ()),
    )


class OpenIndex:
    """Answers questions about drones with one quote, and nothing else."""

    def __init__(self, folder, error=None):
        self.folder = folder
        self.asked = []
        self.is_loaded = self.is_closed = False
        self._error = error

    def load(self, announce=lambda _: None):
        self.is_loaded = True

    def answer(self, question):
        assert self.is_loaded
        assert not self.is_closed
        self.asked.append(question)
        if self._error:
            raise self._error
        if "drones" not in question.text:
            return abstention(quote(), question=question.text)
        reply = answer(question=question.text, notices=("Models are English.",))
        return Answer(question, reply.query, 0.9, reply.quotes, reply.searched, {}, reply.notices)

    def searched(self):
        return Searched("/clippings", 2, 3)

    def article(self, name):
        if name not in {"news/a.txt", "a.txt"}:
            raise BadPath(f"no article {name}; there is news/a.txt")
        return SHOWN

    def status(self):
        return STATUS

    def close(self):
        self.is_closed = True


class StandInRooms:
    """Keeps indexes in memory; call it with a Config to enter, as the commands do."""

    def __init__(self, current="/data/last", error=None):
        self.current_folder = Path(current) if current else None
        self.built = {Path(current)} if current else set()
        self.error = error
        self.config = None
        self.builds = []
        self.opened = []
        self.chatted = []
        self.fetched = []
        self.forgotten = []
        self.done_repairs = []
        self.found_checks = [Check("Python", "ok", "3.11")]

    def __call__(self, config):
        self.config = config
        return self

    def folder_for(self, path):
        return Path("/data") / Path(path).name

    def home_of(self, path):
        named = Path("/data") / self.config.name if self.config.name else self.config.index
        return named or self.folder_for(path)

    def current(self):
        return self.current_folder

    def make_current(self, index_folder):
        self.current_folder = index_folder

    def build(self, paths, *, report, ways=USUAL):
        self.builds.append((list(paths), ways))
        home = Path("/data") / self.config.name if self.config.name else self.config.index
        for path in paths:
            self.built.add(home or self.folder_for(path))
        return [report_on(path) for path in paths]

    def fetch(self, address, *, report):
        self.fetched.append(address)
        return Path("/data/pages/_web")

    def called(self, name):
        if Path("/data") / name not in self.built:
            raise IndexMissing(f"no index is called {name}")
        return Path("/data") / name

    def corpora(self):
        return CORPORA

    def check_removable(self, index_folder):
        if index_folder.name == "strange":
            raise BadPath("it also holds mine.txt")

    def remove(self, index_folder):
        self.built.remove(index_folder)
        return Path("/data/pages/last") if index_folder.name == "last" else None

    def forget(self, index_folder, root):
        self.forgotten.append((index_folder, root))
        return 3

    def repairs(self, *, report):
        yield from self.done_repairs

    def checks(self):
        yield from self.found_checks

    def open(self, index_folder):
        if index_folder not in self.built:
            raise IndexMissing(f"no index in {index_folder}")
        self.opened.append(OpenIndex(index_folder, self.error))
        return self.opened[-1]

    def chat(self, opened, *, scope, asked_on, typed_before):
        assert not opened.is_closed
        self.chatted.append(opened.folder)
        self.terms = (scope, asked_on)
        return 0


__all__ = [
    "CORPORA",
    "SAID",
    "SHOWN",
    "STATUS",
    "UNFINISHED",
    "USUAL",
    "OpenIndex",
    "StandInRooms",
    "report_on",
]
