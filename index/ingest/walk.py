"""root -> the files to read under it; nothing outside the root is ever followed."""

import os
import re
import stat
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from index.errors import SkipKind
from index.ingest.ignores import Pattern, Patterns, pattern_of, patterns_of
from index.readers.formats import format_of
from index.rules import Rules
from index.types import FileStamp, Skipped

IGNORE_FILES = (".gitignore", ".ignore", ".qaignore")
"""Of one folder, in this order: a later one's lines beat an earlier one's."""

Entry = os.DirEntry[str]

_USUAL = Rules()
_MAX_IGNORE_BYTES = 1024 * 1024
_ENDING = re.compile(r"\.\w{1,10}")
_PAGES = (".html", ".htm", ".xhtml")
_VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
_HALF_WRITTEN = re.compile(
    r"~\$.*|\.~lock\..*#|\.#.*|#.*#|\._.*|.*~|.*\.(part|partial|crdownload|download|tmp|sw[a-p])",
    re.IGNORECASE | re.DOTALL,
)
"""Locks, backups and downloads under way; `._x` is what macOS puts beside `x`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold an article."""

    base: str
    """Folder that `path` starts at."""
    path: str
    """Relative to the root, with forward slashes."""
    stamp: FileStamp

    @property
    def file(self) -> Path:
        """Where it lies on disk."""
        return Path(self.base, self.path)


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies under a root."""

    files: tuple[Found, ...]
    """By path."""
    notices: tuple[str, ...]
    unlisted: tuple[Skipped, ...] = ()
    """Files and folders that can't be looked at, by path; what is below such a folder may still be
    there."""
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    """Files of kinds that are not read, by ending, the most frequent first."""


def walk(root: Path, rules: Rules = _USUAL) -> Walked:
    """List the readable kinds of files under a root; a root may be one file, whatever the rules.

    Passed over are hidden files, what ignore files name, folders of saved web pages' pictures and
    scripts, locks and half-written files, and folders behind links. A link to a file is read if
    the file lies under the root.
    """
    walking = _Walking(root, rules)
    if root.is_file():
        walking.note_root_file()
    else:
        walking.list_folders()
    return walking.walked()


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to be listed, and what holds in it."""

    path: str
    """Relative to the root: empty, or with a slash at its end."""
    ignores: tuple[Patterns, ...]
    """The nearest first."""
    is_included: bool


