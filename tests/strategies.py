"""Articles of every shape, made the way that files become articles."""

from hypothesis import strategies as st

from index.errors import Unreadable
from index.readers import parse
from index.types import Article

WORDS = (
    "river bridge minister 3.5 percent Kyiv the of said “peace” Mr. Starmer’s U.S. naïve café "
    "co-production £1.6 billion Übermut 日本 мир e\u0301tude and then won't 58,000 a.m. plan "
    "(again) *very* _so_ `code` [1] — – … A. https://example.org/a?b=c 😀 "
    "\u200bzero x\x1b[31m y\x07"
).split()
BOILERPLATE = (
    "Share This Article",
    "By Jane Smith",
    "Accept Read More",
    "Advertisement",
    "Read also: Kyiv hit by drones again",
    "We use cookies to improve your experience.",
    "Sign up for our newsletter",
)
MARKS = ("# ", "## ", "- ", "* ", "• ", "1. ", "12) ", "> ", "**", "    ", "\t", "")


def sentences() -> st.SearchStrategy[str]:
    """A few words that end somehow."""
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
    return st.builds(
        str.__add__, words, st.sampled_from([".", "?", "!", "...", ".”", "", ":", " ."])
    )


def paragraphs() -> st.SearchStrategy[str]:
    """Sentences on one line, with or without a mark, or wrapped at some width."""
    running = st.lists(sentences(), min_size=1, max_size=8).map(" ".join)
    marked = st.tuples(st.sampled_from(MARKS), sentences()).map(
        lambda pair: pair[0] + pair[1] + ("**" if pair[0] == "**" else "")
    )
    wrapped = st.builds(_wrapped, running, st.integers(min_value=30, max_value=90))
    odd = st.text(max_size=60).map(lambda text: text.replace("\r", " "))
    long_word = st.integers(min_value=1, max_value=3000).map(lambda length: "x" * length)
    return st.one_of(
        running, marked, wrapped, odd, long_word, st.sampled_from(BOILERPLATE), st.just("---")
    )


def texts() -> st.SearchStrategy[str]:
    r"""Whole articles with universal newlines, and perhaps with front matter."""
    separators = st.sampled_from(["\n\n", "\n", "\n\n\n", "\n \n"])
    parts = st.lists(st.tuples(paragraphs(), separators), min_size=1, max_size=14)
    body = parts.map(lambda pairs: "".join(text + separator for text, separator in pairs))
    top = st.sampled_from(["", "", "---\ntitle: A stated title\ndate: 2025-06\n---\n", "\n\n"])
    return st.builds(str.__add__, top, body)


def article_of(text: str, *, suffix: str = ".txt", path: str = "a.txt") -> Article:
    """The article that a file with this text gives."""
    return parse(text, path=path, root="/corpus", sha256="0" * 64, suffix=suffix, encoding="utf-8")


def articles() -> st.SearchStrategy[Article]:
    """Articles as the readers make them of text and Markdown files."""
    return st.builds(_article_or_none, texts()).filter(lambda article: article is not None)  # type: ignore[arg-type,return-value] # None is filtered out


def _article_or_none(text: str) -> Article | None:
    try:
        return article_of(text)
    except Unreadable:
        return None


def _wrapped(text: str, width: int) -> str:
    lines: list[str] = [""]
    for word in text.split(" "):
        if len(lines[-1]) + 1 + len(word) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return "\n".join(lines)
