"""The plain way, to compare with: sentence-transformers, a flat FAISS index, no reranker.

python tests/benchmarks/plain.py FOLDER QUESTION      asks once, from start to exit
"""

import sys
from pathlib import Path
from time import perf_counter

import faiss
from sentence_transformers import SentenceTransformer

from index.models.sources import encoder_source


def main() -> None:
    """Index the folder's paragraphs and print the nearest five."""
    folder, question = Path(sys.argv[1]), sys.argv[2]
    model = SentenceTransformer(str(encoder_source(None).folder), local_files_only=True)
    texts = [
        line
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    rows = faiss.IndexFlatIP(vectors.shape[1])
    rows.add(vectors)
    began = perf_counter()
    _, found = rows.search(model.encode([question], normalize_embeddings=True), 5)
    print(f"{perf_counter() - began:.4f}")
    print("\n".join(texts[row] for row in found[0]))


if __name__ == "__main__":
    main()
