"""The chat on a terminal: what is typed too early, and whatever may end it too early."""

import itertools
import signal
import stat
import sys
from pathlib import Path

import pytest
from faulty_chat import BREAKS_SCREEN, BREAKS_WORKER, CURSED, ENDLESS, NEW
from pty_screen import PtyScreen, clean_environment
from stand_ins_chat import ATTACK

TESTS = Path(__file__).resolve().parents[2]
READY = "5 articles · 41 passages · seeds"
FIRST_FRAME = "Ask the articles a question."
CTRL_C, CTRL_O, CTRL_Q, CTRL_Z, CTRL_UNDERSCORE = "\x03", "\x0f", "\x11", "\x1a", "\x1f"


@pytest.fixture
def held_by(tmp_path):
    """As long as this file is there, the program neither loads nor indexes to the end."""
    file = tmp_path / "held"
    file.touch()
    return file


@pytest.fixture
def start(tmp_path):
    """Run the chat over the stand-in library on a terminal, and end it with the test."""
    running = []

    def run(*arguments, before=b"", has_shell=False, **more):
        places = {"QA_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": f"{TESTS}:{TESTS.parent}"}
        environment = clean_environment() | places | more
        program = [sys.executable, str(TESTS / "faulty_chat.py"), *arguments]
        running.append(PtyScreen(program, environment, before=before, has_shell=has_shell))
        return running[-1]

    yield run
    for screen in running:
        screen.close()


def faults(tmp_path):
    return {path.name.split("-")[2]: path for path in (tmp_path / "data" / "faults").iterdir()}


# What is typed too early


def test_a_question_typed_before_the_program_began_is_asked(start):
    screen = start(before=f"{ATTACK}\r".encode())
    screen.until("339 of the 352 drones")


def test_what_is_typed_while_it_starts_arrives_in_the_prompt_whole(start, held_by):
    screen = start(before="Wer schoß ".encode(), HELD_BY=str(held_by))
    screen.until_so(lambda: b"\x1b[?2004h" in screen.written, "a held keyboard")
    screen.type("“352” Drohnen ab – ")
    screen.type("\x1b[200~und\rwann\x1b[201~?")
    screen.until("Wer schoß “352” Drohnen ab – und", "│ wann?")


def test_what_is_typed_while_a_folder_is_indexed_first_waits_unseen(start, held_by, tmp_path):
    screen = start("chat", str(tmp_path / NEW), HELD_BY=str(held_by))
    screen.until("harbour.html")
    screen.type(f"{ATTACK}\rAnd ")
    screen.type("then?")
    held_by.unlink()
    shown = screen.until("339 of the 352 drones", "│ And then?")
    assert shown.count(ATTACK) == 1
    assert ATTACK.encode() not in screen.written.partition(b"\x1b[?1049h")[0]


def test_keys_that_are_no_utf_8_end_nothing(start):
    screen = start()
    screen.until(READY)
    screen.type(b"caf\xe9 au lait")
    screen.until("au lait")
    screen.type(CTRL_Q)
    assert screen.leave() == 0


# What ends it


def test_a_fault_of_the_screen_leaves_the_terminal_clean_and_keeps_the_conversation(
    start, tmp_path
):
    screen = start()
    screen.type(f"{ATTACK}\r")
    screen.until("339 of the 352 drones")
    screen.type(f"{BREAKS_SCREEN}\r")
    assert screen.leave() == 70
    assert screen.left_on() == []
    kept = faults(tmp_path)
    said = screen.last_line
    assert said.startswith("qa: the chat failed unexpectedly: AttributeError; details are in ")
    assert str(kept["fault"]) in said
    assert str(kept["conversation"]) in said
    assert "Traceback" not in screen.last_words
    assert "in reply_widgets" in kept["fault"].read_text(encoding="utf-8")
    conversation = kept["conversation"].read_text(encoding="utf-8")
    assert f"> {ATTACK}\n" in conversation
    assert "339 of the 352 drones" in conversation
    assert conversation.endswith(f"> {BREAKS_SCREEN}\n\n(no reply)\n")
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.values()} == {0o600}


def test_a_fault_of_a_worker_is_a_line_that_names_its_details_and_the_chat_goes_on(start, tmp_path):
    screen = start()
    screen.type(f"{BREAKS_WORKER}\r")
    screen.until("answering failed unexpectedly: ZeroDivisionError; details are in")
    assert "the worker divided␛[31m by nothing" in faults(tmp_path)["fault"].read_text("utf-8")
    screen.type(f"{ATTACK}\r")
    screen.until("339 of the 352 drones")
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []


def index_in_chat(screen, folder):
    folder.mkdir(exist_ok=True)
    screen.type(CTRL_O)
    screen.until("Index a folder")
    screen.type(f"{folder}\r")


def test_an_indexing_run_that_fails_unexpectedly_is_a_line_too(start, tmp_path):
    screen = start()
    screen.until(READY)
    index_in_chat(screen, tmp_path / CURSED)
    screen.until("failed unexpectedly: LookupError; details are in")
    assert "a parser lost its way" in faults(tmp_path)["fault"].read_text(encoding="utf-8")
    screen.type(CTRL_Q)
    assert screen.leave() == 0


