"""Formula, in MathML or as Word keeps it -> the same on one line: `x^2`, `(a+b)/2`, `√(n)`."""

import re
from collections.abc import Callable
from typing import Any

MAX_DEPTH = 60
"""Of parts in one another; what lies deeper is left out."""

Element = Any
"""Of lxml, which has no types."""

_LEFT_OUT = frozenset({"annotation", "annotation-xml", "mphantom"})
_WORDS = frozenset({"mi", "mn", "mo", "ms", "mtext", "t"})
_UNSEEN = re.compile("[\u2061-\u2064\u200b]")
_ATOM = re.compile(r"[^\W_]+|[\d.,]+|\([^()]*\)")
_SIGNED = re.compile(r"[-−+]\d+(?:\.\d+)?")
_PRIMES = frozenset("′″'*°†")


def formula(element: Element) -> str:
    """Write a formula on one line; no two numbers of it join."""
    words = " ".join(_written(element, MAX_DEPTH).split())
    return words or " ".join((element.get("alttext") or "").split())


def _written(element: Element, depth: int) -> str:
    name = _name(element)
    if name in _WORDS:
        return _UNSEEN.sub("", "".join(element.itertext()))
    parts = [_written(child, depth - 1) for child in element if depth and _shows(child)]
    write = _WRITERS.get(name)
    if write is None:
        return _together(parts)
    count = write.__code__.co_argcount
    if count == 1:
        parts = [_together(parts)]
    return write(*parts) if len(parts) == count else _together(parts)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _shows(element: Element) -> bool:
    """Say whether it is no comment, no advice on drawing, and no second form of the formula."""
    return (
        isinstance(element.tag, str)
        and not element.tag.endswith("Pr")
        and _name(element) not in _LEFT_OUT
    )


def _together(parts: list[str]) -> str:
    whole = ""
    for part in parts:
        is_joined = whole[-1:].isnumeric() and part[:1].isnumeric()
        whole += f" {part}" if is_joined else part
    return whole


def _closed(words: str) -> str:
    """Put what is more than a number or a name in parentheses."""
    return words if _ATOM.fullmatch(words) else f"({words})"


def _over(upper: str, lower: str) -> str:
    return f"{_closed(upper)}/{_closed(lower)}"


def _raised(base: str, power: str) -> str:
    if set(power) <= _PRIMES:
        return base + power
    return f"{base}^{power if _SIGNED.fullmatch(power) else _closed(power)}"


def _lowered(base: str, index: str) -> str:
    is_joined = base[-1:].isalpha() and _ATOM.fullmatch(index)
    return f"{base}{index}" if is_joined else f"{base}_{_closed(index)}"


def _both(base: str, index: str, power: str) -> str:
    return _raised(_lowered(base, index), power)


def _root(degree: str, base: str) -> str:
    return f"{_closed(base)}^(1/{_closed(degree)})" if degree else f"√{_closed(base)}"


_WRITERS: dict[str, Callable[..., str]] = {
    "msup": _raised,
    "sSup": _raised,
    "msub": _lowered,
    "sSub": _lowered,
    "munder": _lowered,
    "limLow": _lowered,
    "msubsup": _both,
    "munderover": lambda base, lower, upper: f"{_both(base, lower, upper)} ",
    "sSubSup": _both,
    "mover": lambda base, _mark: base,
    "mfrac": _over,
    "f": _over,
    "msqrt": lambda base: _root("", base),
    "mroot": lambda base, degree: _root(degree, base),
    "rad": _root,
    "d": lambda inner: f"({inner})",
    "mfenced": lambda inner: f"({inner})",
    "mspace": lambda: " ",
}
"""How the parts of each kind of element stand on a line; those of any other follow one another."""
