"""What nobody foresaw: its details are kept, for one pair of eyes."""

import stat
from pathlib import Path

import pytest

from qa.faults import Faults


def look_for(words):
    raise KeyError(words)


def fault(words="no such heron"):
    try:
        look_for(words)
    except KeyError as error:
        return error


def named(told: str) -> list[Path]:
    return [Path(word.rstrip(",")) for word in told.split() if word.startswith("/")]


def test_details_have_the_traceback_and_are_for_the_user_alone(tmp_path):
    told = Faults(tmp_path / "faults").told(fault())
    (details,) = named(told)
    assert told == f"KeyError; details are in {details}"
    assert "raise KeyError(words)" in details.read_text(encoding="utf-8")
    assert stat.S_IMODE(details.stat().st_mode) == 0o600
    assert stat.S_IMODE(details.parent.stat().st_mode) == 0o700


def test_a_conversation_is_kept_beside_the_details(tmp_path):
    details, conversation = named(Faults(tmp_path).told(fault(), "> Where?\n\nAt the weir.\n"))
    assert conversation.read_text(encoding="utf-8") == "> Where?\n\nAt the weir.\n"
    assert details.parent == conversation.parent == tmp_path
    assert stat.S_IMODE(conversation.stat().st_mode) == 0o600


def test_a_fault_that_comes_again_is_written_once(tmp_path):
    faults = Faults(tmp_path)
    assert faults.told(fault()) == faults.told(fault())
    assert len(list(tmp_path.iterdir())) == 1


def test_words_of_an_article_in_an_error_steer_no_terminal(tmp_path):
    (details,) = named(Faults(tmp_path).told(ValueError("\x1b]52;c;aGVyb24=\x07")))
    assert "\x1b" not in details.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["lone \ud800 half", "\u202eturned"])
def test_any_words_can_be_kept(tmp_path, words):
    assert named(Faults(tmp_path).told(ValueError(words)))


def test_where_the_folder_cannot_be_written_the_temporary_one_is(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "file").touch()
    details, conversation = named(Faults(tmp_path / "file" / "below").told(fault(), "> Why?\n"))
    assert details.parent == conversation.parent == tmp_path


def test_where_nothing_can_be_written_the_error_itself_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    assert Faults(tmp_path / "file").told(fault("no such heron")) == "'no such heron'"
