"""hits -> hits, better ordered: a cross-encoder reads query and text together.

Source: Nogueira & Cho 2019; ms-marco-MiniLM-L-12-v2, int8, run by onnxruntime.
"""

from collections.abc import Sequence

import numpy as np

from index.encoder import padded, quiet_options
from index.models import RERANKER, Carrier, carried_folder


class CrossEncoder:
    """Reads pairs of query and text; about 60 pairs of 60 words a second on two cores."""

    max_tokens = 320
    """Of query and text together; passages stay well below it."""

    def __init__(self, carrier: Carrier = RERANKER, *, threads: int = 0) -> None:
        """Load it, to run on so many threads; 0 for as many as there are cores.

        Raises:
            ModelMissing: the weights are absent, or not the tested ones.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        folder = carried_folder(carrier)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.max_tokens, strategy="longest_first")
        self._tokenizer.no_padding()
        options = quiet_options(onnxruntime, threads=threads)
        self._session = onnxruntime.InferenceSession(
            str(folder / carrier.weights), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [feed.name for feed in self._session.get_inputs()]

    def knows(self, word: str) -> bool:
        """Say whether a lower-case word is a whole entry of the vocabulary (30,522 of them)."""
        return self._tokenizer.token_to_id(word) is not None

    def score(self, query: str, texts: Sequence[str], *, batch: int = 6) -> list[float]:
        """Say how well each text answers the query.

        Returns:
            One logit a text (about -11 to 11), in the order given; batches hold texts of like
            length, so that little is spent on padding.
        """
        encodings = self._tokenizer.encode_batch([(query, text) for text in texts])
        by_length = sorted(range(len(texts)), key=lambda row: len(encodings[row].ids))
        logits = np.empty(len(texts), np.float32)
        for first in range(0, len(by_length), batch):
            chosen = by_length[first : first + batch]
            feeds = padded([encodings[row] for row in chosen])
            outputs = self._session.run(None, {name: feeds[name] for name in self._inputs})[0]
            logits[chosen] = outputs[:, 0]
        return [float(logit) for logit in logits]
