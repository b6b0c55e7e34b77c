"""`qa` as a process: streams, pipes, locales, and what it imports."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_rooms import SAID

ROOT = Path(__file__).resolve().parents[3]
REAL = "from qa.cli import main; main()"
STAND_IN = """
import os
from cli_rooms import StandInRooms, SHOWN, report_on
from index.types import Skipped
from qa.cli import main
class Rooms(StandInRooms):
    def build(self, paths, **more):
        odd = Skipped(os.fsdecode(b"caf\\xe9.txt"), "odd")
        return [report_on(path, skipped=(odd,)) for path in paths]
main(Rooms())
"""


def qa(*args, code=STAND_IN, env=(), **more):
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        env=environment() | dict(env),
        timeout=60,
        check=False,
        **{"capture_output": True, **more},
    )


def environment():
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        "QA_CONFIG": os.devnull,
    }


def test_codes_reach_the_shell():
    assert qa("ask", "drones").returncode == 0
    assert qa("ask", "cup").returncode == 1
    assert qa("ask", " ").returncode == 2


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom qa.cli import main\n"
        "try: main()\n"
        "except SystemExit: print([name for name in ('torch', 'sentence_transformers', 'faiss',"
        " 'onnxruntime', 'numpy', 'textual', 'rich', 'platformdirs') if name in sys.modules])"
    )
    done = qa("--help", code=code)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_version_is_that_of_the_project():
    tool = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    done = qa("--version", code=REAL)
    name, _, version = done.stdout.decode().strip().rpartition(" ")
    assert name == "qa, version"
    assert f'version = "{version}"' in tool


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_output_is_utf8_under_every_locale(locale):
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = qa("ask", "-", "--json", env=env, input="drones in Zürich – “sure”?\n".encode())
    assert "Zürich – “sure”?" in done.stdout.decode("utf-8")


def test_a_path_that_is_no_text_is_still_printed():
    done = qa("index", b"caf\xe9", b"b")
    assert done.returncode == 0
    assert "skipped caf⟨U+DCE9⟩.txt: odd" in done.stderr.decode("utf-8")
    assert "caf⟨U+DCE9⟩: Indexed 5 articles" in done.stdout.decode("utf-8")


def test_words_that_are_no_text_are_wrong_use():
    assert qa("ask", b"caf\xe9").returncode == 2


def test_no_colour_reaches_a_pipe():
    for args in (("ask", "drones"), ("show", "a.txt"), ("status",), ("--help",)):
        assert b"\x1b" not in qa(*args, env={"FORCE_COLOR": "1"}).stdout


def test_a_closed_pipe_ends_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = qa(
            "ask", "-", "--json",
            input=b"drones\n" * 3, capture_output=False, stdout=writing, stderr=subprocess.PIPE,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_under_stdout_is_code_5():
    with Path("/dev/full").open("wb") as full:
        done = qa("ask", "--json", "drones", capture_output=False, stdout=full, stderr=-1)
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1] == b"qa: can't use standard output: No space left on device"


def on_terminal(*args, **env):
    """Run qa with stdout on a terminal, and give what it wrote there."""
    master, slave = pty.openpty()
    try:
        done = qa(
            *args,
            env={"TERM": "xterm-256color", "NO_COLOR": "", **env},
            capture_output=False,
            stdout=slave,
            stderr=subprocess.PIPE,
        )
        assert done.returncode == 0, done.stderr
        return os.read(master, 65536).decode("utf-8")
    finally:
        os.close(master)
        os.close(slave)


def test_a_terminal_shows_what_was_left_out_dimmed():
    shown = on_terminal("show", "a.txt")
    assert "2  \x1b[2mShare This Article\x1b[0m" in shown
    assert "Kyiv said so. \x1b[2mBy AI\x1b[0m" in shown
    assert "~" not in shown


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_is_to_be_plain_gets_no_escapes(env):
    assert "2~ Share This Article" in on_terminal("show", "a.txt", **env)
    assert "\x1b" not in on_terminal("ask", "drones", **env)


def test_a_terminal_gets_the_quote_lit():
    assert "\x1b[1;4m352 drones" in on_terminal("ask", "drones")


def start_lines():
    return subprocess.Popen(
        [sys.executable, "-c", STAND_IN, "ask", "-"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_each_reply_is_flushed_before_the_next_line_is_read():
    with start_lines() as running:
        running.stdin.write(b"drones\n")
        running.stdin.flush()
        assert running.stdout.readline() == b"> drones\n"
        while SAID.encode() not in running.stdout.readline():
            pass
        assert running.poll() is None
        running.stdin.close()
        assert running.wait(30) == 0


def test_an_interruption_is_code_130_and_one_line():
    with start_lines() as running:
        running.stdin.write(b"drones\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 130
        assert running.stderr.read().splitlines()[-1] == b"qa: interrupted"


@pytest.mark.parametrize("args", [("ask", "drones"), ("status",), ("doctor",), ("chat",)])
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_fault(args, closed):
    shell = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", STAND_IN, *args]
    done = subprocess.run(shell, env=environment(), timeout=60, check=False, capture_output=True)
    assert done.returncode == (2 if args == ("chat",) else 0)
    assert b"Traceback" not in done.stderr


def test_questions_are_not_awaited_where_nobody_can_type_them():
    shell = ["/bin/sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", STAND_IN, "ask", "-"]
    done = subprocess.run(shell, env=environment(), timeout=60, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_working_directory_that_is_gone_is_told(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = ["/bin/sh", "-c", f'cd "{gone}" && rmdir "{gone}" && exec "$@"', "sh"]
    program = [sys.executable, "-c", REAL, "index", "."]
    done = subprocess.run(
        [*shell, *program], env=environment(), timeout=60, check=False, capture_output=True
    )
    assert done.returncode == 2
    said = done.stderr.splitlines()[-1]
    assert said == b"qa: the folder that you are in is gone; change to another one"


def test_an_import_that_ctrl_c_breaks_off_is_an_interruption():
    code = """
from click.testing import CliRunner
from cli_rooms import StandInRooms
from qa.cli import cli
class Rooms(StandInRooms):
    def open(self, folder):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("initialization failed") from error
done = CliRunner().invoke(cli, ["ask", "drones"], obj=Rooms())
print(done.exit_code, done.stderr)
"""
    assert qa(code=code).stdout.split(maxsplit=1) == [b"130", b"qa: interrupted\n\n"]
