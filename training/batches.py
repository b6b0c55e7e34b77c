"""Couples -> batches of token numbers, pairs of like length together."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

from training.couples import Couple, Pair, couples

MAX_TOKENS = 160
_SORTED = 24
"""Batches whose couples are sorted by length before they are parted, so that little is padded."""


@dataclass(frozen=True, slots=True)
class Read:
    """One pair as token numbers."""

    ids: list[int]
    kinds: list[int]
    starts: list[int]
    ends: list[int]
    """Tokens at which an answer may begin and end; none where there is no answer."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs side by side: those that answer in even rows, their near misses below them."""

    reads: tuple[Read, ...]
    ids: Tensor
    kinds: Tensor
    mask: Tensor
    starts: Tensor
    ends: Tensor
    """Shape (rows, tokens), each."""

    def to(self, device: str) -> "Batch":
        """Move the tensors."""
        moved = (t.to(device) for t in (self.ids, self.kinds, self.mask, self.starts, self.ends))
        return Batch(self.reads, *moved)


def tokenizer(carried: Path, *, max_tokens: int = MAX_TOKENS) -> Any:
    """Load the carried tokenizer; what is too long is cut at the passage's end."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(carried / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(max_tokens, strategy="only_second")
    return made


def batches(folder: Path, carried: Path, *, rows: int, seed: int) -> Iterator[Batch]:
    """Draw batches without end; the same ones for the same seed."""
    random = Random(seed)
    cut = tokenizer(carried)
    drawn = couples(folder, random)
    each = rows // 2
    while True:
        some = [_couple(next(drawn), cut) for _ in range(each * _SORTED)]
        some.sort(key=lambda couple: max(len(read.ids) for read in couple))
        parts = [some[first : first + each] for first in range(0, len(some), each)]
        random.shuffle(parts)
        for part in parts:
            yield _side_by_side([read for couple in part for read in couple])


def _couple(couple: Couple, cut: Any) -> tuple[Read, Read]:
    yes, no = couple
    return read_pair(yes, cut), read_pair(no, cut)


def read_pair(pair: Pair, cut: Any) -> Read:
    """Cut a pair into tokens, and find those of its answers."""
    head = f"{pair.title}\n" if pair.title else ""
    encoding = cut.encode(pair.question, head + pair.passage)
    starts: set[int] = set()
    ends: set[int] = set()
    for span in pair.spans:
        first, last = span.start + len(head), span.end + len(head)
        tokens = [
            n
            for n, (offsets, kind) in enumerate(
                zip(encoding.offsets, encoding.type_ids, strict=True)
            )
            if kind and offsets[1] > max(first, offsets[0]) and offsets[0] < last
        ]
        if tokens:
            starts.update(tokens if pair.is_loose else tokens[:1])
            ends.update(tokens if pair.is_loose else tokens[-1:])
    return Read(encoding.ids, encoding.type_ids, sorted(starts), sorted(ends))


def _side_by_side(reads: list[Read]) -> Batch:
    shape = len(reads), max(len(read.ids) for read in reads)
    ids, kinds = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    mask, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, read in enumerate(reads):
        size = len(read.ids)
        ids[row, :size] = torch.tensor(read.ids)
        kinds[row, :size] = torch.tensor(read.kinds)
        mask[row, :size] = True
        starts[row, read.starts] = True
        ends[row, read.ends] = True
    return Batch(tuple(reads), ids, kinds, mask, starts, ends)
