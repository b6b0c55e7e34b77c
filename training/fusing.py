"""carried cross-encoder -> the same weights in fewer, larger operations, kept in the cache folder.

The carried graph spells attention and normalisation out, quantises the same rows for query, key and
value, and masks what a single pair does not have. The graph written here gives the same logits (up
to rounding in int8) in about three quarters of the time, and loads in a quarter of it.
"""

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.seals import Seal, is_intact, sealed

if TYPE_CHECKING:
    from onnx import ModelProto

LAYERS = 12
HEADS = 12
LAYOUT = 1
"""Raised with every change to the graph: files of another layout are made anew."""
INPUTS = ("input_ids", "token_type_ids")

_FUSED = "com.microsoft"
_EPSILON = 1e-12
_QKV = ("query", "key", "value")


def fused_file(carried: Path, sha256: str, cache: Path) -> Path | None:
    """Give the fused graph of a carried model, made at the first call.

    Returns:
        An ONNX file that takes INPUTS of one pair, without padding; None where the cache
        can't be written.
    """
    if (ready := ready_file(sha256, cache)) is not None:
        return ready
    fused = _place_of(sha256, cache)
    try:
        fused.parent.mkdir(parents=True, exist_ok=True)
        _write(fused, _fuse(carried).SerializeToString())
        _write(_seal_of(fused), json.dumps(asdict(sealed(fused))).encode())
    except OSError:
        return None  # a cache that may not be written costs time, nothing else
    return fused


