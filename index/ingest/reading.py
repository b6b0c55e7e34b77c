"""Files -> PreparedFiles, in order: read beside the encoding, each bounded in time and memory.

Parsers of third parties may hang, crash or eat memory on a hostile file. So all but plain texts
are read in processes of their own, which can be stopped.
"""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from index import readers
from index.errors import Unreadable
from index.ingest.preparing import prepare
from index.ingest.processes import Died, Process, TookTooLong
from index.ingest.walk import Found
from index.readers.formats import PLAIN
from index.store.writer import PreparedFile
from index.types import Article, Skipped

PROCESSES = 2
"""Beside the one that encodes."""
FEW_BYTES = 2_000_000
"""Of plain texts, up to which they are read before a process has started."""
AHEAD_BYTES = 64 * 1024 * 1024
AHEAD_FILES = 32
"""Read before they can be encoded, at most; one file always is."""
SECONDS = 60.0
SECONDS_PER_MB = 5.0
"""What reading one file may take: of computing, and as much of sleeping."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read."""

    found: Found
    root: Path
    encoding: str = ""
    """The one that was found when it was last read."""
    columns: tuple[tuple[str, str], ...] = ()
    """Which column of a table or record is the text, the title …; the rest is guessed."""
    was_too_slow: bool = False
    """It was read before and took too long, so that it may take twice as long this time."""


def read_all(jobs: Sequence[Job]) -> Generator[tuple[Job, PreparedFile]]:
    """Read files in the order given; what can't be read is told in `skipped`.

    Closing the iterator stops what is still being read.
    """
    if _is_small(jobs):
        for job in jobs:
            yield job, read_one(job)
        return
    yield from in_processes(jobs, read_one)


def read_one(job: Job) -> PreparedFile:
    """Read one file, here and now."""
    try:
        done = _read(job)
    except Unreadable as error:
        return _unread(job, error)
    return PreparedFile(
        sha256=done.sha256,
        format=done.format,
        encoding=done.articles[0].encoding if done.articles else "",
        articles=tuple(prepare(article) for article in done.articles),
        skipped=done.skipped,
    )


def _is_small(jobs: Sequence[Job]) -> bool:
    are_plain = all(readers.format_of(job.found.path) in PLAIN for job in jobs)
    return are_plain and sum(job.found.stamp.bytes for job in jobs) <= FEW_BYTES


def in_processes(
    jobs: Sequence[Job], read: Callable[[Job], PreparedFile]
) -> Generator[tuple[Job, PreparedFile]]:
    """Read files beside this process, in order; one that hangs or crashes its reader is skipped."""
    processes = [Process(read) for _ in range(PROCESSES)]
    idle: SimpleQueue[Process[Job, PreparedFile]] = SimpleQueue()
    for process in processes:
        idle.put(process)

    def read_in_one(job: Job) -> PreparedFile:
        process = idle.get()
        try:
            return process.call(job, seconds_for(job))
        finally:
            idle.put(process)

    threads = ThreadPoolExecutor(PROCESSES)
    waiting: deque[tuple[Job, Future[PreparedFile]]] = deque()
    ahead = 0
    due = deque(jobs)
    try:
        while due or waiting:
            while due and (not waiting or _has_room(ahead, len(waiting))):
                job = due.popleft()
                ahead += job.found.stamp.bytes
                waiting.append((job, threads.submit(read_in_one, job)))
            job, future = waiting.popleft()
            ahead -= job.found.stamp.bytes
            yield job, _outcome(job, future)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.stop()
        threads.shutdown()


def seconds_for(job: Job) -> float:
    """Say how long reading a file may compute, and how long it may sleep."""
    usual = SECONDS + SECONDS_PER_MB * job.found.stamp.bytes / 1e6
    return 2 * usual if job.was_too_slow else usual


def _has_room(ahead: int, files: int) -> bool:
    return ahead < AHEAD_BYTES and files < AHEAD_FILES


def _outcome(job: Job, future: "Future[PreparedFile]") -> PreparedFile:
    try:
        return future.result()
    except TookTooLong:
        return _unread(job, _too_slow(job))
    except (Died, MemoryError):
        reason = "damaged: its reader crashed or needed too much memory"
        return _unread(job, Unreadable(job.found.path, reason, "damaged"))


def _too_slow(job: Job) -> Unreadable:
    if job.was_too_slow:
        reason = "took too long to read, twice; it is left out until it changes"
        return Unreadable(job.found.path, reason, "too slow twice")
    reason = "took too long to read; the next run tries once more, with twice the time"
    return Unreadable(job.found.path, reason, "too slow")


def _unread(job: Job, error: Unreadable) -> PreparedFile:
    skip = Skipped(job.found.path, error.reason, error.kind)
    return PreparedFile("", readers.format_of(job.found.path) or "", "", (), (skip,))


def _read(job: Job) -> readers.FileRead:
    """Read a file; where its bytes don't tell their encoding, it is the one found before."""
    file, root, encoding = job.found.file, job.root, job.encoding
    if not encoding or encoding.startswith("utf"):
        return readers.read_file(file, root=root, columns=dict(job.columns))
    try:
        done = readers.read_file(file, root=root, columns=dict(job.columns))
    except Unreadable:
        return readers.read_file(file, root=root, encoding=encoding, columns=dict(job.columns))
    if _is_certain(done.articles, encoding):
        return done
    try:
        return readers.read_file(file, root=root, encoding=encoding, columns=dict(job.columns))
    except Unreadable:
        return done


def _is_certain(articles: Sequence[Article], encoding: str) -> bool:
    return all(one.encoding == encoding or one.encoding.startswith("utf") for one in articles)
