"""Our modules -> every regular expression that they hold, and how each is applied."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType

import index
import qa

AT_THE_START = frozenset({"match", "fullmatch"})
"""Ways that look at one place of a text; all others go through the whole of it."""
_DEEPEST = 6
_CALLS = frozenset("search match fullmatch split findall finditer sub subn".split())


@dataclass(frozen=True, slots=True)
class Ours:
    """A regular expression of ours, named for where it stands."""

    name: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    ways: frozenset[str]
    """The names of its methods that are called; a whole search where that can't be seen."""


def our_modules() -> Iterator[ModuleType]:
    """Import each module of the two packages."""
    for package in (index, qa):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def our_patterns() -> list[Ours]:
    """Give each pattern once, in a steady order: held by modules and classes, or in a call."""
    modules = list(our_modules())
    trees = {one.__name__: ast.parse(Path(str(one.__file__)).read_text()) for one in modules}
    uses = {name: _uses(tree) for name, tree in trees.items()}
    found: dict[tuple[object, int], Ours] = {}
    for module in modules:
        for name, pattern in [*_held(module), *_called(trees[module.__name__])]:
            shared = name.startswith("_") or "re." in name
            places = [uses[module.__name__]] if shared else list(uses.values())
            ways = frozenset().union(*(place.get(name, frozenset()) for place in places))
            known = found.get((pattern.pattern, pattern.flags))
            full_name = known.name if known else f"{module.__name__}.{name}"
            ways = (ways or {"search"}) | (known.ways if known else frozenset())
            found[pattern.pattern, pattern.flags] = Ours(full_name, pattern, ways)
    return sorted(found.values(), key=lambda ours: (ours.name, str(ours.pattern.pattern)))


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern]]:
    """Find the patterns that a module's names reach."""
    seen: set[int] = set()
    for name, value in vars(module).items():
        yield from ((path, one) for path, one in _reached(name, value, seen, _DEEPEST))
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, attribute in vars(value).items():
                yield from _reached(f"{name}.{inner}", attribute, seen, _DEEPEST)


def _reached(name: str, value: object, seen: set[int], depth: int) -> Iterator:
    if isinstance(value, re.Pattern):
        yield name, value
        return
    if depth == 0 or id(value) in seen:
        return
    parts = _parts(value)
    if parts:
        seen.add(id(value))
    for key, part in parts:
        yield from _reached(f"{name}[{key}]", part, seen, depth - 1)


def _parts(value: object) -> list[tuple[object, object]]:
    if isinstance(value, Mapping):
        return [*value.items(), *(("key", key) for key in value)]
    if isinstance(value, list | tuple | set | frozenset):
        return list(enumerate(value))
    if is_dataclass(value) and not isinstance(value, type):
        return [(field.name, getattr(value, field.name, None)) for field in fields(value)]
    return []


def _called(tree: ast.AST) -> Iterator[tuple[str, re.Pattern]]:
    """Find what is written out in a call such as re.sub("a+", "", text)."""
    for node in ast.walk(tree):
        if _is_of_re(node) and isinstance(node.args[0], ast.Constant):
            flags = [one.attr for one in ast.walk(node) if _is_flag(one)]
            pattern = re.compile(node.args[0].value, sum({int(getattr(re, one)) for one in flags}))
            yield _call_name(node), pattern


def _is_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def _is_flag(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr.isupper() and hasattr(re, node.attr)


def _call_name(node: ast.Call) -> str:
    return f"re.{node.func.attr} on line {node.lineno}"


def _uses(tree: ast.AST) -> dict[str, frozenset[str]]:
    """Give, for each name of a module, what is read of it; "" where it stands alone."""
    uses: dict[str, set[str]] = {}
    of_attributes = set()
    for node in ast.walk(tree):
        if _is_of_re(node):
            uses.setdefault(_call_name(node), set()).add(node.func.attr)
        if isinstance(node, ast.Attribute) and (name := _name_of(node.value)):
            uses.setdefault(name, set()).add(node.attr)
            of_attributes.add(node.value)
        elif (name := _name_of(node)) and node not in of_attributes:
            uses.setdefault(name, set()).add("")
    return {name: frozenset(ways) for name, ways in uses.items()}


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""
