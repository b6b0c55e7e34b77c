"""The wheel, installed: it answers from any directory, and programs can ask it."""

import os
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import seeds

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "Where did Zelensky meet King Charles?"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An environment with our wheel; what it depends on comes from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    paths = run(str(python), "-c", "import sysconfig as s; print(s.get_path('purelib'))")
    others = dict.fromkeys([sysconfig.get_path("purelib"), *site.getsitepackages(), *sys.path])
    lines = [one for one in others if one.endswith("site-packages")]
    (Path(paths.strip()) / "others.pth").write_text("\n".join(lines), encoding="utf-8")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--force-reinstall",
        "--ignore-installed",
        str(wheel),
    )
    return python.parent


def run(*command, cwd=None, home=None):
    environ = {"PATH": os.environ["PATH"], "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if home is not None:
        environ |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
        environ["XDG_CACHE_HOME"] = str(home / "cache")
    done = subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory, seed_places):
    """A user who has compiled the encoder already, in a directory with nothing in it."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(seed_places.cache, folder / "cache" / "pullquote")
    return folder


def test_the_installed_command_answers_from_another_directory(installed, home):
    assert "Indexed 5 articles" in run(
        str(installed / "qa"), "index", str(seeds.folder()), cwd=home, home=home
    )
    said = run(str(installed / "qa"), "ask", QUESTION, cwd=home, home=home)
    assert "Windsor Castle" in said
    assert not [one for one in home.iterdir() if one.name not in {"cache", "data"}]


def test_a_program_asks_the_installed_package(installed, home):
    code = (
        "import qa; from qa import open_folder\n"
        f"with open_folder({str(seeds.folder())!r}) as articles:\n"
        f"    print(qa.__file__, articles.ask({QUESTION!r}).shown[0].text)"
    )
    said = run(str(installed / "python"), "-c", code, cwd=home, home=home)
    assert str(installed.parent) in said
    assert "Windsor Castle" in said
