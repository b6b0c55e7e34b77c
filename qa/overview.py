"""Index -> what it holds: Searched below each reply, Status on demand."""

from index import holdings
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


def status_of(passages: PassageIndex) -> Status:
    """Say all that is known of an index."""
    store, counts = passages.store, passages.counts()
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
        files=counts.files,
        formats=holdings.formats(store),
        reprints=holdings.reprints(store),
        other_kinds=holdings.other_kinds(store),
        mostly_left_out=holdings.mostly_left_out(store),
    )
