"""line of an article -> does it only state when or where the article itself was published?

Such a line answers a question about the article, and none about what it tells of: a ferry did not
sink on the day that follows "Published:".
"""

import re

from index.types import Article
from qa.language.notation import TIME

_LABEL = re.compile(
    r"(?:(?:first|originally|last) )?(?:published|posted|updated|modified|edited|revised|printed)\b"
    r"|(?:publication|publishing|release) date\b|last (?:update|change)\b"
    r"|(?:source|outlet|publisher|publication|newspaper|byline|author|url|link|permalink|tags?|"
    r"keywords?|categor(?:y|ies)|section|reading time|copyright)(?=\s*:)",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"date(?: published)?\s*:", re.IGNORECASE)
_MARKS = "*_#>|-–— \t"
_WORD = re.compile(r"\w+")
_MOST_WORDS = 4
"""Besides labels and dates: an hour, a zone; a longer line tells of something."""
_ABOUT_ARTICLE = re.compile(
    r"\b(?:publi[sc]\w*|post(?:ed|s)?|updat\w*|modifi\w*|edit\w*|revis\w*|print(?:ed|s)?|articles?|"
    r"reports?|reported|story|pages?|posts?|source|outlet|newspaper|authors?|bylines?|wrote|written|"
    r"write|tags?|keywords?|categor\w*|urls?|links?|copyright|sections?)\b",
    re.IGNORECASE,
)


def only_states(article: Article, words: str, question: str) -> bool:
    """Say whether a sentence only states something of its article, and nobody asked for that."""
    if _ABOUT_ARTICLE.search(question):
        return False
    line = words.strip(_MARKS)
    if _DATE_LABEL.match(line):
        return _is_own_date(article, line)
    label = _LABEL.match(line)
    if label is None:
        return False
    rest = line[label.end() :]
    if rest.lstrip(_MARKS).startswith(":") and not TIME.search(rest):
        return "\n" not in rest and not rest.rstrip().endswith((".", "?", "!"))
    bare = TIME.sub(" ", _LABEL.sub(" ", rest))
    return TIME.search(rest) is not None and len(_letters(bare)) <= _MOST_WORDS


def _is_own_date(article: Article, line: str) -> bool:
    """Say whether the day of a line is the one on which the article was published."""
    year, _, month_and_day = (article.published or "").partition("-")
    numbers = {number.lstrip("0") for number in _WORD.findall(line)}
    day = month_and_day.partition("-")[2].lstrip("0")
    return bool(day) and {year, day} <= numbers


def _letters(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.isalpha()]
