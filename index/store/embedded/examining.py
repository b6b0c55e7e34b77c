"""Folder of an index -> what of its files is not as it was written; nothing is changed."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from index.advice import command
from index.seals import is_intact, is_intact_folder
from index.store.embedded import ledger, soundness
from index.store.embedded.database import translated
from index.store.embedded.records import vector_record, word_record
from index.store.embedded.storage import Store
from index.store.protocol import Fault

MOST_SECONDS = 4.0
"""For one database; what was not looked at by then is said to be."""
_ALL = sys.maxsize
"""Bytes: however large a file is, all of it is compared."""


def examined(store: Store) -> Iterator[Fault]:
    """Read all rows and all derived files, and say what is wrong with them."""
    with translated(store.folder):
        try:
            with _limited(store.connection):
                yield from _damage(store)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            says = f"too big to be looked through in {MOST_SECONDS:.0f} seconds"
            yield Fault(says, "", is_grave=False)
        yield from _derived_faults(store)


def _damage(store: Store) -> Iterator[Fault]:
    advice = "qa doctor --repair saves what is whole and reads the rest again"
    fault = store.fault()
    if fault is not None:
        yield Fault(fault, advice)
    for says in soundness.faults(store.connection):
        yield Fault(says, advice)


def _derived_faults(store: Store) -> Iterator[Fault]:
    anew = f"{command(store.folder)} makes it anew"
    vectors, words = vector_record(store), word_record(store)
    if vectors and not is_intact(store.folder / vectors.file, vectors.seal, whole_up_to=_ALL):
        says = "its FAISS file is missing or torn, so that asking starts more slowly"
        yield Fault(says, anew, is_grave=False)
    if words and not is_intact_folder(store.folder / words.folder, words.seals, whole_up_to=_ALL):
        says = "its word index is missing or torn, so that words are looked up more slowly"
        yield Fault(says, anew, is_grave=False)
    if ledger.read(store.folder) is None:
        says = f"{ledger.LEDGER} is missing or torn, so that lost commits would not be missed"
        yield Fault(says, anew, is_grave=False)


@contextmanager
def _limited(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop what the database does after MOST_SECONDS, with an OperationalError."""
    end = time.monotonic() + MOST_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
