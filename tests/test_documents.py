"""The documents say what the program does: commands, keys, contracts, dependencies, rooms."""

import inspect
import json
import pkgutil
import re
import tomllib
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
import jsonschema
import pytest
import yaml
from textual.binding import Binding

import seeds
from qa import tui
from qa.cli import COMMANDS, cli
from qa.cli.config import Config
from qa.showing.replyjson import as_json
from qa.tui.help import KEYS
from qa.types import AbstentionReason, Question

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
KEY_NAMES = {
    "ctrl": "Ctrl",
    "shift": "Shift",
    "enter": "Enter",
    "escape": "Escape",
    "tab": "Tab",
    "f1": "F1",
    "f2": "F2",
    "f3": "F3",
}


def document(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """A document's words below a heading, as far as the next one of its rank or a higher one."""
    text, rank = document(name), heading.split(" ", maxsplit=1)[0]
    begin = text.index(f"\n{heading}")
    end = re.compile(rf"^#{{1,{len(rank)}}} ", re.MULTILINE).search(text, begin + len(heading) + 1)
    return text[begin : end.start() if end else None]


def options():
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_explained_under_its_command(command, option):
    assert re.search(rf"`{re.escape(option)}[ `]", section("commands", f"## `qa {command}"))


@pytest.mark.parametrize("option", [opt for param in cli.params for opt in param.opts])
def test_the_options_of_qa_itself_are_named(option):
    assert option in document("commands")


def keys_of_schema(schema):
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name == "properties":
                yield from value
            yield from keys_of_schema(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys_of_schema(value)


@pytest.mark.parametrize("name", ["reply", "error", "status", "list", "doctor"])
def test_every_key_of_the_json_is_explained(name):
    schema = json.loads((ROOT / f"qa/schema/{name}-1.json").read_text(encoding="utf-8"))
    keys = set(keys_of_schema(schema))
    assert "schema" in keys
    explained = re.sub(r"```.+?```", "", document("json"), flags=re.DOTALL)
    assert not [key for key in keys if f"`{key}`" not in explained]


@pytest.mark.parametrize("reason", get_args(AbstentionReason))
def test_every_reason_of_an_abstention_is_explained(reason):
    assert f"| `{reason}` |" in document("json")


@pytest.fixture(scope="module")
def example():
    begin = r"<!-- reply example: begin -->\n```json\n"
    found = re.search(rf"{begin}(.+?)```", document("json"), re.DOTALL)
    return json.loads(found[1])


def test_the_reply_in_the_documents_keeps_the_contract(example):
    schema = json.loads((ROOT / "qa/schema/reply-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(example, schema)
    for quote in example["quotes"]:
        text = (seeds.folder() / quote["article"]).read_text(encoding="utf-8")
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_the_reply_in_the_documents_is_what_the_program_says(example, seed_workspace):
    said = as_json(seed_workspace.answer(Question(example["question"])))
    said["quotes"] = said["quotes"][: len(example["quotes"])]
    for reply in (example, said):
        reply["searched"].pop("root")
        assert reply.pop("timings_ms")
        assert reply.pop("confidence") > 0.5
        assert reply["quotes"][0].pop("score") > 0.5
        assert reply["quotes"][0].pop("why")["passage"] > 5
    assert example == said


@pytest.mark.parametrize("setting", [field.name for field in fields(Config)])
def test_every_setting_and_its_variable_is_named(setting):
    assert f"| `{setting}` | `QA_{setting.upper()}` |" in document("settings")


def dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        yield re.match(r"[\w.-]+", line)[0]


def test_what_every_dependency_does_is_said_and_no_other_is_named():
    told = re.findall(r"^\| `([\w.-]+)` \| \S.+ \|$", document("dependencies"), re.MULTILINE)
    assert sorted(told) == sorted(dependencies())


def shown_bindings():
    for module in pkgutil.iter_modules(tui.__path__, "qa.tui."):
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name:
                for binding in vars(kind).get("BINDINGS", ()):
                    if binding.show:
                        yield pytest.param(binding, id=f"{name}-{binding.action}")


def spelt(key: str) -> str:
    *held, last = key.split("+")
    last = KEY_NAMES.get(last, last.upper() if held else last)
    return "+".join([*(KEY_NAMES[name] for name in held), last])


def keys_told() -> set[str]:
    rows = re.findall(r"^\| (.+?) \|", document("chat"), re.MULTILINE)
    return {key for row in rows for key in row.split(", ")}


@pytest.mark.parametrize("binding", shown_bindings())
def test_every_key_that_the_footer_shows_is_told(binding: Binding):
    assert spelt(binding.key.split(",")[0]) in keys_told()


@pytest.mark.parametrize("heading", KEYS)
def test_the_documents_have_the_same_keys_as_the_help(heading):
    table = document("chat").split(f"| {heading} | |\n| --- | --- |\n")[1].split("\n\n")[0]
    rows = [f"| {key} | {meaning} |" for key, meaning in KEYS[heading].items()]
    assert table.splitlines() == rows


def modules():
    return [path for folder in ("index", "qa") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_first_line_of_every_file_says_what_it_is(path):
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert re.match(r'"""\S.{8,}', first)


def test_architecture_names_only_files_that_are_there():
    rooms = ARCHITECTURE.split("## Rooms")[1].split("\n## ")[0]
    for row in re.findall(r"^\| (`(?:index|qa|seeds|tests)/.*?) \|", rooms, re.MULTILINE):
        folder = ""
        for name in re.findall(r"`([^`]+)`", row):
            if "/" in name and not name.endswith("/"):
                folder = name.rpartition("/")[0]
            path = ROOT / (name if "/" in name else f"{folder or name}/{name}")
            assert path.is_dir() or path.with_suffix(".py").is_file(), name


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")]), ids=lambda path: path.name
)
def test_every_file_that_a_document_links_to_is_there(path):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert not [link for link in local if not (path.parent / link).exists()]


def test_the_site_shows_every_document():
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    shown = [name for entry in site["nav"] for name in entry.values()]
    assert sorted(shown) == sorted(path.name for path in DOCS.glob("*.md"))


def test_the_picture_shows_the_chat_and_loads_nothing_from_elsewhere():
    picture = (ROOT / "docs" / "chat.svg").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]+>", " ", picture).replace("&#160;", " ")
    assert "How many drones did Russia launch" in words
    assert "000_333bd8d987ca2fd0.txt:33" in words
    assert 'url("http' not in picture
