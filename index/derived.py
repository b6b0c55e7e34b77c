"""The files beside the database: when they are due, and how they are made.

Both say up to which generation they go: rows committed later are searched beside them, rows
deleted since are masked. What is missing, torn or foreign is not used, and made anew.
"""

import shutil

from index import dense, worded
from index.database import translated
from index.errors import IndexBroken
from index.lookup import Lookup
from index.records import VectorRecord, WordRecord, record, vector_record, word_record
from index.seals import looks_intact
from index.storage import Store
from index.words import WordIndex

MOST_PENDING = 2_000
"""Rows searched beside the FAISS file before a new one is made, however few it holds."""
_SHARE_PENDING = 4
"""Or one for so many of those that it holds: so a growing index makes few files."""


def is_due(store: Store, *, many: int = worded.MANY) -> bool:
    """Say whether enough has changed to make a file anew; nothing is read but the database."""
    return _vectors_are_due(store) or _words_are_due(store, many)


def keep_up(store: Store, *, many_vectors: int = dense.MANY, many_words: int = worded.MANY) -> None:
    """Make what is due, if anything is; cheap enough to be called after every commit.

    The caller holds the writer's lock. Raises StorageFailed; what was there stays in use.
    """
    if _vectors_are_due(store):
        _save_vectors(store, many_vectors)
    if _words_are_due(store, many_words):
        _save_words(store)


def rebuild(store: Store, *, many_vectors: int = dense.MANY, many_words: int = worded.MANY) -> None:
    """Make the FAISS file of the present generation, and what else is due."""
    _save_vectors(store, many_vectors)
    keep_up(store, many_vectors=many_vectors, many_words=many_words)


def _vectors_are_due(store: Store) -> bool:
    made = vector_record(store)
    if made is None or not looks_intact(store.folder / made.file, made.seal):
        return True
    return _changed(store, made.generation) > max(MOST_PENDING, made.rows // _SHARE_PENDING)


def _words_are_due(store: Store, many: int) -> bool:
    made = word_record(store)
    if made is None:
        return _passages(store) >= many
    if made.generation == store.generation():
        return not (store.folder / made.folder / "meta.json").is_file()
    return True


def _save_vectors(store: Store, many: int) -> None:
    from index import clustering  # noqa: PLC0415 - asking needs it only where a file is missing

    lookup, generation = Lookup(store), store.generation()
    rows = lookup.rows_after(-1)
    make = clustering.exact if len(rows) <= many else clustering.clustered
    index = make(lookup, rows)
    name = f"vectors-{generation}.faiss"
    seal = index.save(store.folder / name)
    record(store, VectorRecord(name, generation, len(rows), index.probes, seal))
    for litter in [*store.folder.glob("vectors-*.faiss"), *store.folder.glob(".vectors-*")]:
        if litter.name != name:
            litter.unlink(missing_ok=True)


def _save_words(store: Store) -> None:
    """Bring the word index up to date, or make it."""
    lookup, generation = Lookup(store), store.generation()
    made = word_record(store)
    words, since = _saved_words(store, made)
    name = made.folder if made and words else f"words-{generation}"
    if words is None:
        shutil.rmtree(store.folder / name, ignore_errors=True)
        words = WordIndex.create(store.folder / name)
    words.write(lookup.words_after(since), lookup.deleted_after(since).ids().tolist())
    rows = lookup.rows_after(since)
    last = int(rows[-1]) if len(rows) else made.last_row if made else 0
    record(store, WordRecord(name, generation, last))
    for litter in store.folder.glob("words-*"):
        if litter.name != name:
            shutil.rmtree(litter, ignore_errors=True)


def _saved_words(store: Store, made: WordRecord | None) -> tuple[WordIndex | None, int]:
    """Give the word index to add to and the generation up to which it goes."""
    if made is None:
        return None, -1
    try:
        return WordIndex.open(store.folder / made.folder), made.generation
    except IndexBroken:
        return None, -1


def _changed(store: Store, generation: int) -> int:
    with translated(store.folder):
        (changed,) = store.connection.execute(
            "SELECT (SELECT count(*) FROM passages WHERE generation > ?1) "
            "+ (SELECT count(*) FROM tombstones WHERE generation > ?1)",
            (generation,),
        ).fetchone()
    return int(changed)


def _passages(store: Store) -> int:
    with translated(store.folder):
        return int(store.connection.execute("SELECT count(*) FROM passages").fetchone()[0])
