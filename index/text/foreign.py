"""Words of a query -> the languages other than English that have them."""

import gzip
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")


def known_abroad(words: Collection[str]) -> Iterator[Mapping[str, int]]:
    """Give for each language those of the lower-case words that it has, with their mentions.

    The lists are read from pyspellchecker's files, a word a line in order, and let go of again:
    a fifth of a second, where six tables of words would take two, and 200 MB for good.
    """
    for language in LANGUAGES:
        lines = _lines(language)
        found = (_line_of(word, lines) for word in words)
        yield {_word_in(line).decode(): _mentions_in(line) for line in found if line}


def _lines(language: str) -> list[bytes]:
    packed = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
    return gzip.decompress(packed).splitlines()[1:-1]


def _line_of(word: str, lines: list[bytes]) -> bytes:
    """Find the line of a word; empty where there is none."""
    at = bisect_left(lines, word.encode(), key=_word_in)
    return lines[at] if at < len(lines) and _word_in(lines[at]) == word.encode() else b""


def _word_in(line: bytes) -> bytes:
    return line[1 : line.rindex(b'"')]


def _mentions_in(line: bytes) -> int:
    return int(line[line.rindex(b":") + 1 :].strip(b" ,"))
