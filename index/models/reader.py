"""question + passages -> Readings: one pass says how well a passage answers, and with which words.

A BERT of MiniLM's size (Wang et al., NeurIPS 2020) with heads for relevance, answerability and the
answer's start and end (Devlin et al., NAACL 2019), trained on near misses (Rajpurkar et al., ACL
2018), int8, run by onnxruntime. `training/` makes it; `training/CARD.md` describes it.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import padded
from index.models.sessions import session
from index.models.sources import READER_WEIGHTS, reader_folder
from index.text.as_read import ToRead
from index.types import Reading, Span

REMEMBERED = 4_096
"""Passages whose readings are kept, so that a question asked again costs nothing; about 5 MB."""
LONGEST_ANSWER = 20
"""Tokens of the words that are lit."""

READ_AS = {
    **dict(zip("łŁøØđĐħĦŧŦıðÐ", "lLoOdDhHtTidD", strict=True)),
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "ß": "ss",
    "þ": "th",
    "Þ": "Th",
}
"""Letters that no accent can be taken from: people type Lodz and Tromso; and letters of print."""

Logits = NDArray[np.float32]


class Reader:
    """Reads passages for a question, and remembers what it read."""

    max_tokens = 320
    """Of question and passage together; passages stay well below it."""

    def __init__(self, *, folder: Path | None = None, threads: int = 0) -> None:
        """Load it.

        Args:
            folder: Of another reader than the one that ships.
            threads: Passages read at a time; 0 for as many as there are cores.

        Raises:
            ModelMissing: its files are absent, or not the tested ones.
        """
        from tokenizers import Tokenizer, normalizers

        folder = reader_folder(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.max_tokens, strategy="longest_first")
        self._tokenizer.no_padding()
        self._tokenizer.normalizer = normalizers.Sequence(
            [normalizers.Replace(letter, read) for letter, read in READ_AS.items()]
            + [self._tokenizer.normalizer]
        )
        self._session = session(folder / READER_WEIGHTS, threads=1)
        self._inputs = [feed.name for feed in self._session.get_inputs()]
        self._readers = ThreadPoolExecutor(threads or len(os.sched_getaffinity(0)), "reader")
        self._read: OrderedDict[tuple[str, ToRead], Reading] = OrderedDict()
        self._lock = Lock()

    def knows(self, word: str) -> bool:
        """Say whether a lower-case word is a whole entry of the vocabulary (30,522 of them)."""
        return self._tokenizer.token_to_id(word) is not None

    def read(self, query: str, passages: Sequence[ToRead]) -> list[Reading]:
        """Read each passage for a question.

        Returns:
            One reading a passage, in the order given. Each is read by itself, so that its
            reading is the same in any company: activations are quantised by the range that
            they have together.
        """
        with self._lock:
            known = {one: self._read.get((query, one)) for one in passages}
        unread = [one for one, reading in known.items() if reading is None]
        encodings = self._tokenizer.encode_batch([(query, one.whole) for one in unread])
        pairs = sorted(
            zip(encodings, unread, strict=True), key=lambda pair: len(pair[0].ids), reverse=True
        )
        told = self._readers.map(lambda pair: self._reading(*pair), pairs)
        fresh = {one: reading for (_, one), reading in zip(pairs, told, strict=True)}
        with self._lock:
            self._read.update(((query, one), reading) for one, reading in fresh.items())
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        found = {**known, **fresh}
        return [reading for one in passages if (reading := found[one]) is not None]

    def _reading(self, encoding: Any, passage: ToRead) -> Reading:
        feeds = padded([encoding])
        relevance, answers, start, end = self._session.run(
            None, {name: feeds[name] for name in self._inputs}
        )
        head = len(passage.whole) - len(passage.words)
        inside = [
            at
            for at, (offsets, kind) in enumerate(
                zip(encoding.offsets, encoding.type_ids, strict=True)
            )
            if kind and offsets[1] > max(head, offsets[0])
        ]
        at = [
            Span(max(0, encoding.offsets[n][0] - head), encoding.offsets[n][1] - head)
            for n in inside
        ]
        starts, ends = _shares(start[0, inside]), _shares(end[0, inside])
        span, sure = _best(starts, ends, at)
        return Reading(
            relevance=float(relevance.item()),
            answers=float(answers.item()),
            words=span,
            sure=sure,
            starts=_by_sentence(starts, at, passage.sentences),
            ends=_by_sentence(ends, at, passage.sentences),
        )


def _shares(logits: Logits) -> Logits:
    """Softmax; shape (tokens,) in and out."""
    if not logits.size:
        return logits
    raised = np.exp(logits - logits.max())
    shares: Logits = raised / raised.sum()
    return shares


def _best(starts: Logits, ends: Logits, at: Sequence[Span]) -> tuple[Span | None, float]:
    """Give the likeliest words of at most LONGEST_ANSWER tokens, and their probability."""
    if not at:
        return None, 0.0
    both = np.triu(np.outer(starts, ends)) - np.triu(np.outer(starts, ends), LONGEST_ANSWER)
    first, last = divmod(int(both.argmax()), len(at))
    return Span(at[first].start, at[last].end), float(both[first, last])


def _by_sentence(
    shares: Logits, at: Sequence[Span], sentences: Sequence[Span]
) -> tuple[float, ...]:
    """Add up what falls to each sentence; what falls between two goes to none."""
    return tuple(
        float(sum(share for share, span in zip(shares, at, strict=True) if sentence.overlaps(span)))
        for sentence in sentences
    )
