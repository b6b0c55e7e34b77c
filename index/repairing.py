"""Damaged index -> a whole one, without being told its paths; locks it, saves, reads again."""

from pathlib import Path

from index import derived, ledger
from index.batches import Report
from index.building import Builder, BuildOptions, mend, source_for
from index.database import DATABASE, restore
from index.errors import IndexDamaged, IndexMissing
from index.ingest import Ingest
from index.locking import locked
from index.salvage import lost, still_lost
from index.soundness import vouch
from index.storage import Store


def repair(folder: Path, options: BuildOptions, *, report: Report) -> tuple[str, ...]:
    """Save what is whole of an index and read the rest again, as far as it is still there.

    Returns:
        What was done, one sentence each; nothing if nothing was damaged.

    Raises:
        IndexMissing: there is none.
        IndexBroken: it is no index of ours, or not even its roots can be known.
        IndexBusy: another process is writing.
        ModelMissing: what is to be read again can't be encoded.
        StorageFailed: the disk is full or may not be written.
    """
    done: tuple[str, ...] = ()
    with locked(folder):
        restore(folder)
        if not (folder / DATABASE).exists() and ledger.read(folder) is None:
            raise IndexMissing(f"no index in {folder} yet; run: qa index PATH")
        try:
            _look_through(folder)
        except IndexDamaged:
            done += (mend(folder, report, must_know_roots=True),)
        store = Store.create(folder)
        try:
            for root, rules in lost(store):
                builder = Builder(source_for(store, options), options, report)
                Ingest(store, builder.encoder, rules=rules).run(
                    root, report=report, is_cancelled=lambda: False
                )
            if derived.is_due(store):
                derived.keep_up(store)
                done += ("what is derived from its database was made anew",)
            done += still_lost(store)
        finally:
            store.close()
    return done


def _look_through(folder: Path) -> None:
    store = Store.create(folder)
    try:
        vouch(store, whatever_size=True)
    except IndexDamaged:
        store.condemn()
        raise
    finally:
        store.close()
