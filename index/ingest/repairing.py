"""Damaged index -> a whole one, without being told its paths; locks it, saves, reads again."""

from pathlib import Path

from index.errors import IndexDamaged, IndexMissing
from index.ingest.batches import Report
from index.ingest.building import Builder, BuildOptions, lost, mend, source_for, still_lost
from index.ingest.run import Ingest
from index.store.opening import is_there, locked, restore, writing


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
        if not is_there(folder):
            raise IndexMissing(f"no index in {folder} yet; run: qa index PATH")
        try:
            with writing(folder) as writer:
                writer.look_through(whatever_size=True)
        except IndexDamaged:
            done += (mend(folder, report, must_know_roots=True),)
        with writing(folder) as writer:
            for root, rules in lost(writer):
                builder = Builder(source_for(writer, options), options, report)
                Ingest(writer, builder.encoder, rules=rules).run(
                    root, report=report, is_cancelled=lambda: False
                )
            if writer.derive():
                done += ("what is derived from its database was made anew",)
            done += still_lost(writer)
    return done
