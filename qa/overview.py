"""Index -> what it holds: Searched below each reply, Status on demand."""

from dataclasses import replace

from index import holdings, runs
from index.search import PassageIndex
from qa.types import Searched, Status


def searched_in(passages: PassageIndex) -> Searched:
    """Say what is searched, and how many files could not be."""
    counts = passages.counts()
    return Searched(
        root=", ".join(holdings.roots(passages.store)),
        articles=counts.articles,
        passages=counts.passages,
        skipped=holdings.unread_files(passages.store),
        files=counts.files,
    )


def as_of_now(searched: Searched, passages: PassageIndex) -> Searched:
    """Add what changes without a commit: whether a run has ended, or was killed."""
    unfinished = runs.unfinished(passages.store)
    files = searched.files + sum(one.unseen for one in unfinished)
    return replace(searched, files=files, unfinished=unfinished)


def status_of(passages: PassageIndex) -> Status:
    """Say all that is known of an index."""
    store, counts = passages.store, passages.counts()
    unfinished = runs.unfinished(store)
    return Status(
        folder=str(passages.folder),
        roots=holdings.roots(store),
        articles=counts.articles,
        passages=counts.passages,
        model=passages.manifest("model") or "",
        indexed_at=passages.manifest("indexed_at") or "",
        bytes_on_disk=sum(
            path.stat().st_size for path in passages.folder.rglob("*") if path.is_file()
        ),
        encodings=holdings.encodings(store),
        recoded=holdings.recoded(store),
        omitted_lines=holdings.omitted(store),
        skipped=holdings.skipped(store),
        other_languages=holdings.other_languages(store),
        files=counts.files + sum(one.unseen for one in unfinished),
        formats=holdings.formats(store),
        reprints=holdings.reprints(store),
        other_kinds=holdings.other_kinds(store),
        unfinished=unfinished,
        faults=passages.faults(),
        mostly_left_out=holdings.mostly_left_out(store),
    )
