"""Patterns as git's ignore files have them -> which paths they speak of.

Source: gitignore(5). A pattern is asked about one file or folder at a time, from the root down, and
whoever walks enters no folder that is covered. Matching takes no more than quadratic time in the
path, whatever the pattern: each star settles for the nearest fit.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<stars>\*+)|(?P<any>\?)|(?P<set>\[[!^]?\]?(?:\\.|[^]\\])*\])|\\(?P<escaped>.)"
    r"|(?P<plain>[^\\\[])",
    re.DOTALL,
)
_MEMBER = re.compile(r"\\?(.)(?:-\\?(.))?", re.DOTALL)
"""One character of a set, or the first and the last of a range."""
_TRAILING_SPACES = re.compile(r"(?:(?<!\\)((?:\\\\)+)|(?<=\\ )|(?<![\\ ])) +\Z")
_FOLDERS = "(?:[^/]+/)*"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of an ignore file."""

    regex: re.Pattern[str]
    is_negated: bool
    """Began with `!`: what it fits is not covered after all."""
    fits_folders_only: bool
    fits_names: bool
    """Asked about the last part of a path alone, at any depth."""


class Patterns:
    """Lines that hold for a folder and all below it; a later line beats an earlier one."""

    def __init__(self, patterns: Sequence[Pattern], *, folder: str = "") -> None:
        """`folder` is where they stand, relative to the root: empty, or with a slash at its end."""
        self._latest_first = tuple(reversed(patterns))
        self._folder_chars = len(folder)

    def verdict(self, path: str, *, is_folder: bool = False) -> bool | None:
        """Say whether a path below the folder is covered; None where no line speaks of it.

        The path is relative to the root, without a slash at its end.
        """
        if not self._latest_first:
            return None
        name = path[path.rfind("/") + 1 :]
        below = path[self._folder_chars :]
        for pattern in self._latest_first:
            if pattern.fits_folders_only and not is_folder:
                continue
            if pattern.regex.fullmatch(name if pattern.fits_names else below):
                return not pattern.is_negated
        return None


def pattern_of(line: str) -> Pattern | None:
    """Read one line; None if it is blank or a comment.

    Raises:
        ValueError: it is no pattern, or has a character class such as `[[:alpha:]]`.
    """
    words = _TRAILING_SPACES.sub(r"\1", line)
    if not words or words.startswith("#"):
        return None
    is_negated = words.startswith("!")
    words = words.removeprefix("!")
    fits_folders_only = words.endswith("/")
    words = words.removesuffix("/")
    fits_names = "/" not in words
    if not words:
        raise ValueError(f"no such pattern: {line}")
    try:
        source = _segment(words) if fits_names else _path(words.removeprefix("/").split("/"))
        regex = re.compile(source, re.DOTALL)
    except (ValueError, re.error) as error:
        raise ValueError(f"no such pattern: {line}") from error
    return Pattern(regex, is_negated, fits_folders_only, fits_names)


def patterns_of(lines: Iterable[str]) -> Patterns:
    """Read the lines that hold at the root.

    Raises:
        ValueError: one is no pattern; the message names it.
    """
    found = (pattern_of(line) for line in lines)
    return Patterns([pattern for pattern in found if pattern is not None])


def _path(segments: Sequence[str]) -> str:
    """Write the expression for a whole path; `**` is any number of folders."""
    blocks: list[list[str]] = [[]]
    for segment in segments:
        if len(segment) > 1 and not segment.strip("*"):
            blocks.append([])
        else:
            blocks[-1].append(_segment(segment))
    if len(blocks) == 1:
        return "/".join(blocks[0])
    first, *middle, last = blocks
    head = "".join(f"{segment}/" for segment in first)
    inner = [f"(?>{_FOLDERS}?{''.join(f'{one}/' for one in block)})" for block in middle if block]
    return head + "".join(inner) + (_FOLDERS + "/".join(last) if last else ".+")


def _segment(words: str) -> str:
    """Write the expression for one part of a path, between two slashes."""
    pieces, at = [""], 0
    while at < len(words):
        token = _TOKEN.match(words, at)
        if token is None:
            raise ValueError("a bracket stays open, or a backslash ends it")
        at = token.end()
        if token["stars"]:
            pieces.append("")
        elif token["any"]:
            pieces[-1] += "[^/]"
        elif token["set"]:
            pieces[-1] += _set(token["set"])
        else:
            pieces[-1] += re.escape(token["escaped"] or token["plain"])
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + f"[^/]*{last}"


def _set(words: str) -> str:
    """Write the expression for `[...]`."""
    if "[:" in words:
        raise ValueError("character classes are not understood")
    is_negated = words[1] in "!^"
    inside = words[2 if is_negated else 1 : -1]
    members = "".join(
        re.escape(low) + (f"-{re.escape(high)}" if high else "")
        for low, high in _MEMBER.findall(inside)
    )
    return f"(?!/)[{'^' if is_negated else ''}{members}]"
