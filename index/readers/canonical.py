"""Text that a parser unwrapped -> canonical text, or the reason why it is none."""

from index.errors import Unreadable


def canonical(text: str, *, path: str) -> str:
    r"""Give the text with universal newlines.

    Raises:
        Unreadable: it holds a NUL or half a surrogate pair, which no text does.
    """
    if "\0" in text:
        raise Unreadable(path, "not text", "other format")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable(path, "holds characters that are not Unicode", "encoding") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
