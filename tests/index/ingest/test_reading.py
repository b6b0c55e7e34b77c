"""Files -> what they gave: in order, and no file can stop the others."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from index.ingest.reading import Job, in_processes, read_all, read_one, seconds_for
from index.ingest.walk import walk
from index.rules import Rules
from index.store.writer import PreparedFile

PAGE = "<html><head><title>Heron</title></head><body><article><p>{}</p></article></body></html>"
WORDS = "One morning the heron ate {} frogs before noon, then it slept in the reeds until evening. "


def jobs_of(root: Path) -> list[Job]:
    return [Job(found, root) for found in walk(root, Rules()).files]


def misbehave(job: Job) -> PreparedFile:
    """Crash, hang, sleep, or eat memory as the file's name says."""
    name = job.found.path
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    while name.startswith("hang"):
        math.factorial(50)
    if name.startswith("sleep"):
        time.sleep(600)
    if name.startswith("eat"):
        return PreparedFile("x" * 10_000_000_000, "text", "", (), ())
    if name.startswith("bug"):
        raise LookupError(f"nobody foresaw {name}")
    return read_one(job)


def take_a_while(job: Job) -> PreparedFile:
    """Say that reading has begun, then compute a little, or sleep until there is a file "go"."""
    job.found.file.with_suffix(".begun").touch()
    if job.found.path.startswith("sleep"):
        while not job.found.file.with_name("go").exists():
            time.sleep(0.01)
    else:
        until = time.process_time() + 0.5
        while time.process_time() < until:
            math.factorial(50)
    return read_one(job)


@pytest.fixture
def short_limits(monkeypatch):
    monkeypatch.setattr("index.ingest.reading.SECONDS", 1.0)
    monkeypatch.setattr("index.ingest.processes.LOOK_S", 0.05)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def test_files_come_in_order_and_are_split(root):
    for number in range(12):
        (root / f"{number:02}.html").write_text(PAGE.format(WORDS.format(number) * 3))
    given = list(read_all(jobs_of(root)))
    assert [job.found.path for job, _ in given] == [f"{number:02}.html" for number in range(12)]
    assert all("frogs" in done.articles[0].article.text for _, done in given)
    assert all(done.articles[0].passages and len(done.sha256) == 64 for _, done in given)


def test_a_file_that_crashes_hangs_or_eats_memory_is_named_and_the_others_go_on(root, short_limits):
    for name in ("a", "crash", "eat", "hang", "sleep", "z"):
        (root / f"{name}.txt").write_text(WORDS.format(name))
    given = {job.found.path: done for job, done in in_processes(jobs_of(root), misbehave)}
    assert [path for path, done in given.items() if done.articles] == ["a.txt", "z.txt"]
    skipped = {path: done.skipped[0] for path, done in given.items() if done.skipped}
    assert "crashed" in skipped["crash.txt"].reason
    assert "memory" in skipped["eat.txt"].reason
    for path in ("hang.txt", "sleep.txt"):
        assert (skipped[path].kind, "tries once more" in skipped[path].reason) == ("too slow", True)


def test_what_was_too_slow_before_gets_twice_the_time_and_no_third_try(root, short_limits):
    (root / "hang.txt").write_text(WORDS.format("no"))
    (job,) = jobs_of(root)
    again = replace(job, was_too_slow=True)
    assert seconds_for(again) == 2 * seconds_for(job)
    ((_, done),) = in_processes([again], misbehave)
    assert (done.skipped[0].kind, "twice" in done.skipped[0].reason) == ("too slow twice", True)


def test_a_reader_that_dies_at_once_is_never_waited_for(root):
    for number in range(30):
        (root / f"crash-{number:02}.txt").write_text(WORDS.format(number))
    for _, done in in_processes(jobs_of(root), misbehave):
        assert "crashed" in done.skipped[0].reason
        math.factorial(10_000)  # as when a model is loaded meanwhile, and nothing else gets on


def test_a_fault_of_ours_while_reading_is_not_taken_for_one_of_the_file(root):
    (root / "bug.txt").write_text(WORDS.format("two"))
    with pytest.raises(LookupError, match="nobody foresaw"):
        list(in_processes(jobs_of(root), misbehave))


def test_leaving_off_stops_the_readers(root):
    for name in ("a", "hang-1", "hang-2", "sleep"):
        (root / f"{name}.txt").write_text(WORDS.format(name))
    readings = in_processes(jobs_of(root), misbehave)
    job, _ = next(readings)
    assert job.found.path == "a.txt"
    readings.close()


READ = """
import os, sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(os.pathsep)
import test_reading
from index.ingest import processes, reading
reading.SECONDS, processes.LOOK_S = float(sys.argv[4]), 0.05
jobs = test_reading.jobs_of(Path(sys.argv[3]))
for job, done in reading.in_processes(jobs, getattr(test_reading, sys.argv[2])):
    print(job.found.path, [skip.kind for skip in done.skipped], flush=True)
"""


@contextmanager
def reading_beside(root: Path, how: str, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    """Read the files of a folder in a session of its own, a line for each."""
    here = os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[2])))
    with subprocess.Popen(
        [sys.executable, "-c", READ, here, how, str(root), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_a_machine_that_stands_still_for_longer_than_a_file_may_take_loses_no_file(root):
    for name in ("compute", "sleep"):
        (root / f"{name}.txt").write_text(WORDS.format(name))
    with reading_beside(root, "take_a_while", 1.5) as process:
        until(lambda: len(list(root.glob("*.begun"))) == 2)
        os.killpg(process.pid, signal.SIGSTOP)
        stopped_at = time.monotonic()
        until(lambda: time.monotonic() - stopped_at > 4)
        os.killpg(process.pid, signal.SIGCONT)
        (root / "go").touch()
        assert process.stdout is not None
        assert process.stdout.read() == "compute.txt []\nsleep.txt []\n"


@pytest.mark.parametrize("name", ["hang", "sleep"])
def test_readers_do_not_outlive_a_process_that_was_killed_while_they_read(root, name):
    for number in range(3):
        (root / f"{name}-{number}.txt").write_text(WORDS.format(number))
    (root / "a.txt").write_text(WORDS.format("no"))
    with reading_beside(root, "misbehave", 600) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "a.txt []\n"
        assert len(members(process.pid)) >= 3
        process.kill()
        process.wait()
        until(lambda: members(process.pid) == [])


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something to be so; fail after a minute."""
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be")


def members(session: int) -> list[str]:
    """Name the processes of a session that are still running."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(folder.name)
    return found


NOWHERE = """
import os, sys
from pathlib import Path
from index.ingest.reading import read_all, Job
from index.rules import Rules
from index.ingest.walk import walk
root, gone = Path(sys.argv[1]), Path(sys.argv[2])
os.chdir(gone)
gone.rmdir()
for job, done in read_all([Job(found, root) for found in walk(root, Rules()).files]):
    print(len(done.articles))
"""


def test_files_are_read_though_the_working_directory_is_gone(root, tmp_path):
    (root / "heron.html").write_text(PAGE.format(WORDS.format(3)))
    gone = tmp_path / "gone"
    gone.mkdir()
    read = subprocess.run(
        [sys.executable, "-c", NOWHERE, str(root), str(gone)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        capture_output=True,
        check=False,
    )
    assert (read.stdout, read.returncode) == (b"1\n", 0), read.stderr
