"""Folders -> which of them changed, as long as somebody wants to know; the door of watchfiles."""

import os
import re
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path, PurePosixPath

from index.errors import BadPath, IndexBusy, StorageFailed
from index.types import IngestReport, Skipped

Changes = Callable[[Sequence[Path], threading.Event], Iterator[frozenset[Path]]]
"""What `changes` is, for whoever takes another one in its place."""

QUIET_MS = 200
"""A root counts as changed once nothing more has happened in it for so long."""
LONGEST_MS = 800
"""Or after so long, though it goes on."""
ROUND_MS = 250
"""How long we listen to one root before we turn to the next."""
POLL_MS = 2000
"""Between two looks at a folder that gives no notice of changes."""
GUESS_ROUNDS = 120
"""After so many of them, a folder that can't be watched at all counts as changed."""
BUSY_S = 2.0
"""Between two attempts while another process indexes."""
FULL_DISK_S = 20.0

_UNFINISHED = re.compile(
    r"^(~\$|\.#|#.*#$)|~$|\.(part|crdownload|partial|tmp|temp|swp|lock)$", re.I
)
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]{0,14}")
_DISTANT = re.compile(r"nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|vboxsf|prl_fs|virtiofs|fuse\..+")
"""Kinds of file systems that others may write to, of which no notice reaches us."""

Seen = AbstractSet[tuple[int, str]]
"""What watchfiles gives: the sort of change, and the path."""
Identity = tuple[int, int]
"""Device and inode."""
UNWATCHED = ""
"""In place of a path: something may have happened, we can't know."""
_ADDED, _DELETED = 1, 3


def changes(roots: Sequence[Path], stop: threading.Event) -> Iterator[frozenset[Path]]:
    """Give the roots in which something changed that may matter, until the stop event is set.

    The first to come are all roots that are there, once they are watched: what happened before
    may have gone unnoticed. A root that is a file is watched through its folder. One that is not
    there, or no longer, is waited for. So is one that was replaced by an empty folder: that is
    how a drive looks that is not mounted, and nothing should be dropped for it.

    Stops within a second of the event, sooner with few roots. Only one thread may listen.
    """
    watches = [_Watch(root, stop) for root in roots]
    try:
        while watches and not stop.is_set():
            if changed := frozenset(watch.root for watch in watches if watch.has_changed()):
                yield changed
    finally:
        for watch in watches:
            watch.close()


def updates(
    roots: Sequence[Path],
    stop: threading.Event,
    update: Callable[[Path], IngestReport],
    *,
    known: Iterable[Skipped] = (),
    changed: Changes = changes,
) -> Iterator[IngestReport | StorageFailed]:
    """Update each root that changes, and give what came of it, with the newly skipped files only.

    `known` are the files that were skipped before. Another process that holds the index is waited
    for, and so is a root that went away. A full disk is told once, and tried again.

    Raises:
        PassageIndexError: the index or a model can't be used, so that no update can succeed.
    """
    named = set(known)
    for together in changed(roots, stop):
        for root in sorted(together):
            for outcome in _updated(root, stop, update):
                if isinstance(outcome, StorageFailed):
                    yield outcome
                    continue
                fresh = [skipped for skipped in outcome.skipped if skipped not in named]
                named.update(fresh)
                yield replace(outcome, skipped=tuple(fresh))


def _updated(
    root: Path, stop: threading.Event, update: Callable[[Path], IngestReport]
) -> Iterator[IngestReport | StorageFailed]:
    is_told = False
    while not stop.is_set():
        try:
            report = update(root)
        except IndexBusy:
            stop.wait(BUSY_S)
        except BadPath:
            return  # it went away in this very moment, and is waited for
        except StorageFailed as error:
            if not is_told:
                yield error
            is_told = True
            stop.wait(FULL_DISK_S)
        else:
            yield report
            return


