"""Question -> reply, and what was found for it: the pipeline that is measured."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.errors import IndexBroken
from index.search.passage_index import PassageIndex
from index.text.as_read import ToRead
from index.types import Progress
from qa.answering.answerer import Answerer
from qa.answering.finding import Found, Retriever
from qa.answering.judge import Judge, shipped_judge
from qa.answering.quotes import quotes_from
from qa.evaluation.dataset import Dataset
from qa.evaluation.indexing import open_articles
from qa.library.places import Places
from qa.library.searcher import Models, Searcher
from qa.types import Answer, Question, Quote, Reply, Searched

QUOTES = 5
"""That a reply may show."""
MOST_BENCHES = 16
"""Side by side, on a machine with many cores."""


class _Witness(Answerer):
    """Remembers what was found for the last reply, so that nothing is searched twice."""

    found: Found | None = None

    def find(self, question: Question) -> Found:
        """Find as ever."""
        self.found = super().find(question)
        return self.found


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply, and what was found for it."""

    reply: Reply
    found: Found | None
    """None if nothing had to be searched."""

    @property
    def is_answered(self) -> bool:
        """Say whether the reply answers."""
        return isinstance(self.reply, Answer)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes of an answer, or those that there would be with the threshold at zero."""
        if isinstance(self.reply, Answer):
            return self.reply.quotes
        if self.found is None or not self.found.windows:
            return ()
        return quotes_from(self.found.windows, self.found.query, top=QUOTES)


@dataclass(frozen=True, slots=True)
class Bench:
    """Asks one index the way that `qa ask` does; belongs to one thread."""

    retriever: Retriever
    searched: Searched
    judge: Judge = field(default_factory=shipped_judge)
    notices: tuple[str, ...] = ()
    """One-sentence remarks for the person."""
    close: Callable[[], None] = lambda: None
    """Lets go of the files."""

    def ask(self, question: Question) -> Asked:
        """Ask once; the stages are run once."""
        witness = _Witness(self.retriever, top=QUOTES, judge=self.judge)
        reply = witness.answer(question, self.searched)
        return Asked(reply, witness.found)

    def find(self, question: Question) -> Found:
        """Search without a reply."""
        return Answerer(self.retriever, top=QUOTES, judge=self.judge).find(question)

    def best_sentence(self, asked: Asked) -> str:
        """Give the sentence that the first quote would be if it were one alone; "" if none is."""
        sentences = _sentences_of_first(asked)
        if len(sentences) < 2 or asked.found is None:
            return sentences[0] if sentences else ""
        readings = self.retriever.read(asked.found.query, [ToRead("", one) for one in sentences])
        return max(zip((one.answers for one in readings), sentences, strict=True))[1]


def _sentences_of_first(asked: Asked) -> Sequence[str]:
    if not asked.quotes or asked.found is None:
        return ()
    at = asked.quotes[0].at
    for hit in asked.found.hits:
        if hit.article.path == at.article.path and hit.passage.span.contains(at.span):
            inside = [one for one in hit.passage.sentences if one.span.overlaps(at.span)]
            prose = [one for one in inside if one.kind != "heading"] or inside
            return [one.span.of(at.article.text) for one in prose]
    return [at.text]


def open_benches(
    dataset: Dataset,
    places: Places,
    *,
    model: str | None = None,
    report: Callable[[Progress], None],
) -> tuple[Bench, ...]:
    """Index the set's articles, or find them indexed, and load the models that answer.

    Returns:
        First the bench that asks as `qa ask` does, on all cores. The others, one a core, are for
        asking side by side: each runs on one thread, which takes less time in all.

    Raises:
        IndexBusy: another process is indexing this set.
        ModelMissing: a model is not on this machine.
        StorageFailed: the cache can't be written.
    """
    from index.ingest.building import BuildOptions  # noqa: PLC0415
    from index.models import loading  # noqa: PLC0415 - reading a set needs no models
    from index.models.reader import Reader  # noqa: PLC0415

    options = BuildOptions(cache=places.cache, model=model)
    passages, notices = open_articles(dataset.articles, options, report=report)
    made_with = _made_with(passages)
    report(Progress("preparing", 0, 0, "loading the models"))
    encoder, slow = loading.query_encoder(*made_with, places.cache, lambda _: None)
    counts = passages.store.counts()
    searched = Searched(str(dataset.folder), counts.articles, counts.passages)

    def bench(opened: PassageIndex, reader: Reader) -> Bench:
        opened.load()
        searcher = Searcher(opened, Models(encoder, reader, made_with))
        remarks = (*notices, slow) if slow else notices
        return Bench(searcher, searched, notices=remarks, close=opened.close)

    benches = [bench(passages, Reader())]
    cores = min(len(os.sched_getaffinity(0)), MOST_BENCHES)
    if cores > 1:
        narrow = Reader(threads=1)
        benches += [bench(PassageIndex.open(passages.store.place), narrow) for _ in range(cores)]
    return tuple(benches)


def _made_with(passages: PassageIndex) -> tuple[str, str]:
    said = passages.store.manifest()
    if said.model is None or said.fingerprint is None:
        raise IndexBroken(f"{passages.store.place} doesn't say its model; delete it")
    return said.model, said.fingerprint
