"""`qa ask` on a machine that lacks something: it still answers, and says so at most once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins import ignore

from index.errors import ModelMissing
from index.ingest.building import NOT_COMPILED, BuildOptions, build
from index.models.encoder import CompiledEncoder, compiled_folder
from index.models.loading import SLOW_TO_START
from index.models.sources import ENCODER, encoder_source
from qa.library.places import Places
from qa.library.workspace import Workspace
from qa.types import Answer, Question

ROOT = Path(__file__).resolve().parent.parent
ASKED = "How many drones did Russia launch in the overnight attack?"
SAID = "352 drones"
ONE_CORE = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
# Address space, of which resident memory is a part. It is reserved by the core, so two at most.
TWO_GIGABYTES = """
import os, resource
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
"""


@pytest.fixture
def cache(seed_places, tmp_path):
    """A cache of the test's own; its files are links, to be replaced and never written into."""
    return Path(shutil.copytree(seed_places.cache, tmp_path / "cache", copy_function=os.link))


def replaced(path, content):
    path.unlink()
    path.write_bytes(content)


def cut_short(path):
    replaced(path, path.read_bytes()[: path.stat().st_size // 2])


def encoder_in(cache):
    return compiled_folder(cache, encoder_source(None))


def ask(seed_index, cache, *asked, first=""):
    """Ask in a process that begins with some code of ours."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    code = f"{first}\nfrom qa.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "ask", "--index", str(seed_index), "-"],
        env=kept
        | {
            "PYTHONPATH": str(ROOT),
            "QA_CONFIG": os.devnull,
            "QA_DATA_DIR": str(seed_index.parent.parent),
            "QA_CACHE_DIR": str(cache),
        },
        input="".join(f"{question}\n" for question in asked or (ASKED,)),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("lacking", [ONE_CORE, TWO_GIGABYTES], ids=["one core", "2 GB"])
def test_one_core_or_little_memory_is_nothing_to_speak_of(seed_index, seed_places, lacking):
    done = ask(seed_index, seed_places.cache, first=lacking)
    assert done.returncode == 0, done.stderr
    assert SAID in done.stdout
    assert done.stderr == ""


def test_the_limit_on_memory_can_be_met(seed_index, seed_places):
    done = ask(seed_index, seed_places.cache, first=f"{TWO_GIGABYTES}\nbytearray(2 * 1024**3)")
    assert "MemoryError" in done.stderr


def test_a_cache_that_takes_no_file_costs_one_remark(seed_index, tmp_path):
    (tmp_path / "cache").touch()
    done = ask(seed_index, tmp_path / "cache", ASKED, "Who did Zelensky meet in London?")
    assert SAID in done.stdout, done.stderr
    folder = encoder_in(tmp_path / "cache")
    assert done.stderr == f"qa: no compiled encoder in {folder}, {SLOW_TO_START}\n"


def test_indexing_with_a_cache_that_takes_no_file_says_why_once(tmp_path):
    (tmp_path / "cache").touch()
    article = tmp_path / "heron.txt"
    article.write_text("The heron ate three frogs before noon.\n", encoding="utf-8")
    options = BuildOptions(cache=tmp_path / "cache")
    done = build(article, tmp_path / "index", options, report=ignore)
    assert done.articles == 1
    (remark,) = done.notices
    assert remark.startswith(f"{NOT_COMPILED}: cannot write the cache folder {options.cache}")


def test_a_compiled_encoder_cut_short_costs_one_remark(seed_index, cache):
    cut_short(encoder_in(cache) / "model.onnx.data")
    done = ask(seed_index, cache, ASKED, ASKED)
    assert done.stdout.count(SAID) >= 2, done.stderr
    (remark,) = done.stderr.splitlines()
    assert "is torn" in remark
    assert "`qa index PATH` makes it" in remark


@pytest.mark.parametrize("name", ["manifest.json", "model.onnx", "tokenizer.json"])
def test_each_file_of_a_compiled_encoder_is_refused_when_cut_short(cache, name):
    folder = encoder_in(cache)
    CompiledEncoder(folder, fingerprint=ENCODER.sha256)
    cut_short(folder / name)
    with pytest.raises(ModelMissing):
        CompiledEncoder(folder, fingerprint=ENCODER.sha256)


def test_a_compiled_encoder_of_other_weights_costs_one_remark(seed_places, seed_index, cache):
    manifest = encoder_in(cache) / "manifest.json"
    replaced(manifest, manifest.read_bytes().replace(ENCODER.sha256.encode(), b"0" * 64))
    opened = Workspace(seed_index, places=Places(data=seed_places.data, cache=cache))
    try:
        first, second = (opened.answer(Question(ASKED)) for _ in range(2))
    finally:
        opened.close()
    assert isinstance(first, Answer)
    assert SAID in first.quotes[0].text
    (remark,) = first.notices
    assert "of other weights" in remark
    assert remark.endswith(SLOW_TO_START)
    assert second.notices == ()