class _Watch:
    """One root, and whoever listens to it as long as it is there."""

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self.root = root
        self._place = root.absolute()
        self._stop = stop
        self._is_file = False
        self._identity: Identity | None = None
        self._events: Generator[Seen, None, None] | None = None

    def close(self) -> None:
        """Listen no more."""
        if self._events is not None:
            self._events.close()
            self._events = None

    def has_changed(self) -> bool:
        """Listen for a moment, and say whether something happened that may matter."""
        from watchfiles._rust_notify import WatchfilesRustInternalError

        self._is_file = self._is_file or self._place.is_file()
        identity = _identity(self._folder)
        if identity is None:
            self.close()
            self._stop.wait(ROUND_MS / 1000)
            return False
        if self._events is None or identity != self._identity:
            self.close()
            self._identity = identity
            self._events = _listening(self._folder, self._stop, is_deep=not self._is_file)
            return self._events is not None and self._is_there()
        try:
            seen = next(self._events, set())
        except WatchfilesRustInternalError:
            self.close()  # a name that is not UTF-8, say: we begin anew, and look at everything
            return False
        if _identity(self._folder) != identity:
            return False  # what was seen is how it went away
        return any(self._matters(sort, path) for sort, path in seen)

    @property
    def _folder(self) -> Path:
        return self._place.parent if self._is_file else self._place

    def _is_there(self) -> bool:
        try:
            return self._place.is_file() if self._is_file else any(self._place.iterdir())
        except OSError:
            return False

    def _matters(self, sort: int, path: str) -> bool:
        if path == UNWATCHED:
            return self._is_there()
        if self._is_file:
            return path == str(self._place) and self._place.is_file()
        below = PurePosixPath(path.removeprefix(str(self._place)).lstrip("/")).parts
        return bool(below) and may_matter(below, sort, path)


def may_matter(parts: Sequence[str], sort: int, path: str) -> bool:
    """Say whether a change may concern an article: `parts` is the path below the root.

    Of something deleted nobody knows any more whether it was a folder; it counts as one if its
    name has no ending such as files have.
    """
    from index.ingest.walk import IGNORE_FILES  # noqa: PLC0415
    from index.readers import is_supported  # noqa: PLC0415 - the chat's first frame needs none

    *folders, name = parts
    if any(folder.startswith(".") for folder in folders):
        return False
    if name.startswith(".") or _UNFINISHED.search(name):
        return name in IGNORE_FILES
    if is_supported(Path(name)):
        return True
    if sort == _DELETED:
        return not _ENDING.fullmatch(PurePosixPath(name).suffix)
    return sort == _ADDED and Path(path).is_dir()


def _identity(folder: Path) -> Identity | None:
    """Tell one folder from the next of the same name; None while there is none."""
    try:
        seen = folder.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def _listening(
    folder: Path, stop: threading.Event, *, is_deep: bool
) -> Generator[Seen, None, None] | None:
    """Begin to listen to a folder, in the best way that works there; None if it just went away."""
    from watchfiles._rust_notify import WatchfilesRustInternalError

    for is_polled in (True,) if is_distant(folder) else (None, True):
        events = _events(folder, stop, is_deep=is_deep, is_polled=is_polled)
        try:
            next(events, None)
        except FileNotFoundError:
            return None
        except (OSError, WatchfilesRustInternalError, UnicodeEncodeError):
            continue  # too many folders for the system's notices, say
        return events
    return _guesses(stop)


def _events(
    folder: Path, stop: threading.Event, *, is_deep: bool, is_polled: bool | None
) -> Generator[Seen, None, None]:
    """Give what happens in a folder, again and again; an empty set after a while of nothing."""
    from watchfiles import watch

    return watch(
        folder,
        watch_filter=None,
        debounce=LONGEST_MS,
        step=QUIET_MS,
        stop_event=stop,
        rust_timeout=ROUND_MS,
        yield_on_timeout=True,
        force_polling=is_polled,
        poll_delay_ms=POLL_MS,
        recursive=is_deep,
        ignore_permission_denied=True,
    )


def _guesses(stop: threading.Event) -> Generator[Seen, None, None]:
    """Guess that something happened, every half minute."""
    rounds = 0
    while not stop.is_set():
        stop.wait(ROUND_MS / 1000)
        rounds += 1
        yield {(_ADDED, UNWATCHED)} if rounds % GUESS_ROUNDS == 0 else set()


def is_distant(folder: Path) -> bool:
    """Say whether a folder lies on a network drive, where others write without our being told."""
    try:
        device = folder.stat().st_dev
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        about, _, kind = line.partition(" - ")
        if about.split(" ")[2:3] == [number] and _DISTANT.fullmatch(kind.split(" ")[0]):
            return True
    return False
