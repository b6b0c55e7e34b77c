"""Lines of a PDF's page -> the same, with a large first letter back at the word that it begins."""

import re
from dataclasses import replace

from index.readers.pdf.lines import Line
from index.text.dictionary import mentions

MIN_HEIGHTS = 1.7
"""Of the lines beside it, that an initial is high."""
MIN_BLANK = 0.12
"""White before the first line beside it, in heights of a line, that is a blank drawn there."""
MAX_GAP = 1.5
"""White between an initial and its word, in heights of a line."""
OFTEN = 100
"""Times that a word must be commoner than what the letter and it would make together."""

_INITIAL = re.compile(r"[“‘\"'«]?\s?[^\W\d_]")
_ARTICLE = re.compile(r"[AIO]")
_WORD = re.compile(r"[^\W\d_]+")


def with_initials(lines: list[Line]) -> list[Line]:
    """Put each initial before its word; an initial without one stays a line."""
    left = lines
    for initial in lines:
        if _INITIAL.fullmatch(initial.words) and (beside := _beside(initial, lines)):
            left = [_begun(initial, beside) if line is beside[0] else line for line in left]
            left = [line for line in left if line is not initial]
    return left


def _beside(initial: Line, lines: list[Line]) -> list[Line]:
    """Find the lines that stand to the right of an initial, from its top to its foot."""
    top = initial.bottom + initial.height
    beside = [
        line
        for line in lines
        if initial.height > MIN_HEIGHTS * line.height
        and initial.bottom - 0.5 * line.height < line.bottom < top - 0.3 * line.height
        and -0.5 * line.height < line.left - initial.right < MAX_GAP * line.height
        and line.words[0].isalpha()
    ]
    return sorted(beside, key=lambda line: -line.bottom)


def _begun(initial: Line, beside: list[Line]) -> Line:
    first = beside[0]
    margin = min((line.left for line in beside[1:]), default=first.left)
    is_apart = first.left - margin > MIN_BLANK * first.height or _is_word(
        initial.words[-1], first.words
    )
    return replace(first, words=f"{initial.words}{' ' if is_apart else ''}{first.words}")


def _is_word(letter: str, words: str) -> bool:
    """Say whether a letter is a word of its own before these words, as words of English go."""
    found = _WORD.match(words)
    if not found or not _ARTICLE.fullmatch(letter):
        return False
    word = found[0].lower()
    return mentions(word) > OFTEN * max(mentions(letter.lower() + word), 1)
