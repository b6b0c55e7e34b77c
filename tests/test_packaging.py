"""What the project ships, and what it says about itself."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from qa.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DATA = [
    *(f"seeds/{path.name}" for path in (ROOT / "seeds").glob("*.txt")),
    "seeds/questions.jsonl",
    *(f"qa/schema/{name}-1.json" for name in ("reply", "error", "status", "list", "doctor")),
    *(str(path.relative_to(ROOT)) for path in (ROOT / "qa" / "tui").rglob("*.tcss")),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as opened:
        yield opened


def test_the_wheel_carries_all_data_byte_for_byte(wheel):
    assert len(DATA) >= 9
    for name in DATA:
        assert wheel.read(name) == (ROOT / name).read_bytes(), name


def test_the_wheel_carries_the_program_and_no_tests(wheel):
    names = wheel.namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"qa", "index", "seeds"}
    assert not [name for name in names if name.endswith(("__main__.py", ".pyc"))]


def test_the_wheel_carries_its_licence_and_notices_and_the_command(wheel):
    names = "\n".join(wheel.namelist())
    assert "licenses/LICENSE" in names
    assert "licenses/THIRD_PARTY_NOTICES.md" in names
    (scripts,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert b"qa = qa.cli:main" in wheel.read(scripts)


def test_the_notices_name_the_weights_that_are_checked():
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([0-9a-f]{64})`", notices))
    named = (ROOT / "index/models/sources.py", ROOT / "training/carried.py")
    checked = {
        one for file in named for one in re.findall(r'"([0-9a-f]{64})"', file.read_text("utf-8"))
    }
    assert len(told) == 2
    assert told <= checked


def test_the_notices_name_the_carriers_at_their_pinned_versions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    asked = [*project["dependencies"], *project["optional-dependencies"]["training"]]
    pinned = [line.split("==") for line in asked if "==" in line]
    assert len(pinned) == 2
    for name, version in pinned:
        assert f"`{name}` {version}" in notices


def test_the_licence_is_the_whole_apache_licence():
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("Apache License Version 2.0, January 2004")
    assert text.endswith("limitations under the License.")


def test_ci_checks_and_tests_and_does_nothing_else():
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "set -euo pipefail"
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
    assert os.access(script, os.X_OK)


def test_make_names_what_is_missing(tmp_path):
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    done = subprocess.run(
        ["make", "PYTHON=no-such-python", "chat"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "no-such-python is missing; on Debian run: sudo apt install python3" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name):
    assert f"qa {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_stays_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
