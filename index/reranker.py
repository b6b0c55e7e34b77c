"""hits -> hits, better ordered: a cross-encoder reads query and text together.

Source: Nogueira & Cho 2019; ms-marco-MiniLM-L-12-v2, int8, run by onnxruntime.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from index.encoder import padded
from index.fusing import fused_file, ready_file
from index.models import RERANKER, Carrier, carried_folder, located
from index.sessions import session

REMEMBERED = 4_096
"""Pairs whose logits are kept, so that a question asked again costs nothing; about 3 MB."""


class CrossEncoder:
    """Reads pairs of query and text, and remembers what it read."""

    max_tokens = 320
    """Of query and text together; passages stay well below it."""

    def __init__(
        self, carrier: Carrier = RERANKER, *, threads: int = 0, cache: Path | None = None
    ) -> None:
        """Load it.

        Args:
            carrier: Whose weights.
            threads: Pairs read at a time; 0 for as many as there are cores.
            cache: Folder for a graph that runs faster; None to run the carried one.

        Raises:
            ModelMissing: the weights are absent, or not the tested ones.
        """
        from tokenizers import Tokenizer

        quicker = ready_file(carrier.sha256, cache) if cache else None
        folder = located(carrier) if quicker else carried_folder(carrier)
        weights = folder / carrier.weights
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.max_tokens, strategy="longest_first")
        self._tokenizer.no_padding()
        if cache and quicker is None:
            quicker = fused_file(weights, carrier.sha256, cache)
        self._session = session(quicker or weights, threads=1)
        self._inputs = [feed.name for feed in self._session.get_inputs()]
        self._readers = ThreadPoolExecutor(threads or len(os.sched_getaffinity(0)), "reranker")
        self._read: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    def knows(self, word: str) -> bool:
        """Say whether a lower-case word is a whole entry of the vocabulary (30,522 of them)."""
        return self._tokenizer.token_to_id(word) is not None

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """Say how well each text answers the query.

        Returns:
            One logit a text (about -11 to 11), in the order given. Each pair is read by itself,
            so that its logit is the same in any company: activations are quantised by the range
            that they have together.
        """
        with self._lock:
            logits = {text: self._read.get((query, text)) for text in texts}
        unread = [text for text, logit in logits.items() if logit is None]
        encodings = self._tokenizer.encode_batch([(query, text) for text in unread])
        pairs = sorted(
            zip(encodings, unread, strict=True), key=lambda pair: len(pair[0].ids), reverse=True
        )
        told = self._readers.map(self._logit, [encoding for encoding, _ in pairs])
        fresh = {text: logit for (_, text), logit in zip(pairs, told, strict=True)}
        with self._lock:
            self._read.update(((query, text), logit) for text, logit in fresh.items())
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        return [fresh[text] if text in fresh else float(logits[text] or 0.0) for text in texts]

    def _logit(self, encoding: Any) -> float:
        feeds = padded([encoding])
        return float(
            self._session.run(None, {name: feeds[name] for name in self._inputs})[0].item()
        )
