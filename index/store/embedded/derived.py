"""The files beside the database: when they are due, and how they are made.

Both say up to which generation they go: rows committed later are searched beside them, rows
deleted since are masked. What is missing, torn or foreign is not used, and made anew.
"""

import re
import shutil
from pathlib import Path

from index.errors import IndexBroken, IndexDamaged, StorageFailed
from index.seals import Seals, discard, is_intact, is_intact_folder, sealed_folder, sync
from index.store.embedded import dense, worded
from index.store.embedded.database import broken, translated
from index.store.embedded.lookup import Lookup
from index.store.embedded.records import (
    VectorRecord,
    WordRecord,
    record,
    vector_record,
    word_record,
)
from index.store.embedded.storage import Store
from index.store.embedded.words import WordIndex

MOST_PENDING = 2_000
"""Rows searched beside the FAISS file before a new one is made, however few it holds."""
_SHARE_PENDING = 4
"""Or one for so many of those that it holds: so a growing index makes few files."""
_DERIVED = re.compile(r"vectors-.*\.faiss|\.vectors-.*|\.?words-\d+")


def is_due(store: Store) -> bool:
    """Say whether a file must be made anew: enough has changed, or it is damaged."""
    return _vectors_are_due(store) or _words_are_due(store, worded.MANY)


def keep_up(store: Store, *, many_vectors: int = dense.MANY, many_words: int | None = None) -> None:
    """Make what is due, if anything is; cheap enough to be called after every commit.

    The caller holds the writer's lock. Raises StorageFailed; what was there stays in use.
    """
    if _vectors_are_due(store):
        _save_vectors(store, many_vectors)
    if _words_are_due(store, worded.MANY if many_words is None else many_words):
        _save_words(store)
    _clear(store)


def _clear(store: Store) -> None:
    """Delete what no record names: what was replaced, and drafts that a kill left."""
    vectors, words = vector_record(store), word_record(store)
    kept = {vectors.file if vectors else "", words.folder if words else ""}
    for path in store.folder.iterdir():
        if _DERIVED.fullmatch(path.name) and path.name not in kept:
            discard(path)


def rebuild(store: Store, *, many_vectors: int = dense.MANY, many_words: int | None = None) -> None:
    """Make the FAISS file of the present generation, and what else is due."""
    _save_vectors(store, many_vectors)
    keep_up(store, many_vectors=many_vectors, many_words=many_words)


def _vectors_are_due(store: Store) -> bool:
    made = vector_record(store)
    if made is None or not is_intact(store.folder / made.file, made.seal):
        return True
    return _changed(store, made.generation) > max(MOST_PENDING, made.rows // _SHARE_PENDING)


def _words_are_due(store: Store, many: int) -> bool:
    made = word_record(store)
    if made is None:
        return _passages(store) >= many
    if made.generation == store.generation():
        return not is_intact_folder(store.folder / made.folder, made.seals)
    return True


def _save_vectors(store: Store, many: int) -> None:
    from index.store.embedded import clustering  # noqa: PLC0415 - asking needs it only where a file is missing

    lookup, generation = Lookup(store), store.generation()
    rows = lookup.rows_after(-1)
    make = clustering.exact if len(rows) <= many else clustering.clustered
    index = make(lookup, rows)
    if lookup.damaged:
        raise broken(store.folder, "a vector is not as it was written")
    name = f"vectors-{generation}.faiss"
    seal = index.save(store.folder / name)
    record(store, VectorRecord(name, generation, len(rows), index.probes, seal))


def _save_words(store: Store) -> None:
    """Make the word index of the present generation, beside the one before, then rename it.

    A kill or a full disk leaves the one before as it was, and asking may go on in it.
    """
    lookup, generation, made = Lookup(store), store.generation(), word_record(store)
    name = f"words-{generation}"
    folder, draft = store.folder / name, store.folder / f".{name}"
    try:
        known = _write_words(lookup, made, store.folder, draft)
        seals = sealed_folder(draft, known)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        sync(store.folder)
    except (StorageFailed, OSError) as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, StorageFailed):
            raise
        raise StorageFailed(f"cannot write {folder}: {error.strerror}") from error
    rows = lookup.rows_after(made.generation if made else -1)
    last = int(rows[-1]) if len(rows) else made.last_row if made else 0
    record(store, WordRecord(name, generation, last, seals))


def _write_words(lookup: Lookup, made: WordRecord | None, home: Path, draft: Path) -> Seals:
    """Write the word index before with what changed since, or all anew if it can't be continued.

    Returns:
        The seals of files that may still be those of before.
    """
    shutil.rmtree(draft, ignore_errors=True)
    if made is not None:
        try:
            words = WordIndex.continued(home / made.folder, draft, seals=made.seals)
            gone = lookup.deleted_after(made.generation).ids().tolist()
            words.write(lookup.words_after(made.generation), gone)
        except IndexDamaged:
            raise
        except IndexBroken:
            shutil.rmtree(draft, ignore_errors=True)
        else:
            return made.seals
    try:
        WordIndex.create(draft).write(lookup.words_after(-1), [])
    except IndexDamaged:
        raise
    except IndexBroken as error:
        raise StorageFailed(f"cannot write {draft}") from error
    return {}


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
