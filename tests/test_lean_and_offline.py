"""Asking imports neither torch nor sentence-transformers."""

import os
import subprocess
import sys

HEAVY = ("torch", "sentence_transformers", "transformers")

ASK = """
import sys
from qa.cli import main
try:
    main()
finally:
    heavy = [name for name in {heavy!r} if name in sys.modules]
    print("HEAVY", *heavy, file=sys.stderr)
"""


def run(code: str, places, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        text=True,
        check=False,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(("HF_", "TRANSFORMERS_"))},
            "QA_DATA_DIR": str(places.data),
            "QA_CACHE_DIR": str(places.cache),
        },
    )


def test_asking_imports_neither_torch_nor_sentence_transformers(seed_places, seed_index):
    question = "How many drones did Russia launch in the overnight attack?"
    asked = run(ASK.format(heavy=HEAVY), seed_places, "ask", "--index", str(seed_index), question)
    assert asked.returncode == 0, asked.stderr
    assert "352 drones" in asked.stdout
    assert asked.stderr.splitlines()[-1] == "HEAVY"


def test_the_check_for_heavy_imports_can_fail(seed_places):
    code = "import torch\n" + ASK.format(heavy=HEAVY)
    assert run(code, seed_places, "--version").stderr.splitlines()[-1] == "HEAVY torch"
