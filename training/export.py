"""Weights of the reader -> one int8 ONNX graph that the product runs, with its seal beside it.

    python -m training.export WEIGHTS.pt [FOLDER]

Weights are int8, symmetric, one scale a column; activations are quantised as they come. The tables
of embeddings keep one scale each. Few large operations: attention, normalisation and GELU are one
node each.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from index.models.sources import READER_FOLDER, READER_WEIGHTS
from index.seals import digest
from training.carried import RERANKER, carried_folder
from training.network import HEADS, Reader

INPUTS = ("input_ids", "token_type_ids")
OUTPUTS = ("relevance", "answerability", "start", "end")
_TOP = 127
_EPSILON = 1e-12
_FUSED = "com.microsoft"

Array = NDArray[Any]


class Graph:
    """An ONNX graph as it grows; methods add a node and give its output's name."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._kept: dict[str, Any] = {}

    def keep(self, name: str, values: Array) -> str:
        """Add an initializer."""
        self._kept[name] = numpy_helper.from_array(np.asarray(values, order="C"), name)
        return name

    def node(self, operation: str, inputs: list[str], name: str, **attributes: Any) -> str:
        """Add any operation with one output."""
        self._nodes.append(helper.make_node(operation, inputs, [name], name=name, **attributes))
        return name

    def parted(self, x: str, outputs: list[str]) -> list[str]:
        """Cut the columns into equal parts."""
        made = helper.make_node("Split", [x], outputs, axis=2, num_outputs=len(outputs))
        self._nodes.append(made)
        return outputs

    def dense(self, x: str, layer: nn.Linear, name: str) -> str:
        """Multiply by int8 weights."""
        weights = values(layer.weight).T
        scales = np.maximum(np.abs(weights).max(0) / _TOP, 1e-9).astype(np.float32)
        small = np.clip(np.round(weights / scales), -_TOP, _TOP).astype(np.int8)
        inputs = [x, self.keep(f"{name}.weight", small), self.keep(f"{name}.scale", scales), ""]
        inputs.append(self.keep(f"{name}.bias", values(layer.bias)))
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=_FUSED)

    def plain(self, x: str, layer: nn.Linear, name: str) -> str:
        """Multiply in float32: for heads, which are small and decide."""
        product = self.node(
            "MatMul", [x, self.keep(f"{name}.weight", values(layer.weight).T)], f"{name}.product"
        )
        return self.node("Add", [product, self.keep(f"{name}.bias", values(layer.bias))], name)

    def normal(self, x: str, layer: nn.LayerNorm, name: str) -> str:
        """Normalise the rows."""
        inputs = [x, self.keep(f"{name}.weight", values(layer.weight))]
        inputs.append(self.keep(f"{name}.bias", values(layer.bias)))
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=_EPSILON)

    def table(self, embedding: nn.Embedding, ids: str, name: str) -> str:
        """Look rows up in an int8 table."""
        weights = values(embedding.weight)
        scale = np.float32(np.abs(weights).max() / _TOP)
        small = np.clip(np.round(weights / scale), -_TOP, _TOP).astype(np.int8)
        inputs = [self.node("Gather", [self.keep(f"{name}.table", small), ids], f"{name}.int8")]
        inputs += [self.keep(f"{name}.scale", np.array(scale))]
        inputs += [self.keep(f"{name}.zero", np.array(0, np.int8))]
        return self.node("DequantizeLinear", inputs, name)

    def model(self) -> onnx.ModelProto:
        """Close the graph."""
        shapes = (["rows", 1], ["rows", 1], ["rows", "tokens"], ["rows", "tokens"])
        graph = helper.make_graph(
            self._nodes,
            "reader",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"])
                for name in INPUTS
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
                for name, shape in zip(OUTPUTS, shapes, strict=True)
            ],
            list(self._kept.values()),
        )
        operators = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=9)


def values(parameter: torch.Tensor) -> Array:
    """Give a parameter as an array."""
    return np.asarray(parameter.detach().numpy(), np.float32)


def graph_of(reader: Reader) -> onnx.ModelProto:
    """Lay a reader's weights out."""
    graph = Graph()
    x = _embedded(graph, reader)
    for number, layer in enumerate(reader.layers):
        here = f"layer.{number}"
        parts = graph.parted(
            graph.dense(x, layer.qkv, f"{here}.qkv"),
            [f"{here}.{part}" for part in ("query", "key", "value")],
        )
        seen = graph.node(
            "MultiHeadAttention", parts, f"{here}.seen", domain=_FUSED, num_heads=HEADS
        )
        added = graph.node("Add", [graph.dense(seen, layer.seen, f"{here}.out"), x], f"{here}.add")
        x = graph.normal(added, layer.after_seeing, f"{here}.attended")
        wide = graph.node(
            "Gelu", [graph.dense(x, layer.wide, f"{here}.up")], f"{here}.wide", domain=_FUSED
        )
        added = graph.node(
            "Add", [graph.dense(wide, layer.narrow, f"{here}.down"), x], f"{here}.add.again"
        )
        x = graph.normal(added, layer.after_thinking, f"{here}.thought")
    first = graph.node("Gather", [x, graph.keep("first", np.array(0, np.int64))], "cls", axis=1)
    for pool, head, name in (
        (reader.pool, reader.relevance, "relevance"),
        (reader.answer_pool, reader.answerability, "answerability"),
    ):
        pooled = graph.node("Tanh", [graph.plain(first, pool, f"{name}.pool")], f"{name}.pooled")
        graph.plain(pooled, head, name)
    ends = graph.parted(graph.plain(x, reader.span, "span"), ["start.column", "end.column"])
    axis = graph.keep("last.axis", np.array([2], np.int64))
    for column, name in zip(ends, ("start", "end"), strict=True):
        graph.node("Squeeze", [column, axis], name)
    return graph.model()


def _embedded(graph: Graph, reader: Reader) -> str:
    """Add up the embeddings of word, kind and place."""
    words = graph.node(
        "Add",
        [
            graph.table(reader.word, INPUTS[0], "word"),
            graph.table(reader.kind, INPUTS[1], "kind"),
        ],
        "words",
    )
    length = graph.node("Shape", [INPUTS[0]], "length", start=1, end=2)
    start = graph.keep("start.of.places", np.array([0], np.int64))
    inputs = [graph.keep("places", values(reader.place.weight)), start, length, start]
    places = graph.node("Slice", inputs, "here")
    return graph.normal(graph.node("Add", [words, places], "sum"), reader.embedded, "embedded")


def export(weights: Path, folder: Path) -> Path:
    """Write the graph, its tokenizer, and the seal by which the product knows them."""
    reader = Reader()
    loaded = torch.load(weights)
    reader.load_state_dict({name: tensor.float() for name, tensor in loaded.items()})
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / READER_WEIGHTS
    onnx.save(graph_of(reader), str(written))
    tokenizer = carried_folder(RERANKER) / "tokenizer.json"
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    seals = {file.name: digest(file) for file in (written, folder / "tokenizer.json")}
    (folder / "reader.json").write_text(json.dumps(seals, indent=2) + "\n", encoding="utf-8")
    return written


if __name__ == "__main__":
    print(export(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else READER_FOLDER))