def test_leaving_waits_for_no_indexing_run_that_cannot_stop(start, tmp_path):
    screen = start()
    screen.until(READY)
    index_in_chat(screen, tmp_path / ENDLESS)
    screen.until("for ever")
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []
    assert "what was indexed is kept" in screen.last_words


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_chat_with_its_code_and_a_clean_terminal(start, number, code):
    screen = start()
    screen.until(READY)
    screen.signal(number)
    assert screen.leave() == code
    assert screen.left_on() == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_first_indexing_run_likewise(start, held_by, tmp_path, number, code):
    screen = start("chat", str(tmp_path / NEW), HELD_BY=str(held_by))
    screen.until("harbour.html")
    screen.type(f"{ATTACK}\r")
    screen.signal(number)
    assert screen.leave() == code
    assert screen.left_on() == []
    assert screen.unread() == b""
    assert "Traceback" not in screen.text


def test_ctrl_c_during_the_first_indexing_run_says_what_is_kept(start, held_by, tmp_path):
    screen = start("chat", str(tmp_path / NEW), HELD_BY=str(held_by))
    screen.until("harbour.html")
    screen.type(f"{ATTACK}\r{CTRL_C}")
    assert screen.leave() == 130
    assert screen.unread() == b""
    assert "what was indexed is kept; to go on from there: qa index" in screen.last_words
    assert screen.last_line == "qa: interrupted"


@pytest.mark.parametrize("arguments", [(), ("chat", NEW)])
def test_a_terminal_that_goes_away_ends_the_program(start, held_by, arguments):
    screen = start(*arguments, HELD_BY=str(held_by))
    screen.until("harbour.html" if arguments else "loading the stand-in…")
    screen.hang_up()
    assert screen.running.wait(60) == 129


def test_leaving_while_the_models_load_is_no_fault(start, held_by):
    screen = start(HELD_BY=str(held_by))
    screen.until("loading the stand-in…")
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []


# What only interrupts it


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_pause_gives_the_terminal_back_and_takes_it_again(start, is_typed):
    screen = start(has_shell=True)
    screen.until(READY)
    if is_typed:
        screen.type(CTRL_Z)
    else:
        screen.signal(signal.SIGTSTP)
    screen.until_so(screen.is_stopped, "a stop")
    assert screen.left_on() == []
    seen = len(screen.written)
    screen.signal(signal.SIGCONT)
    screen.until_so(lambda: READY.encode() in screen.written[seen:], "the screen again")
    ask_once_back(screen)
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []


def ask_once_back(screen) -> None:
    """Ask as soon as keys are the chat's again: those of the moment of coming back may be lost."""
    looks = itertools.count()

    def is_answered() -> bool:
        if next(looks) % 100 == 0:
            screen.type(f"{ATTACK}\r")
        return "339 of the 352 drones" in screen.text

    screen.until_so(is_answered, "an answer")


def test_ctrl_z_where_there_is_no_shell_to_go_back_to_changes_nothing(start):
    screen = start()
    screen.until(READY)
    seen = len(screen.written)
    screen.type(CTRL_Z)
    screen.until_so(lambda: READY.encode() in screen.written[seen:], "the screen again")
    ask_once_back(screen)
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []


def test_what_was_typed_last_is_taken_back(start):
    screen = start()
    screen.until(READY)
    screen.type("first line\n")
    screen.until("│ first line")
    screen.type("second")
    screen.until("second")
    screen.type(CTRL_UNDERSCORE)
    screen.until_so(lambda: "second" not in screen.text, "the word taken back")


def test_a_stop_that_it_was_not_told_of_loses_nothing(start):
    screen = start()
    screen.until(READY)
    screen.signal(signal.SIGSTOP)
    screen.until_so(screen.is_stopped, "a stop")
    seen = len(screen.written)
    screen.signal(signal.SIGCONT)
    screen.until_so(lambda: READY.encode() in screen.written[seen:], "the screen again")
    ask_once_back(screen)
    screen.type(CTRL_Q)
    assert screen.leave() == 0
    assert screen.left_on() == []


def test_a_window_of_any_size_will_do_while_it_loads(start, held_by):
    screen = start(HELD_BY=str(held_by))
    screen.until("loading the stand-in…")
    for rows, columns in ((1, 1), (2, 7), (200, 300), (24, 80)):
        screen.resize(rows, columns)
    held_by.unlink()
    screen.type(f"{ATTACK}\r")
    screen.until("339 of the 352 drones")


@pytest.mark.parametrize("kind", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_draw_is_told_what_to_use_instead(start, kind):
    screen = start(TERM=kind)
    assert screen.leave() == 2
    assert "the chat needs a terminal that can draw" in screen.text
    assert screen.last_line.endswith("here, use: qa ask")
    assert b"\x1b" not in screen.written
