"""Raised and lowered digits in a query -> the other ways in which articles write them."""

import re
from collections.abc import Iterator

from index.text.numerals import Forms

_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "₀₁₂₃₄₅₆₇₈₉₋"
_PLAIN = "0123456789-"
_TO_PLAIN = str.maketrans(_RAISED + _LOWERED, 2 * _PLAIN)
_TO_RAISED, _TO_LOWERED = str.maketrans(_PLAIN, _RAISED), str.maketrans(_PLAIN, _LOWERED)

_SCRIPTED = re.compile(rf"(?<![^\W_])[^\W_]+[{_RAISED}{_LOWERED}][^\W_]*")
_POWER = re.compile(r"(?<![\w^])(\w+)\^([-−]?\d{1,3})(?!\w)")
_LETTERED = re.compile(r"(?<!\w)(?=\w*\d)[^\W\d_]{1,3}\d{1,2}(?:[^\W\d_]{1,3}\d{0,2})*(?!\w)")
"""CO2, H2O, m3, C6H12O6."""
_END_RAISED = re.compile(rf"(?<=\d)[{_RAISED}]+$")


def script_forms(text: str) -> Iterator[Forms]:
    """Give other forms of formulas, units and powers: CO2 and CO₂, m2 and m², 10^6 and 10⁶."""
    for typed in _SCRIPTED.findall(text):
        yield typed, (_plain(typed),)
    for found in _POWER.finditer(text):
        power = found[2].replace("−", "-")
        forms = [found[1] + power.translate(_TO_RAISED)]
        yield found[0], tuple(forms if found[1].isdecimal() else [*forms, found[1] + power])
    for typed in _LETTERED.findall(text):
        yield typed, (typed.translate(_TO_LOWERED), typed.translate(_TO_RAISED))


def _plain(typed: str) -> str:
    """Write `10⁶` as 10^6 and `m²` as m2."""
    power = _END_RAISED.search(typed)
    start = power.start() if power else len(typed)
    return typed[:start].translate(_TO_PLAIN) + (
        f"^{power[0].translate(_TO_PLAIN)}" if power else ""
    )
