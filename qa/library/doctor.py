"""Machine -> Checks: may answers be trusted here, and if not, what is to be done?"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from index.errors import ModelMissing, PassageIndexError, StorageFailed
from index.health import Check, check_index, check_models, refused
from index.models.silence import open_lines
from index.types import Progress
from qa.library.places import Corpus, Places, corpora

PROGRAM = "pullquote"
LEAST_FREE = 50_000_000
"""Bytes, below which nothing can be indexed."""
SPARE_FREE = 500_000_000
"""Bytes that the encoder's export and a new index may take beside what is there."""
LEAST_MEMORY = 2_000_000_000
_FEATURES = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimd", "asimddp")
_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto"})


def checks(places: Places, *, model: str | None) -> Iterator[Check]:
    """Check what answers depend on, one thing after another, in a few seconds; changes nothing."""
    yield _check_python()
    yield _check_packages()
    held_before = open_lines()
    with _network_refused() as attempts:
        yield from check_models(places.cache, model)
        yield _check_network(attempts)
    yield check_silence(held_before, open_lines())
    try:
        found = corpora(places)
    except StorageFailed as error:
        yield refused("indexes", error, "disk")
        found = ()
    if not found:
        yield Check("indexes", "ok", "nothing is indexed yet", "qa index PATH", "index")
    for corpus in found:
        yield check_index(corpus.folder, f"index {corpus.name}")
    yield _check_disk(places, found)
    yield check_machine(Path("/proc/cpuinfo"))


def repairs(places: Places, *, report: Callable[[Progress], None]) -> Iterator[Check]:
    """Mend every damaged index as far as that can be, and say what was done."""
    from index.ingest.building import BuildOptions  # noqa: PLC0415 -- only mending needs the readers
    from index.ingest.repairing import repair  # noqa: PLC0415

    try:
        found = corpora(places)
    except StorageFailed as error:
        yield refused("repair", error, "disk")
        return
    for corpus in found:
        name = f"repair {corpus.name}"
        try:
            done = repair(corpus.folder, BuildOptions(cache=places.cache), report=report)
        except StorageFailed as error:
            yield refused(name, error, "disk")
        except ModelMissing as error:
            yield refused(name, error, "model")
        except PassageIndexError as error:
            yield refused(name, error, "index")
        else:
            yield Check(name, "ok", "; ".join(done) or "nothing to mend", part="index")


def _check_python() -> Check:
    says = sys.version.split()[0]
    try:
        wanted = metadata(PROGRAM)["Requires-Python"]
    except PackageNotFoundError:
        return Check(
            "Python", "warning", f"{says}; {PROGRAM} itself is not installed", "make install"
        )
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 -- only the doctor compares

    if not SpecifierSet(wanted or "").contains(says, prereleases=True):
        return Check("Python", "failed", f"{says}, where {wanted} is needed", "install another one")
    return Check("Python", "ok", says)


def _check_packages() -> Check:
    """Compare what is installed with the versions that the program was tested with."""
    from packaging.requirements import Requirement  # noqa: PLC0415 -- only the doctor compares

    absent, odd, count = [], [], 0
    for line in _requirements():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        count += 1
        try:
            there = version(wanted.name)
        except PackageNotFoundError:
            absent.append(wanted.name)
            continue
        if not wanted.specifier.contains(there, prereleases=True):
            odd.append(f"{wanted.name} {there} (tested: {wanted.specifier})")
    if absent:
        return Check("packages", "failed", f"missing: {', '.join(absent)}", "run: make install")
    if odd:
        return Check("packages", "warning", f"untested: {', '.join(odd)}", "run: make install")
    return Check("packages", "ok", f"{count} packages, in versions that fit")


def _requirements() -> Sequence[str]:
    try:
        return requires(PROGRAM) or ()
    except PackageNotFoundError:
        return ()


@contextmanager
def _network_refused() -> Iterator[list[str]]:
    """Refuse connections and name look-ups, and list them."""
    attempts: list[str] = []
    is_over: list[bool] = []

    def refuse(event: str, args: tuple[object, ...]) -> None:
        if event in _NETWORK and not is_over:
            attempts.append(f"{event.removeprefix('socket.')} {args[-1]}")
            raise OSError("no network while the doctor looks")

    sys.addaudithook(refuse)  # can't be taken away, so it is told when to let go
    try:
        yield attempts
    finally:
        is_over.append(True)


def _check_network(attempts: Sequence[str]) -> Check:
    if attempts:
        says = f"a model wanted the network ({attempts[0]})"
        return Check("network", "failed", says, "report this as a bug", "model")
    switches = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    if any(os.environ.get(switch) == "0" for switch in switches):
        says = f"{' or '.join(switches)} is 0 in your settings; we set it to 1 where it matters"
        return Check("network", "ok", says, part="model")
    return Check("network", "ok", "the models load with all connections refused", part="model")


def check_silence(held_before: Sequence[str], held: Sequence[str]) -> Check:
    """Compare what there was to report over, or to be reported, before and after models loaded."""
    fresh = [line for line in held if line not in held_before]
    if fresh:
        says = f"a library of the models holds {', '.join(fresh)}"
        return Check("telemetry", "failed", says, "run: make install", "model")
    says = "off: no model keeps a report or a connection"
    return Check("telemetry", "ok", says, part="model")


def _check_disk(places: Places, found: Sequence[Corpus]) -> Check:
    """Check that there is room to index, and that our folders may be written."""
    for folder in (places.data, places.cache):
        if not os.access(_existing(folder), os.W_OK | os.X_OK):
            advice = "change its rights, or name another one with QA_DATA_DIR or QA_CACHE_DIR"
            return Check("disk", "failed", f"{folder} may not be written", advice, "disk")
    free = min(shutil.disk_usage(_existing(one)).free for one in (places.data, places.cache))
    held = sum(corpus.bytes_on_disk for corpus in found)
    largest = max((corpus.bytes_on_disk for corpus in found), default=0)
    says = f"{free / 1e9:.1f} GB free; the indexes take {held / 1e6:,.1f} MB"
    if free < LEAST_FREE:
        return Check("disk", "failed", says, "free space before you index", "disk")
    if free < SPARE_FREE + largest:
        return Check("disk", "warning", says, "free space: a rebuild needs as much again", "disk")
    return Check("disk", "ok", says, part="disk")


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest one above it that is there."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())


def check_machine(cpuinfo: Path) -> Check:
    """Say what the models run on: cores, memory, and instructions that make them quick."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    words = set(cpuinfo.read_text("utf-8").split()) if cpuinfo.is_file() else set()
    features = [feature for feature in _FEATURES if feature in words]
    says = (
        f"{cores} cores, {memory / 1e9:.1f} GB of memory, {', '.join(features) or 'no'} extensions"
    )
    if memory < LEAST_MEMORY:
        return Check("machine", "warning", says, "index small folders, one at a time", "machine")
    if words and not features:
        return Check("machine", "warning", says, "expect answers to take seconds", "machine")
    return Check("machine", "ok", says, part="machine")