def ready_file(sha256: str, cache: Path) -> Path | None:
    """Give the fused graph if it was made before and is whole, else None."""
    fused = _place_of(sha256, cache)
    try:
        seal = Seal(**json.loads(_seal_of(fused).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return fused if is_intact(fused, seal) else None


def _place_of(sha256: str, cache: Path) -> Path:
    return cache / "rerankers" / f"{sha256[:24]}-{LAYOUT}.onnx"


def _seal_of(fused: Path) -> Path:
    return fused.with_suffix(".json")


def _write(path: Path, content: bytes) -> None:
    """Write a file beside and rename it, so that no reader sees half of it."""
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


class _Graph:
    """An ONNX graph as it grows; methods add a node and give its output's name."""

    def __init__(self, carried: Path) -> None:
        import onnx
        from onnx import numpy_helper

        self._onnx = onnx
        self._tensor = numpy_helper.from_array
        model = onnx.load(str(carried))
        self.given: dict[str, NDArray[Any]] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer
        }
        self.weights: dict[str, str] = {
            node.name: node.input[1].removesuffix("_quantized")
            for node in model.graph.node
            if node.op_type == "MatMulInteger"
        }
        self._nodes: list[Any] = []
        self._kept: dict[str, Any] = {}

    def keep(self, name: str, values: NDArray[Any]) -> str:
        """Add an initializer."""
        self._kept[name] = self._tensor(np.asarray(values, order="C"), name)
        return name

    def node(self, operation: str, inputs: list[str], name: str, **attributes: Any) -> str:
        """Add any operation with one output."""
        make = self._onnx.helper.make_node
        self._nodes.append(make(operation, inputs, [name], name=name, **attributes))
        return name

    def dense(self, x: str, names: list[str], bias: NDArray[Any], output: str) -> str:
        """Multiply by int8 weights, side by side if several are named; x is quantised as it is."""
        weights = [self.given[f"{name}_quantized"] for name in names]
        scales = [
            np.full(weight.shape[1], self.given[f"{name}_scale"], np.float32)
            for name, weight in zip(names, weights, strict=True)
        ]
        inputs = [
            x,
            self.keep(f"{output}.weight", np.concatenate(weights, axis=1)),
            self.keep(f"{output}.scale", np.concatenate(scales)),
            "",
            self.keep(f"{output}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, output, domain=_FUSED)

    def normal(self, x: str, name: str, output: str) -> str:
        """Normalise the rows."""
        scale = self.keep(f"{name}.weight", self.given[f"{name}.weight"])
        bias = self.keep(f"{name}.bias", self.given[f"{name}.bias"])
        inputs = [x, scale, bias]
        return self.node("LayerNormalization", inputs, output, axis=-1, epsilon=_EPSILON)

    def parted(self, x: str, outputs: list[str]) -> list[str]:
        """Cut the columns into equal parts."""
        self._nodes.append(
            self._onnx.helper.make_node("Split", [x], outputs, axis=2, num_outputs=len(outputs))
        )
        return outputs

    def model(self, output: str) -> "ModelProto":
        """Close the graph."""
        helper, types = self._onnx.helper, self._onnx.TensorProto
        inputs = [
            helper.make_tensor_value_info(name, types.INT64, ["rows", "tokens"]) for name in INPUTS
        ]
        outputs = [helper.make_tensor_value_info(output, types.FLOAT, ["rows", 1])]
        graph = helper.make_graph(
            self._nodes, "cross-encoder", inputs, outputs, list(self._kept.values())
        )
        operators = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
        model: ModelProto = helper.make_model(graph, opset_imports=operators, ir_version=9)
        return model


def _fuse(carried: Path) -> "ModelProto":
    """Lay the carried weights out anew."""
    graph = _Graph(carried)
    x = graph.normal(_embedded(graph), "bert.embeddings.LayerNorm", "layer.0")
    for layer in range(LAYERS):
        x = _layer(graph, x, layer)
    first = graph.node("Gather", [x, graph.keep("first", np.array(0, np.int64))], "cls", axis=1)
    given = graph.given
    pooled = graph.dense(first, ["bert.pooler.dense.weight"], given["bert.pooler.dense.bias"], "p")
    pooled = graph.node("Tanh", [pooled], "pooled")
    return graph.model(
        graph.dense(pooled, ["classifier.weight"], given["classifier.bias"], "logits")
    )


def _embedded(graph: _Graph) -> str:
    """Add up the embeddings of word, kind and place."""

    def looked_up(kind: str, ids: str) -> str:
        name = f"bert.embeddings.{kind}_embeddings.weight"
        table = graph.keep(name, graph.given[f"{name}_quantized"])
        inputs = [graph.node("Gather", [table, ids], f"{kind}.int8")]
        inputs += [graph.keep(f"{name}{end}", graph.given[f"{name}{end}"]) for end in _QUANTISED]
        return graph.node("DequantizeLinear", inputs, kind)

    words = graph.node(
        "Add",
        [looked_up("word", "input_ids"), looked_up("token_type", "token_type_ids")],
        "words",
    )
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    name = "bert.embeddings.position_embeddings.weight"
    scale, zero = (graph.given[f"{name}{end}"] for end in _QUANTISED)
    places = (graph.given[f"{name}_quantized"].astype(np.float32) - zero) * scale
    start = graph.keep("start", np.array([0], np.int64))
    inputs = [graph.keep(name, places.astype(np.float32)), start, length, start]
    return graph.node("Add", [words, graph.node("Slice", inputs, "places")], "embedded")


_QUANTISED = ("_scale", "_zero_point")


def _layer(graph: _Graph, x: str, layer: int) -> str:
    """Attend, then think about it."""
    given, weights = graph.given, f"bert.encoder.layer.{layer}"
    here = f"layer.{layer}"

    def named(part: str) -> str:
        return graph.weights[f"/bert/encoder/layer.{layer}/{part}/MatMul_quant"]

    def linear(inputs: str, part: str) -> str:
        bias = given[f"{weights}.{part.replace('/', '.')}.bias"]
        return graph.dense(inputs, [named(part)], bias, f"{here}.{part}")

    biases = np.concatenate([given[f"{weights}.attention.self.{part}.bias"] for part in _QKV])
    parts = [named(f"attention/self/{part}") for part in _QKV]
    parts = graph.parted(
        graph.dense(x, parts, biases, f"{here}.qkv"), [f"{here}.{part}" for part in _QKV]
    )
    seen = graph.node("MultiHeadAttention", parts, f"{here}.seen", domain=_FUSED, num_heads=HEADS)
    added = graph.node("Add", [linear(seen, "attention/output/dense"), x], f"{here}.added")
    x = graph.normal(added, f"{weights}.attention.output.LayerNorm", f"{here}.attended")
    wide = graph.node("Gelu", [linear(x, "intermediate/dense")], f"{here}.wide", domain=_FUSED)
    added = graph.node("Add", [linear(wide, "output/dense"), x], f"{here}.added.again")
    return graph.normal(added, f"{weights}.output.LayerNorm", f"layer.{layer + 1}")
