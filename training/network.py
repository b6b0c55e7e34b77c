"""The reader's network: one pass over question and passage gives relevance, answerability and span.

BERT's encoder (Devlin et al., NAACL 2019) in MiniLM's size (Wang et al., NeurIPS 2020), begun from
the carried cross-encoder's weights. `[CLS] question [SEP] title, passage [SEP]` goes in.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
LAYERS = 12
HEADS = 12
WORDS = 30_522
PLACES = 512
_EPSILON = 1e-12
_MASKED = -1e4


class Layer(nn.Module):
    """Attends, then thinks about it. No dropout: its random numbers are slow on a processor."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.seen = nn.Linear(WIDTH, WIDTH)
        self.after_seeing = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.after_thinking = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Shape (rows, tokens, WIDTH) in and out; `mask` is added to the attention's logits."""
        rows, tokens, _ = x.shape
        parts = self.qkv(x).view(rows, tokens, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.after_seeing(x + self.seen(seen.transpose(1, 2).reshape(rows, tokens, WIDTH)))
        return self.after_thinking(x + self.narrow(functional.gelu(self.wide(x))))


class Reader(nn.Module):
    """Relevance as the carried cross-encoder has it, and what it doesn't have."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(WORDS, WIDTH)
        self.place = nn.Embedding(PLACES, WIDTH)
        self.kind = nn.Embedding(2, WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pool = nn.Linear(WIDTH, WIDTH)
        self.relevance = nn.Linear(WIDTH, 1)
        self.answer_pool = nn.Linear(WIDTH, WIDTH)
        self.answerability = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Read pairs.

        Args:
            ids: Shape (rows, tokens).
            kinds: The same shape; 0 in the question, 1 in the passage.
            mask: The same shape, true where there is a token.

        Returns:
            Logits: relevance and answerability, shape (rows,); start and end of the answer, shape
            (rows, tokens).
        """
        x = self.word(ids) + self.kind(kinds) + self.place.weight[: ids.shape[1]]
        x = self.embedded(x)
        hidden = torch.zeros(mask.shape, dtype=x.dtype, device=x.device)
        hidden = hidden.masked_fill(~mask, _MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        first = x[:, 0]
        relevance = self.relevance(torch.tanh(self.pool(first)))[:, 0]
        answerability = self.answerability(torch.tanh(self.answer_pool(first)))[:, 0]
        start, end = self.span(x).unbind(-1)
        return relevance, answerability, start, end

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers as they are."""
        kept = [self.word, self.place, self.kind, self.embedded, *self.layers[:layers]]
        for module in kept:
            module.requires_grad_(False)

    def heads(self) -> list[nn.Parameter]:
        """Give what the carried model has not."""
        made = (self.answer_pool, self.answerability, self.span)
        return [parameter for module in made for parameter in module.parameters()]


def from_carried(model: Path) -> Reader:
    """Take the weights out of the carried int8 graph; its logits come out within 0.15."""
    graph = onnx.load(str(model)).graph
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    multiplied = {
        node.name: node.input[1].removesuffix("_quantized")
        for node in graph.node
        if node.op_type == "MatMulInteger"
    }
    reader = Reader()
    with torch.no_grad():
        _embeddings_from(reader, given)
        for number, layer in enumerate(reader.layers):
            _layer_from(layer, f"bert.encoder.layer.{number}", given, multiplied)
        _copy(reader.pool.weight, _whole(given, "bert.pooler.dense.weight").T)
        _copy(reader.pool.bias, given["bert.pooler.dense.bias"])
        _copy(reader.relevance.weight, _whole(given, "classifier.weight").reshape(1, WIDTH))
        _copy(reader.relevance.bias, given["classifier.bias"])
        reader.answer_pool.load_state_dict(reader.pool.state_dict())
        nn.init.zeros_(reader.answerability.weight)
        nn.init.zeros_(reader.answerability.bias)
        nn.init.normal_(reader.span.weight, std=0.02)
        nn.init.zeros_(reader.span.bias)
    return reader


def _embeddings_from(reader: Reader, given: dict[str, Any]) -> None:
    base = "bert.embeddings"
    _copy(reader.word.weight, _whole(given, f"{base}.word_embeddings.weight"))
    _copy(reader.place.weight, _whole(given, f"{base}.position_embeddings.weight"))
    _copy(reader.kind.weight, _whole(given, f"{base}.token_type_embeddings.weight"))
    _copy(reader.embedded.weight, given[f"{base}.LayerNorm.weight"])
    _copy(reader.embedded.bias, given[f"{base}.LayerNorm.bias"])


def _layer_from(layer: Any, name: str, given: dict[str, Any], multiplied: dict[str, str]) -> None:
    def weight(part: str) -> Any:
        path = f"/{name.replace('.', '/', 2).replace('layer/', 'layer.')}"
        return _whole(given, multiplied[f"{path}/{part}/MatMul_quant"]).T

    def bias(part: str) -> Any:
        return given[f"{name}.{part.replace('/', '.')}.bias"]

    three = [f"attention/self/{part}" for part in ("query", "key", "value")]
    _copy(layer.qkv.weight, np.concatenate([weight(part) for part in three]))
    _copy(layer.qkv.bias, np.concatenate([bias(part) for part in three]))
    for module, part in (
        (layer.seen, "attention/output/dense"),
        (layer.wide, "intermediate/dense"),
        (layer.narrow, "output/dense"),
    ):
        _copy(module.weight, weight(part))
        _copy(module.bias, bias(part))
    for module, part in (
        (layer.after_seeing, "attention.output.LayerNorm"),
        (layer.after_thinking, "output.LayerNorm"),
    ):
        _copy(module.weight, given[f"{name}.{part}.weight"])
        _copy(module.bias, given[f"{name}.{part}.bias"])


def _whole(given: dict[str, Any], name: str) -> Any:
    """Give weights in float32, whether they were carried in int8 or not."""
    if f"{name}_quantized" not in given:
        return given[name].astype(np.float32)
    zero = np.asarray(given.get(f"{name}_zero_point", 0), np.float32)
    return (given[f"{name}_quantized"].astype(np.float32) - zero) * given[f"{name}_scale"]


def _copy(parameter: nn.Parameter, values: Any) -> None:
    parameter.copy_(torch.tensor(np.ascontiguousarray(values), dtype=torch.float32))
