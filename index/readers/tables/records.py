"""JSONL, CSV and TSV -> one Document a record."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TextIO

from index.errors import SkipKind, Unreadable
from index.readers.documents import Document, Source
from index.readers.formats import format_of
from index.readers.lines import one_line, shortened
from index.readers.streams import encoding_of, opened_text
from index.readers.tables.columns import Columns, Record

MAX_RECORD_CHARS = 16 * 1024 * 1024
"""Of a line of JSONL, or of a row with all of its lines."""
DELIMITERS = ",;\t|"
MAX_COLUMNS_SHOWN = 12

Records = Iterator[tuple[int, Record | None]]
"""Each with its number; None for one that cannot be parsed."""


def documents(source: Source) -> Iterator[Document | Unreadable]:
    """Give each record's text; at the end, one Unreadable for all records that have none.

    Records are named by their line (JSONL), or by their row, of which the header is the first.

    Raises:
        Unreadable: no column holds text; not text, or in no encoding that we are sure of.
    """
    encoding = encoding_of(source)
    columns = Columns(source.columns)
    is_table = format_of(source.name) == "csv"
    passed = _Passed("row" if is_table else "line")
    read = 0
    try:
        with opened_text(source, encoding) as file:
            records = _rows(file, source.path, columns) if is_table else _objects(file)
            for number, record in records:
                document = _document(columns, record, f"{source.path}#{number}")
                if document is None:
                    passed.add(number, record)
                    continue
                read += 1
                yield replace(document, part=f"#{number}", encoding=encoding)
    except Unreadable as error:
        if not read:
            raise
        yield error
    if not read and passed.keys:
        raise _without_text(source.path, passed.keys)
    if passed.count:
        yield passed.summed_up(source.path)


@dataclass(slots=True)
class _Passed:
    """Records that were passed over."""

    unit: str
    count: int = 0
    first: int = 0
    keys: tuple[str, ...] = ()
    """Of the first one that is an object."""

    def add(self, number: int, record: Record | None) -> None:
        self.first = self.first or number
        self.count += 1
        self.keys = self.keys or tuple(record or ())

    def summed_up(self, path: str) -> Unreadable:
        one = self.count == 1
        kind: SkipKind = "no words"
        if self.unit == "row":
            reason = "row has no words" if one else "rows have no words"
        else:
            kind = "damaged"
            reason = "line is no JSON object with words"
            if not one:
                reason = "lines are not JSON objects with words"
        return Unreadable(path, f"{self.count} {reason} (first: {self.unit} {self.first})", kind)


def _document(columns: Columns, record: Record | None, path: str) -> Document | None:
    try:
        return columns.document(record, path=path) if record else None
    except Unreadable:
        return None


def _without_text(path: str, names: tuple[str, ...]) -> Unreadable:
    shown = [shortened(one_line(name) or "?", 30) for name in names[:MAX_COLUMNS_SHOWN]]
    shown += ["…"] if len(names) > MAX_COLUMNS_SHOWN else []
    reason = f"its columns ({', '.join(shown)}) hold no text: name one with --column text=NAME"
    return Unreadable(path, reason, "no words")


def _objects(file: TextIO) -> Records:
    """The objects of a file with one on each line; blank lines are passed over."""
    number = 0
    while line := file.readline(MAX_RECORD_CHARS):
        number += 1
        is_whole = line.endswith(("\n", "\r")) or len(line) < MAX_RECORD_CHARS
        while not is_whole and (rest := file.readline(MAX_RECORD_CHARS)):
            is_whole = rest.endswith(("\n", "\r"))
            line = ""
        if line.isspace():
            continue
        yield number, _object(line)


def _object(line: str) -> Record | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _rows(file: TextIO, path: str, columns: Columns) -> Records:
    """The rows below the header, each with the header's names; blank rows are counted.

    Raises:
        Unreadable: no column of the header holds text; a row is too large.
    """
    csv.field_size_limit(MAX_RECORD_CHARS)
    lines = _Lines(file, path)
    first = next((line for line in lines if not line.isspace()), "")
    delimiter = max(DELIMITERS, key=lambda one: _fit(first, one, columns))
    rows = csv.reader(chain([first], lines), delimiter=delimiter)
    blank = lines.count - 1
    names: tuple[str, ...] = ()
    try:
        for number, row in enumerate(rows, start=blank + 1):
            lines.chars = 0
            if not names:
                names = tuple(row)
                if not columns.has_text(names):
                    raise _without_text(path, names)
            elif row:
                yield number, dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise Unreadable(path, f"the rest is no table ({error})") from None


def _fit(line: str, delimiter: str, columns: Columns) -> tuple[int, int]:
    """Fields of an article that the header has, parted in this way; and its columns."""
    try:
        names = next(csv.reader([line[:MAX_RECORD_CHARS]], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return columns.known(names), len(names)


class _Lines(Iterator[str]):
    """Lines of a table, as long as a row does not grow beyond bounds."""

    def __init__(self, file: TextIO, path: str) -> None:
        self._file = file
        self._path = path
        self.chars = 0
        """Since the last row ended; whoever reads rows sets it back."""
        self.count = 0

    def __next__(self) -> str:
        line = self._file.readline(MAX_RECORD_CHARS)
        if not line:
            raise StopIteration
        self.count += 1
        self.chars += len(line)
        if self.chars >= MAX_RECORD_CHARS:
            reason = (
                f"row {self.count} or one before it never ends: is a quotation mark not closed?"
            )
            raise Unreadable(self._path, reason, "too large")
        return line
