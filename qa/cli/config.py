"""Defaults, one TOML file, QA_* variables and flags -> Config.

Only the command line reads this; it hands plain values down.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

THEMES = ("dark", "light")
_ONE_OF = frozenset({"index", "name"})


class BadConfig(Exception):
    """A setting that can't be; the message names it and where it was read."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the person has set, wherever they set it."""

    index: Path | None = None
    """Folder of the index to use; None is the last used one."""
    name: str | None = None
    """Name of the corpus to use; never together with `index`."""
    model: str | None = None
    """Sentence-transformers model to build with, by folder or name; None is the shipped one."""
    top: int = 5
    """Most quotes in a reply, 1 to 20."""
    theme: str = "dark"
    """Colours of the chat: `dark` or `light`."""
    watch: bool = True
    """Let the chat follow what changes in the articles' folders."""
    data_dir: Path | None = None
    """Where indexes are kept; None is the user's data folder."""
    cache_dir: Path | None = None
    """Where compiled encoders are kept; None is the user's cache folder."""


def read(flags: Mapping[str, object], *, environ: Mapping[str, str]) -> Config:
    """Merge what is set; a later source wins: file, `QA_*` variables, flags that are not None.

    A variable that is empty counts as unset. Other variables that begin with `QA_` are left
    alone, since the prefix is not ours only. `index` and `name` stand for one another: a later
    source that sets one of them undoes the other.

    Raises:
        BadConfig: a key is unknown, a value can't be, one source sets both `index` and `name`, or
            the file can't be read.
    """
    path = _file(environ)
    layers = (
        (str(path), _from_file(path) if path else {}),
        ("QA_INDEX and QA_NAME", _from_variables(environ)),
        ("--index and --name", {key: one for key, one in flags.items() if one is not None}),
    )
    settings: dict[str, Any] = {}
    for source, layer in layers:
        if layer.keys() >= _ONE_OF:
            raise BadConfig(f"{source}: an index is chosen by folder or by name, not by both")
        if _ONE_OF & layer.keys():
            settings = {key: value for key, value in settings.items() if key not in _ONE_OF}
        settings |= layer
    return Config(**settings)


def _from_variables(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        key: parse(environ[name], name, Path())
        for key, parse in _PARSERS.items()
        if environ.get(name := f"QA_{key.upper()}")
    }


def _file(environ: Mapping[str, str]) -> Path | None:
    if environ.get("QA_CONFIG"):
        return _path(environ["QA_CONFIG"], "QA_CONFIG", Path())
    from platformdirs import user_config_path  # noqa: PLC0415 -- not for `qa --help`

    usual = user_config_path("pullquote") / "config.toml"
    return usual if usual.is_file() else None


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadConfig(f"can't read the settings in {path}: {error.strerror}") from error
    except ValueError as error:
        raise BadConfig(f"{path} is not TOML: {error}") from error
    for key in table:
        if key not in _PARSERS:
            raise BadConfig(f"{path}: unknown setting {key!r}; known: {', '.join(_PARSERS)}")
    return {
        key: _PARSERS[key](value, f"{path}: {key}", path.parent) for key, value in table.items()
    }


def _path(value: object, source: str, base: Path) -> Path:
    try:
        return base / Path(_word(value, source, base)).expanduser()
    except RuntimeError as error:
        raise BadConfig(f"{source}: {value!r} begins with a user who is not there") from error


def _word(value: object, source: str, _base: Path) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise BadConfig(f"{source} must be words, not {value!r}")
    return value


def _theme(value: object, source: str, _base: Path) -> str:
    if value not in THEMES:
        raise BadConfig(f"{source} must be {' or '.join(THEMES)}, not {value!r}")
    return str(value)


def _yes_or_no(value: object, source: str, _base: Path) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "yes", "on", "1"}:
        return True
    if str(value).lower() in {"false", "no", "off", "0"}:
        return False
    raise BadConfig(f"{source} must be true or false, not {value!r}")


def _top(value: object, source: str, _base: Path) -> int:
    for number in range(1, 21):
        if value == str(number) or (value == number and type(value) is int):
            return number
    raise BadConfig(f"{source} must be a whole number from 1 to 20, not {value!r}")


_PARSERS: Mapping[str, Callable[[object, str, Path], object]] = {
    "index": _path,
    "name": _word,
    "model": _word,
    "top": _top,
    "theme": _theme,
    "watch": _yes_or_no,
    "data_dir": _path,
    "cache_dir": _path,
}
