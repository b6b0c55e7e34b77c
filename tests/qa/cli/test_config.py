"""Settings: which source wins, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli.config import THEMES, BadConfig, Config, read
from qa.tui import THEMES as THEMES_OF_THE_CHAT


@pytest.fixture
def written(tmp_path):
    """Write a settings file and give the environment that names it."""

    def write(toml):
        path = tmp_path / "config.toml"
        path.write_text(toml, encoding="utf-8")
        return {"QA_CONFIG": str(path)}

    return write


def test_without_anything_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read({}, environ={}) == Config()


def test_the_usual_file_is_read_where_it_exists(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "pullquote").mkdir()
    (tmp_path / "pullquote" / "config.toml").write_text("top = 7\n")
    assert read({}, environ={}).top == 7


def test_a_variable_beats_the_file_and_a_flag_beats_both(written):
    file = written("top = 2\n")
    assert read({}, environ=file).top == 2
    assert read({}, environ=file | {"QA_TOP": "3"}).top == 3
    assert read({"top": 4}, environ=file | {"QA_TOP": "3"}).top == 4


def test_a_flag_that_was_not_given_and_an_empty_variable_change_nothing(written):
    assert read({"top": None}, environ=written("top = 2\n") | {"QA_TOP": ""}).top == 2


def test_every_setting_can_come_from_the_file_and_from_its_variable(written, tmp_path):
    values = {
        "index": str(tmp_path / "i"),
        "model": "some/model",
        "top": 9,
        "theme": "light",
        "watch": "no",
        "data_dir": str(tmp_path / "d"),
        "cache_dir": str(tmp_path / "c"),
    }
    assert {*values, "name"} == {field.name for field in fields(Config)}
    wanted = Config(
        index=tmp_path / "i",
        model="some/model",
        top=9,
        theme="light",
        watch=False,
        data_dir=tmp_path / "d",
        cache_dir=tmp_path / "c",
    )
    toml = "".join(f"{key} = {value!r}\n" for key, value in values.items())
    assert read({}, environ=written(toml)) == wanted
    variables = {f"QA_{key.upper()}": str(value) for key, value in values.items()}
    assert read({}, environ=written("") | variables) == wanted


def test_a_name_can_come_from_the_file_and_from_its_variable(written):
    assert read({}, environ=written("name = 'news'\n")) == Config(name="news")
    assert read({}, environ=written("") | {"QA_NAME": "news"}) == Config(name="news")


def test_a_later_source_that_names_an_index_undoes_an_earlier_one(written, tmp_path):
    file = written("name = 'news'\n")
    assert read({"index": tmp_path, "name": None}, environ=file) == Config(index=tmp_path)
    assert read({}, environ=file | {"QA_INDEX": str(tmp_path)}) == Config(index=tmp_path)
    variable = written("") | {"QA_INDEX": str(tmp_path)}
    assert read({"index": None, "name": "news"}, environ=variable) == Config(name="news")


@pytest.mark.parametrize(
    ("toml", "variables", "flags", "named"),
    [
        ("name = 'n'\nindex = 'i'\n", {}, {}, "config.toml"),
        ("", {"QA_NAME": "n", "QA_INDEX": "i"}, {}, "QA_INDEX and QA_NAME"),
        ("", {}, {"name": "n", "index": Path("i")}, "--index and --name"),
    ],
)
def test_one_source_names_an_index_in_one_way(written, toml, variables, flags, named):
    with pytest.raises(BadConfig, match=named):
        read(flags, environ=written(toml) | variables)


def test_a_relative_path_in_the_file_starts_at_the_file(written, tmp_path):
    assert read({}, environ=written("index = 'here'\n")).index == tmp_path / "here"


def test_a_tilde_is_the_home_folder(written):
    assert read({}, environ=written("") | {"QA_INDEX": "~/i"}).index == Path.home() / "i"


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("tpo = 3\n", "tpo"),
        ("top = 0\n", "top"),
        ("watch = 'perhaps'\n", "watch"),
        ("top = 21\n", "top"),
        ("top = true\n", "top"),
        ("top = 3.0\n", "top"),
        ("theme = 'mauve'\n", "theme"),
        ("model = 3\n", "model"),
        ("name = 3\n", "name"),
        ("index = ''\n", "index"),
        ("top = \n", "TOML"),
        ("[index]\na = 1\n", "index"),
    ],
)
def test_what_cannot_be_is_refused_by_name(written, toml, named):
    with pytest.raises(BadConfig, match=named):
        read({}, environ=written(toml))


@pytest.mark.parametrize("value", ["0", "21", "x", "³", "1e1", "9" * 5000])
def test_a_variable_out_of_range_is_refused_by_name(written, value):
    with pytest.raises(BadConfig, match="QA_TOP"):
        read({}, environ=written("") | {"QA_TOP": value})


def test_a_named_file_that_is_missing_or_not_text_is_refused(tmp_path):
    with pytest.raises(BadConfig, match="absent"):
        read({}, environ={"QA_CONFIG": str(tmp_path / "absent.toml")})
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadConfig, match="not TOML"):
        read({}, environ={"QA_CONFIG": str(tmp_path / "binary.toml")})


@given(st.integers())
def test_top_is_exactly_1_to_20(number):
    environ = {"QA_CONFIG": "/dev/null", "QA_TOP": str(number)}
    if 1 <= number <= 20:
        assert read({}, environ=environ).top == number
    else:
        with pytest.raises(BadConfig):
            read({}, environ=environ)


def test_the_themes_are_those_of_the_chat():
    assert THEMES == THEMES_OF_THE_CHAT
