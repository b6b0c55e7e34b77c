"""`qa status`: Index -> what it holds, on stdout."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from qa.cli.rooms import enter, index_option, open_index, settings
from qa.render import count
from qa.replyjson import dump
from qa.types import Status
from qa.visible import visible_line


@click.command("status")
@index_option
@click.option("--json", "in_json", is_flag=True, help="Print one line of JSON (qa.status/1).")
@click.pass_context
def command(ctx: click.Context, *, index_folder: Path | None, in_json: bool) -> None:
    """Say what the index holds: folders, articles, encodings, what was left out or skipped."""
    config = settings(index=index_folder)
    with closing(open_index(enter(ctx, config), config)) as opened:
        status = opened.status()
    if in_json:
        click.echo(dump(as_json(status)))
        return
    for label, words in _rows(status):
        click.echo(f"{label:<12}{visible_line(words)}".rstrip())


def as_json(status: Status) -> dict[str, Any]:
    """Give the status in the shape of `qa.status/1`, as plain values."""
    return {
        "schema": "qa.status/1",
        "folder": status.folder,
        "roots": list(status.roots),
        "articles": status.articles,
        "passages": status.passages,
        "model": status.model,
        "indexed_at": status.indexed_at,
        "bytes_on_disk": status.bytes_on_disk,
        "encodings": dict(status.encodings),
        "recoded": [
            {"article": article, "encoding": encoding} for article, encoding in status.recoded
        ],
        "omitted_lines": dict(status.omitted_lines),
        "skipped": [{"path": skip.path, "reason": skip.reason} for skip in status.skipped],
        "other_languages": list(status.other_languages),
    }


def _rows(status: Status) -> Iterator[tuple[str, str]]:
    """(label, words) of each line; a label that would repeat is empty."""
    yield "index", status.folder
    yield from _listed("articles of", status.roots)
    yield (
        "holds",
        f"{count(status.articles, 'article')}, {count(status.passages, 'passage')}, "
        f"{status.bytes_on_disk / 1e6:.1f} MB",
    )
    yield "model", status.model
    yield "indexed at", status.indexed_at
    yield "encodings", _counts(status.encodings) or "none"
    yield from _listed("not UTF-8", [f"{path}: {encoding}" for path, encoding in status.recoded])
    yield "left out", _counts(status.omitted_lines) or "nothing"
    yield from _listed("skipped", [f"{skip.path}: {skip.reason}" for skip in status.skipped])
    yield from _listed("not English", status.other_languages)


def _listed(label: str, rows: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(rows):
        yield "" if number else label, row


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in sorted(numbers.items()))
