"""Quote -> is it still true? Its file is looked at again before its words are shown.

Its bytes decide: they are hashed, once for as long as nobody touches the file. Only a very large
file is believed by its size and times, of which the time of the last change can't be set back.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from index.seals import digest_of
from index.types import Article, FileStamp
from qa.types import Abstention, Quote, Reply

File = tuple[str, str]
"""Root of a file, and its path below."""
StampOf = Callable[[Article], tuple[FileStamp, str] | None]
"""Stamp of an article's file when it was read, and its sha256; None if it has no file."""

UNKNOWN_BYTES = -1
"""Of a file of which not all articles are in the index yet."""
MOST_BYTES = 64_000_000
"""Of a file, up to which it is hashed before its words are shown: in a twentieth of a second."""

CHANGED = "the file has changed since it was indexed; these words may no longer stand there"
GONE = "the file is gone; these words were in it when it was indexed"
OUT_OF_REACH = "the folder is out of reach, so nobody can say whether this still stands there"


def stale_files(reply: Reply, stamp_of: StampOf) -> dict[File, str]:
    """Look at the files of all quotes of a reply.

    Returns:
        What is wrong, one sentence each, with those that no longer are what was indexed.
    """
    articles = {_file_of(article): article for article in _articles(reply)}
    faults = {file: _fault(article, stamp_of(article)) for file, article in articles.items()}
    return {file: fault for file, fault in faults.items() if fault}


def looked_at_again(stale: Mapping[File, str]) -> tuple[str, ...]:
    """Say of stale files, once the index was brought up to date with them, what became of them."""
    changed, gone = (
        sorted(path for (_, path), fault in stale.items() if fault == kind)
        for kind in (CHANGED, GONE)
    )
    told = (
        (changed, "changed since {} indexed, and read again just now: "),
        (gone, "gone since {} indexed, and taken out just now: "),
    )
    return tuple(
        said.format("it was" if len(files) == 1 else "they were") + ", ".join(files)
        for files, said in told
        if files
    )


def marked(reply: Reply, stale: Mapping[File, str]) -> Reply:
    """Say on each quote of a stale file that it is out of date; nothing is compared with those."""
    if not stale:
        return reply
    if isinstance(reply, Abstention):
        return replace(reply, nearest=tuple(_marked(quote, stale) for quote in reply.nearest))
    quotes = tuple(_marked(quote, stale) for quote in reply.quotes)
    out_of_date = {quote.n for quote in quotes if quote.stale}
    return replace(
        reply,
        quotes=quotes,
        comparison=None if _compared(reply) & out_of_date else reply.comparison,
    )


def _marked(quote: Quote, stale: Mapping[File, str]) -> Quote:
    return replace(
        quote,
        stale=stale.get(_file_of(quote.at.article), ""),
        also=tuple(place for place in quote.also if _file_of(place.article) not in stale),
    )


def _compared(reply: Reply) -> set[int]:
    comparison = None if isinstance(reply, Abstention) else reply.comparison
    found = comparison.findings if comparison else ()
    return {number for finding in found for number in finding.quotes}


def _articles(reply: Reply) -> Iterator[Article]:
    for quote in reply.nearest if isinstance(reply, Abstention) else reply.quotes:
        yield quote.at.article
        yield from (place.article for place in quote.also)


def _file_of(article: Article) -> File:
    return article.root, article.in_file


def _fault(article: Article, known: tuple[FileStamp, str] | None) -> str:
    """Say what is wrong with a file; empty if it is what was indexed."""
    if known is None or not article.root:
        return ""
    stamp, sha256 = known
    root = Path(article.root)
    path = root if root.is_file() else root / article.in_file
    try:
        seen = path.stat()
        if seen.st_size > MOST_BYTES and FileStamp.of(seen) == stamp:
            return ""
        may_be_same = stamp.bytes in (seen.st_size, UNKNOWN_BYTES)
        is_same = may_be_same and digest_of(path) == sha256
    except (FileNotFoundError, NotADirectoryError):
        return GONE if root.exists() else OUT_OF_REACH
    except OSError:
        return OUT_OF_REACH
    return "" if is_same else CHANGED
