"""Reading and splitting beside encoding, format by format, in one run.

    python tests/benchmarks/formats.py [--articles N]

Each format holds the same articles, made of the example articles: one file each, or one file of
all. Prints passages a second of reading and splitting in one process (there are two), and how
many times the rate of encoding that is.
"""

import argparse
import csv
import gzip
import io
import json
import mailbox
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from time import perf_counter

import pypandoc
from encoding import passages as run_of_words
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

import seeds
from index.ingest.reading import Job, read_one
from index.ingest.walk import walk
from index.models.encoder import TransformerEncoder
from index.models.sources import encoder_source
from index.rules import Rules


def main() -> None:
    """Write the files, read them, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=40)
    texts = list(articles(parser.parse_args().articles))
    encoder = TransformerEncoder(encoder_source(None))
    encoder.quicken()
    encoder.encode_passages(run_of_words(32))
    began = perf_counter()
    encoder.encode_passages(run_of_words(192))
    encoding = 192 / (perf_counter() - began)
    print(f"{'encoding, 86 words':12} {encoding:8.0f} passages/s")
    for name, write in WRITERS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), texts)
            jobs = [Job(found, Path(folder)) for found in walk(Path(folder), Rules()).files]
            read_one(jobs[0])  # imports what it needs
            began = perf_counter()
            given = [read_one(job) for job in jobs]
            seconds = perf_counter() - began
        count = sum(len(one.passages) for done in given for one in done.articles)
        rate = count / seconds
        print(f"{name:12} {rate:8.0f} passages/s   ({rate / encoding:.1f} times)")


def articles(count: int) -> Iterator[str]:
    """Draw articles of about 600 words, in paragraphs."""
    sentences = [
        line.strip()
        for path in sorted(seeds.folder().glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split(". ")
        if 40 < len(line) < 300
    ]
    chance = random.Random(3)
    for _ in range(count):
        drawn = chance.choices(sentences, k=28)
        groups = [". ".join(drawn[at : at + 4]) + "." for at in range(0, 28, 4)]
        yield "\n\n".join(groups)


def _one_each(ending: str, made: Callable[[str], bytes]) -> Callable[[Path, list[str]], None]:
    def write(folder: Path, texts: list[str]) -> None:
        for number, text in enumerate(texts):
            (folder / f"{number:04}{ending}").write_bytes(made(text))

    return write


def _page(text: str) -> bytes:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    return (
        f"<html><head><title>A report</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>A report</h1>{body}</article></body></html>"
    ).encode()


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "A report", "desk@example.org"
    message.set_content(text)
    return bytes(message)


def _pdf(text: str) -> bytes:
    raw = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(raw).build([Paragraph(part, style) for part in text.split("\n\n")])
    return raw.getvalue()


@cache
def _by_pandoc(kind: str, text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made.{kind}"
        pypandoc.convert_text(text, kind, format="markdown", outputfile=str(path))
        return path.read_bytes()


def _mbox(folder: Path, texts: list[str]) -> None:
    box = mailbox.mbox(str(folder / "all.mbox"))
    for text in texts:
        box.add(_mail(text))
    box.close()


def _jsonl(folder: Path, texts: list[str]) -> None:
    lines = [json.dumps({"title": "A report", "text": text}) for text in texts]
    (folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _csv(folder: Path, texts: list[str]) -> None:
    with (folder / "all.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("title", "text"), *(("A report", text) for text in texts)])


def _feed(folder: Path, texts: list[str]) -> None:
    items = "".join(
        f"<item><title>A report</title><description><![CDATA[{text}]]></description></item>"
        for text in texts
    )
    rss = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    (folder / "all.rss").write_text(rss, encoding="utf-8")


def _zip(folder: Path, texts: list[str]) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)


WRITERS: dict[str, Callable[[Path, list[str]], None]] = {
    "text": _one_each(".txt", str.encode),
    "html": _one_each(".html", _page),
    "pdf": _one_each(".pdf", _pdf),
    "docx": _one_each(".docx", lambda text: _by_pandoc("docx", text)),
    "odt": _one_each(".odt", lambda text: _by_pandoc("odt", text)),
    "epub": _one_each(".epub", lambda text: _by_pandoc("epub", text)),
    "email": _one_each(".eml", _mail),
    "mbox": _mbox,
    "feed": _feed,
    "jsonl": _jsonl,
    "csv": _csv,
    "gzip": _one_each(".txt.gz", lambda text: gzip.compress(text.encode())),
    "zip": _zip,
}


if __name__ == "__main__":
    main()
