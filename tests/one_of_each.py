"""One small file of every kind that is read beside the program, each with its own sentence."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from documents_made import lines_pdf, pandoc

SENTENCE = "The otter of ward {} slept in the old boat house until the ferry came at noon."


def one_of_each(folder: Path) -> dict[str, Path]:
    """Write each kind's file into a folder of its own, and give those folders."""
    folder.mkdir()
    made = {
        ending: _bytes_of(ending, SENTENCE.format(number), folder)
        for number, ending in enumerate(
            "html pdf docx odt epub eml mbox mhtml rss jsonl csv zip gz".split(), start=1
        )
    }
    folders = {}
    for ending, raw in made.items():
        folders[ending] = folder / ending
        folders[ending].mkdir()
        name = "otter.txt.gz" if ending == "gz" else f"otter.{ending}"
        (folders[ending] / name).write_bytes(raw)
    return folders


def page(sentence: str) -> str:
    """A web page that says this."""
    words = f"{sentence} Nobody in the village had expected to see such an animal again."
    return (
        "<!DOCTYPE html><html><head><title>The otter</title></head>"
        f"<body><article><h1>The otter</h1><p>{words}</p></article></body></html>"
    )


def _bytes_of(ending: str, sentence: str, folder: Path) -> bytes:
    if ending in {"docx", "odt", "epub"}:
        return pandoc(f"# The otter\n\n{sentence}\n", ending, folder)
    if ending == "pdf":
        return lines_pdf([sentence])
    if ending == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("otter.txt", sentence)
        return file.getvalue()
    texts = {
        "html": page(sentence),
        "eml": _message(sentence),
        "mbox": f"From keeper@example.org Mon Jun 23 10:00:00 2025\n{_message(sentence)}\n",
        "mhtml": _saved_page(sentence),
        "rss": _feed(sentence),
        "jsonl": json.dumps({"title": "The otter", "text": sentence}) + "\n",
        "csv": f'title,text\nThe otter,"{sentence}"\n',
    }
    if ending == "gz":
        return gzip.compress(sentence.encode())
    return texts[ending].encode()


def _message(sentence: str) -> str:
    mail = EmailMessage()
    mail["From"] = "keeper@example.org"
    mail["Subject"] = "The otter"
    mail["Date"] = "Mon, 23 Jun 2025 10:00:00 +0000"
    mail.set_content(f"{sentence}\n")
    return mail.as_string()


def _saved_page(sentence: str) -> str:
    whole = MIMEMultipart("related", type="text/html")
    whole["Subject"] = "The otter"
    part = MIMEText(page(sentence), "html", "utf-8")
    part["Content-Location"] = "https://www.example.org/otter"
    whole.attach(part)
    return whole.as_string()


def _feed(sentence: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        "<title>News of the river</title><link>https://example.org/</link>"
        f"<item><title>The otter</title><description>{sentence}</description></item>"
        "</channel></rss>"
    )
