"""`qa status`: Index -> what it holds, on stdout."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import click

from index.types import Skipped
from qa.cli.rooms import Which, enter, open_index, settings, which_index
from qa.showing.render import count, day_and_time, left_out_line, root_line
from qa.showing.replyjson import dump, unfinished_as_json
from qa.types import Status
from qa.visible import visible_line


@click.command("status")
@which_index
@click.option("--json", "in_json", is_flag=True, help="Print one line of JSON (qa.status/1).")
@click.pass_context
def command(ctx: click.Context, *, which: Which, in_json: bool) -> None:
    """Say what the index holds, by format, and every file that was skipped, with the reason."""
    config = settings(**which)
    with closing(open_index(enter(ctx, config), config)) as opened:
        status = opened.status()
    if in_json:
        click.echo(dump(as_json(status)))
        return
    for label, words in _rows(status):
        click.echo(f"{label:<15}{visible_line(words)}".rstrip())


def as_json(status: Status) -> dict[str, Any]:
    """Give the status in the shape of `qa.status/1`, as plain values."""
    return {
        "schema": "qa.status/1",
        "folder": status.folder,
        "roots": list(status.roots),
        "files": status.files,
        "articles": status.articles,
        "formats": dict(status.formats),
        "passages": status.passages,
        "model": status.model,
        "indexed_at": status.indexed_at,
        "bytes_on_disk": status.bytes_on_disk,
        "encodings": dict(status.encodings),
        "recoded": [
            {"article": article, "encoding": encoding} for article, encoding in status.recoded
        ],
        "omitted_lines": dict(status.omitted_lines),
        "mostly_left_out": [
            {"article": page.path, "read": page.read, "left_out": page.left_out}
            for page in status.mostly_left_out
        ],
        "skipped": [
            {"path": skip.path, "kind": skip.kind, "reason": skip.reason} for skip in status.skipped
        ],
        "other_kinds": dict(status.other_kinds),
        "reprints": [
            {"article": article, "repeats": original} for article, original in status.reprints
        ],
        "other_languages": list(status.other_languages),
        "unfinished": unfinished_as_json(status.unfinished),
        "faults": list(status.faults),
        "outdated": list(status.outdated),
    }


def _rows(status: Status) -> Iterator[tuple[str, str]]:
    """(label, words) of each line; a label that would repeat is empty."""
    yield "index", status.folder
    yield from _listed("damaged", status.faults)
    yield from _listed("older rules", status.outdated)
    yield from _listed("articles of", status.roots)
    yield (
        "holds",
        f"{count(status.articles, 'article')} of {count(status.files, 'file')}, "
        f"{count(status.passages, 'passage')}, {status.bytes_on_disk / 1e6:.1f} MB",
    )
    yield "formats", _counts(status.formats) or "none"
    yield "model", status.model
    yield from _listed("unfinished", [root_line(one) for one in status.unfinished])
    yield "indexed at", day_and_time(status.indexed_at) or "no run has come to its end yet"
    yield "encodings", _counts(status.encodings) or "none"
    yield from _listed("not UTF-8", [f"{path}: {encoding}" for path, encoding in status.recoded])
    yield "left out", _counts(status.omitted_lines) or "nothing"
    yield from _listed("barely read", [left_out_line(page) for page in status.mostly_left_out])
    yield from _skipped(status.skipped)
    yield "other kinds", _counts(status.other_kinds) or "none"
    yield from _listed("reprints", [f"{path} repeats {of}" for path, of in status.reprints])
    yield from _listed("not English", status.other_languages)


def _skipped(skipped: Sequence[Skipped]) -> Iterator[tuple[str, str]]:
    """Group by kind of trouble, the most frequent first; each file with its reason."""
    by_kind: dict[str, list[Skipped]] = {}
    for skip in skipped:
        by_kind.setdefault(skip.kind, []).append(skip)
    groups = sorted(by_kind.items(), key=lambda group: (-len(group[1]), group[0]))
    if groups:
        yield "skipped", ", ".join(f"{kind} {len(members):,}" for kind, members in groups)
    for kind, members in groups:
        yield from _listed(f"  {kind}", [f"{skip.path}: {skip.reason}" for skip in members])


def _listed(label: str, rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(rows):
        yield "" if number else label, row


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in sorted(numbers.items()))