class _Walking:
    """What one walk has found so far."""

    def __init__(self, root: Path, rules: Rules) -> None:
        self._base = os.path.join(os.path.realpath(root), "")  # noqa: PTH118 -- ends in a slash
        self._rules = rules
        self._include = patterns_of(rules.include)
        self._exclude = patterns_of(rules.exclude)
        self._kept: list[Found] = []
        self._other_kinds: Counter[str] = Counter()
        self._unlisted: list[Skipped] = []
        self._notices: list[str] = []
        self._folder_links = 0

    def walked(self) -> Walked:
        """Give all of it, in order."""
        other_kinds = dict(self._other_kinds.most_common())
        notices = [*_kinds_in_words(other_kinds), *self._notices]
        if self._folder_links:
            notices.append(f"links to folders are not followed ({self._folder_links} here)")
        return Walked(
            tuple(sorted(self._kept, key=lambda found: found.path)),
            tuple(notices),
            tuple(sorted(self._unlisted, key=lambda skipped: skipped.path)),
            other_kinds,
        )

    def note_root_file(self) -> None:
        """Keep the root itself, which is a file."""
        file = Path(self._base.rstrip("/"))
        seen = file.stat()
        stamp = FileStamp.of(seen)
        self._kept.append(Found(str(file.parent), file.name, stamp))

    def list_folders(self) -> None:
        """List the root and every wanted folder below it."""
        waiting = [_Folder("", (), not self._rules.include)]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(self._base + folder.path) as listing:
                    entries = list(listing)
            except FileNotFoundError:
                continue  # it vanished while we looked
            except OSError as error:
                reason = f"the folder may not be opened ({error.strerror})"
                self._pass_over(folder.path or ".", reason, "forbidden")
                continue
            waiting += self._entered(folder, entries)

    def _entered(self, folder: _Folder, entries: list[Entry]) -> list[_Folder]:
        """Note the files of a folder and give the folders to list next."""
        names = {entry.name for entry in entries}
        ignores = self._ignores(folder, entries)
        subfolders = []
        for entry in entries:
            name, path = entry.name, folder.path + entry.name
            if name.startswith(".") and (not self._rules.hidden or name in _VERSION_CONTROL):
                continue
            is_folder = _kind(entry) == stat.S_IFDIR
            if _is_covered(path, (self._exclude, *ignores), is_folder=is_folder):
                continue
            verdict = self._include.verdict(path, is_folder=is_folder)
            is_included = folder.is_included if verdict is None else verdict
            if is_folder:
                if not _is_resources(name, names):
                    subfolders.append(_Folder(f"{path}/", ignores, is_included))
            elif is_included and not _HALF_WRITTEN.fullmatch(name):
                self._note_file(entry, path)
        return subfolders

    def _note_file(self, entry: Entry, path: str) -> None:
        """Keep what is no folder, or count it, or say why not."""
        is_link = _kind(entry) == stat.S_IFLNK
        ending = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
        if is_link and os.path.isdir(entry.path):  # noqa: PTH112
            self._folder_links += 1
        elif not _is_read(ending):
            self._other_kinds[ending if _ENDING.fullmatch(ending) else "no ending"] += 1
        elif is_link and not os.path.realpath(entry.path).startswith(self._base):
            self._pass_over(path, "a link that leads out of the folder", "forbidden")
        else:
            try:
                self._note_stamp(path, entry.stat())
            except OSError as error:
                if is_link:
                    self._pass_over(path, "a link that leads nowhere", "gone")
                elif not isinstance(error, FileNotFoundError):  # else it vanished while we looked
                    reason = f"the file may not be looked at ({error.strerror})"
                    self._pass_over(path, reason, "forbidden")

    def _note_stamp(self, path: str, seen: os.stat_result) -> None:
        if stat.S_ISREG(seen.st_mode):
            stamp = FileStamp.of(seen)
            self._kept.append(Found(self._base, path, stamp))
        else:
            self._pass_over(path, "not a regular file", "other format")

    def _pass_over(self, path: str, reason: str, kind: SkipKind) -> None:
        self._unlisted.append(Skipped(path, reason, kind))

    def _ignores(self, folder: _Folder, entries: list[Entry]) -> tuple[Patterns, ...]:
        """Put the patterns of a folder's own ignore files before those from above."""
        if not self._rules.ignore_files:
            return ()
        present = {
            entry.name
            for entry in entries
            if entry.name in IGNORE_FILES and _kind(entry) == stat.S_IFREG
        }
        found: list[Pattern] = []
        for name in IGNORE_FILES:
            if name in present:
                found += self._patterns_in(folder.path + name)
        return (Patterns(found, folder=folder.path), *folder.ignores) if found else folder.ignores

    def _patterns_in(self, path: str) -> list[Pattern]:
        """Read an ignore file; lines that are no patterns are passed over, and said to be."""
        try:
            with Path(self._base, path).open("rb") as file:
                raw = file.read(_MAX_IGNORE_BYTES)
        except OSError as error:
            self._notices.append(f"{path} can't be read ({error.strerror})")
            return []
        found, bad_lines = [], []
        for number, line in enumerate(os.fsdecode(raw.removeprefix(BOM_UTF8)).split("\n"), start=1):
            try:
                found.append(pattern_of(line.removesuffix("\r")))
            except ValueError:
                bad_lines.append(str(number))
        if bad_lines:
            self._notices.append(f"{path}: no pattern in line {', '.join(bad_lines[:5])}")
        return [pattern for pattern in found if pattern is not None]


def _kind(entry: Entry) -> int:
    """Say what it is: S_IFLNK, S_IFDIR, S_IFREG, or 0 for anything else and where nobody may look.

    This asks the system nothing where the listing told it already.
    """
    try:
        if entry.is_symlink():
            return stat.S_IFLNK
        if entry.is_dir(follow_symlinks=False):
            return stat.S_IFDIR
        return stat.S_IFREG if entry.is_file(follow_symlinks=False) else 0
    except OSError:
        return 0


def _is_covered(path: str, levels: Iterable[Patterns], *, is_folder: bool) -> bool:
    """Ask level after level; the first that speaks of the path decides."""
    for patterns in levels:
        verdict = patterns.verdict(path, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def _is_resources(folder: str, beside: Collection[str]) -> bool:
    """Say whether a browser put this folder beside a page that it saved."""
    stem = folder.removesuffix("_files").removesuffix(".files")
    return stem != folder and any(f"{stem}{ending}" in beside for ending in _PAGES)


@lru_cache(maxsize=1024)
def _is_read(ending: str) -> bool:
    return format_of(f"x{ending}") is not None


def _kinds_in_words(other_kinds: Mapping[str, int]) -> list[str]:
    if not other_kinds:
        return []
    most = ", ".join(f"{count} {kind}" for kind, count in list(other_kinds.items())[:6])
    files = sum(other_kinds.values())
    told = "1 file of another kind was" if files == 1 else f"{files:,} files of other kinds were"
    return [f"{told} not read ({most})"]
