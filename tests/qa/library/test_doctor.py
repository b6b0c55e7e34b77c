"""The doctor: what is whole is well, and each thing that can be wrong is found."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from importlib import metadata

import pytest
from stand_ins import ingest

from index.health import Check
from index.models.sources import ENCODER
from index.store.embedded.storage import Store
from qa.library import doctor
from qa.library.doctor import check_machine, checks
from qa.library.places import Places, corpora, index_folder_named

HERON = "The heron ate three frogs before noon. It slept in the reeds.\n"


def by_name(found: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in found}


def test_a_sound_machine_is_well_and_nothing_on_it_changes(seed_places, seed_index):
    before = {path: path.stat().st_mtime_ns for path in seed_index.glob("*.faiss")}
    names = {path.name for path in seed_places.data.rglob("*")}
    found = by_name(list(checks(seed_places, model=None)))
    failed = [check for check in found.values() if check.verdict == "failed"]
    assert not failed
    corpus = next(one for one in corpora(seed_places) if one.folder == seed_index)
    assert found[f"index {corpus.name}"] == Check(
        f"index {corpus.name}", "ok", "sound; articles: 5", part="index"
    )
    assert {found[name].verdict for name in ("encoder", "compiled encoder", "reader")} == {"ok"}
    assert found["network"].verdict == "ok"
    assert before == {path: path.stat().st_mtime_ns for path in seed_index.glob("*.faiss")}
    assert names == {path.name for path in seed_places.data.rglob("*")}


def test_every_index_is_looked_at_and_a_broken_one_does_not_end_it(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "check_models", lambda *_: iter(()))
    places = Places(data=tmp_path / "data", cache=tmp_path / "cache")
    (tmp_path / "heron.txt").write_text(HERON)
    for name in ("good", "torn"):
        folder = index_folder_named(name, places=places)
        ingest(tmp_path / "heron.txt", folder)
        with closing(Store.create(folder)) as store, store.transaction():
            store.set_manifest("model", ENCODER.model)
            store.set_manifest("fingerprint", ENCODER.sha256)
    (index_folder_named("torn", places=places) / "index.sqlite3").write_bytes(b"torn" * 100)
    found = by_name(list(checks(places, model=None)))
    assert found["index good"].verdict == "ok"
    torn = found["index torn"]
    assert (torn.verdict, torn.part, "--repair" in torn.advice) == ("failed", "index", True)
    assert found["disk"].verdict == "ok"


def test_repairing_mends_every_index_that_can_be_and_says_what_it_did(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "check_models", lambda *_: iter(()))
    places = Places(data=tmp_path / "data", cache=tmp_path / "cache")
    (tmp_path / "heron.txt").write_text(HERON)
    for name in ("cut", "good", "lost"):
        folder = index_folder_named(name, places=places)
        ingest(tmp_path / "heron.txt", folder)
        with closing(Store.create(folder)) as store, store.transaction():
            store.set_manifest("model", ENCODER.model)
            store.set_manifest("fingerprint", ENCODER.sha256)
    database = index_folder_named("cut", places=places) / "index.sqlite3"
    raw = database.read_bytes()
    database.write_bytes(raw[:-4096] + bytes(4096))
    for file in index_folder_named("lost", places=places).iterdir():
        file.write_bytes(b"lost")
    done = by_name(list(doctor.repairs(places, report=lambda _: None)))
    assert (done["repair good"].verdict, done["repair good"].says) == ("ok", "nothing to mend")
    assert done["repair cut"].verdict == "ok"
    assert "the index was damaged" in done["repair cut"].says
    assert (done["repair lost"].verdict, done["repair lost"].part) == ("failed", "index")
    assert "--rebuild" in done["repair lost"].advice
    found = by_name(list(checks(places, model=None)))
    verdicts = [found[f"index {name}"].verdict for name in ("cut", "good", "lost")]
    assert verdicts == ["ok", "ok", "failed"]


def test_without_any_index_the_next_step_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "check_models", lambda *_: iter(()))
    places = Places(data=tmp_path / "data", cache=tmp_path / "cache")
    indexes = by_name(list(checks(places, model=None)))["indexes"]
    assert (indexes.verdict, indexes.advice) == ("ok", "qa index PATH")
    assert not places.data.exists()


def test_a_model_that_wants_the_network_is_refused_it_and_named(tmp_path, monkeypatch):
    def wanting(*_: object) -> object:
        with pytest.raises(OSError, match="no network"):
            socket.getaddrinfo("localhost", 1)
        yield Check("encoder", "ok", "loaded all the same")

    monkeypatch.setattr(doctor, "check_models", wanting)
    places = Places(data=tmp_path, cache=tmp_path)
    network = by_name(list(checks(places, model=None)))["network"]
    assert (network.verdict, "getaddrinfo" in network.says) == ("failed", True)
    assert socket.getaddrinfo("127.0.0.1", 1)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Give the checks of Python and packages, as this project's metadata would have them."""
    monkeypatch.setattr(doctor, "check_models", lambda *_: iter(()))

    def check(*needed: str, python: str = ">=3.11") -> dict[str, Check]:
        monkeypatch.setattr(doctor, "requires", lambda _: list(needed))
        monkeypatch.setattr(doctor, "metadata", lambda _: {"Requires-Python": python})
        places = Places(data=tmp_path, cache=tmp_path)
        return by_name(list(checks(places, model=None)))

    return check


def test_packages_are_compared_with_the_tested_versions(program):
    there = metadata.version("click")
    assert program(f"click=={there}", 'pytest<1; extra == "dev"')["packages"].verdict == "ok"
    odd = program("click<1", "rich")["packages"]
    assert (odd.verdict, f"click {there} (tested: <1)" in odd.says) == ("warning", True)
    absent = program("no-such-package>=1", "click<1")["packages"]
    assert (absent.verdict, absent.says) == ("failed", "missing: no-such-package")


def test_a_python_that_is_too_old_fails(program):
    assert program()["Python"].verdict == "ok"
    assert program(python=">=9")["Python"].verdict == "failed"


@pytest.mark.parametrize(
    ("free", "verdict"), [(10**12, "ok"), (10**8, "warning"), (10**6, "failed")]
)
def test_room_on_the_disk(program, monkeypatch, free, verdict):
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert program()["disk"].verdict == verdict


def test_a_data_folder_that_may_not_be_written_fails(program, monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    disk = program()["disk"]
    assert (disk.verdict, "may not be written" in disk.says, "QA_DATA_DIR" in disk.advice) == (
        "failed",
        True,
        True,
    )


def test_what_makes_a_processor_quick_is_named(tmp_path):
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("flags : fpu avx2 avx512_vnni amx_int8\n")
    assert "avx2, avx512_vnni, amx_int8" in check_machine(cpuinfo).says
    cpuinfo.write_text("flags : fpu sse2\n")
    assert check_machine(cpuinfo).verdict == "warning"
    assert "extensions" in check_machine(tmp_path / "absent").says


def test_the_command_runs_on_this_machine(seed_places):
    done = subprocess.run(
        [sys.executable, "-c", "from qa.cli import main; main()", "doctor", "--json"],
        env={
            **os.environ,
            "QA_CONFIG": os.devnull,
            "QA_DATA_DIR": str(seed_places.data),
            "QA_CACHE_DIR": str(seed_places.cache),
        },
        capture_output=True,
        check=False,
    )
    told = json.loads(done.stdout)
    assert (done.returncode, told["is_well"]) == (0, True), done.stderr
