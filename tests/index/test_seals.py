"""A derived file is trusted only if it is the one that was written."""

import os
import shutil
from pathlib import Path

import pytest

from index.seals import is_intact, looks_intact, sealed

SIZES = [1, 4096, 5000, 1_000_000]


def written(path: Path, size: int) -> Path:
    path.write_bytes(bytes(place * 7 % 251 for place in range(size)))
    return path


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_intact(tmp_path, size):
    path = written(tmp_path / "file", size)
    seal = sealed(path)
    assert is_intact(path, seal)
    assert looks_intact(path, seal)


@pytest.mark.parametrize("size", SIZES)
def test_a_copy_is_intact_though_its_time_is_another(tmp_path, size):
    path = written(tmp_path / "file", size)
    seal = sealed(path)
    copy = Path(shutil.copyfile(path, tmp_path / "copy"))
    os.utime(copy, ns=(1, 1))
    assert is_intact(copy, seal)
    assert not looks_intact(copy, seal)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", [0, -1])
def test_a_byte_changed_at_either_end_is_seen_whatever_the_time_says(tmp_path, size, place):
    path = written(tmp_path / "file", size)
    seal = sealed(path)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(seal.mtime_ns, seal.mtime_ns))
    assert not is_intact(path, seal)


def test_a_byte_changed_anywhere_is_seen_where_the_time_changed_too(tmp_path):
    path = written(tmp_path / "file", 1_000_000)
    seal = sealed(path)
    content = bytearray(path.read_bytes())
    content[5_001] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))
    assert not is_intact(path, seal)


def test_a_stretch_of_zeros_is_seen_whatever_the_time_says(tmp_path):
    path = written(tmp_path / "file", 1_000_000)
    seal = sealed(path)
    content = bytearray(path.read_bytes())
    content[400_000:440_000] = bytes(40_000)
    path.write_bytes(content)
    os.utime(path, ns=(seal.mtime_ns, seal.mtime_ns))
    assert not is_intact(path, seal)


@pytest.mark.parametrize("harm", ["cut", "grown", "missing"])
def test_another_size_or_none_is_seen(tmp_path, harm):
    path = written(tmp_path / "file", 5000)
    seal = sealed(path)
    if harm == "missing":
        path.unlink()
    else:
        os.truncate(path, 4999 if harm == "cut" else 5001)
    assert not is_intact(path, seal)
    assert not looks_intact(path, seal)
