"""Files -> what they gave: in order, and no file can stop the others."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.prepared import PreparedFile
from index.reading import Job, in_processes, read_all, read_one
from index.rules import Rules
from index.walk import walk

PAGE = "<html><head><title>Heron</title></head><body><article><p>{}</p></article></body></html>"
WORDS = "One morning the heron ate {} frogs before noon, then it slept in the reeds until evening. "


def jobs_of(root: Path) -> list[Job]:
    return [Job(found, root) for found in walk(root, Rules()).files]


def misbehave(job: Job) -> PreparedFile:
    """Crash, hang or eat memory as the file's name says."""
    name = job.found.path
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("eat"):
        return PreparedFile("x" * 10_000_000_000, "text", "", (), ())
    return read_one(job)


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


def test_a_file_that_crashes_hangs_or_eats_memory_is_named_and_the_others_go_on(root):
    for name in ("a", "crash", "eat", "hang", "z"):
        (root / f"{name}.txt").write_text(WORDS.format(name))
    given = {
        job.found.path: done for job, done in in_processes(jobs_of(root), misbehave, seconds=5)
    }
    assert [path for path, done in given.items() if done.articles] == ["a.txt", "z.txt"]
    reasons = {path: done.skipped[0].reason for path, done in given.items() if done.skipped}
    assert "crashed" in reasons["crash.txt"]
    assert "memory" in reasons["eat.txt"]
    assert "too long" in reasons["hang.txt"]


def test_leaving_off_stops_the_readers(root):
    for name in ("a", "hang-1", "hang-2"):
        (root / f"{name}.txt").write_text(WORDS.format(name))
    readings = in_processes(jobs_of(root), misbehave)
    job, _ = next(readings)
    assert job.found.path == "a.txt"
    readings.close()


NOWHERE = """
import os, sys
from pathlib import Path
from index.reading import read_all, Job
from index.rules import Rules
from index.walk import walk
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
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        capture_output=True,
        check=False,
    )
    assert (read.stdout, read.returncode) == (b"1\n", 0), read.stderr


KILLED = """
import sys
from pathlib import Path
from index.reading import read_all, Job
from index.rules import Rules
from index.walk import walk
root = Path(sys.argv[1])
for job, done in read_all([Job(found, root) for found in walk(root, Rules()).files]):
    print("read", flush=True)
    sys.stdin.read()
"""


def test_readers_do_not_outlive_a_process_that_was_killed(root):
    for number in range(40):
        (root / f"{number:02}.html").write_text(PAGE.format(WORDS.format(number) * 3))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"read\n"
        process.kill()
        process.wait()
    for _ in range(300):
        if not members(process.pid):
            break
        time.sleep(0.1)
    assert members(process.pid) == []


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
