"""Index -> what it holds: Searched below each reply, Status on demand."""

from dataclasses import replace

from index.advice import command
from index.search.passage_index import PassageIndex
from qa.types import Searched, Status


def searched_in(passages: PassageIndex) -> Searched:
    """Say what is searched, and how many files could not be."""
    store = passages.store
    counts = store.counts()
    return Searched(
        root=", ".join(store.roots()),
        articles=counts.articles,
        passages=counts.passages,
        skipped=counts.unread,
        files=counts.files,
    )


def as_of_now(searched: Searched, passages: PassageIndex) -> Searched:
    """Add what changes without a commit: whether a run has ended, or was killed."""
    unfinished = passages.store.unfinished()
    files = searched.files + sum(one.unseen for one in unfinished)
    return replace(searched, files=files, unfinished=unfinished)


def outdated_in(passages: PassageIndex) -> tuple[str, ...]:
    """Say which roots were read by the rules of an older version, one sentence each."""
    store = passages.store
    return tuple(
        f"{root} was read by the rules of an older version; "
        f"to read it again run: {command(store.place, root)}"
        for root in store.outdated()
    )


def status_of(passages: PassageIndex) -> Status:
    """Say all that is known of an index."""
    store = passages.store
    counts, held, said, unfinished = (
        store.counts(),
        store.holdings(),
        store.manifest(),
        store.unfinished(),
    )
    return Status(
        folder=str(store.place),
        roots=store.roots(),
        articles=counts.articles,
        passages=counts.passages,
        model=said.model or "",
        indexed_at=said.indexed_at,
        bytes_on_disk=held.bytes_on_disk,
        encodings=held.encodings,
        recoded=held.recoded,
        omitted_lines=held.omitted,
        skipped=held.skipped,
        other_languages=held.other_languages,
        files=counts.files + sum(one.unseen for one in unfinished),
        formats=held.formats,
        reprints=held.reprints,
        other_kinds=held.other_kinds,
        unfinished=unfinished,
        faults=store.known_faults(),
        mostly_left_out=held.mostly_left_out,
        outdated=outdated_in(passages),
    )
