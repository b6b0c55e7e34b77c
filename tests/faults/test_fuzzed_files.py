"""Documents of each format, damaged at random: skipped with a reason, and the others go on."""

import gzip
import json
import random
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import documents_made
import pytest
from faults.bench import Outcome

from index.ingest import reading
from index.ingest.reading import Job, read_all
from index.ingest.walk import Found
from index.readers.formats import FORMATS, format_of
from index.types import FileStamp

WORDS = " ".join(documents_made.SENTENCES[:12])
BATCH = 24
"""Damaged documents that are read in one run, with a sound one after each few."""
SECONDS = 20.0
"""Of computing that one file may take here, in place of a minute."""
SOUND = "The ferry to Lindwick left at noon with nine barrels of tar on its deck."


def documents(folder: Path) -> dict[str, bytes]:
    """Give a sound document of each format, by its ending."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Locks", "a@example.org", "3 May 2021 09:00 +0000"
    mail.set_content(WORDS)
    mail.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    page = f"<html><head><title>Locks</title></head><article><p>{WORDS}</p></article></html>"
    item = f"<item><title>Locks</title><description>{WORDS}</description></item>"
    text = f"# Locks\n\n{WORDS}\n\n* one\n* two\n"
    made = {
        ".txt": text.encode(),
        ".md": f"---\ntitle: Locks\n---\n{text}".encode(),
        ".html": page.encode(),
        ".eml": bytes(mail),
        ".mbox": b"From a@example.org Mon May  3 09:00:00 2021\n" + bytes(mail) + b"\n",
        ".mhtml": _mhtml(page),
        ".xml": f"<rss version='2.0'><channel><title>Y</title>{item * 3}</channel></rss>".encode(),
        ".jsonl": (json.dumps({"title": "Locks", "text": WORDS}) + "\n").encode() * 3,
        ".csv": b"title,text\n" + f'Locks,"{WORDS}"\n'.encode() * 3,
        ".pdf": documents_made.lines_pdf(documents_made.SENTENCES[:12]),
        ".txt.gz": gzip.compress(text.encode(), mtime=0),
    }
    for kind in ("docx", "odt", "epub"):
        made[f".{kind}"] = documents_made.pandoc(text, kind, folder)
    with zipfile.ZipFile(folder / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("locks.txt", text)
        archive.writestr("page.html", page)
    return {**made, ".zip": (folder / "made.zip").read_bytes()}


def _mhtml(page: str) -> bytes:
    whole = EmailMessage()
    whole["Subject"], whole["Snapshot-Content-Location"] = "Locks", "https://example.org/locks"
    whole.set_content(page, subtype="html")
    whole.make_mixed()
    return bytes(whole)


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Flip bytes, cut, double, insert or move, once or several times."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        place, other = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        kind = chance.randrange(6)
        if kind == 0 and place < len(raw):
            raw = raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]
        elif kind == 1:
            raw = raw[:place]
        elif kind == 2:
            raw = raw[:other] + raw[place:]
        elif kind == 3:
            raw = raw[:place] + raw[other:]
        elif kind == 4:
            raw = raw[:place] + chance.randbytes(chance.randrange(64)) + raw[place:]
        else:
            raw = raw[:place] + bytes(other - place) + raw[other:]
    return raw


def fuzzed(folder: Path, batches: int, seconds: float, chance: random.Random) -> Iterator[Outcome]:
    """Read batches of damaged documents, or as many as can be in so many seconds."""
    made = documents(folder)
    end = time.monotonic() + seconds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "SECONDS", SECONDS)
        while batches > 0 or time.monotonic() < end:
            batches -= 1
            yield from _batch(folder / "fuzzed", made, chance)


def _batch(folder: Path, made: dict[str, bytes], chance: random.Random) -> Iterator[Outcome]:
    folder.mkdir(exist_ok=True)
    endings = list(made)
    jobs = []
    for number in range(BATCH):
        ending = endings[(number + chance.randrange(len(endings))) % len(endings)]
        jobs.append(_job(folder, f"{number:02}{ending}", damaged(made[ending], chance)))
        if number % 6 == 5:
            jobs.append(_job(folder, f"{number:02}-sound.txt", SOUND.encode()))
    try:
        read = {job.found.path: done for job, done in read_all(jobs)}
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        names = ", ".join(job.found.path for job in jobs)
        yield Outcome(f"a batch of {names}", is_wrong=True, says=repr(error))
        return
    for job in jobs:
        path, done = job.found.path, read.get(job.found.path)
        if "sound" in path:
            is_whole = done is not None and [one.article.text for one in done.articles] == [SOUND]
            if not is_whole:
                yield Outcome(path, is_lost=True, says=repr(done))
            continue
        is_silent = done is None or not (done.articles or done.skipped)
        says = "; ".join(skip.reason for skip in done.skipped) if done else "not read at all"
        has_crashed = "reader crashed" in says or "took too long" in says
        yield Outcome(
            path, is_wrong=is_silent or has_crashed, is_told=bool(done and done.skipped), says=says
        )


def _job(folder: Path, name: str, raw: bytes) -> Job:
    path = folder / name
    path.write_bytes(raw)
    return Job(Found(f"{folder}/", name, FileStamp.of(path.stat())), folder)


def test_there_is_a_document_of_each_format(tmp_path):
    made = documents(tmp_path)
    assert {format_of(f"whole{ending}") for ending in made} == set(FORMATS)
    whole = [_job(tmp_path, f"whole{ending}", raw) for ending, raw in made.items()]
    for job, done in read_all(whole):
        assert done.articles, (job.found.path, done.skipped)


def test_damaged_documents_are_skipped_with_a_reason_and_others_go_on(tmp_path):
    outcomes = list(fuzzed(tmp_path, 4, 0.0, random.Random(9)))
    assert len(outcomes) >= 4 * BATCH
    assert any(one.is_told for one in outcomes)
    assert not [one for one in outcomes if one.is_lost or one.is_wrong]
