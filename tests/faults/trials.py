"""One of two child processes: tries its half of the patterns or functions, and tells what it does.

Each line that it writes is the name of what is tried next, or a fault of it. The kernel ends it
where a trial can't be given up from within.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator

from faults.growth import fault_of
from faults.long_lines import reads
from faults.our_patterns import AT_THE_START, Ours, our_patterns
from faults.worst_texts import TextOf, repeated, texts_for

CPU_LIMIT_S = 60
"""Of processor time for a child and all its trials."""


def patterns(part: int, parts: int) -> Iterator[tuple[str, str]]:
    """Try a part of the patterns; give each one's name, and its fault or ""."""
    for ours in our_patterns()[part::parts]:
        yield ours.name, ""
        for way in _ways(ours):
            yield ours.name, _fault(_work(ours, way), texts_for(ours.pattern))


def long_lines(part: int, parts: int) -> Iterator[tuple[str, str]]:
    """Try a part of what reads a whole text."""
    for name, read, units in list(reads())[part::parts]:
        yield name, ""
        yield name, _fault(read, ((repr(unit), repeated("", unit)) for unit in units))


def _fault(work: Callable[[str], object], texts: Iterator[tuple[str, TextOf]]) -> str:
    """Give the first fault."""
    for name, text_of in texts:
        if fault := fault_of(work, text_of):
            return f"{name}: {fault}"
    return ""


def _ways(ours: Ours) -> set[str]:
    return {way if way in AT_THE_START else "finditer" for way in ours.ways}


def _work(ours: Ours, way: str) -> Callable[[str], object]:
    apply = getattr(ours.pattern, way)
    encoded = isinstance(ours.pattern.pattern, bytes)

    def work(text: str) -> None:
        found = apply(text.encode("latin-1", "ignore") if encoded else text)
        if way == "finditer":
            for _ in found:
                pass

    return work


def main(kind: str, part: int, parts: int) -> None:
    """Try them under the limit; a fault is told at once, since the next trial may be the last."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
    for name, fault in KINDS[kind](part, parts):
        sys.stdout.write(f"{json.dumps([name, fault])}\n")
        sys.stdout.flush()


KINDS = {"patterns": patterns, "long lines": long_lines}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
